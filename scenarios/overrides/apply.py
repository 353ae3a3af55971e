"""Overrides on a county: parsed, applied in order, the county validated; all problems at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.plan import Applied
from liftplan.models.problems import POLICY, InputProblems, Place, Problem
from liftplan.models.rows import TABLES
from liftplan.models.validate import validate
from liftplan.scenarios.overrides.cells import change_cells
from liftplan.scenarios.overrides.demands import demand
from liftplan.scenarios.overrides.fault import Fault, near
from liftplan.scenarios.overrides.fields import POVERTY_LINE, change_line, change_policy
from liftplan.scenarios.overrides.grammar import Asked, parse

SELECTED = (POLICY, POVERTY_LINE, *TABLES)
"""What a selector may begin with."""

NOWHERE = Place()
"""The place of overrides that come from no file."""


@dataclass(frozen=True)
class Line:
    """An override as somebody wrote it, and where."""

    text: str
    place: Place = NOWHERE


def apply_overrides(
    county: County, lines: Sequence[Line], *, valid: bool = False
) -> tuple[County, tuple[Applied, ...]]:
    """The county with overrides applied, in order, and what each of them did.

    valid: the county is known to be valid, so that only what the overrides change is looked at again.

    Raises
    ------
    InputProblems
        With all problems: overrides that mean nothing here, and what is wrong with the county after all of them.
    """
    if not lines:
        return county, ()
    applied: list[Applied] = []
    problems: list[Problem] = []
    changed = county
    for line in lines:
        try:
            changed, done = apply_one(changed, line.text)
        except Fault as fault:
            problems.append(fault.problem(line.text, line.place))
        else:
            applied.append(done)
    problems = problems or _after(changed, county if valid else None)
    if problems:
        raise InputProblems(problems)
    return changed, tuple(applied)


def apply_one(county: County, text: str) -> tuple[County, Applied]:
    """The county with one override applied, not validated, and what it did. Raises `Fault`."""
    parsed = parse(text)
    if isinstance(parsed, Asked):
        return demand(county, parsed)
    first = parsed.selector[0].name
    if first == POLICY:
        return change_policy(county, parsed)
    if first == POVERTY_LINE:
        return change_line(county, parsed)
    if first in TABLES:
        return change_cells(county, parsed)
    raise Fault("override-selector", m("there is nothing called {name} to override", name=first), near(first, SELECTED))


def _after(county: County, valid: County | None) -> list[Problem]:
    """What is wrong with the county now. valid: the one before, if that was valid."""
    return [
        Problem(found.code, found.place, m("After the overrides: {message}", message=found.message), found.way_out)
        for found in validate(county, valid)
        if not found.warning
    ]
