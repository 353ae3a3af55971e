"""Writing files that people read: each appears complete, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from liftplan.models.messages import Message, m
from liftplan.models.placing import file_made
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason


def write_files(files: Mapping[Path, Callable[[], bytes]], overwrite: bool) -> list[Path]:
    """Write files, each made when nothing is in the way of any. Returns their paths.

    Raises
    ------
    InputProblems
        If one is there already (unless `overwrite`), or cannot be written.
    """
    refuse_files(files, overwrite)
    made = {path: content() for path, content in files.items()}
    for path, content in made.items():
        _put(path, content)
    return list(made)


def json_text(content: Mapping[str, Any]) -> bytes:
    """The text of a JSON file that people may read, too."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


class Answer(Protocol):
    """What has figures and a page."""

    def as_json(self) -> dict[str, Any]:
        """All as plain values."""

    def page(self) -> str:
        """One HTML document."""


def write_answer(answer: Answer, folder: str | Path, file: str, page: str, overwrite: bool) -> Path:
    """Write an answer's JSON and its page into a folder. Returns the folder, absolute. Raises like `write_files`."""
    place = Path(folder).absolute()
    write_files(
        {place / file: lambda: json_text(answer.as_json()), place / page: lambda: answer.page().encode()}, overwrite
    )
    return place


def refuse_files(files: Iterable[Path], overwrite: bool) -> None:
    """Raise `InputProblems` if a file may not be written; ask before long work."""
    problems = [problem for path in files if (problem := _in_the_way(path, overwrite))]
    if problems:
        raise InputProblems(problems)


def _in_the_way(path: Path, overwrite: bool) -> Problem | None:
    if path.is_dir():
        return _problem("out-exists", path, m("There is a folder here already."))
    if path.exists() and not overwrite:
        return _problem("out-exists", path, m("There is a file here already."))
    return None


def _put(path: Path, content: bytes) -> None:
    try:
        with file_made(path) as made:
            made.write_bytes(content)
    except OSError as error:
        message = m("The file cannot be written: {reason}.", reason=system_reason(error))
        raise InputProblems([_problem("out-write", path, message)]) from error


def _problem(code: str, path: Path, message: Message) -> Problem:
    way_out = m("Choose another name; --overwrite replaces the file.")
    return Problem(code, Place(file=str(path)), message, way_out)
