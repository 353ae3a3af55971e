"""Demands (R12) in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from liftplan.models.messages import Message, m
from liftplan.reports.explanations.names import Names, some

DEMANDS: dict[tuple[str, str], Callable[[Message], Message]] = {
    ("must", "household"): lambda name: m("household {name} must be lifted", name=name),
    ("never", "household"): lambda name: m("household {name} must get nothing", name=name),
    ("must", "measure"): lambda name: m("measure {name} must be taken", name=name),
    ("never", "measure"): lambda name: m("measure {name} must not be taken", name=name),
    ("must", "project"): lambda name: m("project {name} must be built", name=name),
    ("never", "project"): lambda name: m("project {name} must not be built", name=name),
    ("must", "village"): lambda name: m("village {name} must get money", name=name),
    ("never", "village"): lambda name: m("village {name} must get nothing", name=name),
}
"""What can be demanded."""


def demand(sense: str, target: str, one: str, names: Names) -> Message:
    """One demand on something of the county."""
    if target == "household":
        name = m("{text}", text=one)
    elif target == "village":
        name = names.village(one)
    else:
        name = names.item(one)
    return DEMANDS[sense, target](name)


def told(demanded: Iterable[str], things: dict[str, str], names: Names) -> Message:
    """Demands as facts hold them (`must household`, `committed`); things: target -> id."""
    found = []
    for one in demanded:
        sense, _, target = one.partition(" ")
        found.append(demand(sense, target, things[target], names) if target else m("money is promised to it (R11)"))
    return some(found)
