"""Bytes to text: which encoding a file is in."""

from __future__ import annotations

from liftplan.models.messages import Message, m
from liftplan.models.problems import Place

BOM = b"\xef\xbb\xbf"
"""Byte order mark of UTF-8."""


class Unreadable(Exception):
    """A file that cannot be read as what it should be; `args` are code, place, message and way out."""

    def __init__(self, code: str, place: Place, message: Message, way_out: Message) -> None:
        super().__init__(code, place, message, way_out)
        self.problem = (code, place, message, way_out)


def decoded(content: bytes, place: Place) -> str:
    """The text of a file: UTF-8 with or without byte order mark, or GB18030.

    Raises
    ------
    Unreadable
        If it is neither; the row of the first undecodable byte is named.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(
            "encoding",
            place,
            m("The file is UTF-16, not UTF-8 or GB18030."),
            m("Save it as CSV UTF-8.") if place.table else m("Save it as UTF-8."),
        )
    try:
        return content.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        fault = error
    if not (content.startswith(BOM) or _mostly_utf8(content)):
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError as error:
            fault = error
    start = fault.start + (len(BOM) if fault.encoding == "utf-8" and content.startswith(BOM) else 0)
    row, byte = content.count(b"\n", 0, start) + 1, f"0x{content[start]:02x}"
    message = m("Byte {position} ({value}) is neither UTF-8 nor GB18030.", position=start + 1, value=byte)
    place = Place(table=place.table, row=row, file=place.file)
    way_out = m("Save it as CSV UTF-8.") if place.table else m("Save it as UTF-8.")
    raise Unreadable("encoding", place, message, way_out)


def _mostly_utf8(content: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8: a damaged UTF-8 file, not one in GB18030."""
    text = content.decode("utf-8", errors="replace")
    strange = text.count("\ufffd")
    return sum(sign > "\x7f" for sign in text) - strange > strange
