"""The first sheet: the plan on one page, with formulas over the other sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.plan import Plan
from liftplan.reports.certainty import sure
from liftplan.reports.frames import PlanTables
from liftplan.reports.summary import opening
from liftplan.reports.words import STATUS, STOPS, shown
from liftplan.reports.workbook.sheet import ROW_HEIGHT, Sheet, capital, set_up_print
from liftplan.reports.workbook.styles import Kind, Styles

LABEL_WIDTH, VALUE_WIDTH, REMARK_WIDTH = 40, 24, 62
"""Widths of the three columns, in characters."""


@dataclass(frozen=True)
class Line:
    """One line: a label, a value (the cached result where there is a formula), a remark."""

    label: Message
    value: str | float
    kind: Kind = "text"
    formula: str = ""
    remark: Message | str = ""


def add_overview(
    book: Workbook, styles: Styles, plan: Plan, county: County, tables: PlanTables, sheets: Sequence[Sheet]
) -> None:
    """Write the first sheet; the others' named cells are what its formulas use."""
    page = book.add_worksheet(str(m("Summary")))
    name = shown(county.head.name, county.head.name_en)
    for column, width in enumerate((LABEL_WIDTH, VALUE_WIDTH, REMARK_WIDTH)):
        page.set_column(column, column, width)
    page.write_string(0, 0, name, styles.title)
    page.set_default_row(ROW_HEIGHT)
    page.set_row(0, 26)
    page.merge_range(1, 0, 1, 2, "", styles.lead)
    page.write_string(1, 0, f"{opening(plan, tables)[0]} {sure(plan)}", styles.lead)
    page.set_row(1, 2 * ROW_HEIGHT)
    top = 3
    for section, lines in _sections(plan, county, tables):
        _write_section(page, styles, top, section)
        for row, line in enumerate(lines, top + 1):
            page.write_string(row, 0, capital(line.label), styles.cells["text"])
            style = styles.value if line.kind == "text" else styles.cells[line.kind]
            if line.formula:
                page.write_formula(row, 1, line.formula, style, line.value)
            elif isinstance(line.value, str):
                page.write_string(row, 1, line.value, style)
            else:
                page.write_number(row, 1, line.value, style)
            page.write_string(row, 2, str(line.remark), styles.remark)
        top += len(lines) + 2
    _write_section(page, styles, top, m("Sheets"))
    for row, sheet in enumerate(sheets, top + 1):
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", styles.link, str(sheet.name))
        page.write_number(row, 1, sheet.rows, styles.cells["whole"])
        page.write_string(row, 2, str(sheet.title), styles.remark)
    page.hide_gridlines(2)
    set_up_print(page, name, str(m("Summary")), wide=False)


def _write_section(page: Worksheet, styles: Styles, row: int, title: Message) -> None:
    for column in range(3):
        page.write_string(row, column, str(title) if column == 0 else "", styles.section)


def _sections(plan: Plan, county: County, tables: PlanTables) -> Iterator[tuple[Message, list[Line]]]:
    yield m("People"), _people(plan, county, tables)
    yield m("How sure"), _certainty(plan)
    yield m("Money"), _money(plan, tables)
    yield m("Control"), _control(plan)
    yield m("The plan"), _origin(plan)


def _people(plan: Plan, county: County, tables: PlanTables) -> list[Line]:
    lifted = plan.totals.people_lifted
    registered = int(county["households"]["persons"].sum())
    out = int(tables.households["persons"][tables.households["already_out"]].sum())
    share = "=SUM(village_lifted)/MAX(1,SUM(village_persons)-SUM(village_out))"
    return [
        Line(m("people who leave poverty"), lifted, "whole", "=SUM(village_lifted)"),
        Line(m("households that leave poverty"), plan.totals.households_lifted, "whole"),
        Line(m("people registered"), registered, "whole", "=SUM(village_persons)"),
        Line(m("of them already out"), out, "whole", "=SUM(village_out)", m("They pass with nothing done.")),
        Line(m("share lifted of the others"), lifted / max(1, registered - out), "share", share),
    ]


def _certainty(plan: Plan) -> list[Line]:
    lines = [Line(m("status"), str(STATUS[plan.status]), remark=STOPS.get(plan.stopped_by or "", ""))]
    if plan.objective == plan.totals.people_lifted:
        most = floor(plan.objective_bound)
        lines.append(Line(m("no plan can lift more people than"), most, "whole", remark=m("This is proved.")))
        more = most - plan.totals.people_lifted
        lines.append(Line(m("that is more than this plan by"), more, "whole"))
    else:
        lines.append(Line(m("score of this plan"), plan.objective, "ratio"))
        lines.append(Line(m("no plan can score more than"), plan.objective_bound, "ratio", remark=m("This is proved.")))
    lines.append(Line(m("gap"), plan.gap, "fine"))
    return lines


def _money(plan: Plan, tables: PlanTables) -> list[Line]:
    totals = plan.totals
    funds = tables.funds
    free = funds[funds["reason"] != "ring_fenced"]
    ring = int(funds["amount"].sum()) - int(free["amount"].sum())
    each = totals.ledger_yuan / totals.people_lifted if totals.people_lifted else 0.0
    return [
        Line(m("money that may be allocated"), int(free["amount"].sum()), "whole", "=SUM(department_amount)"),
        Line(m("fees"), int(free["fee"].sum()), "whole", "=SUM(department_fee)"),
        Line(m("allocated (ledger yuan)"), totals.ledger_yuan, "whole", "=SUM(fund_allocated)"),
        Line(m("left over"), int(free["left"].sum()), "whole", "=SUM(department_left)"),
        Line(m("ring-fenced, never allocated"), ring, "whole"),
        Line(
            m("ledger yuan a person lifted"),
            each,
            "whole",
            "=IF(SUM(village_lifted)=0,0,SUM(fund_allocated)/SUM(village_lifted))",
        ),
        Line(m("leveraged yuan"), totals.leveraged_yuan, "whole", remark=m("Paid by households, banks and others.")),
        Line(
            m("leverage: leveraged yuan for each ledger yuan"),
            totals.leveraged_yuan / max(1, totals.ledger_yuan),
            "ratio",
            f"={totals.leveraged_yuan}/MAX(1,SUM(fund_allocated))",
        ),
    ]


def _control(plan: Plan) -> list[Line]:
    good, bad = m("agree"), m("DIFFER")
    sums = ("SUM(department_allocated)", "SUM(fund_allocated)", "SUM(village_yuan)")
    test = ",".join(f"{one}={plan.totals.ledger_yuan}" for one in sums)
    return [
        Line(
            m("ledger, departments, funds, villages"),
            str(good),
            formula=f'=IF(AND({test}),"{good}","{bad}")',
            remark=m("The sums of the ledger by department, fund and village are those of the plan."),
        )
    ]


def _origin(plan: Plan) -> list[Line]:
    overrides = "; ".join(plan.overrides)
    lines = [Line(m("county"), plan.county.id), Line(m("scenario"), plan.scenario)]
    lines += [Line(m("overrides"), overrides)] if overrides else []
    return [
        *lines,
        Line(m("version of liftplan"), plan.versions.get("liftplan", "")),
        Line(m("digest of the county"), plan.county.digest[:16]),
        Line(
            m("digest of the plan"),
            plan.digest[:16],
            remark=m("The plan itself is plan.json; this workbook is a copy of it."),
        ),
    ]
