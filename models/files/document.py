"""The JSON document: head, policy and tables in one file, to a county and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from liftplan.models.constraints import Constraint, constraints
from liftplan.models.county import County
from liftplan.models.files.cells import Column, Complaints, filled, objects, shown, stand_in
from liftplan.models.files.columns import LARGEST
from liftplan.models.files.head import no_head, read_head, read_policy
from liftplan.models.files.texts import Unreadable, decoded
from liftplan.models.findings import Findings, Origin
from liftplan.models.messages import m
from liftplan.models.nearest import Nearest
from liftplan.models.problems import Place
from liftplan.models.rows import TABLES
from liftplan.models.tables import Table, kinds

PARTS = ("county", "policy", "tables")
"""Fields of a document."""

_ABSENT = object()

_PLAIN = {"bool": bool, "text": str}
"""Kinds whose every value of one type fits."""


def render(county: County) -> Iterator[bytes]:
    """The text of a document, piece by piece; one row a line, without what has its default."""
    yield f'{{"county": {_json(county.head.model_dump(mode="json"))},\n'.encode()
    yield f'"policy": {_json(county.policy.model_dump(mode="json"))},\n"tables": {{'.encode()
    separator = "\n"
    for name in TABLES:
        if len(county[name]):
            yield f'{separator}"{name}": [\n'.encode()
            yield ",\n".join(_json(row) for row in _rows(county[name])).encode()
            yield b"\n]"
            separator = ",\n"
    yield b"\n}}\n"


def _rows(table: Table) -> Iterator[dict[str, Any]]:
    """Rows as plain values, without what has its default."""
    known, kind = constraints(table.schema), kinds(table.schema)
    columns = [table[name].tolist() for name in known]
    defaults = [_ABSENT if one.required else one.default for one in known.values()]
    floats = [kind[name] == "float" for name in known]
    for row in zip(*columns, strict=True):
        yield {
            name: value
            for name, value, default, fraction in zip(known, row, defaults, floats, strict=True)
            if value != default and not (fraction and np.isnan(value))
        }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def parse(content: bytes, file: str, findings: Findings) -> County | None:
    """The county of a document, whatever is wrong noted; None if it is none at all."""
    findings.head_file = file
    twice: list[tuple[Any, list[str]]] = []
    try:
        document = _values(decoded(content, Place(file=file)), Place(file=file), twice)
    except Unreadable as error:
        findings.add(*error.problem)
        return None
    _note_twice(document, twice, findings)
    for part in document:
        if part not in PARTS:
            near = Nearest(PARTS)(part)
            way_out = m("Did you mean {name}?", name=near) if near else m("Use one of {names}.", names=", ".join(PARTS))
            findings.add(
                "field-unknown",
                Place(column=part, file=file),
                m("There is no field {field} here.", field=shown(part)),
                way_out,
            )
    if "county" in document:
        head, policy = read_head(document["county"], findings), read_policy(document.get("policy"), findings)
    else:
        head, policy = no_head(findings)
        message = m("The field {field} is missing.", field="county")
        findings.add("field-missing", Place(column="county", file=file), message, m("Add it."))
    return County.build(head, policy, _tables(document.get("tables", {}), file, findings))


def _values(text: str, place: Place, twice: list[tuple[Any, list[str]]]) -> dict[str, Any]:
    def pairs(entries: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(entries)
        if len(found) < len(entries):
            keys = [key for key, _ in entries]
            twice.append((found, sorted({key for key in keys if keys.count(key) > 1})))
        return found

    def constant(name: str) -> Any:
        raise ValueError(name)

    way_out = m("Correct the file; `liftplan new county.json` writes an example.")
    if not text.strip():
        raise Unreadable("empty-file", place, m("The file is empty."), way_out)
    try:
        values = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError as error:
        place = Place(row=error.lineno, file=place.file)
        raise Unreadable("json", place, m("This is not JSON: {reason}.", reason=error.msg), way_out) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable("json", place, m("This is not JSON: {reason}.", reason=shown(error)), way_out) from None
    if not isinstance(values, dict):
        raise Unreadable("json", place, m("This is no list of fields with values."), way_out)
    return values


def _note_twice(document: dict[str, Any], twice: list[tuple[Any, list[str]]], findings: Findings) -> None:
    """Name the place of each object that has a key twice."""
    if not twice:
        return
    places: dict[int, Place] = {id(document): Place(file=findings.head_file)}
    _note_places(document, "", places, findings)
    for found, keys in twice:
        place = places.get(id(found), Place(file=findings.head_file))
        for key in keys:
            at = Place(place.table, place.row, ".".join(part for part in (place.column, key) if part), place.file)
            findings.add(
                "field-twice", at, m("The field {field} is here twice.", field=shown(key)), m("Keep the right one.")
            )


def _note_places(value: Any, path: str, places: dict[int, Place], findings: Findings) -> None:
    parts = path.split(".")
    if isinstance(value, list):
        for index, one in enumerate(value):
            if len(parts) == 2 and parts[0] == "tables" and isinstance(one, dict):
                places[id(one)] = Place(table=parts[1], row=index + 1, file=findings.head_file)
            else:
                _note_places(one, f"{path}.{index}", places, findings)
    elif isinstance(value, dict):
        places[id(value)] = Place(column=path, file=findings.head_file)
        for key, one in value.items():
            _note_places(one, f"{path}.{key}" if path else key, places, findings)


def _tables(values: Any, file: str, findings: Findings) -> dict[str, Table]:
    if not isinstance(values, dict):
        message = m("This is no list of fields with values.")
        findings.add("value", Place(column="tables", file=file), message, m("Correct the file."))
        return {}
    tables: dict[str, Table] = {}
    for name, rows in values.items():
        place = Place(table=shown(name), file=file)
        if name not in TABLES:
            near = Nearest(TABLES)(name)
            names = ", ".join(TABLES)
            way_out = m("Did you mean {name}?", name=near) if near else m("The tables are {names}.", names=names)
            findings.add("table-unknown", place, m("There is no table {name}.", name=shown(name)), way_out)
            findings.unread.add(near)
        elif not isinstance(rows, list):
            findings.add("value", place, m("This is no list of rows."), m("Correct the file."))
            findings.unread.add(name)
        else:
            tables[name] = _table(name, rows, file, findings)
    return tables


def _table(name: str, rows: list[Any], file: str, findings: Findings) -> Table:
    schema, complaints = TABLES[name], Complaints(name, findings)
    fine = [index for index, row in enumerate(rows) if isinstance(row, dict)]
    findings.origins = {**findings.origins, name: Origin(file, 1, np.array(fine, dtype=np.int64) + 1)}
    for index in sorted(set(range(len(rows))) - set(fine)):
        place = Place(table=name, row=index + 1, file=file)
        findings.add("value", place, m("This is no list of fields with values."), m("Correct the row."))
        findings.unread.add(name)
    kept = [rows[index] for index in fine]
    fields = schema.model_fields.keys()
    for column in dict.fromkeys(column for row in kept if not row.keys() <= fields for column in row.keys() - fields):
        complaints.column_unknown(column, list(fields))
    columns = {
        field: _column(field, constraint, [row.get(field, _ABSENT) for row in kept], complaints)
        for field, constraint in constraints(schema).items()
    }
    return Table(schema, columns)


def _column(field: str, constraint: Constraint, values: list[Any], complaints: Complaints) -> Column:
    """A column of plain values; what is of a wrong type is noted."""
    absent = [row for row, value in enumerate(values) if value is _ABSENT]
    if constraint.required:
        complaints.blank(field, absent)
    default = stand_in(constraint)
    for row in absent:
        values[row] = default
    plain = constraint.kind in _PLAIN and set(map(type, values)) <= {_PLAIN[constraint.kind]}
    wrong = [] if plain else [row for row, value in enumerate(values) if not _fits(constraint, value)]
    complaints.refuse(field, constraint, wrong, [_plain(value) for value in values].__getitem__ if wrong else str)
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


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
