"""Rows as JSON has them to a table: every value of the schema's own type."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from liftplan.models.constraints import Constraint, constraints
from liftplan.models.county import key_of
from liftplan.models.files.cells import Column, Complaints, filled, objects, stand_in, way_out
from liftplan.models.files.columns import LARGEST
from liftplan.models.files.numbers import whole_number
from liftplan.models.findings import Findings, Origin
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place
from liftplan.models.rows import TABLES
from liftplan.models.tables import Table

_ABSENT = object()

_PLAIN = {"bool": bool, "text": str}
"""Kinds whose every value of one type fits."""


def table_of_rows(name: str, rows: list[Any], file: str, findings: Findings) -> Table:
    """The table of a list of rows; whatever is wrong is noted, and gets a stand-in."""
    schema, complaints = TABLES[name], Complaints(name, findings)
    fine = [index for index, row in enumerate(rows) if isinstance(row, dict)]
    findings.origins = {**findings.origins, name: Origin(file, 1, np.array(fine, dtype=np.int64) + 1)}
    for index in sorted(set(range(len(rows))) - set(fine)):
        place = Place(table=name, row=index + 1, file=file)
        findings.add("value", place, m("This is no list of fields with values."), m("Correct the row."))
        findings.lose(name, ())
    kept = [rows[index] for index in fine]
    _lose_keys(name, kept, findings)
    fields = schema.model_fields.keys()
    for column in dict.fromkeys(column for row in kept if not row.keys() <= fields for column in row.keys() - fields):
        complaints.column_unknown(column, list(fields))
    columns = {
        field: _column(field, constraint, [row.get(field, _ABSENT) for row in kept], complaints)
        for field, constraint in constraints(schema).items()
    }
    return Table(schema, columns)


def _lose_keys(name: str, rows: list[dict[str, Any]], findings: Findings) -> None:
    """Note keys of a wrong type: a number is probably the right key without its quotation marks."""
    keys = (row.get(key_of(name)[0]) for row in rows)
    for key in keys:
        if type(key) in {int, float}:
            findings.lose(name, {str(key)})


def _column(field: str, constraint: Constraint, values: list[Any], complaints: Complaints) -> Column:
    """A column of plain values; what is of a wrong type is noted."""
    absent = [row for row, value in enumerate(values) if value is _ABSENT]
    if constraint.required:
        complaints.absent(field, absent)
    default = stand_in(constraint)
    for row in absent:
        values[row] = default
    plain = constraint.kind in _PLAIN and set(map(type, values)) <= {_PLAIN[constraint.kind]}
    wrong = [] if plain else [row for row, value in enumerate(values) if not _fits(constraint, value)]
    told = {row: json.dumps(values[row], ensure_ascii=False) for row in wrong}
    listed = m("a list of texts, as in {example}", example='["a", "b"]')
    rule = listed if constraint.kind == "list" else constraint.rule()
    complaints.refuse(field, wrong, told.__getitem__, rule, lambda text: _way_out(constraint, text))
    for row in wrong:
        values[row] = default
    if constraint.kind == "text":
        return objects(values)
    if constraint.kind == "list":
        return objects([tuple(value) for value in values])
    column = filled(constraint, default, len(values))
    column[:] = values
    return column


def _fits(constraint: Constraint, value: Any) -> bool:
    if constraint.kind == "int":
        whole = type(value) is int or (type(value) is float and value.is_integer())
        return whole and abs(value) <= LARGEST
    if constraint.kind == "float":
        return type(value) in {int, float} and (value is constraint.default or abs(value) < float("inf"))
    if constraint.kind == "bool":
        return type(value) is bool
    if constraint.kind == "text":
        return type(value) is str
    return isinstance(value, tuple) or (isinstance(value, list) and all(type(entry) is str for entry in value))


def _way_out(constraint: Constraint, text: str) -> Message:
    """How to put right a value of a wrong type, given as JSON."""
    bare = text.strip('"')
    if constraint.kind == "int" and bare != text and whole_number(bare) is not None:
        return m("Write it without quotation marks: {number}.", number=whole_number(bare))
    if text == "null" and not constraint.required:
        return m("Leave the field out.")
    if constraint.kind == "text" and bare == text:
        return m("Write it between quotation marks.")
    return m("Write it as a list.") if constraint.kind == "list" else way_out(constraint, bare)
