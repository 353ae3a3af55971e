"""A YAML file of fields with values: its values, the lines they stand in, and what is wrong with it as YAML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liftplan.models.files.texts import Unreadable, decoded
from liftplan.models.files.yamltext import Reader, YamlFault
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place


def fields_of(
    content: bytes, file: str, findings: Findings, way_out: Message, least: Message
) -> tuple[dict[str, Any], Mapping[str, int]]:
    """Values of a file, and the line of each field by its path; fields that stand twice are noted.

    Parameters
    ----------
    content, file
        The bytes, and how problems name the file.
    findings
        Where problems go.
    way_out
        What to do about a file that is no YAML.
    least
        What to write into an empty one.

    Raises
    ------
    Unreadable
        If it is no YAML, or no list of fields.
    """
    place = Place(file=file)
    reader = Reader(decoded(content, place))
    try:
        values = reader.value()
    except YamlFault as fault:
        raise unreadable(fault, file, way_out) from None
    for one in reader.faults:
        findings.add(*unreadable(one, file, way_out).problem)
    if values is None:
        raise Unreadable("empty-file", place, m("The file is empty."), least)
    if not isinstance(values, dict):
        raise Unreadable("yaml", place, m("This is no list of fields with values."), way_out)
    return values, reader.lines


def unreadable(fault: YamlFault, file: str, way_out: Message) -> Unreadable:
    """A fault as a problem of the file."""
    place = Place(row=fault.line, file=file)
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
