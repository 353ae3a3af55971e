"""Why nothing in the data lifts a household."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from liftplan.models.base import BP
from liftplan.solver.check.facts import Option
from liftplan.solver.explain.case import Case
from liftplan.solver.explain.money import payers
from liftplan.solver.explain.values import Value

Reason = Literal["nobody_pays", "never", "project", "labour", "slots"]
"""Why a measure can never be taken: no fund may pay a line of it; R12; a project that it needs can never be built; it
takes more workers than the household has; its project has no slots."""

Rule = Literal["exclusive", "labour", "blocked", "money"]
"""What, if it were otherwise, would be enough: alternatives and the one main house (R8); labour (R8); measures that can
never be taken; what R5 and R9 ask of its money, or projects that exclude each other or have too few slots (`money`)."""

MOST = 18
"""Measures of a household up to which combinations are tried."""


@dataclass(frozen=True)
class Blocked(Value):
    """A measure that can never be taken."""

    measure: str
    reason: Reason
    subject: str
    """Purpose that nobody pays, or project; else ""."""


@dataclass(frozen=True)
class Hopeless(Value):
    """Nothing that the county's data offers lifts the household."""

    needs: tuple[str, ...]
    """Needs that no measure of it meets."""
    income_short: int
    """Yuan a household a year that lack even with every measure of the county taken."""
    blocked: tuple[Blocked, ...]
    """Measures that can never be taken."""
    enough: tuple[Rule, ...]
    """What alone stands in the way; empty: the data itself, or several things together."""


def hopeless(case: Case, name: str) -> Hopeless:
    """Why a household that no package lifts cannot be lifted."""
    home = case.facts.homes[name]
    options = [case.options[one] for one in case.measures_of.get(name, ())]
    blocked = [found for option in options if (found := _blocked(case, option)) is not None]
    met = {need for option in options for need in option.meets}
    short = max(0, income_gap(case, name) - sum(option.gain for option in options))
    needs = tuple(need for need in home.needs if need not in met)
    if needs or short or len(options) > MOST:
        return Hopeless(needs, short, tuple(blocked), ())
    allowed = [option for option in options if option.id not in {one.measure for one in blocked}]
    if _lifts(case, name, allowed, home.labour):
        return Hopeless((), 0, tuple(blocked), ("money",))
    enough: list[Rule] = []
    if _lifts(case, name, [_free(option) for option in allowed], home.labour):
        enough.append("exclusive")
    if _lifts(case, name, allowed, len(options) * 50):
        enough.append("labour")
    if blocked and _lifts(case, name, options, home.labour):
        enough.append("blocked")
    return Hopeless(needs, short, tuple(blocked), tuple(enough))


def income_gap(case: Case, name: str) -> int:
    """Yuan a household a year that lack for the income test; 0: it is passed."""
    home, line = case.facts.homes[name], case.facts.poverty_line
    required = line * (BP + case.county.policy.exit.margin_bp) * home.persons
    return max(0, -(-required // BP) - home.income * home.persons)


def _free(option: Option) -> Option:
    """The measure as if nothing excluded it."""
    return option._replace(group="", main_house=False)


def _blocked(case: Case, option: Option) -> Blocked | None:
    """Why a measure can never be taken; None: it can."""
    facts, home = case.facts, case.facts.homes[option.household]
    if option.id in facts.banned_measures or home.id in facts.banned:
        return Blocked(option.id, "never", "")
    if home.village in facts.closed and option.id in facts.lines:
        return Blocked(option.id, "never", "")
    for project in option.requires:
        index = case.project.get(project)
        if index is None or not case.problem.projects.high[index]:
            return Blocked(option.id, "project", project)
    if option.labour > home.labour:
        return Blocked(option.id, "labour", "")
    if option.slot and not facts.projects[option.slot].slots:
        return Blocked(option.id, "slots", option.slot)
    for purpose in facts.lines.get(option.id, {}):
        if not payers(case, option.id, purpose):
            return Blocked(option.id, "nobody_pays", purpose)
    return None


def _lifts(case: Case, name: str, options: Sequence[Option], labour: int) -> bool:
    """Whether some measures that R8 lets go together lift the household, whatever they cost."""
    home = case.facts.homes[name]

    def search(place: int, taken: list[Option], left: int) -> bool:
        gain, met = sum(one.gain for one in taken), {need for one in taken for need in one.meets}
        if case.facts.passes(home, gain, met):
            return True
        if place == len(options):
            return False
        option = options[place]
        clash = option.labour > left or any(
            (option.group and other.group == option.group) or (option.main_house and other.main_house)
            for other in taken
        )
        if not clash and search(place + 1, [*taken, option], left - option.labour):
            return True
        return search(place + 1, taken, left)

    return search(0, [], labour)
