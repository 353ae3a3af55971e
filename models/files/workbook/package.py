"""The package of a workbook: what is inside, unpacked within limits, and nothing of it trusted."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import NoReturn
from xml.etree import ElementTree as ET

from liftplan.models.files import archive
from liftplan.models.files.texts import Unreadable
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place

MOST_PARTS = 2_000
"""Most files inside a workbook."""

MOST_BYTES = 2**30
"""Most bytes of these files, unpacked."""

UNREAD = m("a part of it cannot be read")
"""What is said of a workbook's inside where nobody could mend it anyway."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of encrypted workbooks, and of workbooks as Excel wrote them until 2003."""

ENDINGS = (".xlsx", ".xlsm")
"""Endings of names of workbooks."""

OTHER_FORMATS: dict[str, Message] = {
    ".xls": m("Excel 97-2003"),
    ".xlsb": m("Excel, binary"),
    ".et": m("WPS, its own"),
    ".ods": m("OpenDocument"),
    ".fods": m("OpenDocument"),
    ".numbers": m("Numbers"),
}
"""Endings of names of workbooks that are not read -> what they are called."""

CONTENT_TYPES = "[Content_Types].xml"
"""The part that every package has."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BUILT_IN_PERCENT = {9, 10}
_OPEN_DOCUMENT = ("mimetype", "content.xml")


@dataclass(frozen=True)
class Part:
    """One sheet.

    Attributes
    ----------
    name
        As its tab shows it.
    hidden
        True if the tab is not shown.
    xml
        Its content, UTF-8.
    """

    name: str
    hidden: bool
    xml: bytes


@dataclass(frozen=True)
class Package:
    """The parts of a workbook that matter here."""

    parts: tuple[Part, ...]
    since_1904: bool
    """True if dates count from 1904."""
    strings: bytes
    """Texts that cells share; b"" if there are none."""
    styles: bytes
    """Formats of cells; b"" if there are none."""

    def percents(self) -> frozenset[int]:
        """Numbers of the cell formats that show a share of 1 as a percentage."""
        if not self.styles:
            return frozenset()
        root = ET.fromstring(self.styles)
        shown = {
            int(one.get("numFmtId", "0"))
            for one in root.iterfind("{*}numFmts/{*}numFmt")
            if "%" in one.get("formatCode", "")
        } | _BUILT_IN_PERCENT
        formats = root.iterfind("{*}cellXfs/{*}xf")
        return frozenset(number for number, one in enumerate(formats) if int(one.get("numFmtId", "0")) in shown)


def is_workbook(content: bytes, name: str) -> bool:
    """Whether a file is meant as a workbook, sound or not."""
    if content.startswith(OLE) or name.lower().endswith((*ENDINGS, *OTHER_FORMATS)):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as found:
            return not {CONTENT_TYPES, *_OPEN_DOCUMENT}.isdisjoint(found.namelist())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return False


def opened(content: bytes, file: str) -> Package:
    """The package of a workbook.

    Raises
    ------
    Unreadable
        If it is encrypted, of another kind, damaged, or would become too large.
    """
    if not content:
        way_out = m("`liftplan new county.xlsx` writes one to fill in.")
        raise Unreadable("empty-file", Place(file=file), m("The file is empty."), way_out)
    if content.startswith(OLE):
        _refuse_ole(content, file)
    ending = PurePath(file).suffix.lower()
    try:
        found, entries = archive.opened(content, file)
    except Unreadable as error:
        if ending in OTHER_FORMATS:
            raise _other_format(file, OTHER_FORMATS[ending]) from None
        _, _, reason, _ = error.problem
        raise damaged(file, reason) from None
    if archive.too_large(entries, most_files=MOST_PARTS, most_bytes=MOST_BYTES):
        count, total = len(entries), sum(entry.file_size for entry in entries)
        message = m("The workbook has {count} parts and would become {bytes} bytes.", count=count, bytes=total)
        raise Unreadable(
            "workbook-size", Place(file=file), message, m("Save only the sheets of the county, or use a folder.")
        )
    names = {entry.filename: entry for entry in entries}
    if "xl/workbook.bin" in names:
        raise _other_format(file, OTHER_FORMATS[".xlsb"])
    if any(name in names for name in _OPEN_DOCUMENT):
        raise _other_format(file, OTHER_FORMATS[".ods"])
    if CONTENT_TYPES in names and not any(name.startswith("xl/") for name in names):
        message = m("This is an office document, but no workbook.")
        way_out = m("Put its tables into a workbook; `liftplan new county.xlsx` writes one to fill in.")
        raise Unreadable("workbook-format", Place(file=file), message, way_out)
    reader = _Reader(found, names, file)
    try:
        return reader.package()
    except (ET.ParseError, LookupError, ValueError, RecursionError):
        raise damaged(file, UNREAD) from None


class _Reader:
    """Takes the parts out of the archive, following the relations between them."""

    def __init__(self, found: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], file: str) -> None:
        self._found, self._names, self._file = found, names, file

    def package(self) -> Package:
        main = self._related("", "officeDocument")[0][1]
        root = ET.fromstring(self._part(main))
        targets = {key: target for key, target, kind in self._relations(main) if kind == "worksheet"}
        parts = []
        for sheet in root.iterfind("{*}sheets/{*}sheet"):
            key = next((value for name, value in sheet.items() if name.endswith("}id")), "")
            if key in targets:  # others are charts
                hidden = sheet.get("state", "visible") != "visible"
                parts.append(Part(sheet.attrib["name"], hidden, self._part(targets[key])))
        properties = root.find("{*}workbookPr")
        since_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        strings, styles = (
            self._part(found[0][1]) if (found := self._related(main, kind)) else b""
            for kind in ("sharedStrings", "styles")
        )
        return Package(tuple(parts), since_1904, strings, styles)

    def _related(self, part: str, kind: str) -> list[tuple[str, str, str]]:
        return [one for one in self._relations(part) if one[2] == kind]

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """Key, target and kind of each relation of a part."""
        folder, _, name = part.rpartition("/")
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._names:
            return []
        return [
            (
                one.attrib["Id"],
                posixpath.normpath(posixpath.join("/", folder, one.attrib["Target"])).lstrip("/"),
                one.attrib["Type"].rpartition("/")[2],
            )
            for one in ET.fromstring(self._part(path)).iterfind("{*}Relationship")
            if one.get("TargetMode") != "External"
        ]

    def _part(self, name: str) -> bytes:
        if name not in self._names:
            raise damaged(self._file, m("{name} is not in it", name=name))
        content = archive.content_of(self._found, self._names[name], self._file)
        content.decode("utf-8")
        if b"\0" in content:
            raise damaged(self._file, m("{name} is not UTF-8", name=name))
        if b"<!DOCTYPE" in content:  # it may define entities, the bombs of XML
            raise damaged(self._file, m("{name} has a document type", name=name))
        return content


def _refuse_ole(content: bytes, file: str) -> NoReturn:
    if _ENCRYPTED in content:
        message = m("The workbook is protected by a password.")
        raise Unreadable("workbook-password", Place(file=file), message, m("Save it without a password."))
    raise _other_format(file, OTHER_FORMATS.get(PurePath(file).suffix.lower(), OTHER_FORMATS[".xls"]))


def _other_format(file: str, kind: Message) -> Unreadable:
    """What is said of a workbook that is not read because of its format."""
    message = m("This workbook is in another format than .xlsx: {kind}.", kind=kind)
    way_out = m("Open it in Excel, WPS or LibreOffice, and save it as .xlsx.")
    return Unreadable("workbook-format", Place(file=file), message, way_out)


def damaged(file: str, reason: Message, sheet: str = "") -> Unreadable:
    """What is said of a workbook that is not what it should be inside."""
    message = m("The workbook is damaged: {reason}", reason=reason)
    way_out = m("Open it in Excel or WPS and save it again as .xlsx.")
    return Unreadable("workbook", Place(file=file, sheet=sheet), message, way_out)


def empty(part: Part) -> bool:
    """Whether a sheet holds nothing."""
    return re.search(rb"<(?:\w+:)?(?:v|is)\b", part.xml) is None
