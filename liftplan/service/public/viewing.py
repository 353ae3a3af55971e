"""What viewers see of villages: the figures that public files hold, and no others.

The sums of the whole county that describe a plan - people registered, people lifted - are shown to everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from liftplan.service.outlines import Outline, VillageFacts
from liftplan.service.public.suppress import SMALLEST, Group, Published, suppressed
from liftplan.service.roles import Who
from liftplan.service.views import View, VillageLine

Village = TypeVar("Village", VillageFacts, VillageLine)

LINE = ("people", "lifted", "out", "households", "lifted_households")
FACTS = ("people", "households")
"""What is left out of a village with a small group, in a plan and without one."""


@dataclass(frozen=True)
class Sums:
    """People of a township or county."""

    people: int
    lifted: int = 0
    out: int = 0


@dataclass(frozen=True)
class ViewShown:
    """A plan, as far as a caller may see it."""

    view: View
    townships: Mapping[str, Sums | None]
    """Name -> its people; None is left out."""
    county: Sums | None
    """Everybody; None: how many are out, or not lifted, is left out."""


@dataclass(frozen=True)
class OutlineShown:
    """A county, as far as a caller may see it."""

    outline: Outline
    townships: Mapping[str, Sums | None]
    """Name -> its people; None is left out."""


def view_for(who: Who, view: View, outline: Outline) -> ViewShown:
    """A plan for a caller; outline: all of the county's."""
    place = {one.id: one.township for one in outline.villages}
    groups: dict[str, list[Group]] = defaultdict(list)
    for line in view.villages:
        people, lifted, out = line.people or 0, line.lifted or 0, line.out or 0
        groups[place[line.id]].append(Group(line.id, (lifted, people - lifted - out, out)))
    may, everybody = _may(who, groups), [one for inside in groups.values() for one in inside]
    change = {} if who.may("planner") else {"overrides": (), "villages": _without(view.villages, LINE, may)}
    townships = {name: _sums(inside) if name in may.sums else None for name, inside in groups.items()}
    return ViewShown(view.model_copy(update=change), townships, _sums(everybody) if may.total else None)


def outline_for(who: Who, outline: Outline) -> OutlineShown:
    """A county for a caller."""
    groups: dict[str, list[Group]] = defaultdict(list)
    for one in outline.villages:
        groups[one.township].append(Group(one.id, (0, one.people or 0, 0)))
    may = _may(who, groups)
    shown = outline.model_copy(update={"villages": _without(outline.villages, FACTS, may)})
    return OutlineShown(shown, {name: _sums(inside) if name in may.sums else None for name, inside in groups.items()})


def few(who: Who, number: int) -> int | None:
    """A number of household measures; None is left out."""
    return number if who.may("planner") or not 0 < number < SMALLEST else None


def _may(who: Who, groups: Mapping[str, list[Group]]) -> Published:
    if not who.may("planner"):
        return suppressed(groups)
    return Published(frozenset(one.key for inside in groups.values() for one in inside), frozenset(groups), total=True)


def _without(villages: Iterable[Village], names: Iterable[str], may: Published) -> tuple[Village, ...]:
    nothing = dict.fromkeys(names)
    return tuple(one if one.id in may.groups else one.model_copy(update=nothing) for one in villages)


def _sums(groups: Iterable[Group]) -> Sums:
    lifted, poor, out = (sum(values) for values in zip(*(one.parts for one in groups), strict=True))
    return Sums(lifted + poor + out, lifted, out)
