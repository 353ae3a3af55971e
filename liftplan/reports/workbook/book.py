"""A plan in, the bytes of its workbook out."""

from __future__ import annotations

import io
from datetime import datetime

from xlsxwriter import Workbook

from liftplan.models.county import County
from liftplan.models.files.workbook.filling import Filling
from liftplan.models.messages import m
from liftplan.models.plan import Plan
from liftplan.reports.frames import PlanTables
from liftplan.reports.limits import limits
from liftplan.reports.words import shown
from liftplan.reports.workbook.lines import households, ledger
from liftplan.reports.workbook.money import departments, funds, unspent
from liftplan.reports.workbook.overview import add_overview
from liftplan.reports.workbook.places import minimums, projects, villages
from liftplan.reports.workbook.sheet import MOST_ROWS, add_sheet
from liftplan.reports.workbook.styles import Styles

MOST_COMPARISONS = 50_000_000
"""Sums over the ledger are formulas while opening the workbook compares at most so many cells; then plain numbers."""

MADE = datetime(2015, 1, 1)  # noqa: DTZ001 - a fixed date: the same plan gives the same bytes
"""Date in the properties of every workbook."""

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def plan_workbook(plan: Plan, county: County, tables: PlanTables) -> bytes:
    """The workbook of a plan, in the current language; the same plan gives the same bytes.

    Parameters
    ----------
    plan, county
        The plan and its county.
    tables
        The plan's tables, in the current language.
    """
    keys = len(tables.departments) + len(tables.funds) + 2 * len(tables.villages)
    long = max(len(tables.ledger), len(tables.households))
    live = long <= MOST_ROWS and keys * long <= MOST_COMPARISONS
    sheets = [
        departments(tables, live=live),
        funds(tables, live=live),
        villages(tables, live=live),
        minimums(limits(plan, county, tables)),
        projects(tables),
        households(tables),
        ledger(tables),
        unspent(tables),
    ]
    content = io.BytesIO()
    book = Workbook(content, OPTIONS)
    name = shown(county.head.name, county.head.name_en)
    book.set_properties({"title": name, "subject": str(m("Plan")), "author": "liftplan", "created": MADE})
    filling, styles = Filling(book), Styles(book)
    add_overview(book, styles, plan, county, tables, sheets)
    for sheet in sheets:
        add_sheet(book, filling, styles, sheet, name)
    book.close()
    return filling.filled(content.getvalue())
