"""The oracle against enumeration: its value is reached, its bound is never below the truth."""

from __future__ import annotations

import numpy as np
import pytest

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.columns import make_column
from liftplan.solver.oracle.oracle import Effort, Oracle
from liftplan.solver.oracle.pricing import price
from liftplan.solver.problem import HARD, Ints, Problem

from .flat import closed_choices, packages, random_problem

SEEDS = 50
PER_SEED = 30


def multipliers(problem: Problem, rng: np.random.Generator) -> Ints:
    """Random multipliers in units: some zero, some large, negative cell prices included."""
    rows = problem.rows
    wide = rng.choice([0.0, 1e-6, 1e-5, 1e-4, 3e-4], len(rows.rhs)) * rng.random(len(rows.rhs))
    unit = np.where(np.diff(rows.arcs.start) > 0, UNITS_PER_PERSON, UNITS_PER_PERSON * 3000.0)
    return (wide * unit).astype(np.int64)


def truth(problem: Problem, block: int, u: Ints) -> int | None:
    """Best Lagrangian value of a block by enumeration, straight from the definition in solver/problem.py."""
    rows, flows = problem.rows, problem.flows
    soft = rows.price != HARD
    u = np.where(soft, np.minimum(u, rows.price), u)
    arc = [problem.arc_cost] * len(flows.arc_cell)
    for row in range(len(rows.rhs)):
        for index, coefficient in zip(*rows.arcs.of(row), strict=True):
            arc[int(index)] -= int(u[row]) * int(coefficient)
    cells = [min(arc[int(a)] for a in flows.cell_arcs.of(cell)[0]) for cell in range(len(flows.cell_village))]

    def gain(lists: object, owner: int) -> int:
        return sum(int(u[row]) * int(coefficient) for row, coefficient in zip(*lists.of(owner), strict=True))  # type: ignore[attr-defined]

    def cost(lists: object, owner: int) -> int:
        return sum(cells[int(cell)] * int(yuan) for cell, yuan in zip(*lists.of(owner), strict=True))  # type: ignore[attr-defined]

    households, measures, projects = problem.households, problem.measures, problem.projects

    def package(home: int, taken: list[int]) -> int | None:
        value = sum(int(measures.worth[m]) + gain(measures.rows, m) - cost(measures.lines, m) for m in taken)
        direct = sum(int(yuan) for m in taken for yuan in measures.lines.of(m)[1])
        met = 0
        for m in taken:
            met |= int(measures.meets[m])
        needs = int(households.needs[home])
        lifted = needs & ~met == 0 and sum(int(measures.gain[m]) for m in taken) >= households.income_gap[home]
        if (lifted and not households.lift_high[home]) or (not lifted and households.lift_low[home]):
            return None
        if lifted:
            value += int(households.worth[home]) + gain(households.rows, home)
        else:
            value += int(households.need_worth[home]) * (met & needs).bit_count()
        touched = any(not measures.automatic[m] for m in taken)
        assisted = direct > 0 or bool(households.always_assisted[home])
        minimum, maximum = int(households.minimum[home]), int(households.maximum[home])
        best = None
        deficit = max(0, minimum - direct) if assisted else 0
        soft_minimum = households.minimum_price[home] != HARD
        for topup in {0, deficit, max(0, min(deficit, maximum - direct))} if soft_minimum else {deficit}:
            if topup and households.topup_cell[home] < 0:
                continue
            over = max(0, direct + topup - maximum) if maximum >= 0 and assisted else 0
            if over and households.maximum_price[home] == HARD:
                continue
            here = value - (cells[int(households.topup_cell[home])] * topup if topup else 0)
            here -= max(0, int(households.minimum_price[home])) * (deficit - topup)
            here -= max(0, int(households.maximum_price[home])) * over
            here += int(households.touch_worth[home]) if touched or topup else 0
            best = here if best is None else max(best, here)
        return best

    best = None
    homes = np.flatnonzero(households.block == block).tolist()
    for built in closed_choices(problem, block):
        value = sum(int(projects.worth[p]) + gain(projects.rows, p) - cost(projects.lines, p) for p in built)
        found: list[int] = []
        for home in homes:
            own = [v for taken in packages(problem, home, built) if (v := package(home, taken)) is not None]
            if not own:
                break
            found.append(max(own))
        else:
            total = value + sum(found)
            best = total if best is None else max(best, total)
    return best


