"""From a name or a file to scenarios: what they extend, and every combination of their matrix."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from liftplan.models.messages import Message, m
from liftplan.models.presence import is_there
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.scenarios import library
from liftplan.scenarios.definition.definition import Definition
from liftplan.scenarios.definition.matrix import combinations
from liftplan.scenarios.definition.reading import ScenarioFile, read_scenario_file
from liftplan.scenarios.overrides import Line
from liftplan.scenarios.overrides.fault import near

MEMBER = "#"
"""Between a file and the name of one scenario of its matrix."""

ENDINGS = (".yaml", ".yml")
"""Endings of scenario files."""


def definitions(asked: str | Path) -> tuple[Definition, ...]:
    """The scenarios of a built-in name, of a file, or of one member of a file's matrix (`FILE#NAME`).

    A built-in name is preferred to a file without ending of the same name. Raises `InputProblems`.
    """
    return _definitions(str(asked), Path(), (), Place())


def definition(asked: str | Path) -> Definition:
    """The one scenario of a name or file. Raises `InputProblems`, also if there are several."""
    return _one(str(asked), Path(), (), Place())


@cache
def library_names() -> tuple[str, ...]:
    """Names of all built-in scenarios, those of matrices one by one."""
    return tuple(name for stem in library.names() for name in _members(stem))


@cache
def _members(stem: str) -> tuple[str, ...]:
    """Names of the scenarios of a built-in file."""
    file = _read(library.path(stem))
    return tuple(name for name, _ in combinations(file.name, (), file.axes))


def _definitions(asked: str, folder: Path, chain: tuple[Path, ...], place: Place) -> tuple[Definition, ...]:
    """folder: from which relative paths count. chain: files that are being read. place: where the name stands."""
    path, _, member = asked.partition(MEMBER)
    if not _is_path(path):
        path, member = _built_in(asked, folder, place)
    file = folder / path
    if not (is_there(file) and file.is_file()):
        message = m("There is no scenario file {name}.", name=path)
        raise _refused("scenario-missing", place, message, m("Check the name; a built-in one has no ending."))
    return _chosen(_expanded(file, chain, place), member, path, place)


def _built_in(asked: str, folder: Path, place: Place) -> tuple[str, str]:
    """File and member of a built-in name, as `_definitions` takes them."""
    stems = library.names()
    if asked in stems:
        return str(library.path(asked)), ""
    for stem in stems:
        if asked in _members(stem):
            return str(library.path(stem)), asked
    if is_there(folder / asked) and (folder / asked).is_file():
        return asked, ""
    message = m("There is no scenario {name}.", name=asked)
    raise _refused("scenario-unknown", place, message, near(asked, dict.fromkeys((*stems, *library_names()))))


def _is_path(text: str) -> bool:
    return text.lower().endswith(ENDINGS) or "/" in text or "\\" in text


def _expanded(path: Path, chain: tuple[Path, ...], place: Place) -> tuple[Definition, ...]:
    """All scenarios of a file."""
    here = path.resolve()
    if here in chain:
        names = " → ".join(one.name for one in (*chain[chain.index(here) :], here))
        message = m("Scenarios extend each other in a circle: {names}.", names=names)
        raise _refused("scenario-cycle", place, message, m("Take one of them out of extends."))
    file = _read(path)
    lines, separate = _extended(file, path.parent, (*chain, here))
    return tuple(
        Definition(name, tuple(dict.fromkeys((*lines, *own))), separate or file.separate, file.note)
        for name, own in combinations(file.name, file.overrides, file.axes)
    )


def _extended(file: ScenarioFile, folder: Path, chain: tuple[Path, ...]) -> tuple[list[Line], bool]:
    """Overrides of what a file extends, in order, and whether any of it is decided by each department alone."""
    lines: list[Line] = []
    problems: list[Problem] = []
    separate = False
    for parent in file.extends:
        try:
            found = _one(parent.text, folder, chain, parent.place)
        except InputProblems as error:
            problems += error.problems
        else:
            lines += found.lines
            separate = separate or found.separate
    if problems:
        raise InputProblems(problems)
    return lines, separate


def _one(asked: str, folder: Path, chain: tuple[Path, ...], place: Place) -> Definition:
    found = _definitions(asked, folder, chain, place)
    if len(found) == 1:
        return found[0]
    names = [one.name for one in found]
    message = m("{name} is {count} scenarios.", name=asked, count=len(names))
    shown = names if not _is_path(asked) else [f"{asked}{MEMBER}{name}" for name in names]
    raise _refused("scenario-several", place, message, near("", shown))


def _chosen(found: tuple[Definition, ...], member: str, path: str, place: Place) -> tuple[Definition, ...]:
    if not member:
        return found
    chosen = tuple(one for one in found if one.name == member)
    if not chosen:
        message = m("{file} has no scenario {name}.", file=path, name=member)
        raise _refused("scenario-unknown", place, message, near(member, _names(found)))
    return chosen


def _names(found: Sequence[Definition]) -> list[str]:
    return [one.name for one in found]


def _read(path: Path) -> ScenarioFile:
    """A scenario file; only built-in ones may have built-in names."""
    own = library.is_built_in(path)
    return read_scenario_file(path, lambda name: not own and name in library.names())


def _refused(code: str, place: Place, message: Message, way_out: Message) -> InputProblems:
    return InputProblems([Problem(code, place, message, way_out)])
