"""What a county may be written over: nothing, or another county if that is asked for."""

from __future__ import annotations

import json
import os
import re
import zipfile
from pathlib import Path

from liftplan.models.files.headfile import HEAD_FILE
from liftplan.models.files.parts import ENDINGS
from liftplan.models.files.texts import Unreadable
from liftplan.models.files.workbook.package import is_workbook, opened
from liftplan.models.files.workbook.words.sheets import COUNTY, SHEETS
from liftplan.models.messages import Message, listed, m
from liftplan.models.nearest import plain
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.rows import TABLES

_OURS = {HEAD_FILE, *(f"{name}.{ending}" for name in TABLES for ending in ENDINGS)}
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}")
"""What looks like the ending of the name of a file: a folder is hardly called so."""


def refuse_folder(target: Path, *, overwrite: bool) -> None:
    """Raise `InputProblems` if no county may be written as a folder here."""
    if _ENDING.fullmatch(target.suffix) and not target.is_dir():
        message = m("A county is a folder, a .xlsx, a .json or a .zip, not a {ending}.", ending=target.suffix)
        way_out = m("Let the name end in .xlsx, .json or .zip; a name without an ending makes a folder.")
        raise InputProblems([Problem("target-form", Place(file=str(target)), message, way_out)])
    if not os.path.lexists(target) or (target.is_dir() and not any(target.iterdir())):
        return
    if not (target.is_dir() and (target / HEAD_FILE).is_file()):
        raise refused("target-other", target, m("There is something else than a county here."))
    others = sorted(path.name for path in target.iterdir() if path.name not in _OURS or not path.is_file())
    if others:
        message = m("The folder holds more than a county: {names}.", names=listed(others[:5]))
        raise refused("target-other", target, message)
    if not overwrite:
        raise refused("target-exists", target, m("There is a county here already."))


def refuse_file(target: Path, *, overwrite: bool) -> None:
    """Raise `InputProblems` if no county may be written as a file here."""
    if not os.path.lexists(target):
        return
    if not (target.is_file() and (_is_document(target) or _is_archive(target) or _is_workbook(target))):
        raise refused("target-other", target, m("There is something else than a county here."))
    if not overwrite:
        raise refused("target-exists", target, m("There is a county here already."))


def refused(code: str, target: Path, message: Message) -> InputProblems:
    """The problem of a target."""
    way_out = m("Choose another name; --overwrite replaces a county, and nothing else.")
    return InputProblems([Problem(code, Place(file=str(target)), message, way_out)])


def _is_document(path: Path) -> bool:
    try:
        values = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(values, dict) and {"county", "tables"} <= values.keys()


def _is_archive(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.rpartition("/")[2] == HEAD_FILE for name in archive.namelist())
    except (OSError, ValueError, zipfile.BadZipFile):
        return False


def _is_workbook(path: Path) -> bool:
    """Whether a workbook has the sheet of a county's head; nothing else of it is looked at."""
    try:
        content = path.read_bytes()
        names = {plain(part.name) for part in opened(content, str(path)).parts} if is_workbook(content, "") else set()
    except (OSError, Unreadable):
        return False
    return not names.isdisjoint({plain(SHEETS[COUNTY].en), plain(SHEETS[COUNTY].zh)})
