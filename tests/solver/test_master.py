"""The restricted master: the value of its columns as a plain PuLP model has it, duals that prove it."""

from __future__ import annotations

import numpy as np
import pulp
import pytest

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.columns import Column
from liftplan.solver.generation import priced_at
from liftplan.solver.master import Master, Mixture
from liftplan.solver.oracle.oracle import Effort, Oracle, total_bound
from liftplan.solver.problem import HARD, Problem
from liftplan.solver.reference import highs
from liftplan.solver.reference.adapter import new_problem, run

from .columns import case, columns_of, solved
from .flat import random_problem

SEEDS = range(50)
UNIT = UNITS_PER_PERSON
NEAR = 1e-6
"""Persons, relative to 1 + value."""


def modelled(problem: Problem, columns: list[Column]) -> float | None:
    """The same in PuLP, straight from the docstring of solver/master.py; None if no mixture keeps the hard rows."""
    model = new_problem("master")
    flows, rows = problem.flows, problem.rows
    x = [model.add_variable(f"x{k}", 0) for k in range(len(columns))]
    f = [model.add_variable(f"f{a}", 0) for a in range(len(flows.arc_cell))]
    short = [model.add_variable(f"s{r}", 0, 0 if rows.price[r] == HARD else None) for r in range(len(rows.rhs))]
    left = [[(f[arc], int(value)) for arc, value in zip(*rows.arcs.of(r), strict=True)] for r in range(len(rows.rhs))]
    need: list[list[tuple[object, int]]] = [[] for _ in flows.cell_village]
    for k, column in enumerate(columns):
        for r, value in zip(column.rows.tolist(), column.coefficients.tolist(), strict=True):
            left[r].append((x[k], value))
        for cell, yuan in zip(column.cells.tolist(), column.yuan.tolist(), strict=True):
            need[cell].append((x[k], yuan))
    for r, terms in enumerate(left):
        model.addConstraint(pulp.lpSum(c * v for v, c in terms) + short[r] >= int(rows.rhs[r]), f"row{r}")
    for cell, terms in enumerate(need):
        into = pulp.lpSum(f[arc] for arc in flows.cell_arcs.of(cell)[0].tolist())
        model.addConstraint(into == pulp.lpSum(c * v for v, c in terms), f"cell{cell}")
    for block in range(problem.blocks):
        own = pulp.lpSum(x[k] for k, column in enumerate(columns) if column.block == block)
        model.addConstraint(own == 1, f"block{block}")
    gain = pulp.lpSum(column.worth / UNIT * x[k] for k, column in enumerate(columns))
    lost = pulp.lpSum(max(0, price) / UNIT * short[r] for r, price in enumerate(rows.price.tolist()))
    model.setObjective(gain - lost - problem.arc_cost / UNIT * pulp.lpSum(f))
    outcome = run(model, highs())
    return outcome.objective + problem.constant / UNIT if outcome.values else None


def lagrangian(problem: Problem, columns: list[Column], mixture: Mixture) -> float:
    """The bound that the mixture's duals give over its columns, persons."""
    prices = priced_at(problem, mixture.duals)
    values = np.full(problem.blocks, -np.inf)
    for column in columns:
        value = column.worth / 2**prices.shift + float(prices.rows[column.rows] @ column.coefficients)
        values[column.block] = max(values[column.block], value - float(prices.cells[column.cells] @ column.yuan))
    return float((prices.fixed + values.sum()) * 2**prices.shift / UNIT)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_value_is_that_of_a_plain_model(seed: int) -> None:
    """Same columns, same value; hard rows stay short exactly where the plain model has no solution."""
    own = case(seed)
    value = modelled(own.problem, own.columns)
    assert (value is not None) == own.whole
    if value is not None:
        assert abs(own.mixture.value - value) <= NEAR * (1 + abs(value))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_duals_prove_the_value(seed: int) -> None:
    """Over its own columns the multipliers give a bound that is the value itself."""
    own = case(seed)
    if {column.block for column in own.columns} == set(range(own.problem.blocks)):
        bound = lagrangian(own.problem, own.columns, own.mixture)
        assert abs(bound - own.mixture.value) <= NEAR * (1 + abs(bound)) * (1 if own.whole else 100)


