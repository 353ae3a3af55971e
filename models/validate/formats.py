"""Cells that must look like something: dates, years, coordinates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import numpy as np

from liftplan.models.county import County
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m

DATES = (("projects", "deadline"), *(("accounts", f"due_q{quarter}") for quarter in (1, 2, 3, 4)))
"""Columns with a date, or blank."""

YEARS = (("villages", "push_year"), ("projects", "acceptance_year"), ("measures", "gain_from_year"))
"""Columns with a year, or 0."""

EARLIEST = 1949
"""Least year."""

DEGREES = {"longitude": 180, "latitude": 90}
"""Largest value of each coordinate of a project."""


DAY = re.compile(r"([0-9]{4})[-/.年 ]([0-9]{1,2})[-/.月 ]([0-9]{1,2})日?")
"""Dates as people write them."""

SHORTENED = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+")
"""What spreadsheets make of long numbers."""


def check_formats(county: County, findings: Findings) -> None:
    """ISO dates, years in full, coordinates on the globe, account numbers in full."""
    numbers = county["accounts"]["account_number"].tolist()
    findings.cells(
        "account-number",
        "accounts",
        "account_number",
        [row for row, number in enumerate(numbers) if SHORTENED.fullmatch(number)],
        lambda row: m("{value} is no account number: a spreadsheet has shortened it.", value=numbers[row]),
        m("Format the column as text and write all digits."),
        warning=True,
    )
    for table, column in DATES:
        texts = county[table][column].tolist()
        wrong = {text for text in set(texts) if text and not _is_date(text)}
        rows = [row for row, text in enumerate(texts) if text in wrong] if wrong else []
        _note(table, column, [(row, texts[row]) for row in rows], m("a date like 2015-09-30"), _as_date, findings)
    for table, column in YEARS:
        years = county[table][column]
        rows = np.flatnonzero((years > 0) & (years < EARLIEST)).tolist()
        way_out = m("Write the year in full, as in 2015.")
        _note(table, column, [(row, str(years[row])) for row in rows], m("a year, or blank"), way_out, findings)
    for column, most in DEGREES.items():
        degrees = county["projects"][column]
        rows = np.flatnonzero(np.isfinite(degrees) & (np.abs(degrees) > most)).tolist()
        rule = m("degrees from -{most} to {most}", most=most)
        way_out = m("Write degrees with decimals, longitude and latitude each in its own column.")
        _note("projects", column, [(row, str(degrees[row])) for row in rows], rule, way_out, findings)


def _as_date(text: str) -> Message:
    """How to write what is meant as a date."""
    parts = DAY.fullmatch(text.strip())
    written = "-".join(part.zfill(2) for part in parts.groups()) if parts else ""
    return m("Write {date}.", date=written) if _is_date(written) else m("Write year, month and day, as in 2015-09-30.")


def _note(
    table: str,
    column: str,
    found: list[tuple[int, str]],
    rule: Message,
    way_out: Message | Callable[[str], Message],
    findings: Findings,
) -> None:
    findings.entries(
        "value", table, column, found, lambda value: m("{value} is not {rule}.", value=value, rule=rule), way_out
    )


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
