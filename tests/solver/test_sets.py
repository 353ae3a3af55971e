"""Sets of projects put together: the best combination there is, as the master values each; near choices as defined."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from liftplan.solver.columns import Column, make_columns
from liftplan.solver.generation import MISSING
from liftplan.solver.master import Master
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.oracle.pricing import price
from liftplan.solver.problem import Problem
from liftplan.solver.rounding.sets import Sets, choose_sets

from .cases import PARTS, SHARP, ask, cases
from .columns import case, solved

SEEDS = range(40)
NEAR = 1e-5
"""Persons, relative to 1 + value."""


def chosen(problem: Problem, columns: list[Column], **options: float) -> Sets | None:
    """The sets chosen among those of some columns."""
    master = Master(problem)
    master.add(columns)
    return choose_sets(master, columns, **options)


def combinations(problem: Problem, columns: list[Column]) -> dict[bytes, float]:
    """Value of every combination of one set a block whose mixtures keep the hard rows, by its projects."""
    sets = [sorted({one.built.tobytes() for one in columns if one.block == block}) for block in range(problem.blocks)]
    found = {}
    for combination in product(*sets):
        own = [one for one in columns if one.built.tobytes() == combination[one.block]]
        mixture = solved(problem, own)
        if mixture.missing < MISSING:
            found[b"".join(combination)] = mixture.value
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_sets_are_found(seed: int) -> None:
    """They reach as much as the best of all combinations; None if no combination keeps the hard rows."""
    own = case(seed)
    values = combinations(own.problem, own.columns)
    sets = chosen(own.problem, own.columns)
    if not values:
        assert sets is None
        return
    assert sets is not None
    best = max(values.values())
    assert abs(sets.value - best) <= NEAR * (1 + abs(best))
    assert abs(values[sets.built.tobytes()] - best) <= NEAR * (1 + abs(best))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_not_above_the_cutoff_is_not_found(seed: int) -> None:
    """Sets that reach no more than is there already are of no interest."""
    own = case(seed)
    values = combinations(own.problem, own.columns)
    best = max(values.values(), default=0.0)
    assert chosen(own.problem, own.columns, above=best + 0.01 * (1 + abs(best))) is None


@pytest.mark.parametrize("part", PARTS)
def test_near_choices_are_plans_within_the_slack_best_first(part: int) -> None:
    """Each choice is there once, is worth what its plan is, and no less than the best one found minus the slack."""
    rng = np.random.default_rng(part)
    for own in cases(part):
        oracle = Oracle(own.problem, 1)
        for number, truth in enumerate(own.truth):
            ask(oracle, own, number, SHARP)
            slack = int(rng.integers(0, 10**15))
            near = oracle.near(price(own.problem, own.asked[number], 0), slack, 8)
            for block, exact in enumerate(truth):
                values = [one.value for one in near if one.block == block]
                built = [one.built.tobytes() for one in near if one.block == block]
                assert len(set(built)) == len(built) <= 8, own.seed
                assert values == sorted(values, reverse=True), own.seed
                assert all(value >= values[0] - slack for value in values), own.seed
                if not own.blocks[block].forbids:
                    assert values[:1] == ([] if exact is None else [exact]), own.seed


@pytest.mark.parametrize("part", PARTS)
def test_near_choices_keep_what_projects_ask_of_each_other(part: int) -> None:
    """Every choice is one of the block's closed ones: with what it requires, one of each alternative group at most."""
    for own in cases(part):
        oracle = Oracle(own.problem, 1)
        ask(oracle, own, 0, SHARP)
        for one in oracle.near(price(own.problem, own.asked[0], 0), 10**15, 60):
            block = own.blocks[one.block]
            first = int(np.searchsorted(own.problem.projects.block, one.block))
            sites = {first + site for site in np.flatnonzero(one.built).tolist()}
            assert sites in [set(choice) for choice in block.choices], own.seed
            column = make_columns(own.problem, oracle.static.blocks, [one])[0]
            assert column.block == one.block
