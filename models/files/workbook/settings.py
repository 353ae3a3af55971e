"""Sheets of settings, one a row: the county's head and its rules, to plain values."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from liftplan.models.base import Row
from liftplan.models.constraints import Constraint, constraints
from liftplan.models.county import Head
from liftplan.models.files.cells import shown
from liftplan.models.files.lists import split
from liftplan.models.files.numbers import exact, truth, whole_number
from liftplan.models.files.workbook.cells import letters
from liftplan.models.files.workbook.grid import Grid
from liftplan.models.files.workbook.layout import Layout
from liftplan.models.files.workbook.sheets import laid_out
from liftplan.models.files.workbook.values import PLAIN_NUMBER, percentage, text_of
from liftplan.models.files.workbook.words.choices import FLAGS, codes_of, names_of, offered
from liftplan.models.findings import Findings
from liftplan.models.messages import m
from liftplan.models.nearest import plain
from liftplan.models.policy import Policy

COLUMNS = ("key", "setting", "value", "meaning")
"""Columns of a sheet of settings; key and value are read."""

WEIGHTS = "objective.weights"
"""Weights of groups, each a setting: `objective.weights.poor`."""

LINE = "poverty_line"
"""Poverty lines of years, each a setting: `poverty_line.2015`."""

_SHARE = 10_000
"""Basis points of a cell that shows 100 %."""


def read_settings(table: str, prefix: str, grid: Grid, file: str, findings: Findings) -> dict[str, Any]:
    """The settings of a sheet, nested as head and policy are; whatever is wrong is noted.

    prefix: what the paths of these settings begin with in the findings ("" or `policy.`).
    """
    layout = laid_out(table, COLUMNS, grid, file, findings)
    for field in ("key", "value"):
        if field not in layout.columns:
            layout.complaints.column_missing(field)
    if not {"key", "value"} <= layout.columns.keys():
        return {}
    found: dict[str, Any] = {}
    cells = {prefix.rstrip("."): (grid.name, "", 0)}
    letter = letters(layout.columns["value"].place)
    findings.head_keys[grid.name] = letters(layout.columns["key"].place)
    for index, key in enumerate(map(text_of, layout.columns["key"].values)):
        value = layout.columns["value"].values[index]
        path, row = _path(key), findings.row(table, index)
        if not path:
            if value != "":
                message = m("The row has a value, but no key.")
                layout.complaints.note("blank", letters(layout.columns["key"].place), row, message, _KEY)
        elif f"{prefix}{path}" in cells:
            message = m("The field {field} is here twice.", field=path)
            layout.complaints.note("field-twice", letter, row, message, m("Keep the right one."))
        else:
            cells[f"{prefix}{path}"] = (grid.name, letter, row)
            _take(found, path, index, layout, letter, row)
    findings.head_cells = {**findings.head_cells, **cells}
    return found


_KEY = m("Write the key as in the example of `liftplan new county.xlsx`, or empty the row.")


def _path(key: str) -> str:
    """A key without what people do not see; groups are left as they are written."""
    path = key.strip()
    return path if path.startswith(WEIGHTS) else "".join(unicodedata.normalize("NFKC", path).split())


def _take(found: dict[str, Any], path: str, index: int, layout: Layout, letter: str, row: int) -> None:
    """Put the value of a row where it belongs; a blank one is left out if it can mean only one thing."""
    column = layout.columns["value"]
    value, constraint = column.values[index], constraint_of(path)
    if index in column.unread:
        layout.complaints.findings.spoil(*_spoiled(path, layout.complaints.table))
        return
    free = constraint is not None and constraint.kind == "text" and not constraint.choices
    if value == "" or (isinstance(value, str) and not value.strip() and not free):
        if constraint is not None and constraint.default:
            message = m("The cell is blank; without the row the value is {value}.", value=_named(constraint))
            way_out = m("Fill in the cell, or delete the row.")
            layout.complaints.note("blank", letter, row, message, way_out)
        return
    *parts, last = (
        path.split(".") if not path.startswith(f"{WEIGHTS}.") else (*WEIGHTS.split("."), path[len(WEIGHTS) + 1 :])
    )
    inside = found
    for part in parts:
        inside = inside.setdefault(part, {})
        if not isinstance(inside, dict):
            message = m("There is no field {field} here.", field=path)
            layout.complaints.note("field-unknown", letter, row, message, _KEY)
            return
    if index in column.percents and isinstance(value, float) and value != 0 and not path.endswith("_bp"):
        rule = m("a whole number") if constraint is None else constraint.rule()
        message = m("{value} is not {rule}.", value=percentage(value), rule=rule)
        layout.complaints.note("value", letter, row, message, PLAIN_NUMBER)
        layout.complaints.findings.spoil(*_spoiled(path, layout.complaints.table))
        return
    if constraint is not None and not _named_rightly(text_of(value), constraint):
        flags = constraint.kind == "bool"
        rule = FLAGS if flags else m("one of {names}", names=offered(names_of(constraint.choices)))
        message = m("{value} is not {rule}.", value=shown(text_of(value)), rule=rule)
        layout.complaints.note("value", letter, row, message, m("Choose from the list in the cell."))
        layout.complaints.findings.spoil(*_spoiled(path, layout.complaints.table))
        return
    inside[last] = _value(value, constraint, percent=index in column.percents and last.endswith("_bp"))


def _named_rightly(text: str, constraint: Constraint) -> bool:
    """Whether a text is one of the choices, or a truth value, where it must be."""
    if constraint.kind == "bool":
        return truth(text) is not None
    return not constraint.choices or code_of(text, constraint) is not None


def _spoiled(path: str, table: str) -> tuple[str, str]:
    """Where findings note that a setting holds a stand-in."""
    part = path.partition(".")[0]
    return (
        ("policy", part) if part in Policy.model_fields else ("", part) if part in Head.model_fields else (table, path)
    )


def constraint_of(path: str) -> Constraint | None:
    """What the setting at a path of head or policy may be; None if there is none, or it is not said of one cell."""
    part, _, field = path.partition(".")
    if not field:
        return None if part in {"years", LINE, "sources"} else constraints(_schema(Head)).get(part)
    schema = Policy.model_fields[part].annotation if part in Policy.model_fields else None
    return (
        constraints(_schema(schema)).get(field) if isinstance(schema, type) and issubclass(schema, BaseModel) else None
    )


def _schema(schema: Any) -> type[Row]:
    """Head and rules, seen as rows: each of their fields is a cell."""
    found: type[Row] = schema
    return found


def _value(value: Any, constraint: Constraint | None, *, percent: bool) -> Any:
    """A cell as the schema takes it; what it cannot take stays as it is, and is told with the rest."""
    text = text_of(value)
    if constraint is None:
        whole = whole_number(text)
        if isinstance(value, str) and (";" in text or "；" in text):
            return [_number(entry) for entry in split(text)]
        return text if whole is None else whole
    if constraint.kind == "int":
        number = exact(text)
        return _number(str(number * _SHARE)) if percent and number is not None else _number(text)
    if constraint.kind == "bool":
        flag = truth(text)
        return text if flag is None else flag
    return code_of(text, constraint) if constraint.choices else text


def _named(constraint: Constraint) -> Any:
    """The default of a setting, as the workbook names it."""
    return names_of(constraint.choices)[constraint.default] if constraint.choices else constraint.default


def code_of(text: str, constraint: Constraint) -> str | None:
    """The code of one of the choices, from it or its name in either language; None if it is none of them."""
    return codes_of(names_of(constraint.choices)).get(plain(text))


def _number(text: str) -> Any:
    """A whole number, a fraction, or the text if it is neither."""
    number = exact(text)
    if number is None:
        return text
    return int(number) if number == number.to_integral_value() else float(Decimal(number))
