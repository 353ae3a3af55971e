"""The search: levels solved one after the other, where what is known leaves most open."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from math import floor

from liftplan.models.base import BP
from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.scenarios.frontier.envelope import Envelope, Reached
from liftplan.scenarios.frontier.level import PRICES, Level, overrides_of
from liftplan.scenarios.frontier.shares import By, Shares
from liftplan.scenarios.overrides import Line, apply_overrides
from liftplan.solver.prepared import Prepared
from liftplan.solver.progress import Cancel
from liftplan.solver.result import Result
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

Watch = Callable[[int, int, Level | None], None]
"""Told how many levels are done, how many there will be at most, and the last one (None before the first)."""


@dataclass(frozen=True)
class Found:
    """What was solved, and a plan for each point."""

    envelope: Envelope
    plans: dict[Reached, Plan]


def explore(
    county: County,
    by: By,
    points: int,
    settings: Settings,
    *,
    watch: Watch | None = None,
    cancel: Cancel | None = None,
) -> Found:
    """Levels from 0 to all people; fewer if it is cancelled or what is left open is within the gap asked for.

    First nobody is promised anything, then everybody; then the interval is halved in which the area between what plans
    reach and what is proved is largest. Each solve begins with the best plan that reaches its level, else with the
    fairest one.
    """
    search = _Search(county, by, settings, cancel)
    waiting = [0, BP]
    while len(search.levels) < points and not cancel:
        share = waiting.pop(0) if waiting else next_level(search.envelope, settings.gap)
        if share is None:
            break
        if watch is not None:
            watch(len(search.levels), points, None)
        level = search.solve(share)
        if watch is not None and not cancel:
            watch(len(search.levels), points, level)
        if share == 0 and level.people is None:
            break  # no plan at all
    return Found(search.envelope, search.plans)


def next_level(envelope: Envelope, gap: float) -> int | None:
    """The level to solve next: in the middle of what is open between two levels; None if nothing is.

    Open is where the proved most exceeds what a plan reaches by more than `gap` of it. Only shares that a plan may have
    are asked for.
    """
    solved = [level.share_bp for level in envelope.levels]
    best: tuple[float, int] | None = None
    for low, high in pairwise(solved):
        area, first, last = 0.0, high, low
        for left, right, known in envelope.steps(low, high):
            room = (known.most or 0) - (known.least or 0)
            if known.most is not None and room > gap * known.most:
                area += room * (right - left)
                first, last = min(first, left), max(last, right)
        begin, end = bisect_right(envelope.possible, first), bisect_right(envelope.possible, last)
        asked = [share for share in envelope.possible[begin:end] if share not in (low, high)]
        if area and asked and (best is None or area > best[0]):
            best = (area, asked[len(asked) // 2])
    return None if best is None else best[1]


class _Search:
    """Solves levels of one county and keeps what is found."""

    def __init__(self, county: County, by: By, settings: Settings, cancel: Cancel | None) -> None:
        self._county, self._by, self._settings, self._cancel = county, by, settings, cancel
        self._prepared = Prepared()
        self._shares = Shares(county, by)
        self._vain = BP + 1
        """The lowest level at which asking came to nothing; from there on levels are wished for first."""
        self.levels: list[Level] = []
        self.plans: dict[Reached, Plan] = {}

    @property
    def envelope(self) -> Envelope:
        """What is known."""
        return Envelope(
            tuple(sorted(self.levels, key=lambda one: one.share_bp)), tuple(self.plans), self._shares.possible
        )

    def solve(self, share: int) -> Level:
        """One level. It is asked for; where that finds neither a plan nor a proof, it is wished for."""
        prices: tuple[int, ...] = PRICES
        if share < self._vain or self._near(share)[1]:
            prices = (0, *PRICES)
        level = self._solve(share, prices[0])
        for price in prices[1:]:
            if level.status == "unknown" and not self._cancel:
                self._vain = min(self._vain, share)
                level = together(level, self._solve(share, price))
        self.levels.append(level)
        return level

    def _solve(self, share: int, price: int = 0) -> Level:
        overrides = overrides_of(share, self._by, price)
        changed, applied = apply_overrides(self._county, [Line(one) for one in overrides])
        start = self._near(share)[0]
        result = solve(
            changed,
            self._settings,
            cancel=self._cancel,
            warm_start=start,
            scenario="frontier",
            applied=applied,
            prepared=self._prepared,
        )
        reached = self._keep(share, result.plan)
        people = reached.people if reached is not None and reached.share_bp >= share else None
        status = self._status(share, result, people, price)
        return Level(
            share,
            overrides,
            status,
            result.stopped_by,
            people,
            None if status == "infeasible" else result.objective_bound,
            round(result.seconds, 3),
        )

    def _status(self, share: int, result: Result, people: int | None, price: int) -> str:
        if not price:
            return result.status
        if people is None:
            bound = result.objective_bound
            short = bound is not None and floor(bound) < self._shares.fewest(share)
            return "infeasible" if short else "unknown"
        return "optimal" if result.objective_bound is not None and result.objective_bound < people + 1 else "feasible"

    def _keep(self, share: int, plan: Plan | None) -> Reached | None:
        if plan is None:
            return None
        shares = self._shares.of(plan)
        worst = min(shares.values(), default=BP)
        groups = tuple(name for name, value in shares.items() if value == worst)
        reached = Reached(worst, plan.totals.people_lifted, plan.totals.ledger_yuan, groups, share)
        self.plans.setdefault(reached, plan)
        return reached

    def _near(self, share: int) -> tuple[Plan | None, bool]:
        """The plan to begin with, and whether it reaches the level."""
        reaching = [one for one in self.plans if one.share_bp >= share]
        if reaching:
            return self.plans[max(reaching, key=lambda one: (one.people, one.share_bp))], True
        fairest = max(self.plans, key=lambda one: (one.share_bp, one.people), default=None)
        return (None if fairest is None else self.plans[fairest]), False


def together(earlier: Level, later: Level) -> Level:
    """What two solves of one level say."""
    bound = min((one.bound for one in (earlier, later) if one.bound is not None), default=None)
    proved = later.people is not None and bound is not None and bound < later.people + 1
    return replace(
        later,
        status="optimal" if proved else later.status,
        bound=None if later.status == "infeasible" else bound,
        seconds=round(earlier.seconds + later.seconds, 3),
    )
