"""The JSON document: head, policy and tables in one file, to a county and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from liftplan.models.constraints import constraints
from liftplan.models.county import County
from liftplan.models.files.cells import shown
from liftplan.models.files.head import no_head, no_policy, read_head, read_policy
from liftplan.models.files.jsontext import parse as parse_json
from liftplan.models.files.planinstead import plan_instead
from liftplan.models.files.records import table_of_rows
from liftplan.models.files.texts import decoded
from liftplan.models.findings import Findings, Origin
from liftplan.models.messages import listed, m
from liftplan.models.nearest import Nearest
from liftplan.models.problems import Place
from liftplan.models.rows import TABLES
from liftplan.models.tables import Table

PARTS = ("county", "policy", "tables")
"""Fields of a document."""

PLAN_SIGN = "plan_version"
"""The field that a plan's document has, and no county's."""

_REQUIRED = object()


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


def document_text(county: County) -> bytes:
    """The whole text of a document."""
    return b"".join(render(county))


def _rows(table: Table) -> Iterator[dict[str, Any]]:
    """Rows as plain values, without what has its default; an absent number is not equal to itself."""
    known = constraints(table.schema)
    defaults = [_REQUIRED if one.required else one.default for one in known.values()]
    for row in zip(*(table[name].tolist() for name in known), strict=True):
        yield {
            name: value
            for name, value, default in zip(known, row, defaults, strict=True)
            if value != default and value == value  # noqa: PLR0124
        }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def parse(content: bytes, file: str, findings: Findings) -> County:
    """The county of a document, whatever is wrong noted. Raises `Unreadable` if it is none at all."""
    findings.head_file, findings.other = file, Origin(file)
    document = parse_json(decoded(content, Place(file=file)), file, findings)
    if PLAN_SIGN in document and "tables" not in document:
        raise plan_instead(file)
    meant = _note_unknown(document, file, findings)
    if "county" in document:
        head = read_head(document["county"], findings)
    else:
        head = no_head(findings)
        if "county" not in meant:
            place, message = Place(column="county", file=file), m("The field {field} is missing.", field="county")
            findings.add("field-missing", place, message, m("Add it."))
    policy = no_policy(findings) if "policy" in meant else read_policy(document.get("policy"), findings)
    if "tables" in meant:
        findings.unread.update(TABLES)
    return County.build(head, policy, _tables(document.get("tables", {}), file, findings))


def _note_unknown(document: dict[str, Any], file: str, findings: Findings) -> set[str]:
    """Note fields that a document does not have; returns those that were probably meant."""
    meant = set()
    for part in document.keys() - set(PARTS):
        near, names = Nearest(PARTS)(part), listed(PARTS)
        message = m("There is no field {field} here.", field=shown(part))
        way_out = m("Did you mean {name}?", name=near) if near else m("Use one of {names}.", names=names)
        findings.add("field-unknown", Place(column=shown(part), file=file), message, way_out)
        meant.add(near)
    return meant - document.keys()


def _tables(values: Any, file: str, findings: Findings) -> dict[str, Table]:
    if not isinstance(values, dict):
        message = m("This is no list of fields with values.")
        findings.add("value", Place(column="tables", file=file), message, m("Correct the file."))
        return {}
    tables: dict[str, Table] = {}
    for name, rows in values.items():
        place = Place(table=shown(name), file=file)
        if name not in TABLES:
            near, names = Nearest(TABLES)(name), listed(TABLES)
            way_out = m("Did you mean {name}?", name=near) if near else m("The tables are {names}.", names=names)
            findings.add("table-unknown", place, m("There is no table {name}.", name=shown(name)), way_out)
            findings.unread.add(near)
        elif not isinstance(rows, list):
            findings.add("value", place, m("This is no list of rows."), m("Correct the file."))
            findings.unread.add(name)
        else:
            tables[name] = table_of_rows(name, rows, file, findings)
    return tables
