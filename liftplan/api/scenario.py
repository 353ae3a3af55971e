"""The built-in scenarios that are overrides of the purpose rule (R2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from liftplan.api.opening import load
from liftplan.models.county import County
from liftplan.models.messages import Message, listed, m
from liftplan.models.policy import Policy
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.reports.words import BASE

OVERRIDES: dict[str, tuple[str, ...]] = {
    BASE: (),
    "fixed": ("policy.R2.purpose_rule = fixed",),
    "pooled": ("policy.R2.purpose_rule = pooled",),
}
"""Built-in scenarios: the overrides that each applies."""


@dataclass(frozen=True)
class Scenario:
    """A county under named scenarios; `solve` takes it like a county."""

    name: str
    """Names in order, joined by `+`; `base` if none."""
    overrides: tuple[str, ...]
    """Overrides applied, in order."""
    county: County
    """The county with the overrides applied."""


def under(county: County | Scenario | str | Path, names: str | Sequence[str] = ()) -> Scenario:
    """A county under built-in scenarios, applied in order.

    Parameters
    ----------
    county
        A county, what `load` takes, or a county under scenarios already: the new ones come after those.
    names
        One name or several.

    Raises
    ------
    InputProblems
        If a name is none of `base`, `fixed`, `pooled`, or the county is not valid.
    """
    begun = county if isinstance(county, Scenario) else Scenario(BASE, (), load(county))
    asked = (names,) if isinstance(names, str) else tuple(names)
    problems = [_unknown(name) for name in asked if name not in OVERRIDES]
    if problems:
        raise InputProblems(problems)
    overrides = tuple(line for name in asked for line in OVERRIDES[name])
    named = [name for name in (begun.name, *asked) if name != BASE]
    return Scenario("+".join(named) or BASE, (*begun.overrides, *overrides), overridden(begun.county, overrides))


def overridden(county: County, overrides: Sequence[str]) -> County:
    """The county with overrides applied, as a plan records them.

    Raises
    ------
    InputProblems
        If an override is none that a built-in scenario makes.
    """
    for line in overrides:
        if not any(line in lines for lines in OVERRIDES.values()):
            message = m("The override {line} cannot be applied by this version.", line=line)
            raise InputProblems([_problem("override-unknown", message)])
        rule = line.rpartition(" ")[2]
        policy = county.policy.model_dump()
        policy["R2"]["purpose_rule"] = rule
        county = county.with_policy(Policy.model_validate(policy))
    return county


def _unknown(name: str) -> Problem:
    if name == "separate":
        return _problem("scenario-later", m("The scenario separate is not offered yet."))
    if "." in name or "/" in name or "\\" in name:
        return _problem("scenario-later", m("Scenario files are not offered yet: {name}.", name=name))
    return _problem("scenario-unknown", m("There is no scenario {name}.", name=name))


def _problem(code: str, message: Message) -> Problem:
    return Problem(code, Place(), message, m("Use one of {names}.", names=listed(OVERRIDES)))
