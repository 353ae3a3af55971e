"""A comparison for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from liftplan.models.messages import Message, labelled, m
from liftplan.reports.comparison.changes import PRIVATE, place_name
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.grids import Grid
from liftplan.reports.comparison.known import at_most, broken, gap, known
from liftplan.reports.comparison.names import LETTERS
from liftplan.reports.comparison.order import amount, basis, verdicts

MOST_ROWS = 60
"""At most so many rows of a table are shown; workbook and page have more."""

MOST_PRICES = 12
"""At most so many prices are shown."""

FEW_SIDES = 3
"""Of up to so many sides the differences are shown beside the values."""


def summary(content: Content) -> RenderableType:
    """Everything that differs, for a rich console, in the current language."""
    return Group(*_parts(content))


def _parts(content: Content) -> Iterator[RenderableType]:
    yield Text(str(m("Comparison")), style="bold")
    yield _sides(content)
    for side in content.compared.sides:
        rules = broken(side, content.names)
        if rules:
            yield Text(str(rules), style="yellow")
    yield from _order(content)
    yield from _inputs(content)
    for grid in (content.totals, content.people("township"), content.people("village"), content.people("group")):
        yield from _grid(content, grid)
    for grid in (content.money("channel"), content.money("department"), content.money("purpose")):
        yield from _grid(content, grid)
    yield from _hands(content)
    yield from _grid(content, content.unspent)
    yield from _grid(content, content.prices, MOST_PRICES)


def _sides(content: Content) -> Table:
    table = _table(None, [m("plan"), m("county"), m("people lifted"), m("at most"), m("gap"), m("how sure")], texts=2)
    _last_is_text(table)
    for name, side in zip(content.names.sides, content.compared.sides, strict=True):
        told = m("stated by the plan, not proved again") if side.proof == "stated" else known(side)
        table.add_row(
            name,
            side.decided.county.id,
            f"{side.decided.totals.people_lifted:,}",
            at_most(side),
            gap(side),
            str(told),
        )
    return table


def _order(content: Content) -> Iterator[RenderableType]:
    found = verdicts(content.compared)
    if len(found) == 1:
        yield Text(str(found[0].sentence), style="bold green")
    else:
        heads = [m("pair"), m("people"), m("best plans: least"), m("most"), m("order")]
        table = _table(m("How sure the order is"), heads, texts=1)
        _last_is_text(table)
        for one in found:
            pair = one.pair
            table.add_row(one.name, amount(pair.people), amount(pair.lowest), amount(pair.highest), str(one.words))
        yield table
    remark = basis(content.compared)
    if remark:
        yield Text(str(remark))


def _inputs(content: Content) -> Iterator[RenderableType]:
    """Fields and rows that differ; where they may be thousands, how many."""
    grid = content.inputs
    if not grid.rows:
        yield Text(str(m("The inputs are the same.")))
        return
    sizes = Counter(row.texts[0] for row in grid.rows)
    shown = [row for row in grid.rows if row.texts[0] not in PRIVATE and sizes[row.texts[0]] <= MOST_ROWS]
    if shown:
        table = _table(grid.title, [m("where"), *map(_plain, content.names.sides)], texts=1 + len(content.names.sides))
        for row in shown:
            place = ".".join(part for part in (row.texts[0], row.texts[2], row.texts[3]) if part)
            table.add_row(place, *(grid.told(value) for value in row.values))
        yield table
    if content.compared.table_changes:
        heads = [m("table"), m("plan"), m("rows added"), m("rows removed"), m("rows changed")]
        table = _table(m("Tables that differ from {name}", name=LETTERS[0]), heads, texts=2)
        for one in content.compared.table_changes:
            counts = (f"{count:,}" for count in (one.added, one.removed, one.changed))
            table.add_row(place_name(one.table), LETTERS[one.side], *counts)
        yield table


def _hands(content: Content) -> Iterator[RenderableType]:
    """How many projects and households fare differently on each side than on the first."""
    compared = content.compared
    table = _table(
        m("What changed hands"),
        [m("plan"), m("what"), m("only in this plan"), m("only in {name}", name=LETTERS[0])],
        texts=2,
    )
    for place in range(1, len(compared.sides)):
        for words, lines, mark in (
            (m("projects built"), compared.project_states, "built"),
            (m("households lifted"), compared.household_states, "lifted"),
        ):
            there = sum(line.values[place] == mark != line.values[0] for line in lines)
            first = sum(line.values[0] == mark != line.values[place] for line in lines)
            table.add_row(content.names.sides[place], str(words), f"{there:,}", f"{first:,}")
    yield table


def _grid(content: Content, whole: Grid, most: int = MOST_ROWS) -> Iterator[RenderableType]:
    grid = content.shown(whole)
    if not grid.rows:
        if whole.rows:
            yield Text(str(labelled(whole.title, m("no differences"))))
        return
    sides = content.names.sides
    differences = content.names.against if len(sides) <= FEW_SIDES else []
    heads = [grid.labels[place].head for place in grid.read]
    table = _table(grid.title, [*heads, *map(_plain, [*sides, *differences])], texts=len(heads))
    for row in grid.rows[:most]:
        told = [grid.told(value) for value in row.values]
        changes = [grid.change(value) for value in row.changes] if differences else []
        table.add_row(*(row.texts[place] for place in grid.read), *told, *changes)
    if len(grid.rows) > most:
        table.add_row(str(m("... and {count} more", count=len(grid.rows) - most)))
    elif grid.total and not content.only_differences:
        sums = grid.sums()
        changes = [grid.change(value - sums[0]) for value in sums[1:]] if differences else []
        blanks = [""] * (len(heads) - 1)
        table.add_row(str(m("total")), *blanks, *(f"{value:,}" for value in sums), *changes, style="bold")
    yield table


def _table(title: Message | None, heads: Sequence[Message], *, texts: int) -> Table:
    table = Table(
        title=None if title is None else str(title), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False
    )
    for place, head in enumerate(heads):
        if place < texts:
            table.add_column(str(head), overflow="fold")  # Chinese has no blanks to break at
        else:
            table.add_column(str(head), justify="right", no_wrap=True)
    return table


def _last_is_text(table: Table) -> None:
    last = table.columns[-1]
    last.justify, last.no_wrap, last.overflow = "left", False, "fold"


def _plain(text: str) -> Message:
    return m("{text}", text=text)
