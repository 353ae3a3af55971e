"""`county.yaml`: head and policy, to values with their lines, and back to text."""

from __future__ import annotations

from typing import Any

from liftplan.models.county import County
from liftplan.models.files.texts import Unreadable, decoded
from liftplan.models.files.yamltext import Reader, YamlFault, flow
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m
from liftplan.models.policy import RULES
from liftplan.models.problems import Place

HEAD_FILE = "county.yaml"
"""The file that makes a folder a county."""


def parse(content: bytes, findings: Findings) -> dict[str, Any]:
    """Values of a `county.yaml`; the lines of its fields are noted.

    Raises
    ------
    Unreadable
        If it is no YAML, or no list of fields.
    """
    place = Place(file=findings.head_file)
    reader = Reader(decoded(content, place))
    try:
        values = reader.value()
    except YamlFault as fault:
        raise _unreadable(fault, findings.head_file) from None
    findings.head_lines = reader.lines
    for one in reader.faults:
        findings.add(*_unreadable(one, findings.head_file).problem)
    if values is None:
        way_out = m("Write at least id, name, years and poverty_line.")
        raise Unreadable("empty-file", place, m("The file is empty."), way_out)
    if not isinstance(values, dict):
        raise Unreadable("yaml", place, m("This is no list of fields with values."), _WAY_OUT)
    return values


def _unreadable(fault: YamlFault, file: str) -> Unreadable:
    place, way_out = Place(row=fault.line, file=file), _WAY_OUT
    if fault.kind == "twice":
        place = Place(row=fault.line, column=fault.detail, file=file)
        message = m("The field {field} is here twice.", field=fault.detail)
        return Unreadable("field-twice", place, message, m("Keep the right one."))
    told: dict[str, Message] = {
        "alias": m("Anchors and aliases (& and *) are not read here."),
        "key": m("The name of a field cannot be {value}.", value=fault.detail),
        "size": m("The file is too large for a head and a policy."),
    }
    if fault.kind in _SYNTAX:
        return Unreadable("yaml", place, *_SYNTAX[fault.kind])
    return Unreadable("yaml", place, told.get(fault.kind) or m("This is not YAML."), way_out)


_SYNTAX = {
    "tab": (m("There is a tab in this line."), m("Indent with blanks.")),
    "width": (
        m("There is a colon or bracket of full width in this line."),
        m("Write colons, commas and brackets in half width, with a blank behind colons and commas."),
    ),
    "open": (m("A bracket or quotation mark is not closed here, or in the line before."), m("Close it.")),
}
"""Usual mistakes, and the way out of each."""

_WAY_OUT = m("Correct the file; `liftplan new` writes an example.")


def render(county: County) -> bytes:
    """The text of a `county.yaml`: one field, rule, minimum or source a line."""
    head, policy = county.head.model_dump(mode="json"), county.policy.model_dump(mode="json")
    head["poverty_line"] = dict(county.head.poverty_line)
    lines = [f"{field}: {flow(value)}" for field, value in head.items() if field != "sources"]
    lines.append("policy:")
    for field, value in policy.items():
        name = f"  # {RULES[field].template}" if field in RULES else ""
        rows = value.get("rows", [])
        if not rows:
            lines.append(f"  {field}: {flow(value)}{name}")
            continue
        lines.append(f"  {field}:{name}")
        lines += [f"    {part}: {flow(one)}" for part, one in value.items() if part != "rows"]
        lines += ["    rows:", *(f"      - {flow(row)}" for row in rows)]
    if head["sources"]:
        lines += ["sources:", *(f"  - {flow(source)}" for source in head["sources"])]
    return ("\n".join(lines) + "\n").encode()
