"""Why files cannot be read or written, and texts are no JSON, CSV or zip: the usual reasons in words of our own.

What is not usual is quoted from the program that said it, and said to be a quotation: it is English in every language.
"""

from __future__ import annotations

import csv
import errno
import json
import zipfile

from liftplan.models.messages import Message, m

_SYSTEM: dict[int, Message] = {
    errno.ENOENT: m("there is no such file or folder"),
    errno.EACCES: m("permission is missing"),
    errno.EPERM: m("permission is missing"),
    errno.EROFS: m("the disk is read-only"),
    errno.ENOSPC: m("the disk is full"),
    errno.EISDIR: m("it is a folder"),
    errno.ENOTDIR: m("a part of its path is no folder"),
    errno.ENAMETOOLONG: m("the name is too long"),
    errno.EDQUOT: m("the disk is full"),
    errno.EFBIG: m("the file would become too large"),
    errno.EEXIST: m("there is something of this name already"),
    errno.EBUSY: m("another program has it open"),
    errno.EIO: m("the disk, or the connection to it, fails"),
    errno.EMFILE: m("too many files are open"),
    errno.ELOOP: m("its links lead in a circle"),
    errno.EPIPE: m("nobody reads it any more"),
    errno.EBADF: m("it is closed"),
    errno.EINVAL: m("the system does not take the name"),
}

_JSON: dict[str, Message] = {
    "Expecting value": m("a value is missing"),
    "Expecting ',' delimiter": m("a comma is missing"),
    "Expecting ':' delimiter": m("a colon is missing"),
    "Expecting property name enclosed in double quotes": m("the name of a field between quotation marks is missing"),
    "Illegal trailing comma before end of object": m("there is a comma too many"),
    "Illegal trailing comma before end of array": m("there is a comma too many"),
    "Unterminated string starting at": m("a quotation mark is not closed"),
    "Invalid control character at": m("there is a line break or tab inside a text"),
    "Extra data": m("something follows after its end"),
    "Invalid \\": m("a backslash in a text is followed by what may not follow it"),
}

_CSV: dict[str, Message] = {
    "unexpected end of data": m("a quotation mark is not closed"),
    "',' expected": m("something follows a closing quotation mark"),
    "line contains NUL": m("there is a zero byte in it"),
    "field larger than": m("a cell is too long, or a quotation mark is not closed"),
    "new-line character": m("there is a line break inside a cell without quotation marks"),
}

_QUOTED = 200
"""At most so many characters of another program's words are quoted."""

_ZIP: dict[str, Message] = {
    "File is not a zip file": m("it is something else, or cut off"),
    "Bad CRC-32": m("its content was changed"),
    "Bad magic number": m("it is cut off, or was changed"),
    "Truncated": m("it is cut off"),
    "Overlapped entries": m("its files overlap"),
}


def quoted(text: str) -> Message:
    """What another program says, as a quotation."""
    return m('in the words of the program "{text}"', text=" ".join(text.split())[:_QUOTED])


def system_reason(error: OSError) -> Message:
    """Why the system refused a file; never with the name of a temporary one."""
    return _SYSTEM.get(error.errno or 0) or quoted(error.strerror or str(error))


def json_reason(error: Exception) -> Message:
    """Why a text is no JSON."""
    if isinstance(error, json.JSONDecodeError):
        return _beginning(_JSON, error.msg)
    if isinstance(error, RecursionError):
        return m("it is nested too deep")
    if isinstance(error, UnicodeError):
        return m("a text in it holds half a character")
    if str(error) in {"NaN", "Infinity", "-Infinity"}:
        return m("{value} is no number there", value=str(error))
    if str(error).startswith("Exceeds the limit"):
        return m("a number in it has too many digits")
    return quoted(str(error))


def csv_reason(error: csv.Error) -> Message:
    """Why a text is no CSV."""
    return _beginning(_CSV, str(error))


def _beginning(reasons: dict[str, Message], text: str) -> Message:
    return next((reason for begin, reason in reasons.items() if text.startswith(begin)), quoted(text))


def gzip_reason(error: Exception) -> Message:
    """Why a file compressed with gzip cannot be unpacked."""
    if isinstance(error, OSError) and error.errno:
        return system_reason(error)
    return m("it is damaged")


def zip_reason(error: Exception) -> Message:
    """Why an archive, or a file in it, cannot be unpacked."""
    if isinstance(error, NotImplementedError):
        return m("it is packed in a way that is not known here")
    if isinstance(error, zipfile.BadZipFile):
        for begin, reason in _ZIP.items():
            if str(error).startswith(begin):
                return reason
    return m("it is damaged")
