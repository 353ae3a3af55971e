"""What packages cost and bring, added up by kernels."""

from __future__ import annotations

import numpy as np
import pytest

from liftplan.solver.oracle.sums import entries_of, measures_of, package_sums
from liftplan.solver.problem import Ints, Problem

from .flat import random_problem

SEEDS = range(20)


def some_packages(problem: Problem, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Households, some more than once and some never, each with bits of measures, also of more than it has."""
    count = len(problem.households.block)
    return rng.integers(0, count, size=count + 4), rng.integers(0, 1 << 30, size=count + 4)


@pytest.mark.parametrize("seed", SEEDS)
def test_entries_are_those_of_each_owner_in_turn(seed: int) -> None:
    """One list after another, also of owners that come twice, each entry with the owner's place."""
    problem, rng = random_problem(seed), np.random.default_rng(seed)
    lines = problem.measures.lines
    owners = rng.integers(0, lines.owners, size=lines.owners + 2)
    wanted = [
        (place, int(lines.index[entry]), int(lines.value[entry]))
        for place, owner in enumerate(owners.tolist())
        for entry in range(int(lines.start[owner]), int(lines.start[owner + 1]))
    ]
    found = entries_of(lines.start, lines.index, lines.value, owners)
    assert list(zip(*(part.tolist() for part in found), strict=True)) == wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_measures_are_those_whose_bits_are_set(seed: int) -> None:
    """Of every package in turn, in order; bits that stand for none count for nothing."""
    problem, rng = random_problem(seed), np.random.default_rng(seed)
    homes, take = some_packages(problem, rng)
    start = problem.households.measures.start
    wanted = [
        (int(start[home]) + bit, place)
        for place, (home, bits) in enumerate(zip(homes.tolist(), take.tolist(), strict=True))
        for bit in range(int(start[home + 1] - start[home]))
        if bits >> bit & 1
    ]
    measures, owner = measures_of(start, homes, take)
    assert list(zip(measures.tolist(), owner.tolist(), strict=True)) == wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_packages_are_the_sums_of_their_measures(seed: int) -> None:
    """Cost, gain, needs and worth; direct effects alone touch nobody."""
    problem, rng = random_problem(seed), np.random.default_rng(seed)
    homes, take = some_packages(problem, rng)
    table = problem.measures
    measures, owner = measures_of(problem.households.measures.start, homes, take)
    lines = table.lines
    sums, touched = package_sums(
        len(homes), measures, owner, lines.start, lines.value, table.gain, table.meets, table.worth, table.automatic
    )
    for place in range(len(homes)):
        own = measures[owner == place]
        cost = sum(int(lines.value[lines.start[one] : lines.start[one + 1]].sum()) for one in own.tolist())
        needs = int(np.bitwise_or.reduce(table.meets[own])) if len(own) else 0
        assert sums[:, place].tolist() == [cost, int(table.gain[own].sum()), needs, int(table.worth[own].sum())]
        assert touched[place] == (~table.automatic[own]).any()
