"""Smallest repairs: fewest yuan, fewest rules, or cheapest by given prices; each is applied and leaves a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain, combinations, product
from math import ceil
from typing import Literal

import numpy as np

from liftplan.models.base import BP
from liftplan.models.county import County
from liftplan.solver.clock import Clock
from liftplan.solver.compile import Named
from liftplan.solver.diagnose.builder import SOON, TRIES
from liftplan.solver.diagnose.diagnosis import Diagnosis
from liftplan.solver.diagnose.elastic import (
    NEAR_LEAST,
    STEP,
    Missed,
    Prices,
    fee_factors,
    least_missed,
    really_missed,
    spending,
)
from liftplan.solver.diagnose.elastic import raised as raised_instead
from liftplan.solver.diagnose.feasible import Judge, Witness
from liftplan.solver.diagnose.gives import Give, amended, lowered, raised
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.nudge import ASKING
from liftplan.solver.diagnose.rules import LIST_RULES, Group, Instance, Kept, instances

Kind = Literal["yuan", "rules", "priorities"]

MONEY_RULES = ("R1", "R3", "R4", "R5", "R6", "R7", "R9", "R11", "R13")
"""Rules that can give in yuan."""

NEARLY = Fraction(21, 20)
"""Up to so many times the least changes are taken that follow from a plan that is known."""

FAR = Fraction(3, 2)
"""Up to so many times the least that is proved a repair is taken where whole items clash."""

RAISES = 8
"""Funds of which it is tried whether they could pay all that is missing."""

MOST_DEMANDS = 6
"""Demands of conflicts that may give, up to which every choice of them is tried."""

MOST_CHOICES = 16
"""Choices of one rule of each conflict that are tried for as few yuan."""


@dataclass(frozen=True)
class Priorities:
    """Which rules may give, and at what price: thousandths per yuan, per person (R10), per demand (R12).

    Names are those of rules (`R4`), or of one group or instance of them (`R4 finance`, `R4 v07/finance`); the most
    particular name counts. What has no price never gives.
    """

    prices: Mapping[str, int] = field(default_factory=dict)
    never: frozenset[str] = frozenset()

    def price(self, group: Group) -> int | None:
        """Thousandths, or None: it never gives."""
        for name in (f"{group.rule} {group.key}", group.rule):
            if name in self.never:
                return None
            if name in self.prices:
                return self.prices[name]
        return None


WITHOUT_MONEY = Priorities(dict.fromkeys(("R3", "R4", "R5", "R6", "R7", "R9", "R13"), STEP) | {"R10": 10_000 * STEP})
"""Where nobody said otherwise: no fund gets more, commitments and demands stand."""


@dataclass(frozen=True)
class Repair:
    """Changes after which there is a plan."""

    kind: Kind
    gives: tuple[Give, ...]
    yuan: int
    """Yuan that all changes give together."""
    rules: int
    """Groups of rules that change."""
    least: int | None
    """Proved: `yuan` - no repair in yuan gives less; `rules` - none changes fewer groups. None: not proved."""
    county: County
    """The county after the changes."""
    witness: Witness
    """A plan of that county, checked."""


def repairs(
    diagnosis: Diagnosis, priorities: Priorities | None = None, *, time_limit: float | None = 120.0
) -> tuple[Repair, ...]:
    """One repair of each kind, as far as there are any, each verified in whole yuan. Empty where there is a plan.

    time_limit: seconds for all of them.
    """
    if diagnosis.status != "infeasible" or diagnosis.judge is None or diagnosis.found is None:
        return ()
    diagnosis.judge.clock = Clock(time_limit, diagnosis.judge.clock.cancel)
    mender, found = _Mender(diagnosis, diagnosis.judge), diagnosis.found
    groups = diagnosis.judge.ground.groups
    yuan = mender.lean(mender.made("yuan", {group: STEP for group in groups if group.rule in MONEY_RULES}, ()))
    rules = None
    if found.fewest is not None:
        least = len(found.fewest) if found.smallest else None
        money = all(group.rule not in LIST_RULES for group in found.fewest)
        same = money and yuan is not None and len(yuan.gives) <= len(found.fewest)  # fewer yuan would not do
        fewest = replace(yuan, kind="rules", least=least) if yuan and same else mender.fewest(found.fewest, least)
        rules = mender.lean(mender.cheaper_choice(fewest, len(found.fewest), least))
    wish = priorities or WITHOUT_MONEY
    own = {group: price for group in groups if (price := wish.price(group)) is not None}
    own_way = mender.lean(mender.cheapest(own))
    rules = rules or _single(yuan, own_way)
    in_yuan = [one for one in (rules, own_way) if one and all(give.yuan for give in one.gives)]
    made = (
        _best(yuan, in_yuan, lambda one: (one.yuan, one.rules, len(one.gives))),
        _best(rules, (yuan, own_way), lambda one: (one.rules, one.yuan)),
        own_way,
    )
    return tuple(repair for repair in made if repair is not None)


def _single(*repairs: Repair | None) -> Repair | None:
    """A repair of one rule, the cheapest of these: no county without a plan has one of fewer."""
    alone = [one for one in repairs if one is not None and one.rules == 1]
    best = min(alone, key=lambda one: one.yuan, default=None)
    return None if best is None else replace(best, kind="rules", least=1)


def _best(
    repair: Repair | None, others: Iterable[Repair | None], rank: Callable[[Repair], tuple[int, ...]]
) -> Repair | None:
    """The repair of one kind: one of another kind where that ranks lower by what this kind is about."""
    for other in others:
        if repair and other and rank(other) < rank(repair):
            repair = replace(other, kind=repair.kind, least=repair.least)
    return repair


class _Mender:
    """Makes repairs of one county and verifies each set of changes once."""

    def __init__(self, diagnosis: Diagnosis, judge: Judge) -> None:
        self._judge, self._conflicts = judge, diagnosis.conflicts
        self._everything = judge.ground.everything
        self._clashing: Kept = frozenset(
            part for one in self._conflicts if one.proof.method != "arithmetic" for part in one.instances
        )
        self._verified: dict[tuple[Give, ...], tuple[County, Witness] | None] = {}
        self._grounds: dict[tuple[Give, ...], Judge] = {}
        self._tried: set[tuple[tuple[Give, ...], int]] = set()

    def fewest(self, groups: Sequence[Group], least: int | None) -> Repair | None:
        """These rules, by as few yuan as they need; commitments and demands among them are given up if they must."""
        prices = {group: STEP for group in groups if group.rule not in {"R11", "R12"}}
        committed = [group for group in groups if group.rule == "R11"]
        demands = [group for group in groups if group.rule == "R12"]
        repair = self.made("rules", prices | dict.fromkeys(committed, STEP), demands) if committed else None
        repair = repair or self.made("rules", prices, [*demands, *committed])
        return None if repair is None else replace(repair, least=least)

    def cheaper_choice(self, repair: Repair | None, size: int, least: int | None) -> Repair | None:
        """The cheapest repair of one rule of each conflict, so many in all; large counties are not asked."""
        if not self._judge.small:
            return repair
        choices = {frozenset(one) for one in product(*(conflict.groups for conflict in self._conflicts))}
        fitting = sorted((sorted(one, key=str) for one in choices if len(one) == size), key=str)
        found = [repair, *(self.fewest(one, least) for one in fitting[:MOST_CHOICES])]
        return min((one for one in found if one), key=lambda one: (one.rules, one.yuan), default=None)

    def cheapest(self, prices: Mapping[Group, int]) -> Repair | None:
        """The cheapest by prices: every choice of the demands that clash, what is left in yuan."""
        broken = frozenset(part for conflict in self._conflicts for part in conflict.instances)
        demands = [group for group in prices if group.rule == "R12" and broken.intersection(group.parts)]
        listed = sorted(demands, key=lambda group: (prices[group], group.key))[:MOST_DEMANDS]
        others = {group: price for group, price in prices.items() if group.rule != "R12"}
        best: tuple[Fraction, Repair] | None = None
        for gone in chain.from_iterable(combinations(listed, size) for size in range(len(listed) + 1)):
            fixed = Fraction(sum(prices[group] for group in gone), STEP)
            if best is not None and fixed >= best[0]:
                continue
            repair = self.made("priorities", others, gone)
            if repair is not None:
                cost = fixed + _priced(repair, others)
                if best is None or cost < best[0]:
                    best = cost, repair
        return None if best is None else replace(best[1], least=None)

    def lean(self, repair: Repair | None) -> Repair | None:
        """The same without changes that it can do without, dearest first; large counties are not asked."""
        if repair is None or not self._judge.small:
            return repair
        for give in sorted(repair.gives, key=lambda one: -one.yuan):
            rest = tuple(one for one in repair.gives if one != give)
            if not rest:
                break
            if any(one.instance.rule in {"R5", "R9"} for one in rest):  # what these give is what one plan lacks
                continue
            if rest not in self._verified:
                self._verified[rest] = self._verdict(rest, 0, None)
            verified = self._verified[rest]
            if verified is not None:
                county, witness = verified
                yuan, rules = self._sums(rest)
                repair = replace(repair, gives=rest, yuan=yuan, rules=rules, county=county, witness=witness)
        return repair

    def made(self, kind: Kind, prices: Prices, gone: Sequence[Group]) -> Repair | None:
        """The cheapest repair by prices where some demands and commitments are given up; None: none was found.

        The least that the money shows comes first; where whole items leave no plan with just that, changes that are
        known already, then what a cheap plan misses, if need be by the whole search.
        """
        kept = self._everything - instances(gone)
        missed = least_missed(self._judge, kept, prices, self._clashing)
        if missed is None:
            return None
        if missed.plan is not None and self._judge.small:
            return self._applied(kind, missed, gone)
        repair = self._applied(kind, missed, gone, soon=SOON) or self._known(kind, missed, prices, gone)
        if repair is None:
            repair = self._lowered(kind, missed, kept, prices, gone)
            if not _near(repair, prices, missed.least):
                repair = _cheaper(repair, self._raised(kind, missed, kept, prices, gone), prices)
        if repair is None:
            planned = really_missed(self._judge, kept, prices, missed.least, missed.short)
            repair = None if planned is None else self._applied(kind, planned, gone)
            if missed.plan is not None and not _near(repair, prices, missed.least, FAR):  # the part knows better
                repair = _cheaper(repair, self._applied(kind, missed, gone, soon=len(TRIES)), prices)
        return repair or self._applied(kind, missed, gone)

    def _known(self, kind: Kind, missed: Missed, prices: Prices, gone: Sequence[Group]) -> Repair | None:
        """Changes verified before, if they cost hardly more than the least or are of the rules that should give."""
        given_up, allowed = set(_given_up(gone)), {part for group in prices for part in group.parts}
        found = [
            self._told(kind, missed, gives, verified)
            for gives, verified in self._verified.items()
            if verified is not None
            and given_up.issubset(gives)
            and all(give in given_up or give.instance in allowed for give in gives)
        ]
        best = min(found, key=lambda repair: _priced(repair, prices), default=None)
        if best is None:
            return None
        same = {give.instance.rule for give in best.gives} == {one.rule for one in missed.short}  # looked for already
        return best if same or _near(best, prices, missed.least) else None

    def _lowered(self, kind: Kind, missed: Missed, kept: Kept, prices: Prices, gone: Sequence[Group]) -> Repair | None:
        """What a plan found before misses, if that costs hardly more than the least."""
        allowed = {part for group in prices for part in group.parts}
        for (rules, _), near in list(self._judge.missed.items()):
            if rules == kept and near is not None and near.plan is not None and allowed.issuperset(near.short):
                repair = self._applied(kind, replace(near, least=missed.least), gone, soon=SOON)
                if _near(repair, prices, missed.least, NEARLY):
                    return repair
        return None

    def _raised(self, kind: Kind, missed: Missed, kept: Kept, prices: Prices, gone: Sequence[Group]) -> Repair | None:
        """One fund raised so that it pays what a plan found before lacks, if that costs hardly more than the least."""
        known = [one for (rules, _), one in self._judge.missed.items() if rules == kept and one is not None]
        near = min(known, key=lambda one: sum(one.short.values()), default=None)
        if near is None or any(one.rule not in ASKING for one in near.short):
            return None
        fees = fee_factors(self._judge)
        funds = [group for group in prices if group.rule == "R1" and group.key in fees]
        for group in sorted(funds, key=lambda one: (fees[one.key] * prices[one], one.key))[:RAISES]:
            changed = raised_instead(self._judge, kept, group, near)
            if changed is not None:
                repair = self._applied(kind, replace(changed, least=missed.least), gone, soon=SOON)
                if _near(repair, prices, missed.least, NEARLY):
                    return repair
        return None

    def _applied(self, kind: Kind, missed: Missed, gone: Sequence[Group], *, soon: int = 0) -> Repair | None:
        """The changes, if the county has a plan after them; soon: as for `Judge.decide`."""
        gives = (*_given_up(gone), *_gives(self._judge.ground.county, missed))
        verified = self._verified.get(gives)
        if verified is None and (gives, soon) not in self._tried:
            like = None if missed.plan is None else missed.compiled.named(missed.plan.decisions)
            self._verified[gives] = verified = self._verdict(gives, soon, like)
            self._tried |= {(gives, soon), (gives, SOON)}
        return None if verified is None else self._told(kind, missed, gives, verified)

    def _told(self, kind: Kind, missed: Missed, gives: tuple[Give, ...], verified: tuple[County, Witness]) -> Repair:
        least = None if missed.least is None else max(0, ceil(missed.least))
        return Repair(kind, gives, *self._sums(gives), least, *verified)

    def _sums(self, gives: tuple[Give, ...]) -> tuple[int, int]:
        """Yuan that changes give together, and groups of rules that they are of."""
        owners = {part: group for group in self._judge.ground.groups for part in group.parts}
        return sum(give.yuan for give in gives), len({owners[give.instance] for give in gives})

    def _verdict(self, gives: tuple[Give, ...], soon: int, like: Named | None) -> tuple[County, Witness] | None:
        """The county after changes, with a plan that the checker accepts; None if none is found."""
        if gives not in self._grounds:
            changed = amended(self._judge.ground.county, gives)
            asked = self._judge
            drafts = asked.drafts.elsewhere()
            self._grounds[gives] = Judge(Ground(changed), asked.clock, asked.threads, asked.seed, drafts=drafts)
        judge = self._grounds[gives]
        verdict = judge.decide(judge.ground.everything, soon=soon, like=like)
        return (judge.ground.county, verdict) if isinstance(verdict, Witness) else None


def _priced(repair: Repair, prices: Mapping[Group, int]) -> Fraction:
    by_part = {part: price for group, price in prices.items() for part in group.parts}
    return sum((Fraction(give.yuan * by_part.get(give.instance, 0), STEP) for give in repair.gives), Fraction(0))


def _near(repair: Repair | None, prices: Prices, least: Fraction | None, times: Fraction = NEAR_LEAST) -> bool:
    """Whether a repair costs at most so many times what is proved to be the least."""
    return repair is not None and least is not None and _priced(repair, prices) <= times * least


def _cheaper(one: Repair | None, other: Repair | None, prices: Prices) -> Repair | None:
    return min(
        (some for some in (one, other) if some is not None), key=lambda some: _priced(some, prices), default=None
    )


def _given_up(gone: Iterable[Group]) -> list[Give]:
    """Demands that no longer hold, and commitments that may be broken."""
    return [
        Give(part, "demand" if part.rule == "R12" else "committed", 1, 0, 0) for group in gone for part in group.parts
    ]


def _gives(county: County, missed: Missed) -> list[Give]:
    """Whole changes of the county for what a plan misses."""
    found = []
    for instance, short in sorted(missed.short.items()):
        match instance.rule:
            case "R1":
                found.append(raised(county, instance.subject, short))
            case "R7":
                found.append(_share(county, instance, short, missed))
            case "R10":
                found.append(_fairness(county, missed))
            case "R5" | "R9":
                found.append(_household(county, instance, short, missed))
            case _:
                found.append(lowered(county, instance, short))
    return list({(give.instance.rule if give.what == "fairness" else give.instance): give for give in found}.values())


def _share(county: County, instance: Instance, short: int, missed: Missed) -> Give:
    """A share (R7) that the plan keeps."""
    assert missed.plan is not None
    fund, _, row = instance.subject.partition("/")
    table = county["fund_shares"]
    at = next(i for i, key in enumerate(zip(table["fund"].tolist(), table["id"].tolist(), strict=True))
              if key == (fund, row))  # fmt: skip
    before, sense = int(table["share_bp"][at]), str(table["sense"][at])
    problem = missed.compiled.problem
    number = problem.names.rows.index(("R7", instance.subject))
    arcs, coef = problem.rows.arcs.of(number)
    counted = coef > 0 if sense == "at_least" else coef < 0
    flow = missed.plan.flows[arcs]
    part, whole = int(flow[counted].sum()), int(flow.sum())
    after = part * BP // max(1, whole) if sense == "at_least" else -(-part * BP // max(1, whole))
    return Give(instance, "share", before, after, -(-short // BP))


def _fairness(county: County, missed: Missed) -> Give:
    """The share of people (R10) that the plan reaches everywhere."""
    assert missed.plan is not None
    before = county.policy.R10.share_bp
    after = before
    problem = missed.compiled.problem
    rows = problem.households.rows
    for number, (rule, subject) in enumerate(problem.names.rows):
        short = missed.short.get(Instance(rule, subject), 0)
        if rule == "R10" and short:
            persons = int(rows.value[rows.index == number].sum())
            after = min(after, max(0, int(problem.rows.rhs[number]) - short) * BP // max(1, persons))
    return Give(Instance("R10", next(one.subject for one in missed.short if one.rule == "R10")), "fairness", before,
                after, 0)  # fmt: skip


def _household(county: County, instance: Instance, short: int, missed: Missed) -> Give:
    """The minimum (R5) or maximum (R9) of a household that the plan keeps."""
    assert missed.plan is not None
    problem = missed.compiled.problem
    homes, spent = problem.households, spending(problem, missed.plan.decisions)
    if instance.rule == "R9":
        before = county.policy.R9.maximum
        return Give(instance, "household_max", before, max(before, int(spent.max(initial=0))), short)
    before = county.policy.R5.minimum
    helped = ((spent > 0) | homes.always_assisted) & (homes.minimum > 0)
    return Give(instance, "household_min", before, min(before, int(np.min(spent[helped], initial=before))), short)
