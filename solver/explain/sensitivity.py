"""What a little more of a fund, or of a rule's room, is worth: from two proved solves, as an interval.

    people per unit of d  in  [ LB(b + d) - UB(b),  UB(b + d) - LB(b) ] / d

LB is a checked plan's objective, UB a proved bound; b is the county as it is, b + d with the change. The change grows
until the interval is narrow against its value, or the last share is reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.solver.explain.proved import Proved, Solver
from liftplan.solver.explain.relaxed import Target, relaxed
from liftplan.solver.explain.values import Value

SHARES = (0.01, 0.05, 0.2)
"""Changes tried, as shares of the amount."""

NARROW = 0.2
"""An interval is narrow if its width is at most this share of its upper end."""

Verdict = Literal["clear", "rough", "nothing", "open", "unproved"]
"""The interval is narrow; it is wide, but some gain is proved; it is proved that nobody gains; even whether anybody
gains is open; a solve proved nothing."""


@dataclass(frozen=True)
class Trial(Value):
    """One change tried."""

    step: int
    """In the target's unit."""
    low: float | None
    """Gain of the whole step, people (points): proved to be at least this."""
    high: float | None
    """... and at most this."""
    proved: Proved

    @property
    def width(self) -> float | None:
        """Width of the interval; None where an end is missing."""
        return None if self.low is None or self.high is None else round(self.high - self.low, 9)

    @property
    def verdict(self) -> Verdict:
        """What the interval says."""
        if self.low is None or self.high is None or self.width is None:
            return "unproved"
        if self.high <= 1e-6:
            return "nothing"
        if self.low <= 1e-6:
            return "open"
        return "clear" if self.width <= NARROW * self.high + 1e-9 else "rough"

    def as_json(self) -> dict[str, object]:
        """Field by field, with width and verdict."""
        return {**super().as_json(), "width": self.width, "verdict": self.verdict}


@dataclass(frozen=True)
class Worth(Value):
    """What a fund or a rule is worth at the end of all trials."""

    target: Target
    price: float | None
    """People per 10,000 yuan at the margin, at the plan's prices, where they say so; not proved."""
    trials: tuple[Trial, ...]

    @property
    def best(self) -> Trial | None:
        """The trial that says most: the first clear one, else the last that says more than nothing."""
        order: tuple[Verdict, ...] = ("clear", "rough", "nothing", "open", "unproved")
        for verdict in order:
            found = [trial for trial in self.trials if trial.verdict == verdict]
            if found:
                return found[0] if verdict == "clear" else found[-1]
        return None

    @property
    def verdict(self) -> Verdict:
        """What is known in the end."""
        return self.best.verdict if self.best else "unproved"

    @property
    def unit(self) -> int:
        """Units that `per_unit` is for: 10,000 yuan, 100 basis points, or the whole change."""
        return {"yuan": 10_000, "bp": 100, "off": 1}[self.target.unit]

    @property
    def per_unit(self) -> tuple[float, float] | None:
        """The interval of people per `unit`."""
        if self.best is None or self.best.low is None or self.best.high is None:
            return None
        factor = self.unit / self.best.step
        return round(self.best.low * factor, 9), round(self.best.high * factor, 9)

    def as_json(self) -> dict[str, object]:
        """Field by field, with what is known in the end."""
        step = self.best.step if self.best else None
        found = {"verdict": self.verdict, "step": step, "per": self.unit, "per_unit": self.per_unit}
        per = None if self.per_unit is None else list(self.per_unit)
        return {**super().as_json(), **found, "per_unit": per}


def worth(
    county: County, plan: Plan, known: Proved, target: Target, solver: Solver, shares: Sequence[float] = SHARES
) -> Worth:
    """What a target is worth. `known`: the county as it is, `plan` its best plan."""
    trials: list[Trial] = []
    start = plan
    for step in steps(target, county, shares):
        proved, found = solver(relaxed(county, target, step), start, target.id)
        start = found or start
        trials.append(_trial(county, target, step, known, proved))
        if trials[-1].verdict == "clear" or solver.cancelled:
            break
    return Worth(target, _price(plan, target), tuple(trials))


def steps(target: Target, county: County, shares: Sequence[float] = SHARES) -> list[int]:
    """Changes to try, ascending. A fund without money grows by shares of the funds' mean."""
    if target.unit == "off":
        return [1]
    amount = target.amount
    if not amount:
        amounts = county["funds"]["amount"]
        amount = int(amounts.sum()) // max(1, len(amounts))
    found = {max(1, round(share * amount)) for share in shares}
    return sorted(step for step in found if target.kind == "fund" or step <= target.amount or target.id == "R9")


def _trial(county: County, target: Target, step: int, known: Proved, proved: Proved) -> Trial:
    low = None if proved.least is None or known.most is None else proved.least - known.most
    high = None if proved.most is None or known.least is None else proved.most - known.least
    if low is not None and _monotone(county, target):
        low = max(0.0, low)
    return Trial(step, None if low is None else round(low, 9), None if high is None else round(high, 9), proved)


def _monotone(county: County, target: Target) -> bool:
    """Whether the change only adds plans.

    More of a fund that must spend a share of itself (R13) may not; nor what changes top-ups, which are exact (R5, and
    R11 and R12, which name households that get one in any case).
    """
    rule = county.policy.R13
    if target.kind == "fund":
        return rule.enforce == "off" or not rule.rows
    return target.id.partition("/")[0] not in {"R5", "R11", "R12"}


def _price(plan: Plan, target: Target) -> float | None:
    """The plan's own price of a target in yuan."""
    if target.kind == "fund":
        return plan.prices.get(target.id)
    rule, _, subject = target.id.partition("/")
    if target.unit != "yuan" or rule not in {"R3", "R4"}:
        return None
    names = [key.partition(" ")[2] for key in plan.rule_prices if key.startswith(f"{rule} ")]
    parts = subject.split("/") if subject else []
    meant = [name for name in names if set(parts) <= set(name.split("/"))]
    return round(sum(plan.rule_prices[f"{rule} {name}"] for name in meant), 9)
