"""Keeping what a job left: files and plan folders, whole or not at all."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from liftplan.client.connection import Connection
from liftplan.models.messages import Message, m
from liftplan.models.placing import folder_made
from liftplan.models.planfiles import refuse_folder
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason, zip_reason


def kept(connection: Connection, address: str, path: Path, name: str, *, overwrite: bool) -> Path:
    """Fetch a file to a path, or into a folder. Raises `InputProblems`."""
    target = (path / name if path.is_dir() else path).absolute()
    if os.path.lexists(target) and not overwrite:
        raise _refused("file-exists", target, m("There is a file here already."))
    try:
        connection.download(address, target)
    except OSError as error:
        raise _refused("file-write", target, _unwritten(error)) from error
    return target


def keep_files(connection: Connection, address: str, names: Iterable[str], folder: Path, *, overwrite: bool) -> Path:
    """Fetch several files into a folder; none if one is there already. Raises `InputProblems`."""
    out, listed = folder.absolute(), list(names)
    there = [out / name for name in listed if os.path.lexists(out / name)]
    if there and not overwrite:
        raise _refused("file-exists", there[0], m("There is a file here already."))
    for name in listed:
        kept(connection, f"{address}/{name}", out / name, name, overwrite=overwrite)
    return out


def keep_plan(connection: Connection, address: str, folder: Path, *, overwrite: bool) -> Path:
    """Fetch a packed plan folder and unpack it. Raises `InputProblems`."""
    out = folder.resolve()
    refuse_folder(out, overwrite=overwrite)
    try:
        with TemporaryDirectory(prefix="liftplan-") as place, folder_made(out) as made:
            packed = Path(place) / "plan.zip"
            connection.download(address, packed)
            _unpack(packed, made)
    except OSError as error:
        raise _refused("plan-folder-write", out, _unwritten(error)) from error
    return out


def _unpack(packed: Path, folder: Path) -> None:
    """The files of an archive, each by its own name: none leads out of the folder."""
    try:
        with zipfile.ZipFile(packed) as archive:
            for entry in archive.infolist():
                if not entry.is_dir():
                    (folder / PurePosixPath(entry.filename).name).write_bytes(archive.read(entry))
    except zipfile.BadZipFile as error:
        message = m("The archive of the plan cannot be unpacked: {reason}.", reason=zip_reason(error))
        raise InputProblems([Problem("plan-zip", Place(), message, m("Fetch it again."))]) from error


def _unwritten(error: OSError) -> Message:
    return m("Nothing can be written here: {reason}.", reason=system_reason(error))


def _refused(code: str, path: Path, message: Message) -> InputProblems:
    return InputProblems([Problem(code, Place(file=str(path)), message, m("Choose another name."))])
