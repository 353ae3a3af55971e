"""Conflicts: rules that no plan keeps together, though any of them can be left out."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from liftplan.solver.diagnose.feasible import Judge, Refuted, Witness
from liftplan.solver.diagnose.near import LIMITS, Near, beside
from liftplan.solver.diagnose.rules import Group, Kept, instances

MOST = 8
"""Conflicts that are looked for."""

AFTER = 24
"""Further sets of rules left out that are looked at once the fewest that suffice are known, small counties only."""


@dataclass(frozen=True)
class Member:
    """A group of rules in a conflict."""

    group: Group
    needed: bool
    """Shown: a checked plan keeps all other members."""


@dataclass(frozen=True)
class Places:
    """Where the rules of a conflict clash: in any `least` of `names`."""

    names: tuple[str, ...]
    """Villages; of other rules over several subjects, those."""
    least: int
    opened: tuple[str, ...]
    """Single places that suffice."""
    sharp: bool
    """Shown: a checked plan keeps the conflict's rules in all but one of `opened`."""


@dataclass(frozen=True)
class Conflict:
    """Rules that clash. Without any one member there is a plan, as far as `Member.needed` says so."""

    members: tuple[Member, ...]
    proof: Refuted
    places: Places | None = None

    @property
    def groups(self) -> tuple[Group, ...]:
        """Its members' groups."""
        return tuple(member.group for member in self.members)

    @property
    def minimal(self) -> bool:
        """Whether every member is shown to be needed."""
        return all(member.needed for member in self.members)

    @property
    def instances(self) -> Kept:
        """All instances of its members."""
        return instances(self.groups)


@dataclass
class Found:
    """All that was found out about rules that clash."""

    conflicts: list[Conflict] = field(default_factory=list)
    fewest: tuple[Group, ...] | None = None
    """Fewest groups without which there is a plan; None: not found."""
    witness: Witness | None = None
    """A plan without them."""
    smallest: bool = False
    """Whether fewer are proved not to do."""
    complete: bool = False
    """Whether these are all conflicts."""


def find_all(judge: Judge, groups: Sequence[Group]) -> Found:
    """Several conflicts, and the fewest groups that must give: sets that hit all conflicts, smallest first."""
    found = Found(conflicts=find_alone(judge, groups))
    places = {group: number for number, group in enumerate(groups)}
    numbers = count()
    waiting: list[tuple[int, int, int, frozenset[Group]]] = [(0, 0, next(numbers), frozenset())]
    seen: set[frozenset[Group]] = set()
    sure, left = True, AFTER
    while waiting and not judge.clock.over:
        size, _, _, gone = heapq.heappop(waiting)
        if found.fewest is not None:
            left -= 1
            if left < 0 or not judge.small or len(found.conflicts) >= MOST:
                return found
        hit = next((one for one in found.conflicts if gone.isdisjoint(one.groups)), None)
        if hit is None:
            rest = [group for group in groups if group not in gone]
            hit = find_conflict(judge, rest)
            if hit is not None:
                found.conflicts.append(hit)
            else:
                verdict = judge.decide(instances(rest))
                if not isinstance(verdict, Witness):
                    sure = False
                elif found.fewest is None:
                    found.fewest, found.witness = tuple(sorted(gone, key=places.__getitem__)), verdict
                    found.smallest = sure
                continue
        for group in hit.groups:
            more = gone | {group}
            if more not in seen:
                seen.add(more)
                rank = sum(places[one] for one in more)
                heapq.heappush(waiting, (size + 1, -rank, next(numbers), more))
    found.complete = not waiting and sure
    return found


def find_alone(judge: Judge, groups: Sequence[Group]) -> list[Conflict]:
    """Conflicts of one group that asks for money with groups that limit it, proved by arithmetic."""
    limits = [group for group in groups if group.rule in LIMITS]
    found: list[Conflict] = []
    for group in groups:
        together = [group, *limits]
        if group.rule not in LIMITS and judge.by_arithmetic(instances(together)) is not None:
            conflict = find_conflict(judge, together)
            if conflict is not None and all(set(one.groups) != set(conflict.groups) for one in found):
                found.append(conflict)
    return found[:MOST]


def find_conflict(judge: Judge, groups: Sequence[Group]) -> Conflict | None:
    """A conflict among groups; None if it is not proved that they clash.

    What the money alone proves is thinned out by arithmetic; then whatever else can be left out is, by asking for
    plans. Groups that come first are left out first, unless others are asked about meanwhile.
    """
    verdict = judge.decide(instances(groups))
    if not isinstance(verdict, Refuted):
        return None
    left = [group for group in groups if verdict.kept.intersection(group.parts)]
    if verdict.method == "arithmetic":
        left = _thinned(judge, left)
    else:
        left = _halved(judge, left)
    return _needed(judge, left)


def _thinned(judge: Judge, groups: list[Group]) -> list[Group]:
    """Groups without which the money still does not add up are left out."""
    left = groups
    for group in groups:
        if group in left:
            rest = [one for one in left if one != group]
            proof = judge.by_arithmetic(instances(rest))
            if proof is not None:
                left = [one for one in rest if proof.kept.intersection(one.parts)]
    return left


def _halved(judge: Judge, groups: list[Group]) -> list[Group]:
    """Leave out many groups at a time, then fewer."""
    left, size = groups, len(groups) // 2
    while size > 1:
        start = 0
        while start < len(left):
            rest = [*left[:start], *left[start + size :]]
            found = judge.decide(instances(rest))
            if isinstance(found, Refuted):
                left = [one for one in rest if found.kept.intersection(one.parts)]
            else:
                start += size
        size //= 2
    return left


def _needed(judge: Judge, groups: list[Group]) -> Conflict | None:
    """The conflict that is left when every group that can be missed is; each other one with its witness."""
    left, needed = groups, dict.fromkeys(groups, False)
    verdict = judge.decide(instances(left))
    if not isinstance(verdict, Refuted):
        return None
    with beside() as pool:
        try:
            near = Near(judge, left, pool)
            for group in near.order:
                if group in left:
                    rest = [one for one in left if one != group]
                    found = near.without(group, instances(rest))
                    if isinstance(found, Refuted):
                        verdict = found
                        left = [one for one in rest if found.kept.intersection(one.parts)]
                    else:
                        needed[group] = isinstance(found, Witness)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # nobody asks any more
    return Conflict(tuple(Member(group, needed[group]) for group in left), verdict)