@pytest.mark.parametrize("seed", range(SEEDS))
def test_value_and_bound_are_the_truth(seed: int) -> None:
    """With enough nodes value = bound = enumeration; with few nodes value <= enumeration <= bound."""
    problem = random_problem(seed, blocks=2)
    oracle = Oracle(problem, 1)
    rng = np.random.default_rng(seed)
    for _ in range(PER_SEED):
        u = multipliers(problem, rng)
        prices = price(problem, u, 0)
        few = oracle.ask(prices, Effort(0, first_rounds=int(rng.integers(0, 4)), rounds=0, nodes=1), range(2))
        for answer in few:
            exact = truth(problem, answer.block, u)
            assert answer.value is None or (exact is not None and answer.value <= exact)
            assert exact is None or (answer.bound is not None and answer.bound >= exact)
        for answer in oracle.ask(prices, Effort(0, nodes=10_000), range(2)):
            assert answer.value == answer.bound == truth(problem, answer.block, u)


@pytest.mark.parametrize("seed", range(20))
def test_coarse_units_never_lower_the_bound(seed: int) -> None:
    """In units of 2^20 the bound, taken back, is still at least the truth."""
    problem = random_problem(1000 + seed)
    oracle = Oracle(problem, 1)
    coarse = multipliers(problem, np.random.default_rng(seed)) >> 20
    coarse = np.where(problem.rows.price == HARD, coarse, np.minimum(coarse, problem.rows.price >> 20))
    for answer in oracle.ask(price(problem, coarse, 20), Effort(0, nodes=10_000), range(1)):
        exact = truth(problem, 0, coarse << 20)
        assert exact is None or (answer.bound is not None and answer.bound << 20 >= exact)


@pytest.mark.parametrize("seed", range(20))
def test_columns_are_worth_what_the_oracle_says(seed: int) -> None:
    """A column's worth, priced demand and rows add up to the oracle's value (direct effects may add more)."""
    problem = random_problem(2000 + seed, blocks=2)
    oracle = Oracle(problem, 1)
    u = multipliers(problem, np.random.default_rng(seed))
    prices = price(problem, u, 0)
    for answer in oracle.ask(prices, Effort(0, nodes=10_000), range(2)):
        if answer.value is not None:
            column = make_column(problem, oracle.static.blocks, answer.block, answer.built, answer.take, answer.topup)
            value = column.worth + int(prices.rows[column.rows] @ column.coefficients)
            value -= int(prices.cells[column.cells] @ column.yuan)
            assert value >= answer.value


def test_shares_of_coarse_prices_stay_shares_at_fine_ones() -> None:
    """Shares from prices in large units never leave 64 bits in small units: the bound stays above the truth."""
    for seed in range(300, 360):
        problem = random_problem(seed, blocks=2, homes=5, sites=5)
        oracle = Oracle(problem, 1)
        rng = np.random.default_rng(seed)
        coarse = multipliers(problem, rng)
        oracle.ask(price(problem, coarse, 12), Effort(0, nodes=5), range(2))
        fine = multipliers(problem, rng)
        for answer in oracle.ask(price(problem, fine, 0), Effort(0, first_rounds=0, rounds=0, nodes=1), range(2)):
            exact = truth(problem, answer.block, fine)
            assert (oracle.shares(answer.block, 0) >= 0).all()
            assert exact is None or (answer.bound is not None and answer.bound >= exact)
