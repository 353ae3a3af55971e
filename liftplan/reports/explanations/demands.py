"""Demands (R12) in words."""

from __future__ import annotations

from collections.abc import Iterable

from liftplan.models.messages import Message, m
from liftplan.reports.explanations.names import Names, some

DEMANDS: dict[tuple[str, str], Message] = {
    ("must", "household"): m("household {name} must be lifted"),
    ("never", "household"): m("household {name} must get nothing"),
    ("must", "measure"): m("measure {name} must be taken"),
    ("never", "measure"): m("measure {name} must not be taken"),
    ("must", "project"): m("project {name} must be built"),
    ("never", "project"): m("project {name} must not be built"),
    ("must", "village"): m("village {name} must get money"),
    ("never", "village"): m("village {name} must get nothing"),
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
    return Message(DEMANDS[sense, target].template, (("name", name),))


def told(demanded: Iterable[str], things: dict[str, str], names: Names) -> Message:
    """Demands as facts hold them (`must household`, `committed`); things: target -> id."""
    found = []
    for one in demanded:
        sense, _, target = one.partition(" ")
        found.append(demand(sense, target, things[target], names) if target else m("money is promised to it (R11)"))
    return some(found)
