"""The search for plans that differ: what earlier plans do costs people, then some of it is forbidden."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.scenarios.alternatives.asking import asking, common, priced
from liftplan.scenarios.alternatives.belonging import belonging
from liftplan.scenarios.alternatives.distance import Distance, distance
from liftplan.scenarios.alternatives.spare import KINDS, Kind, Spare, spares
from liftplan.solver.explain.case import Case
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

TRIES = 5
"""Solves for one alternative at a price, at most, by other projects, and by other households."""

PRICE = 0.2
"""Where prices begin: what the money of the distance asked for costs, in the people that may be given up."""

STEP = 3.0
"""What prices are multiplied or divided by until one too high and one too low are known."""

AHEAD = 2.0
"""How much money is taken from earlier plans at first, in the distance asked for."""

Verdict = Literal["taken", "too_few", "too_near", "no_plan"]
"""It is one; it lifts too few people; it is too like an earlier plan; no plan was found, or there is none."""


@dataclass(frozen=True)
class Alternative:
    """A plan of the county that differs."""

    plan: Plan
    """Checked; with the bound of the plan that it is an alternative to."""
    from_base: Distance
    nearest: float
    """Share of the money that does something else than in the plan that it is most like, the first one included."""
    spared: tuple[Spare, ...]
    """Projects and households of earlier plans that it had to do without; none: doing the same only cost people."""
    seconds: float
    """Of the solve that found it."""

    @property
    def from_best(self) -> float:
        """No plan lifts more people above this one than so many."""
        return self.plan.objective_bound - self.plan.objective


@dataclass(frozen=True)
class Try:
    """One solve."""

    verdict: Verdict
    people: int | None
    share: float | None
    """Share of money that does something else than in the nearest earlier plan."""
    spared: int
    """How many projects and households it had to do without; 0: doing the same only cost people."""
    seconds: float


@dataclass(frozen=True)
class Found:
    """Alternatives, in the order in which they were found, and all that was tried."""

    alternatives: tuple[Alternative, ...]
    tries: tuple[Try, ...]


Watch = Callable[[Try], None]
"""Told what each solve gave."""


def alternatives(
    county: County,
    base: Plan,
    count: int,
    within: int,
    apart: float,
    settings: Settings,
    *,
    watch: Watch | None = None,
    cancel: Cancel | None = None,
) -> Found:
    """Plans whose objective is at most `within` people below that of `base`, unlike it and each other.

    For each, money spent as in a plan found so far costs people (R12 never, soft), more until the plan is unlike enough
    and less where it lifts too few. Each yuan costs the same, so that a plan that is best at these prices gives up no
    more than they come to for the money it moves. What is found is a plan of the county all the same, checked, and
    counted without these prices.

    Where that finds none, some of what all plans do is forbidden: projects and households in turn, those
    that cost the fewest people for the money they free, at the plan's prices. At first they hold twice the money of the
    distance asked for; half as many are forbidden where that costs too many people, more where the plan is too near. An
    alternative that is not found in five solves of each kind ends the search.
    """
    search = _Search(county, base, within, apart, settings, watch, cancel)
    while len(search.found) < count and not search.over and search.another():
        pass
    return Found(tuple(search.found), tuple(search.tries))


class _Search:
    def __init__(
        self,
        county: County,
        base: Plan,
        within: int,
        apart: float,
        settings: Settings,
        watch: Watch | None,
        cancel: Cancel | None,
    ) -> None:
        self._county, self._base, self._apart, self._settings = county, base, apart, settings
        self._within, self._watch, self._cancel = within, watch, cancel
        self._case = Case(county, base)
        table = county["households"]
        self._persons = dict(zip(table["id"].tolist(), table["persons"].tolist(), strict=True))
        self._needed: set[str] = set()
        """Projects and households without which too few people are lifted, or none."""
        self.found: list[Alternative] = []
        self.tries: list[Try] = []

    @property
    def over(self) -> bool:
        """Whether somebody has cancelled."""
        return bool(self._cancel)

    @property
    def plans(self) -> list[Plan]:
        """The plan itself and its alternatives so far."""
        return [self._base, *(one.plan for one in self.found)]

    def another(self) -> bool:
        """Look for one more: at a price, by other projects, by other households; False if none was found."""
        if self._at_a_price():
            return True
        if self.over:
            return False
        turn = len(self.found) % len(KINDS)
        return any(self._by(kind) for kind in (*KINDS[turn:], *KINDS[:turn]))

    def _at_a_price(self) -> bool:
        yuan = common(self._case, self.plans)
        if not self._within or not yuan:
            return False
        price = PRICE * self._within / (self._apart * self._base.totals.ledger_yuan)
        low, high = 0.0, 0.0  # known to be too low, too high
        for _ in range(TRIES):
            verdict = self._attempt(priced(self._county, yuan, price), ())
            if self.over or verdict == "taken":
                return verdict == "taken"
            if verdict == "too_near":
                low = price
            else:
                high = price
            price = sqrt(low * high) if low and high else price * STEP if low else price / STEP
        return False

    def _by(self, kind: Kind) -> bool:
        order = [one for one in spares(self._case, self.plans) if one.kind == kind and one.id not in self._needed]
        least, most = 0, len(order)
        number = self._begin(order)
        for _ in range(TRIES):
            if not max(1, least) <= number <= most:
                return False
            verdict = self._attempt(asking(self._county, order[:number]), order[:number])
            if self.over or verdict == "taken":
                return verdict == "taken"
            if verdict == "too_near":
                least = number + 1
                number = max(least, min(2 * number, (number + most + 1) // 2))
            elif number == 1:  # this one cannot be spared; perhaps the next
                self._needed.add(order[0].id)
                order, most = order[1:], len(order) - 1
            else:
                most = number - 1
                number = max(least, number // 2)
        return False

    def _begin(self, order: Sequence[Spare]) -> int:
        """How many things to spare at first: their money is enough, and their losses are not too large."""
        number, yuan, loss = 0, 0, 0.0
        for one in order:
            yuan, loss = yuan + one.yuan, loss + one.loss
            if loss > self._within and number:
                break
            number += 1
            if yuan >= AHEAD * self._apart * self._base.totals.ledger_yuan:
                break
        return number

    def _attempt(self, asked: County, spared: Sequence[Spare]) -> Verdict:
        result = solve(
            asked, self._settings, cancel=self._cancel, warm_start=self.plans[-1], scenario=self._base.scenario
        )
        verdict: Verdict = "no_plan"
        lifted, share = None, None
        if result.plan is not None and not self.over:
            own = belonging(
                self._county, self._case.compiled, self._case.facts, self._case.duals, self._base, result.plan
            )
            lifted = own.totals.people_lifted
            share = min(distance(plan, own, self._persons).share for plan in self.plans)
            verdict = (
                "too_few"
                if own.objective < self._base.objective - self._within
                else "too_near"
                if share < self._apart
                else "taken"
            )
            if verdict == "taken":
                from_base = distance(self._base, own, self._persons)
                without = tuple(sorted(spared, key=lambda one: (one.kind, one.id)))
                self.found.append(Alternative(own, from_base, share, without, round(result.seconds, 3)))
        one = Try(verdict, lifted, share, len(spared), round(result.seconds, 3))
        self.tries.append(one)
        if self._watch is not None:
            self._watch(one)
        return verdict
