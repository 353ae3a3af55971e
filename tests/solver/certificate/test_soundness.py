"""Whatever prices, shares and trees a certificate holds: what it proves is never below the truth."""

from __future__ import annotations

import base64
import zlib
from dataclasses import replace

import numpy as np
import pytest

from liftplan.solver.certificate import Proof
from liftplan.solver.certificate.blocks import Broken, bound_by
from liftplan.solver.certificate.bounds import Block, Unsafe, block_at, valued
from liftplan.solver.certificate.form import Certificate, Leaf, Prices
from liftplan.solver.exact import solve_whole
from liftplan.solver.incumbent import realise
from liftplan.solver.nodes import Fixing, feasibility, restricted
from liftplan.solver.problem import Ints, Problem

from ...thorough import some
from .enumeration import Enumerated, level_one
from .made import SHIFTS, Maker, Site, multipliers, random_fixing, random_prices, random_shares, random_tree, site

PER_PROBLEM = 12
"""Random proofs about each block."""


def priced(own: Site, fixings: tuple[Fixing, ...], shift: int, rows: dict[int, int], *, plain: bool = False) -> Block:
    """A block valued under fixings."""
    problem = feasibility(own.problem) if plain else own.problem
    return block_at(restricted(problem, fixings), own.listed, valued(problem, shift, rows), own.span)


def in_block(problem: Problem, block: int, rng: np.random.Generator) -> tuple[Fixing, ...]:
    """Up to two fixings of a problem of one block."""
    assert problem.blocks == 1
    assert block == 0
    return tuple(random_fixing(problem, rng) for _ in range(int(rng.integers(0, 3))))


@pytest.mark.parametrize("part", some(range(10), 3))
def test_no_block_is_worth_more_than_a_random_tree_with_random_shares_shows(part: int) -> None:
    """At random prices and under random decisions: the bound is at least what enumeration finds."""
    seen = 0
    for seed in range(part * 30, part * 30 + 30):
        problem = level_one(seed, homes=2 + seed % 2, sites=2 + seed % 3, most_measures=3 + seed % 2)
        own, everything = site(problem, 0), Enumerated(problem, 0)
        rng = np.random.default_rng(seed)
        for _ in range(PER_PROBLEM):
            shift, plain = int(rng.choice(SHIFTS)), rng.random() < 0.2
            rows, fixings = random_prices(problem, rng, shift), in_block(problem, 0, rng)
            start = own.start(fixings)
            tree = random_tree(own.sites, start, rng, float(rng.random()))
            shares = random_shares(len(own.listed.share_home), rng)[1] >> shift
            bound = bound_by(tree, own.sites, priced(own, fixings, shift, rows, plain=plain), start, shares)
            exact = everything.best(multipliers(problem, shift, rows), fixings, plain=bool(plain))
            assert exact is None or (bound is not None and bound << shift >= exact), seed
            seen += exact is not None
    assert seen > 100


@pytest.mark.parametrize("part", some(range(4), 2))
def test_a_tree_that_decides_every_project_shows_the_truth_itself(part: int) -> None:
    """In single units nothing is lost once no project is open, whatever the shares; impossible blocks are seen."""
    for seed in range(part * 20, part * 20 + 20):
        problem = level_one(1_000 + seed, homes=2 + seed % 2)
        own, everything = site(problem, 0), Enumerated(problem, 0)
        rng = np.random.default_rng(seed)
        for _ in range(PER_PROBLEM):
            rows = random_prices(problem, rng, 0)
            fixings = tuple(one for one in in_block(problem, 0, rng) if one.kind == "project")
            start = own.start(fixings)
            tree = random_tree(own.sites, start, rng, 1.0)
            shares = random_shares(len(own.listed.share_home), rng)[1]
            bound = bound_by(tree, own.sites, priced(own, fixings, 0, rows), start, shares)
            assert bound == everything.best(multipliers(problem, 0, rows), fixings), seed


