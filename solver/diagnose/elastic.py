"""The elastic program: a plan that misses rules by as little as it costs, and what that is at least."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

import numpy as np

from liftplan.models.base import BP
from liftplan.solver.compile import Compiled
from liftplan.solver.diagnose.builder import TRIES, quick_plans
from liftplan.solver.diagnose.drafts import Impossible
from liftplan.solver.diagnose.feasible import Judge, contradicted
from liftplan.solver.diagnose.nudge import filled, nudged
from liftplan.solver.diagnose.reduced import reduced
from liftplan.solver.diagnose.rules import EVERYBODY, ROW_RULES, Group, Instance, Kept
from liftplan.solver.diagnose.spare import left_over
from liftplan.solver.exact import MOST, solve_whole
from liftplan.solver.incumbent import Incumbent, realise
from liftplan.solver.nodes import feasibility
from liftplan.solver.problem import HARD, Decisions, Ints, Problem
from liftplan.solver.progress import Cancel
from liftplan.solver.value import shortfalls

PRICE = 10**8
"""Units of a yuan (a person, where a rule counts people) at the price 1."""

STEP = 1000
"""Prices count thousandths."""

SECONDS = (4.0, 30.0)
"""Longest that one elastic program may take: in integers, and over quick plans."""

NEARLY = 1e-6
"""By so much dearer than money is everything else where both cost the same: money gives first."""

NEAR_LEAST = Fraction(101, 100)
"""A plan that costs at most so much more than is proved to be the least is near enough."""

Prices = Mapping[Group, int]
"""Thousandths per yuan (R10: per person) of the groups that may give."""


@dataclass(frozen=True)
class Missed:
    """A plan that misses rules, and by how much."""

    short: dict[Instance, int]
    """Yuan (R7: ten-thousandths of a yuan; R10: persons), rounded up; R5 and R9: of all households together."""
    plan: Incumbent | None
    """None: by the money alone."""
    compiled: Compiled
    least: Fraction | None
    """Proved: no plan costs less, in yuan at the price 1; None: nothing was proved."""


def least_missed(judge: Judge, kept: Kept, prices: Prices, clashing: Kept) -> Missed | None:
    """The cheapest way to miss rules where those without a price are kept, as the money and a few rules show.

    kept: rules that count at all; commitments and demands among them are kept in any case. clashing: those that clash
    in whole items, looked at beside the money. None: none was found.
    """
    fees = fee_factors(judge)
    by_part = {
        part: price / STEP * float(fees.get(part.subject, 1) if part.rule == "R1" else 1)
        for group, price in prices.items()
        for part in group.parts
    }
    money = judge.money(kept)
    found = money.least_give(by_part, kept)
    if found is None:
        return None
    least, compiled = found[1], judge.ground.compiled(kept)
    plain = _whole_yuan(found[0])
    if plain:
        nearly = {part: price * (1.0 if part.rule == "R1" else 1.0 + NEARLY) for part, price in by_part.items()}
        other = money.least_give(nearly, kept)
        again = {} if other is None else _whole_yuan(other[0])
        if again and sum(yuan * by_part[part] for part, yuan in again.items()) <= float(least) + len(again):
            plain = again
    if any(part.rule not in {"R1", "R3", "R4", "R6", "R11", "R13"} for part in plain):
        return really_missed(judge, kept, prices, least, plain)
    missed = Missed(plain, None, compiled, least)
    if judge.small and clashing:
        return really_missed(judge, kept, prices, least, plain)
    few = kept & (clashing | judge.ground.listed(kept))
    part = reduced(_elastic(judge, few, prices).problem, MOST) if clashing else None
    if part is None or contradicted(part.problem):
        return missed
    items = _whole(judge, replace(compiled, problem=part.problem), least)
    return missed if items is None else _together(missed, items)


def _whole_yuan(given: Mapping[Instance, float]) -> dict[Instance, int]:
    """Rounded up, but for the engine's own rounding."""
    whole = {part: ceil(yuan - 1e-3) for part, yuan in given.items()}
    return {part: yuan for part, yuan in whole.items() if yuan > 0}