@pytest.mark.parametrize("seed", SEEDS)
def test_duals_are_multipliers(seed: int) -> None:
    """They are not negative, and at most the price of a soft row."""
    own = case(seed)
    soft = own.problem.rows.price != HARD
    assert (own.mixture.duals >= 0).all()
    assert (own.mixture.duals[soft] * UNIT <= own.problem.rows.price[soft] * (1 + 1e-9)).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_oracles_bound_at_the_duals_is_not_below(seed: int) -> None:
    """The bound over all block plans is at least the value of the mixture of some."""
    own = case(seed)
    prices = priced_at(own.problem, own.mixture.duals)
    bound = total_bound(prices, own.oracle.ask(prices, Effort(0, nodes=10_000), range(own.problem.blocks)))
    if own.whole:
        assert bound is not None
        assert bound / UNIT >= own.mixture.value - NEAR


@pytest.mark.parametrize("seed", SEEDS)
def test_another_column_never_lowers_the_value(seed: int) -> None:
    """As columns come, the value rises or stays, artificial shortfall counted."""
    own = case(seed)
    master, last = Master(own.problem), -np.inf
    for column in own.columns:
        assert master.add([column]) == 1
        value = master.solve().value
        assert value >= last - NEAR * (1 + abs(value))
        last = value
    assert abs(last - own.mixture.value) <= NEAR * (1 + abs(last))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_column_counts_once(seed: int) -> None:
    """Columns that are there already are not added again."""
    own = case(seed)
    master = Master(own.problem)
    assert master.add([*own.columns, *own.columns]) == len(own.columns)
    assert master.add(own.columns) == 0
    assert all(master.has(column) for column in own.columns)


@pytest.mark.parametrize("seed", SEEDS)
def test_weights_and_flows_are_a_mixture(seed: int) -> None:
    """Each block's weights add up to 1, and what flows into a cell is what its columns cost there."""
    own = case(seed)
    if not own.whole:
        return
    total, cost = np.zeros(own.problem.blocks), np.zeros(len(own.problem.flows.cell_village))
    for column, weight in zip(own.columns, own.mixture.weights, strict=True):
        total[column.block] += weight
        cost[column.cells] += weight * column.yuan
    flowing = np.bincount(own.problem.flows.arc_cell, own.mixture.flows, minlength=len(cost))
    assert total == pytest.approx(np.ones(len(total)), abs=1e-6)
    assert flowing == pytest.approx(cost, abs=0.1)


@pytest.mark.parametrize("seed", SEEDS)
def test_allowing_some_columns_is_having_only_them(seed: int) -> None:
    """With the others shut the value is that of a master without them; allowed again, it is as before."""
    own = case(seed)
    master = Master(own.problem)
    master.add(own.columns)
    allowed = np.random.default_rng(seed).random(len(own.columns)) < 0.6
    master.allow(allowed)
    some = solved(own.problem, [column for column, keep in zip(own.columns, allowed, strict=True) if keep])
    assert master.solve().value == pytest.approx(some.value, rel=NEAR, abs=NEAR)
    master.allow(np.ones_like(allowed))
    assert master.solve().value == pytest.approx(own.mixture.value, rel=NEAR, abs=NEAR)


@pytest.mark.parametrize("seed", SEEDS)
def test_dearer_shortfall_changes_no_mixture_without(seed: int) -> None:
    """With a higher penalty the value falls or stays; a mixture that keeps the hard rows keeps its value."""
    own = case(seed)
    master = Master(own.problem)
    master.add(own.columns)
    before = master.solve()
    master.raise_penalty(100.0)
    after = master.solve()
    assert after.value <= before.value + NEAR * (1 + abs(before.value))
    assert not own.whole or after.value == pytest.approx(before.value, rel=NEAR, abs=NEAR)


@pytest.mark.parametrize("seed", SEEDS)
def test_dearer_shortfall_is_never_more(seed: int) -> None:
    """Rows and blocks grow dearer together: no block is left out because a row has become dearer than a block."""
    problem = random_problem(seed, blocks=2)
    master = Master(problem)
    master.add(columns_of(problem, Oracle(problem, 1), np.random.default_rng(seed), rounds=6))
    missing = [master.solve().missing]
    for _ in range(3):
        master.raise_penalty(100.0)
        missing.append(master.solve().missing)
    assert missing == pytest.approx(sorted(missing, reverse=True), abs=NEAR)


@pytest.mark.parametrize("seed", SEEDS)
def test_phase_one_finds_a_mixture_if_there_is_one(seed: int) -> None:
    """Its value is minus the shortfall: 0 exactly if some mixture keeps the hard rows."""
    own = case(seed)
    master = Master(own.problem, phase_one=True)
    master.add(own.columns)
    found = master.solve()
    assert found.value <= NEAR
    assert (found.value > -NEAR) == (modelled(own.problem, own.columns) is not None)
