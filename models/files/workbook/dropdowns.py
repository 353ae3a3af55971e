"""Lists to choose from, and what Excel says of other values."""

from __future__ import annotations

from typing import Any

from liftplan.models.constraints import Constraint
from liftplan.models.files.workbook.cells import MOST_ROWS
from liftplan.models.files.workbook.words.choices import FLAGS, NO, YES, names_of, offered
from liftplan.models.files.workbook.words.choices import SOURCES as SOURCE_NAMES
from liftplan.models.files.workbook.words.sheets import SHEETS, SOURCES
from liftplan.models.messages import m
from liftplan.models.validate.formats import DATES, YEARS
from liftplan.models.validate.links import REFERENCES

_OTHERS = {
    ("R13.rows", "fund"): "funds",
    ("R13.rows", "department"): "departments",
    ("rules", "R5.purpose"): "purposes",
}
_KIND = (SOURCES, "kind")

_LONG = {"households", "measures"}
"""Tables whose identifiers are too many to choose from."""

OFFERED = 2_000
"""Most identifiers of another table that are offered."""


def validation(table: str, field: str, constraint: Constraint) -> dict[str, Any] | None:
    """What Excel offers and accepts in a cell, for `Worksheet.data_validation`; None: anything."""
    told = {
        "error_type": "warning",
        "error_title": "liftplan",
        "error_message": constraint_text(table, field, constraint),
    }
    if (table, field) == _KIND:
        return {"validate": "list", "source": [str(name) for name in SOURCE_NAMES.values()], **told}
    if constraint.kind == "bool":
        return {"validate": "list", "source": [str(YES), str(NO)], **told}
    if constraint.kind == "text" and constraint.choices:
        return {"validate": "list", "source": [str(name) for name in names_of(constraint.choices).values()], **told}
    if constraint.kind == "int" and constraint.low is not None and constraint.high is not None:
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": constraint.low,
            "maximum": constraint.high,
            **told,
        }
    target = REFERENCES.get((table, field)) or _OTHERS.get((table, field), "")
    if constraint.kind == "text" and target in SHEETS and target not in _LONG:
        return {"validate": "list", "source": f"='{SHEETS[target]}'!$A$2:$A${OFFERED + 1}", "show_error": False}
    return None


def constraint_text(table: str, field: str, constraint: Constraint) -> str:
    """What a cell may hold, in words of this workbook, at most as long as Excel takes it."""
    if (table, field) in DATES:
        return str(m("a date like 2015-09-30"))
    if (table, field) in YEARS:
        return str(m("a year, or blank"))
    if (table, field) == _KIND:
        return str(m("one of {names}", names=offered(SOURCE_NAMES)))
    if constraint.kind == "bool":
        return str(FLAGS)
    if constraint.choices:
        names = " | ".join(str(name) for name in names_of(constraint.choices).values())
        rule = m("one of {names}", names=names) if constraint.kind == "text" else m("some of {names}", names=names)
        return str(rule)[:220]
    free = constraint.kind == "text" and not (constraint.longest or constraint.identifier)
    return "" if free else str(constraint.rule())[:220]


def whole_column(place: int) -> tuple[int, int, int, int]:
    """All cells of a column under its header."""
    return 1, place, MOST_ROWS - 1, place