def _together(money: Missed, items: Missed) -> Missed:
    """Both at once: of each rule the larger amount."""
    short = dict(items.short)
    for part, yuan in money.short.items():
        short[part] = max(yuan, short.get(part, 0))
    return replace(items, short=short)


def really_missed(
    judge: Judge,
    kept: Kept,
    prices: Prices,
    least: Fraction | None,
    short: Iterable[Instance],
    ready: Callable[[], None] = lambda: None,
    *,
    lean: bool = False,
) -> Missed | None:
    """The same by a plan: the cheapest of a small county, a cheap one found soon of a large one.

    least: what is proved of all. short: what the money misses. ready: called each time that a relaxation is solved,
    before it is made whole. lean: as for `builder.program`.
    """
    key = (kept, frozenset(prices.items()))
    if key not in judge.missed:
        judge.missed[key] = _missed(judge, kept, prices, least, short, ready, lean)
    found: Missed | None = judge.missed[key]
    return found if found is None or least is None else replace(found, least=least)


def _missed(
    judge: Judge,
    kept: Kept,
    prices: Prices,
    least: Fraction | None,
    short: Iterable[Instance],
    ready: Callable[[], None],
    lean: bool,
) -> Missed | None:
    compiled = _elastic(judge, kept, prices)
    if contradicted(compiled.problem):
        return None
    if judge.small:
        return _whole(judge, compiled, least)
    best: Missed | None = None
    choking = judge.money(kept).choking(kept)
    choking = choking if choking.any() else judge.money(kept).helping(short)
    near = np.inf if least is None else float(NEAR_LEAST * least) * PRICE
    for how in TRIES[1:]:
        if how.margin and best is not None:
            break
        limit, cancel = judge.clock.left(SECONDS[1]), judge.clock.cancel
        drawn = quick_plans(
            compiled.problem, judge.drafts, how, choking, time_limit=limit, seed=judge.seed, cancel=cancel,
            ready=ready, lean=lean,
        )  # fmt: skip
        try:
            plan = _best(compiled.problem, drawn, near, cancel)
        except Impossible:
            break
        plan = None if plan is None else filled(compiled.problem, plan, cancel)
        if plan is not None and (best is None or best.plan is None or plan.objective > best.plan.objective):
            best = Missed(_short(compiled.problem, plan), plan, compiled, least)
            if -plan.objective <= near:
                break
    return best


def _best(problem: Problem, drawn: Iterable[Decisions], near: float, cancel: Cancel) -> Incumbent | None:
    """The first plan if it costs at most so much, else the better one of the first two that are looked at."""
    best: Incumbent | None = None
    for number, decisions in enumerate(drawn):
        plan = realise(problem, decisions, cancel=cancel)
        if plan is not None and (best is None or plan.objective > best.objective):
            best = plan
        if best is not None and (number > 0 or -best.objective <= near):
            break
    return best


def raised(judge: Judge, kept: Kept, group: Group, near: Missed) -> Missed | None:
    """A plan that misses the amount of one fund instead of what `near` misses; None: the fund finds nothing to pay."""
    if near.plan is None:
        return None
    done = near.compiled.named(near.plan.decisions)
    compiled = _elastic(judge, kept, {group: STEP})
    yuan, left = sum(near.short.values()), left_over(near.compiled.problem, near.plan.flows)
    more = nudged(compiled, done, left | {group.key: None}, yuan, thrifty=True) or nudged(
        compiled, done, {group.key: None}, yuan
    )
    if more is None:
        return None
    decisions = compiled.decisions(more.projects, more.measures, more.topups)
    plan = realise(compiled.problem, decisions, cancel=judge.clock.cancel)
    return None if plan is None else Missed(_short(compiled.problem, plan), plan, compiled, near.least)


def _whole(judge: Judge, compiled: Compiled, known: Fraction | None) -> Missed | None:
    limit = judge.clock.left(SECONDS[0])
    found = solve_whole(compiled.problem, time_limit=limit, seed=judge.seed, cancel=judge.clock.cancel)
    if found.decisions is None:
        return None
    plan = realise(compiled.problem, found.decisions, cancel=judge.clock.cancel)
    if plan is None:
        return None
    least = known if found.bound is None else max(known or Fraction(0), Fraction(-found.bound, PRICE + 2))
    return Missed(_short(compiled.problem, plan), plan, compiled, least)


