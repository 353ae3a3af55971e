"""Reading a county: all its problems, or its outline."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import liftplan
from liftplan.models.files import archive
from liftplan.models.messages import Message, m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.service.counties import PACKED
from liftplan.service.texts import Noted
from liftplan.service.worker.around import around
from liftplan.service.worker.outline import outline
from liftplan.service.worker.task import Task, Unsound


def read(task: Task) -> dict[str, Any]:
    """Read an upload; what is sound is written again as `county.zip`, so that nothing of the upload is kept."""
    path = Path(task.sources[0])
    _small_enough(path, task.limits["unpacked_bytes"])
    county, problems = liftplan.examine(path)
    if county is None:
        wrong = [problem for problem in problems if not problem.warning]
        cells = around(path, [problem.place for problem in wrong])
        raise Unsound([Noted.of(_shown(one, path), cell) for one, cell in zip(wrong, cells, strict=True)])
    rows = sum(len(table) for table in county.tables.values())
    if rows > task.limits["rows"]:
        message = m("The county has {count} rows; this server takes {limit}.", count=rows, limit=task.limits["rows"])
        raise InputProblems([_refused("upload-rows", message)])
    liftplan.convert(county, PACKED, overwrite=True)
    cells = around(path, [problem.place for problem in problems])
    odd = [Noted.of(_shown(problem, path), cell) for problem, cell in zip(problems, cells, strict=True)]
    return {
        "outline": outline(county).model_dump(mode="json"),
        "warnings": [one.model_dump(mode="json") for one in odd],
    }


def describe(task: Task) -> dict[str, Any]:
    """Tell the outlines of built-in counties, one by one."""
    for name in task.sources:
        told = outline(task.shelf.county(name)).model_dump(mode="json")
        task.teller.say(event={"county": name, "outline": told})
    return {}


def _shown(problem: Problem, path: Path) -> Problem:
    """A problem without the name that the server gave to the upload."""
    file = problem.place.file.removeprefix(str(path)).removeprefix("/")
    return replace(problem, place=replace(problem.place, file=file))


def _small_enough(path: Path, most: int) -> None:
    """Raise `InputProblems` if an archive would unpack to more than this server takes; nothing is unpacked."""
    if not zipfile.is_zipfile(path):
        return
    _, entries = archive.opened(path.read_bytes(), path.name)
    if archive.too_large(entries, most_files=2_000, most_bytes=most):
        total = sum(entry.file_size for entry in entries)
        message = m("The file would become {bytes} bytes; this server takes {limit}.", bytes=total, limit=most)
        raise InputProblems([_refused("upload-unpacked", message)])


def _refused(code: str, message: Message) -> Problem:
    return Problem(code, Place(), message, m("Send less, or ask whoever runs the server."))
