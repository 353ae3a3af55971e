"""Conflicts: rules that no plan keeps together, though any of them can be left out."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count

from liftplan.solver.compile import Named
from liftplan.solver.diagnose.builder import SOON
from liftplan.solver.diagnose.elastic import STEP, Missed, least_missed, really_missed
from liftplan.solver.diagnose.feasible import Judge, Refuted, Verdict, Witness
from liftplan.solver.diagnose.nudge import appetite, budgets, nudged
from liftplan.solver.diagnose.roomy import roomy
from liftplan.solver.diagnose.rules import LIST_RULES, Group, Kept, instances
from liftplan.solver.engines.highs import Floats

LIMITS = ("R1", "R7")
"""Rules that limit money; all others ask for something."""

MOST = 8
"""Conflicts that are looked for."""

MANY = 8
"""Members above which a plan without each of them is only looked for near one that keeps nearly all."""

SAME = 2
"""Plans that are tried with another fund unlimited, before others are looked for."""

ROOM = 400_000
"""Yuan beyond what a rule asks for that a plan without one fund's limit is looked for with."""

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
    plans. Groups that come first are left out first.
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


class _Near:
    """A plan that misses what a conflict asks for by little, where many funds limit it: each might pay the rest.

    Plans near it are looked for first, one fund after the other; where there is none, a relaxation is made whole, on
    another core meanwhile, one after the other. Nothing that it finds depends on how fast either is.
    """

    def __init__(self, judge: Judge, groups: Sequence[Group], pool: Executor) -> None:
        self._judge, self._kept = judge, instances(groups)
        self._asking = [group for group in groups if group.rule not in LIMITS]
        self.many = not judge.small and len(groups) > MANY
        self._missed: Missed | None = None
        self._wanted: Floats | None = None
        self._found: list[Named] = []
        self._later: dict[Group, Future[Named | Refuted | None]] = {}
        self._aside, self._missable = replace(judge, drafts=judge.drafts), list[Group]()
        if not self.many or any(group.rule in LIST_RULES for group in self._asking):
            return
        prices = dict.fromkeys(self._asking, STEP)
        for kept in (judge.ground.everything, self._kept):  # with everything else kept it serves for repairs, too
            least = least_missed(judge, kept, prices, frozenset())
            if least is not None and self._missed is None:
                self._missed = really_missed(judge, kept, prices, least.least, least.short)
        self._aside = replace(judge, drafts=judge.drafts.copied())
        if self._missed is not None and self._missed.plan is not None:
            for group in groups:
                self._look(group, groups, self._missed, pool)

    def without(self, group: Group, kept: Kept) -> Verdict:
        """A plan if a fund is not limited, or proof that there is none.

        kept: what is left of the conflict without the fund.
        """
        like = self._later[group].result() if group in self._later else None
        if isinstance(like, Refuted):
            self._judge.refuted.append(like)
            return like
        return self._judge.decide(kept, soon=SOON if self.many else 0, like=like)

    def _look(self, group: Group, groups: Sequence[Group], missed: Missed, pool: Executor) -> None:
        """A plan near the one that is known, or a question for later."""
        kept = instances(one for one in groups if one != group)
        if group.rule != "R1" or missed.plan is None:
            return
        for one in self._found[:SAME]:  # others may pay for what was done before
            if self._judge.fits(kept, one) is not None:
                return
        done = missed.compiled.named(missed.plan.decisions)
        problem = self._judge.ground.problem(kept)
        yuan, fund = sum(missed.short.values()), group.key
        if self._wanted is None:
            self._wanted = appetite(problem.problem, missed.plan.decisions, yuan)
        more = nudged(problem, done, budgets(problem.problem, missed.plan, fund, yuan, self._wanted), yuan)
        if more is not None and self._judge.fits(kept, more) is not None:
            self._found.append(more)
            return
        asking = self._asking_row(missed)
        if asking is not None:
            self._later[group] = pool.submit(self._roomy, group, groups, asking)

    def _roomy(self, group: Group, groups: Sequence[Group], asking: Group) -> Named | Refuted | None:
        """A plan without a fund's limit that may do, or proof that there is none; what can be missed is left out."""
        kept = instances(one for one in groups if one != group and one not in self._missable)
        found = roomy(self._aside, kept, asking, ROOM)
        if isinstance(found, Refuted):
            self._missable.append(group)
        return found

    def _asking_row(self, missed: Missed) -> Group | None:
        """The rule that is missed, if it is one row."""
        if len(missed.short) > 1:
            return None
        found = next(one for one in self._asking if set(missed.short) <= set(one.parts))
        return found if len(found.parts) == 1 else None


def _needed(judge: Judge, groups: list[Group]) -> Conflict | None:
    """The conflict that is left when every group that can be missed is; each other one with its witness."""
    left, needed = groups, dict.fromkeys(groups, False)
    verdict = judge.decide(instances(left))
    if not isinstance(verdict, Refuted):
        return None
    with ThreadPoolExecutor(max_workers=1) as pool:
        try:
            near = _Near(judge, left, pool)
            for group in groups:
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