def _elastic(judge: Judge, kept: Kept, prices: Prices) -> Compiled:
    """The problem worth nothing, in which giving costs its price. Amounts of funds give first among equals."""
    compiled = judge.ground.compiled(kept)
    problem = feasibility(judge.ground.priced(compiled.problem, kept))
    rows, homes = problem.rows, problem.households
    by_part = {part: price for group, price in prices.items() for part in group.parts}
    price, upper, fees = rows.price.copy(), rows.upper.copy(), fee_factors(judge)
    for row, (rule, subject) in enumerate(problem.names.rows):
        one = Instance(rule, subject)
        if rule in ROW_RULES and one in kept and one in by_part:
            unit = PRICE * by_part[one] // STEP + (rule != "R1")
            unit = int(unit * fees.get(subject, 1)) if rule == "R1" else unit
            price[row] = max(1, unit * int(rows.short_scale[row]) // 10_000) if rule == "R7" else unit
            upper[row] = compiled.problem.rows.upper[row]
        elif rule == "R11":
            named = [Instance("R11", part) for part in subject.split(" + ")]
            if all(part in by_part for part in named):
                price[row] = PRICE * max(by_part[part] for part in named) // STEP + 1
                upper[row] = max(0, int(rows.rhs[row]) - len(named))
    minimum, maximum = homes.minimum_price, homes.maximum_price
    everybody = {rule: Instance(rule, EVERYBODY) for rule in ("R5", "R9")}
    if everybody["R5"] in by_part and everybody["R5"] in kept:
        minimum = np.full(len(minimum), PRICE * by_part[everybody["R5"]] // STEP + 2, dtype=np.int64)
    if everybody["R9"] in by_part and everybody["R9"] in kept:
        maximum = np.full(len(maximum), PRICE * by_part[everybody["R9"]] // STEP + 2, dtype=np.int64)
    changed = replace(
        problem,
        rows=replace(rows, price=price, upper=upper),
        households=replace(homes, minimum_price=minimum, maximum_price=maximum),
    )
    return replace(compiled, problem=changed)


def fee_factors(judge: Judge) -> dict[str, Fraction]:
    """Fund -> yuan by which its amount must rise for one yuan that it may pay."""
    funds = judge.ground.county["funds"]
    return {
        fund: Fraction(BP, BP - fee)
        for fund, fee in zip(funds["id"].tolist(), funds["fee_bp"].tolist(), strict=True)
        if fee < BP
    }


def _short(problem: Problem, plan: Incumbent) -> dict[Instance, int]:
    """What a plan misses, by rule."""
    short = shortfalls(problem, plan.decisions, plan.flows)
    found: dict[Instance, int] = {}
    for row in np.flatnonzero(short).tolist():
        if problem.rows.price[row] in {0, HARD}:
            continue
        rule, subject = problem.names.rows[row]
        yuan = int(short[row]) * (int(problem.rows.short_scale[row]) if rule == "R7" else 1)
        left = yuan
        for part in subject.split(" + ") if rule == "R11" else [subject]:
            found[Instance(rule, part)] = left
    homes = problem.households
    spent = spending(problem, plan.decisions)
    if (homes.minimum_price > 0).any():
        assisted = (spent > 0) | homes.always_assisted
        lacking = int(np.where(assisted, np.maximum(0, homes.minimum - spent), 0).sum())
        if lacking:
            found[Instance("R5", EVERYBODY)] = lacking
    if (homes.maximum_price > 0).any():
        over = int(np.where(homes.maximum >= 0, np.maximum(0, spent - homes.maximum), 0).sum())
        if over:
            found[Instance("R9", EVERYBODY)] = over
    return found


def spending(problem: Problem, decisions: Decisions) -> Ints:
    """(households,) yuan of measures and top-up."""
    lines, measures = problem.measures.lines, problem.measures
    owner = lines.owner_of_entry()
    taken = decisions.taken[owner]
    total: Ints = decisions.topup.copy()
    np.add.at(total, measures.household[owner[taken]], lines.value[taken])
    return total
