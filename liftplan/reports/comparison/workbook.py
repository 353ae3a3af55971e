"""`comparison.xlsx`: every table of a comparison, with formulas for the differences."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from xlsxwriter import Workbook

from liftplan.models.files.workbook.filling import Filling
from liftplan.models.messages import Message, m
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.grids import Grid, Kind
from liftplan.reports.comparison.known import at_most, broken, gap
from liftplan.reports.comparison.names import LETTERS
from liftplan.reports.comparison.order import Verdict, basis, verdicts
from liftplan.reports.workbook.book import MADE, OPTIONS
from liftplan.reports.workbook.sheet import ROW_HEIGHT, Column, Sheet, add_sheet, capital, set_up_print
from liftplan.reports.workbook.styles import Kind as Style
from liftplan.reports.workbook.styles import Styles

STYLES: dict[Kind, Style] = {"whole": "whole", "price": "ratio", "text": "text"}
"""Formats of values."""

NARROW_SIDES = 3
"""Tables of more sides are printed across."""


def comparison_workbook(content: Content) -> bytes:
    """The workbook, in the current language; the same comparison gives the same bytes."""
    sheets = list(_sheets(content))
    made = io.BytesIO()
    book = Workbook(made, OPTIONS)
    title = str(m("Comparison"))
    book.set_properties({"title": title, "subject": title, "author": "liftplan", "created": MADE})
    filling, styles = Filling(book), Styles(book)
    names = " · ".join(content.names.sides)
    _add_front(book, styles, content, sheets)
    for sheet in sheets:
        add_sheet(book, filling, styles, sheet, names)
    book.close()
    return filling.filled(made.getvalue())


def _sheets(content: Content) -> Iterator[Sheet]:
    yield _sheet(content, m("Figures"), content.totals)
    yield _order(content)
    yield _sheet(content, m("Inputs"), content.inputs)
    yield _sheet(content, m("People by township"), content.people("township"))
    yield _sheet(content, m("People by village"), content.people("village"))
    yield _sheet(content, m("People by group"), content.people("group"))
    yield _sheet(content, m("Households by village"), content.households("village"))
    yield _sheet(content, m("Money by channel"), content.money("channel"))
    yield _sheet(content, m("Money by department"), content.money("department"))
    yield _sheet(content, m("Money by purpose"), content.money("purpose"))
    yield _sheet(content, m("Money by fund"), content.money("fund"))
    yield _sheet(content, m("Money by township"), content.money("township"))
    yield _sheet(content, m("Money by village"), content.money("village"))
    yield _sheet(content, m("Left over"), content.unspent)
    yield _sheet(content, m("Prices"), content.prices)
    yield _sheet(content, m("Projects"), content.projects)
    yield _sheet(content, m("Households"), content.households_changed)


def _sheet(content: Content, name: Message, whole: Grid) -> Sheet:
    """A table as a sheet: what rows are, a column a side, then the differences from the first."""
    grid = content.shown(whole)
    texts = [Column("", label.head, [row.texts[at] for row in grid.rows]) for at, label in enumerate(grid.labels)]
    style, numbers = STYLES[grid.kind], grid.kind != "text"
    sides, changes = [], []
    for place, side in enumerate(content.names.sides):
        own = [row.values[place] if numbers else grid.told(row.values[place]) for row in grid.rows]
        sides.append(Column(_cells(grid, place), m("{text}", text=side), own, style, total=grid.total))
    for place, head in enumerate(content.names.against if numbers else [], start=1):
        first, other = f"{{{_cells(grid, 0)}}}{{row}}", f"{{{_cells(grid, place)}}}{{row}}"
        formula = f'=IF(OR({first}="",{other}=""),"",{other}-{first})'
        values = [row.changes[place - 1] for row in grid.rows]
        changes.append(Column("", m("{text}", text=head), values, style, formula, total=grid.total))
    return Sheet(
        name,
        grid.title,
        _note(content, grid),
        [*texts, *sides, *changes],
        fixed=len(texts),
        wide=len(content.names.sides) > NARROW_SIDES or len(texts) > NARROW_SIDES,
    )


def _cells(grid: Grid, place: int) -> str:
    """Name of a side's cells, for formulas."""
    return f"{grid.name}_{LETTERS[place].lower()}_"


def _note(content: Content, grid: Grid) -> Message:
    blank = (
        m("A dash is what a plan does not have.") if grid.kind == "text" else m("Blank is what a plan does not have.")
    )
    note = m("{first} {second}", first=grid.note, second=blank) if grid.note else blank
    if content.only_differences:
        return m("{first} {second}", first=m("Only rows in which the plans differ."), second=note)
    return note


def _order(content: Content) -> Sheet:
    found: Sequence[Verdict] = verdicts(content.compared)
    remark = basis(content.compared) or m("The bounds are proved.")
    return Sheet(
        m("Order"),
        m("How sure the order is"),
        remark,
        [
            Column("", m("pair"), [one.name for one in found]),
            Column("", m("people"), [one.pair.people for one in found], "whole"),
            Column("", m("best plans: least"), [one.pair.lowest for one in found], "whole"),
            Column("", m("most"), [one.pair.highest for one in found], "whole"),
            Column("", m("order"), [str(one.words) for one in found]),
            Column("", m("in words"), [str(one.sentence) for one in found]),
        ],
        wide=True,
    )


def _add_front(book: Workbook, styles: Styles, content: Content, sheets: Sequence[Sheet]) -> None:
    """The first sheet: the plans, how sure their order is, and what the other sheets hold."""
    page = book.add_worksheet(str(m("Summary")))
    widths = (38, 26, 16, 16, 14, 36)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.set_default_row(ROW_HEIGHT)
    page.write_string(0, 0, str(m("Comparison")), styles.title)
    page.set_row(0, 26)
    heads = (m("plan"), m("county"), m("people lifted"), m("at most"), m("gap"), m("bound"))
    for column, head in enumerate(heads):
        page.write_string(2, column, capital(head), styles.heads["text" if column in {0, 1, 5} else "whole"])
    row = 3
    for name, side in zip(content.names.sides, content.compared.sides, strict=True):
        told = m("none: no optimum") if side.plan is None else m("stated by the plan")
        told = told if side.proof in {"none", "stated"} else m("proved")
        page.write_string(row, 0, name, styles.cells["text"])
        page.write_string(row, 1, side.decided.county.id, styles.cells["text"])
        page.write_number(row, 2, side.decided.totals.people_lifted, styles.cells["whole"])
        page.write_string(row, 3, at_most(side), styles.value)
        page.write_string(row, 4, gap(side), styles.value)
        page.write_string(row, 5, str(told), styles.cells["text"])
        row += 1
    row += 1
    remark = basis(content.compared)
    rules = [broken(side, content.names) for side in content.compared.sides]
    sentences = [*(one.sentence for one in verdicts(content.compared)), remark, *rules]
    for sentence in filter(None, sentences):
        page.merge_range(row, 0, row, len(widths) - 1, "", styles.lead)
        page.write_string(row, 0, str(sentence), styles.lead)
        page.set_row(row, 2 * ROW_HEIGHT)
        row += 1
    row += 1
    for column in range(len(widths)):
        page.write_string(row, column, str(m("Sheets")) if not column else "", styles.section)
    for sheet in sheets:
        row += 1
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", styles.link, str(sheet.name))
        page.write_number(row, 1, sheet.rows, styles.cells["whole"])
        page.write_string(row, 2, str(sheet.title), styles.note)
    page.hide_gridlines(2)
    set_up_print(page, str(m("Comparison")), str(m("Summary")), wide=True)
