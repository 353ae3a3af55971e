"""Why files cannot be read or written, and texts are no JSON or zip: the usual reasons in words of our own."""

from __future__ import annotations

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
}


_ZIP: dict[str, Message] = {
    "File is not a zip file": m("it is something else, or cut off"),
    "Bad CRC-32": m("its content was changed"),
    "Bad magic number": m("it is cut off, or was changed"),
    "Truncated": m("it is cut off"),
    "Overlapped entries": m("its files overlap"),
}


def system_reason(error: OSError) -> Message | str:
    """Why the system refused a file; never with the name of a temporary one."""
    return _SYSTEM.get(error.errno or 0) or error.strerror or str(error)


def json_reason(error: Exception) -> Message | str:
    """Why a text is no JSON, as far as that is one of the usual reasons."""
    if isinstance(error, json.JSONDecodeError):
        return _JSON.get(error.msg) or error.msg
    if isinstance(error, RecursionError):
        return m("it is nested too deep")
    if str(error) in {"NaN", "Infinity", "-Infinity"}:
        return m("{value} is no number there", value=str(error))
    return str(error)


def zip_reason(error: Exception) -> Message:
    """Why an archive, or a file in it, cannot be unpacked."""
    if isinstance(error, NotImplementedError):
        return m("it is packed in a way that is not known here")
    if isinstance(error, zipfile.BadZipFile):
        for begin, reason in _ZIP.items():
            if str(error).startswith(begin):
                return reason
    return m("it is damaged")
