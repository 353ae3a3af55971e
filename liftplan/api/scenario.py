"""Scenarios on a county: built-in ones, scenario files, overrides given one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from liftplan.api.opening import load
from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.plan import Applied
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.reports.words import BASE
from liftplan.scenarios import definition as reading
from liftplan.scenarios.definition import Definition
from liftplan.scenarios.overrides import Line, apply_overrides

OWN = "own"
"""Name of overrides that come without one."""


@dataclass(frozen=True)
class Scenario:
    """A county under named scenarios; `solve` takes it like a county."""

    name: str
    """Names in order, joined by `+`; `base` if none."""
    overrides: tuple[str, ...]
    """Overrides applied, in order, in their plain form."""
    county: County
    """The county with the overrides applied."""
    applied: tuple[Applied, ...] = ()
    """What each override did: how many cells, their sum before and after, how many were rounded."""
    separate: bool = False
    """Each department decides alone, instead of the best plan for all."""
    warnings: tuple[Problem, ...] = ()
    """Scenarios that set to something else what an earlier one had set."""
    names: tuple[str, ...] = ()
    """Names of the scenarios, in order; those that are called `base` are left out."""


Asked = str | Path | Definition | Scenario
"""What names a scenario: a built-in name, a scenario file, `FILE#NAME`, or what `definitions` or `under` returned."""


def under(
    county: County | Scenario | str | Path,
    names: Asked | Sequence[Asked] = (),
    *,
    overrides: Sequence[str] = (),
    name: str = "",
) -> Scenario:
    """A county under scenarios, applied in order.

    Parameters
    ----------
    county
        A county, what `load` takes, or a county under scenarios already: the new ones come after those.
    names
        One scenario or several: built-in names, scenario files, definitions, or scenarios of another county.
    overrides
        Single overrides (`"funds[department=poverty].amount x 0.6"`), applied after all of them.
    name
        What these single overrides are called; otherwise `own`.

    Raises
    ------
    InputProblems
        With all problems: scenarios that are not there or are several, overrides that mean nothing here, and what is
        wrong with the county after them.
    """
    begun = county if isinstance(county, Scenario) else Scenario(BASE, (), load(county))
    asked = (names,) if isinstance(names, Asked) else tuple(names)
    found = definitions_of(asked)
    if overrides:
        found.append(Definition(name or OWN, tuple(map(Line, overrides))))
    changed, applied = apply_overrides(begun.county, [line for one in found for line in one.lines])
    before = begun.names or (begun.name,)
    named = tuple(part for part in (*before, *(one.name for one in found)) if part != BASE)
    return Scenario(
        "+".join(named) or BASE,
        (*begun.overrides, *(one.override for one in applied)),
        changed,
        (*begun.applied, *applied),
        begun.separate or any(one.separate for one in found),
        (*begun.warnings, *_contradictions(begun, found)),
        named,
    )


def _contradictions(begun: Scenario, found: Sequence[Definition]) -> Iterator[Problem]:
    """Where a scenario sets (`selector = value`) what an earlier one set to another value."""
    known: dict[str, tuple[str, str]] = {}
    for name, lines in [(begun.name, begun.overrides), *((one.name, one.overrides) for one in found)]:
        for selector, sign, value in (line.partition(" = ") for line in lines):
            earlier, before = known.get(selector, (name, value))
            if sign and earlier != name and before != value:
                message = m(
                    "{later} sets {what} to {value}, {earlier} had set it to {before}: {later} holds.",
                    later=name,
                    what=selector,
                    value=value,
                    earlier=earlier,
                    before=before,
                )
                way_out = m("Name one of them; or is the order as you mean it?")
                yield Problem("scenario-contradiction", Place(), message, way_out, warning=True)
            if sign:
                known[selector] = (name, value)


def definitions(asked: str | Path) -> tuple[Definition, ...]:
    """The scenarios of a built-in name or of a scenario file: one, or all those of its matrix.

    Raises
    ------
    InputProblems
        With all problems of the file.
    """
    return reading.definitions(asked)


def library() -> tuple[str, ...]:
    """Names of the built-in scenarios."""
    return reading.library_names()


def overridden(county: County, overrides: Sequence[str]) -> County:
    """The county with overrides applied, as a plan records them.

    Raises
    ------
    InputProblems
        If they mean nothing in this county, or it is not valid after them.
    """
    return apply_overrides(county, list(map(Line, overrides)))[0]


def definitions_of(asked: Sequence[Asked]) -> list[Definition]:
    """The one scenario of each name or file. Raises `InputProblems`, with the problems of all of them."""
    found: list[Definition] = []
    problems: list[Problem] = []
    for one in asked:
        try:
            found.append(_definition(one))
        except InputProblems as error:
            problems += (problem for problem in error.problems if problem not in problems)
    if problems:
        raise InputProblems(problems)
    return found


def _definition(asked: Asked) -> Definition:
    if isinstance(asked, Definition):
        return asked
    if isinstance(asked, Scenario):
        return Definition(asked.name, tuple(map(Line, asked.overrides)), asked.separate)
    return reading.definition(asked)