@pytest.mark.parametrize("part", some(range(6), 2))
def test_no_part_of_all_plans_is_worth_more_than_a_random_certificate_proves(part: int) -> None:
    """Decided projects, branches, several prices: the proof is at least the enumerated bound of each part."""
    for seed in range(part * 40, part * 40 + 40):
        problem = level_one(3_000 + seed, blocks=1 + seed % 2)
        everything = [Enumerated(problem, block) for block in range(problem.blocks)]
        maker = Maker(problem, np.random.default_rng(seed))
        proved = Proof(problem, maker.certificate()).bound()
        for fixings, index in maker.parts:
            shift, rows = maker.prices[index].shift, dict(maker.prices[index].rows)
            u = multipliers(problem, shift, rows)
            values = [one.best(u, _of(problem, block, fixings)) for block, one in enumerate(everything)]
            if None not in values:
                fixed = problem.constant - sum(a * b for a, b in zip(u, problem.rows.rhs.tolist(), strict=True))
                assert proved is not None, seed
                assert proved >= fixed + sum(value for value in values if value is not None), seed


def _of(problem: Problem, block: int, fixings: tuple[Fixing, ...]) -> tuple[Fixing, ...]:
    """The fixings of one block."""
    households, projects, measures = problem.households, problem.projects, problem.measures
    home = {"lift": lambda i: i, "measure": lambda i: int(measures.household[i])}
    return tuple(
        one
        for one in fixings
        if block
        == int(projects.block[one.index] if one.kind == "project" else households.block[home[one.kind](one.index)])
    )


@pytest.mark.parametrize("part", some(range(5), 2))
def test_no_plan_is_better_than_random_certificates_prove(part: int) -> None:
    """The integer solver's plan, paid in whole yuan, is worth at most what each of many certificates proves."""
    seen = 0
    for seed in range(part * 5, part * 5 + 5):
        problem = level_one(5_000 + seed, blocks=2)
        found = solve_whole(problem, work_limit=2.0)
        plan = None if found.decisions is None else realise(problem, found.decisions)
        if plan is None:
            continue
        seen += 1
        for number in range(10):
            proved = Proof(problem, Maker(problem, np.random.default_rng((seed, number))).certificate()).bound()
            assert proved is not None
            assert proved >= plan.objective
    assert seen


def single(prices: Prices, tree: tuple[int, ...], shares: str) -> Certificate:
    """A certificate of one leaf for a problem of one block."""
    return Certificate(prices=(prices,), shares=(shares,), nodes=(Leaf(prices=0, trees=(tree,), shares=(0,)),))


@pytest.mark.parametrize("unit", [47, 55, 60, 63, 64, 100])
def test_shares_that_would_leave_64_bits_are_refused_or_prove_the_truth(unit: int) -> None:
    """Large units cannot turn shares negative, which would take a project's cost away."""
    for seed in some(range(40), 2):
        problem = level_one(7_000 + seed)
        own, rng = site(problem, 0), np.random.default_rng((unit, seed))
        rows = random_prices(problem, rng, 0)
        size = len(own.listed.share_home)
        shares = in_units(unit, rng.choice([0, 1, 8, 9, 2**20, 2**40], size))
        certificate = single(Prices(shift=0, rows=tuple(rows.items())), (-1,), shares)
        try:
            proved = Proof(problem, certificate).bound()
        except (Broken, Unsafe):
            continue
        u = multipliers(problem, 0, rows)
        exact = Enumerated(problem, 0).best(u)
        fixed = problem.constant - sum(a * b for a, b in zip(u, problem.rows.rhs.tolist(), strict=True))
        assert exact is None or (proved is not None and proved >= fixed + exact)


def in_units(unit: int, numbers: Ints) -> str:
    """Shares as text: numbers in multiples of 2^unit, which `packed` itself would shift away."""
    data = np.concatenate([[unit], numbers]).astype("<i8").tobytes()
    return base64.b85encode(zlib.compress(data)).decode()


def test_problems_with_worth_for_needs_are_refused() -> None:
    """Level 2's worth of needs met is not in the prover's arithmetic, so that it proves nothing about such problems."""
    problem = level_one(0)
    worth = np.ones_like(problem.households.need_worth)
    other = replace(problem, households=replace(problem.households, need_worth=worth))
    certificate = Maker(problem, np.random.default_rng(0)).certificate()
    with pytest.raises(Broken):
        Proof(other, certificate)
