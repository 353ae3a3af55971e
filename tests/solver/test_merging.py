"""Merged money: never less than the truth, the truth itself once the rows that matter are back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver.compile.compile import compile_county
from liftplan.solver.engines.highs import Lp, Matrix
from liftplan.solver.ledger.clash import clashing_rows
from liftplan.solver.ledger.demand import cell_demand, row_rest
from liftplan.solver.ledger.task import flow_task
from liftplan.solver.master import Master, Mixture
from liftplan.solver.merging import Merging, merge, village_rows
from liftplan.solver.problem import HARD, Bools, Decisions, Ints, Problem

from .columns import case
from .flat import random_problem
from .whole import Plans, settled_problem

SEEDS = range(40)
NEAR = 1e-6
"""Relative to 1 + value."""


@cache
def county(villages: int = 12) -> Problem:
    """A generated county as the core sees it."""
    return compile_county(generate(Knobs(seed=3, villages=villages, households_per_village=40))).problem


def leaving_out(problem: Problem) -> Merging:
    """All rows of single villages left out, however few cells there are."""
    return Merging(problem, village_rows(problem))


def mixture(seed: int, merging: Merging | None) -> tuple[Master, Mixture]:
    """The master over the columns of a random problem."""
    own = case(seed)
    master = Master(own.problem, merging)
    master.add(own.columns)
    return master, master.solve()


@pytest.mark.parametrize("seed", SEEDS)
def test_merged_money_is_worth_at_least_as_much(seed: int) -> None:
    """Leaving rows out is a relaxation."""
    own = case(seed)
    merged = mixture(seed, leaving_out(own.problem))[1]
    assert merged.value >= own.mixture.value - NEAR * (1 + abs(own.mixture.value))


@pytest.mark.parametrize("seed", SEEDS)
def test_merging_alone_changes_nothing(seed: int) -> None:
    """With every row kept, cells that differ in nothing but their village count together as they do apart."""
    own = case(seed)
    none = np.zeros(len(own.problem.rows.rhs), dtype=np.bool_)
    merged = mixture(seed, Merging(own.problem, none))[1]
    assert merged.value == pytest.approx(own.mixture.value, rel=NEAR, abs=NEAR)
    assert merged.missing == pytest.approx(own.mixture.missing, abs=1e-5)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rows_that_are_missed_bring_the_truth_back(seed: int) -> None:
    """Taking back what is missed, as often as something is, ends at the value of the whole problem."""
    own = case(seed)
    merging = leaving_out(own.problem)
    master, last = mixture(seed, merging)
    while merging.take_back(master.missed()):
        last = master.solve()
    assert last.value == pytest.approx(own.mixture.value, rel=1e-5, abs=1e-5)
    assert (last.missing < NEAR) == own.whole


def test_some_rows_are_missed() -> None:
    """The random problems are such that rows left out matter in some and not in others."""
    missed = [mixture(seed, leaving_out(case(seed).problem))[0].missed().any() for seed in SEEDS]
    assert 5 <= sum(missed) <= len(missed) - 5


@pytest.mark.parametrize("seed", range(10))
def test_rows_left_out_cost_nothing(seed: int) -> None:
    """Multipliers are those of all rows, 0 where a row is left out."""
    merging = leaving_out(case(seed).problem)
    duals = mixture(seed, merging)[1].duals
    assert duals.shape == case(seed).problem.rows.rhs.shape
    assert not duals[merging.left_out].any()


def test_a_county_has_few_kinds_of_cells() -> None:
    """Without the rows of single villages, cells of twelve villages become a few dozen."""
    problem = county()
    merged = Merging(problem).merged.problem
    assert len(merged.flows.cell_village) * 4 < len(problem.flows.cell_village)
    assert len(merged.flows.arc_cell) * 4 < len(problem.flows.arc_cell)


def test_where_cells_are_few_nothing_is_left_out() -> None:
    """A small problem keeps all its rows."""
    assert not Merging(case(0).problem).left_out.any()
    assert Merging(county()).left_out.any()


def test_cells_of_soft_top_ups_stay_apart() -> None:
    """Where a soft household minimum may be filled from a cell, nothing is merged into it."""
    problem = county()
    households = problem.households
    soft = replace(problem, households=replace(households, minimum_price=np.full_like(households.minimum_price, 5)))
    cell = Merging(soft).merged.cell
    counts = np.bincount(cell)
    topups = np.unique(households.topup_cell[households.topup_cell >= 0])
    assert len(topups) > 1
    assert (counts[cell[topups]] == 1).all()
    assert (counts > 1).any()


@pytest.mark.parametrize("seed", range(15))
def test_merged_arcs_are_those_of_every_cell(seed: int) -> None:
    """Each cell can be paid on exactly the terms of its merged cell, in the rows that stay."""
    problem = random_problem(seed, blocks=2)
    rng = np.random.default_rng(seed)
    left_out = rng.random(len(problem.rows.rhs)) < 0.5
    merged = merge(problem, left_out)
    kept = np.flatnonzero(~left_out)
    assert (merged.row[kept] == np.arange(len(kept))).all()
    assert (merged.row[left_out] == -1).all()
    for cell in range(len(problem.flows.cell_village)):
        here, there = terms(problem, cell, merged.row), terms(merged.problem, int(merged.cell[cell]), None)
        assert here == there


def terms(problem: Problem, cell: int, row: Ints | None) -> set[tuple[tuple[int, int], ...]]:
    """What each arc of a cell adds to the rows, by the number that `row` gives them."""
    found = set()
    for arc in np.flatnonzero(problem.flows.arc_cell == cell).tolist():
        entries = []
        for own in range(len(problem.rows.rhs)):
            index, value = problem.rows.arcs.of(own)
            number = own if row is None else int(row[own])
            entries += [(number, int(amount)) for amount in value[index == arc].tolist() if number >= 0]
        found.add(tuple(entries))
    return found


@pytest.mark.parametrize("seed", range(15))
def test_rows_clash_exactly_where_money_cannot_flow(seed: int) -> None:
    """Decisions have clashing rows if and only if no flows keep all hard rows; those rows alone cannot be kept."""
    problem = settled_problem(seed, payers=3)
    plans = Plans(problem)
    hard = problem.rows.price == HARD
    rng = np.random.default_rng(seed)
    for plan in rng.choice(len(plans.objective), size=min(8, len(plans.objective)), replace=False).tolist():
        decisions = plans.decisions(plan)
        clashing = clashing_rows(problem, decisions)
        assert clashing.any() == (not flow(problem, decisions, hard))
        assert not clashing[~hard].any()
        if clashing.any():
            assert not flow(problem, decisions, clashing)


@pytest.mark.parametrize("broken", [True, False])
def test_rows_near_a_broken_one_clash_with_it(broken: bool) -> None:
    """Where each cell has one payer: rows that decisions break and those near it, none kept by far; none unbroken."""
    seen = set()
    for seed in range(15):
        problem = settled_problem(seed, payers=1)
        plans = Plans(problem)
        if not len(plans.objective):
            continue
        decisions = plans.decisions(int(np.argmax(plans.objective)))
        task = flow_task(problem, decisions)
        paid = task.demand[task.arc_cell]
        if len(task.arc_cell) != len(np.unique(task.arc_cell)) or task.demand.sum() != paid.sum():
            continue
        adds = task.activity(paid)
        kinds = np.where(np.abs(adds) < 100, 2, np.arange(len(adds)) % 3)  # broken, nearly, not by far
        tenth = np.abs(adds) // 10
        asks = adds + np.choose(kinds, [tenth if broken else -np.abs(adds) - 1, -tenth, -np.abs(adds) - 1])
        rhs = problem.rows.rhs + asks - task.rest
        rows = replace(problem.rows, rhs=rhs, price=np.full_like(rhs, HARD))
        clashing = clashing_rows(replace(problem, rows=rows), decisions)
        expected = kinds < 2 if broken and (kinds == 0).any() else np.zeros(len(rhs), dtype=np.bool_)
        assert np.array_equal(clashing, expected)
        seen.update(kinds[expected].tolist())
    assert seen == ({0, 1} if broken else set())


def flow(problem: Problem, decisions: Decisions, rows: Bools) -> bool:
    """Whether money can flow to decisions, parts of yuan allowed, with these rows ((rows,)) kept."""
    demand, rest = cell_demand(problem, decisions), row_rest(problem, decisions)
    arcs = len(problem.flows.arc_cell)
    lp = Lp()
    lp.add_cols(np.zeros(arcs), 0.0, np.inf)
    for cell, yuan in enumerate(demand.tolist()):
        own = np.flatnonzero(problem.flows.arc_cell == cell)
        lp.add_rows([yuan], [yuan], Matrix([0, len(own)], own, np.ones(len(own))))
    for row in np.flatnonzero(rows).tolist():
        index, value = problem.rows.arcs.of(row)
        lp.add_rows([rest[row]], [np.inf], Matrix([0, len(index)], index, value.astype(np.float64)))
    return lp.solve().status == "optimal"
