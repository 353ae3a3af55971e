"""Whether the files of a plan folder that people read say what the plan says: they are made again and compared."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path
from typing import Any

import python_calamine
from xlsxwriter.utility import xl_rowcol_to_cell

from liftplan.api.saving import REPORTS
from liftplan.models.county import County
from liftplan.models.messages import LANGUAGES, Message, language, m, speaking
from liftplan.models.plan import Plan
from liftplan.models.planfiles import PAGE_FILE, WORKBOOK_FILE
from liftplan.models.planreading import plan_path
from liftplan.reports.frames import PlanTables
from liftplan.reports.page.shell import SPOKEN
from liftplan.solver.check import Violation

Book = dict[str, list[list[Any]]]
"""Sheet -> its rows."""

TAG = re.compile(r"<[^>]*>")

HEAD = 200
"""Bytes within which a page says its language."""

SHOWN = 80
"""Most letters of a text that are told."""


def copies(path: Path, plan: Plan, county: County) -> tuple[list[Violation], tuple[str, ...]]:
    """What is wrong with `plan.xlsx` and `summary.html` beside a plan that holds, and which of them were not checked.

    Each is made again from the plan, in its language. A page must be the same to the letter. A workbook that an
    office program saved again is not rejected if its cells are the same, but its formulas are not compared, so it
    counts as not checked; so does each file of a plan of another version of liftplan, which used other words. A file
    that is not there is no fault.
    """
    found: list[Violation] = []
    unchecked: list[str] = []
    for name in (WORKBOOK_FILE, PAGE_FILE):
        file = plan_path(path).with_name(name)
        if not file.is_file():
            continue
        if plan.versions.get("liftplan") != version("liftplan"):
            unchecked.append(name)
            continue
        content = file.read_bytes()
        differing = _workbook(content, plan, county) if name == WORKBOOK_FILE else _page(content, plan, county)
        found += differing or []
        unchecked += [name] if differing == [] else []
    return found, tuple(unchecked)


def _made(name: str, spoken: str, plan: Plan, county: County) -> bytes:
    """The file as this version makes it, in a language."""
    with speaking(spoken):
        return REPORTS[name](plan, county, PlanTables(plan, county))


def _page(content: bytes, plan: Plan, county: County) -> list[Violation] | None:
    """What differs first; None if nothing does."""
    tags = {code: f'lang="{tag}"'.encode() for code, (tag, _) in SPOKEN.items()}
    spoken = next((code for code, tag in tags.items() if tag in content[:HEAD]), language())
    made = _made(PAGE_FILE, spoken, plan, county)
    if content == made:
        return None
    for value, limit in zip_longest(_texts(content), _texts(made), fillvalue=""):
        if value != limit:
            return [_differs(PAGE_FILE, m("text of the page"), value, limit)]
    message = m("It is not the page of this plan: something that does not show was changed.")
    return [Violation(PAGE_FILE, PAGE_FILE, message, None, None)]


def _texts(page: bytes) -> Iterator[str]:
    """The texts of a page, in order."""
    parts = TAG.split(page.decode("utf-8", errors="replace"))
    return (unescape(part).strip() for part in parts if part.strip())


def _workbook(content: bytes, plan: Plan, county: County) -> list[Violation] | None:
    """The first cell that differs; [] if none does, although the file is another one; None if it is the same."""
    book = _cells(content)
    if book is None:
        message = m("It is damaged and cannot be read.")
        return [Violation(WORKBOOK_FILE, WORKBOOK_FILE, message, None, None)]
    spoken = next((code for code in LANGUAGES if m("Summary").text(code) in book), language())
    made = _made(WORKBOOK_FILE, spoken, plan, county)
    if content == made:
        return None
    expected = _cells(made) or {}
    for sheet in {**expected, **book}:
        for where, value, limit in _differing(book.get(sheet, []), expected.get(sheet, [])):
            place = m("sheet {sheet}, cell {cell}", sheet=sheet, cell=where)
            return [_differs(WORKBOOK_FILE, place, value, limit)]
    return []


def _cells(content: bytes) -> Book | None:
    """The values of a workbook's cells, those of formulas as they were saved; None if it cannot be read."""
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except python_calamine.CalamineError:
        return None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the library, written in another language, gives up
            raise
        return None


def _differing(rows: list[list[Any]], expected: list[list[Any]]) -> Iterator[tuple[str, Any, Any]]:
    """Cells that differ: address, both values. Blank cells around a table count for nothing."""
    for row, (found, wanted) in enumerate(zip_longest(rows, expected, fillvalue=())):
        for place, (value, limit) in enumerate(zip_longest(found, wanted, fillvalue="")):
            if value != limit:
                yield xl_rowcol_to_cell(row, place), value, limit


def _differs(file: str, place: Message, value: object, limit: object) -> Violation:
    told, wanted = str(value)[:SHOWN], str(limit)[:SHOWN]
    message = m("{place}: {value}; the plan has {limit}.", place=place, value=told or "-", limit=wanted or "-")
    return Violation(file, file, message, told, wanted)
