"""Sheets that hold nothing but plain cells in plain rows, as nearly all do: the names of the cells, and proof of it.

One search takes the plain cells out, each with all that belongs to it. What is between them must be the ends and
beginnings of plain rows, and what is left of the sheet must be XML without anything hidden. Then no cell has a formula
or an error, none is hidden, and the sheet as a whole is XML, for a part of the time that parsing it takes.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from liftplan.models.messages import Message, m

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"

_TEXT = rb"[^<>&\x00-\x08\x0b-\x1f\xef]*"
_TEXT += rb"(?:(?:&(?:amp|lt|gt|quot|apos|#10|#13|#xA|#xD);|\xef[^\xbf])" + _TEXT + rb")*"
"""Text in XML without signs that XML does not know (the last of the three-byte ones are left to the closer look)."""

_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"(?: s="[0-9]+")?(?:'
    rb'(?: t="[nsb]")?><v>[-+.0-9Ee]+</v></c>'
    rb"|/>"
    rb'| t="str"><v>' + _TEXT + rb"</v></c>"
    rb'| t="inlineStr"><is><t(?: xml:space="preserve")?>' + _TEXT + rb"</t></is></c>)"
)
_ROW = rb'<row(?: [A-Za-z0-9:]+="[^"<>&]*")*'
_EMPTY = rb"(?:" + _ROW + rb"(?:/>|></row>))*"
_NO_ROW = re.compile(_EMPTY)
_BEFORE = re.compile(_EMPTY + _ROW + rb">")
_BETWEEN = re.compile(rb"</row>" + _EMPTY + _ROW + rb">")
_AFTER = re.compile(rb"</row>" + _EMPTY)
_ELSEWHERE = re.compile(rb"<!|<(?:[^<>/:\s]+:)?(?:sheetData|row|c)\b")
_NOT_HIDDEN = re.compile(rb'hidden="(?:0|false)"')


class ScanFault(Exception):
    """A sheet that is not what it should be."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


def references_of(xml: bytes) -> list[bytes] | None:
    """The names of a sheet's cells; None if anything in it calls for a closer look. Raises `ScanFault` if it is no XML.

    xml: UTF-8, without document type.
    """
    start, end = xml.find(_OPEN), xml.rfind(_CLOSE)
    if not 0 <= start < end:
        return None
    start += len(_OPEN)
    parts = _CELL.split(xml[start:end])
    references, between = parts[1::2], list(filter(None, parts[2:-1:2]))
    if references:
        ends = _BEFORE.fullmatch(parts[0]), _AFTER.fullmatch(parts[-1])
        plain = all(ends) and all(map(_BETWEEN.fullmatch, between))
    else:
        plain = _NO_ROW.fullmatch(parts[0]) is not None
    outside = (xml[: start - len(_OPEN)], xml[end + len(_CLOSE) :])
    if not plain or any(map(_ELSEWHERE.search, outside)):
        return None
    rest = b"".join((xml[:start], *parts[::2], xml[end:]))
    if rest.count(b"hidden") != len(_NOT_HIDDEN.findall(rest)):
        return None
    parse(expat.ParserCreate("utf-8"), rest)
    return references


def parse(parser: expat.XMLParserType, xml: bytes) -> None:
    """Parse XML; raises `ScanFault` if it is none."""
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise ScanFault(m("it is no XML")) from None
