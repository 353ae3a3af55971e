"""Zip: a folder packed. The same county gives the same bytes; nothing is ever unpacked to the disk."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Mapping
from functools import partial

from liftplan.models.files.parts import Files
from liftplan.models.files.texts import Unreadable
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place
from liftplan.models.reasons import zip_reason

MOST_BYTES = 2**31
"""Most bytes of all files of an archive, unpacked."""

MOST_FILES = 200
"""Most files of an archive."""

MOST_RATIO = 200
"""Most bytes that one packed byte may become, where there are many."""

FEW_BYTES = 2**26
"""Archives that unpack to less are not suspicious."""

_DATE = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1


def render(files: Mapping[str, bytes]) -> bytes:
    """The bytes of an archive: no times, no owners."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def files_of(content: bytes, file: str) -> Files:
    """The files of an archive; those in its only folder, if all are in one.

    Raises
    ------
    Unreadable
        If it is no archive, would become too large, or holds names that lead out of it, links or passwords.
    """
    place = Place(file=file)
    archive, entries = opened(content, file)
    if too_large(entries):
        count, total = len(entries), sum(entry.file_size for entry in entries)
        message = m("The zip has {count} files and would become {bytes} bytes.", count=count, bytes=total)
        raise Unreadable("zip-size", place, message, m("Pack only the files of the county, or give their folder."))
    top = _top([entry.filename for entry in entries])
    return {entry.filename.removeprefix(top): partial(content_of, archive, entry, file) for entry in entries}


def opened(content: bytes, file: str) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    """An archive and its files, nothing of them unpacked.

    Raises
    ------
    Unreadable
        If it is no archive, or holds names that lead out of it or stand twice, links or passwords.
    """
    place = Place(file=file)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as error:
        message = m("This is not a zip: {reason}.", reason=zip_reason(error))
        raise Unreadable("zip", place, message, m("Pack the folder again.")) from None
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _foreign(entry.filename)]
    for entry in entries:
        _refuse(entry, place)
    if len({entry.filename for entry in entries}) < len(entries):
        message = m("A file is in the zip twice.")
        raise Unreadable("zip", place, message, m("Pack the folder again."))
    return archive, entries


def too_large(entries: list[zipfile.ZipInfo], *, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES) -> bool:
    """Whether files of an archive are too many, too large, or packed so well that they can be of no use."""
    total, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    return len(entries) > most_files or total > most_bytes or (total > FEW_BYTES and total > MOST_RATIO * packed)


def _refuse(entry: zipfile.ZipInfo, place: Place) -> None:
    name = entry.orig_filename
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/") or "\0" in name:
        message = m("The zip holds the name {name}, which leads out of it.", name=name)
        raise Unreadable("zip-name", place, message, m("Do not use this file; pack the folder again."))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable(
            "zip-name", place, m("The zip holds a link: {name}.", name=name), m("Pack the files themselves.")
        )
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable("zip", place, m("The zip is protected by a password."), m("Pack it without a password."))


def content_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str) -> bytes:
    """Bytes of one file, never more than the archive says."""
    try:
        with archive.open(entry) as stream:
            content = stream.read(entry.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise _spoilt(zip_reason(error), entry, file) from None
    if len(content) != entry.file_size:
        raise _spoilt(m("it is not as long as the zip says"), entry, file)
    return content


def _spoilt(reason: Message, entry: zipfile.ZipInfo, file: str) -> Unreadable:
    message = m("The file in the zip cannot be read: {reason}.", reason=reason)
    return Unreadable("zip", Place(file=f"{file}/{entry.filename}"), message, m("Pack the folder again."))


def _foreign(name: str) -> bool:
    """What some systems add by themselves."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] == ".DS_Store"


def _top(names: list[str]) -> str:
    """The folder that all files are in, with its slash; "" if there is none."""
    tops = {name.partition("/")[0] for name in names}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""
