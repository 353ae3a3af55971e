"""The file of results: a line for each job, in order, appended as they come; after a crash it is gone on with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from liftplan.models.messages import Message, m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason


@dataclass(frozen=True)
class Kept:
    """A result that is in the file already."""

    result: dict[str, Any]
    end: int
    """Byte after its line."""


def kept_results(path: Path) -> Iterator[Kept]:
    """Results of an earlier run; a last line that was cut off is not among them. None if there is no file.

    Raises
    ------
    InputProblems
        If the file cannot be read, or is no file of results.
    """
    if not path.exists():
        return
    end = 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.endswith(b"\n"):
                    return
                end += len(line)
                yield Kept(_result(line, number, path), end)
    except OSError as error:
        message = m("Cannot be read: {reason}.", reason=system_reason(error))
        raise InputProblems([_problem("unreadable", Place(file=str(path)), message)]) from None


def append_results(path: Path, end: int) -> IO[bytes]:
    """The file, open for more results; what is behind byte `end` is cut off. Raises `InputProblems`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
        file.truncate(end)
    except OSError as error:
        message = m("The file cannot be written: {reason}.", reason=system_reason(error))
        raise InputProblems([_problem("out-write", Place(file=str(path)), message)]) from None
    return file


def other_jobs(path: Path, number: int) -> InputProblems:
    """The error where line `number` of the results is the answer to another job, or to other settings."""
    message = m("This is the result of another job, or of other settings.")
    return InputProblems([_problem("out-exists", Place(file=str(path), row=number), message)])


def _result(line: bytes, number: int, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        message = m("This is no result of a batch.")
        raise InputProblems([_problem("out-exists", Place(file=str(path), row=number), message)])
    return found


def _problem(code: str, place: Place, message: Message) -> Problem:
    return Problem(code, place, message, m("Choose another name; --overwrite replaces the file."))
