"""The oracle against enumeration: its bound is never below the truth, its plans are plans, with time the two meet."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import pairwise

import numpy as np
import pytest

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver.columns import make_columns
from liftplan.solver.compile import compile_county
from liftplan.solver.nodes import Fixing, restricted
from liftplan.solver.oracle import view
from liftplan.solver.oracle.catalogue import shelf
from liftplan.solver.oracle.oracle import Answer, Effort, Oracle, total_bound
from liftplan.solver.oracle.pricing import price
from liftplan.solver.oracle.view import Found, View
from liftplan.solver.problem import HARD, Ints, Problem

from ..thorough import many
from .brute import Block, Worth
from .cases import PARTS, SHARP, ask, cases
from .features import FEATURES, features
from .flat import multipliers, random_problem


def plan_value(problem: Problem, block: Block, worth: Worth, answer: Answer) -> int | None:
    """What the plan in an answer is worth by definition; None if it breaks a rule inside the block."""
    first = int(np.searchsorted(problem.projects.block, block.number))
    taken = {
        measure
        for home, bits in zip(block.homes, answer.take.tolist(), strict=True)
        for place, measure in enumerate(home.own.tolist())
        if bits >> place & 1
    }
    return block.value(worth, {first + site for site in np.flatnonzero(answer.built).tolist()}, taken, answer.topup)


@pytest.mark.parametrize("part", PARTS)
def test_no_bound_is_below_the_truth(part: int) -> None:
    """However few nodes and steps: no plan of a block is worth more than its bound, and none is ruled out."""
    rng = np.random.default_rng(part)
    for own in cases(part):
        oracle = Oracle(own.problem, 1)
        for number, truth in enumerate(own.truth):
            little = Effort(0, int(rng.integers(0, 4)), int(rng.integers(0, 2)), nodes=int(rng.integers(1, 4)))
            for answer in ask(oracle, own, number, little):
                exact = truth[answer.block]
                assert exact is None or (answer.bound is not None and answer.bound >= exact), own.seed


@pytest.mark.parametrize("part", PARTS)
def test_enough_nodes_reach_the_truth(part: int) -> None:
    """Value and bound are both the best value of the block; None if it has no plan."""
    for own in cases(part):
        oracle = Oracle(own.problem, 1)
        for number, truth in enumerate(own.truth):
            for answer in ask(oracle, own, number, SHARP):
                exact = truth[answer.block]
                if own.blocks[answer.block].forbids:
                    assert exact is None or (answer.bound is not None and answer.bound >= exact), own.seed
                else:
                    assert answer.value == answer.bound == exact, own.seed


@pytest.mark.parametrize("part", PARTS)
def test_plans_keep_the_rules_and_are_worth_what_is_said(part: int) -> None:
    """Every plan in an answer keeps what rules there are inside blocks and is worth the value, or more by effects."""
    rng = np.random.default_rng(part)
    for own in cases(part):
        oracle = Oracle(own.problem, 1)
        for number, multiplier in enumerate(own.asked):
            worth = Worth(own.problem, multiplier)
            for answer in ask(oracle, own, number, Effort(0, nodes=int(rng.choice([1, 10_000])))):
                if answer.value is not None:
                    value = plan_value(own.problem, own.blocks[answer.block], worth, answer)
                    assert value is not None, own.seed
                    assert value >= answer.value, own.seed


@pytest.mark.parametrize("part", PARTS)
def test_columns_are_worth_their_plans(part: int) -> None:
    """Worth, priced money and priced rows of the column made of an answer add up to the worth of its plan."""
    for own in cases(part):
        oracle = Oracle(own.problem, 1)
        for number, multiplier in enumerate(own.asked):
            worth = Worth(own.problem, multiplier)
            for answer in ask(oracle, own, number, Effort(0)):
                if answer.value is None:
                    continue
                blocks = oracle.static.blocks
                column = make_columns(own.problem, blocks, [answer])[0]
                value = column.worth + int(np.array(worth.rows)[column.rows] @ column.coefficients)
                value -= int(np.array(worth.cells)[column.cells] @ column.yuan)
                assert value == plan_value(own.problem, own.blocks[answer.block], worth, answer), own.seed


@pytest.mark.parametrize("part", PARTS)
def test_the_bound_of_all_blocks_is_the_sum(part: int) -> None:
    """Bound = constant - multipliers x right-hand sides + the bounds of the blocks."""
    for own in cases(part):
        oracle = Oracle(own.problem, 1)
        for number, truth in enumerate(own.truth):
            prices = price(own.problem, own.asked[number], 0)
            bound = total_bound(prices, oracle.ask(prices, SHARP, range(own.problem.blocks)))
            worth = Worth(own.problem, own.asked[number])
            if None not in truth and not any(block.forbids for block in own.blocks):
                fixed = own.problem.constant - sum(
                    u * rhs for u, rhs in zip(worth.rows, own.problem.rows.rhs.tolist(), strict=True)
                )
                assert bound == fixed + sum(one for one in truth if one is not None), own.seed


def test_everything_occurs_among_the_cases() -> None:
    """Each feature is in at least a hundred of the blocks and prices of all cases, and there are thousands of these."""
    counts: Counter[str] = Counter()
    total = 0
    for part in PARTS:
        for own in cases(part):
            for multiplier in own.asked:
                worth = Worth(own.problem, multiplier)
                for block in own.blocks:
                    counts.update(features(own.problem, block, worth))
                    total += 1
    assert total >= many(3_000, 2)
    assert counts.keys() <= FEATURES
    assert {name: counts[name] for name in FEATURES if counts[name] < many(100, 2)} == {}


@pytest.mark.parametrize("part", range(4))
def test_bounds_hold_under_decisions(part: int) -> None:
    """With projects, households and measures decided at random the bound is the truth of what is left open."""
    rng = np.random.default_rng(part)
    for own in cases(part):
        problem = restricted(own.problem, _fixings(own.problem, rng))
        oracle = Oracle(own.problem, 1)
        for multiplier in own.asked:
            worth, prices = Worth(problem, multiplier), price(problem, multiplier, 0)
            for answer in oracle.ask(prices, SHARP, range(problem.blocks)):
                block = Block(problem, answer.block)
                exact = block.best(worth)
                assert exact is None or (answer.bound is not None and answer.bound >= exact), own.seed
                assert block.forbids or answer.bound == exact, own.seed


@pytest.mark.parametrize("part", range(4))
def test_households_too_large_to_list_are_searched(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With hardly a package listed in advance the answers are the same: the truth."""
    monkeypatch.setattr(view, "shelf", partial(shelf, most=part))
    for own in cases(part):
        oracle = Oracle(own.problem, 1)
        for number, truth in enumerate(own.truth):
            for answer in ask(oracle, own, number, SHARP):
                if not own.blocks[answer.block].forbids:
                    assert answer.value == answer.bound == truth[answer.block], own.seed


@pytest.mark.parametrize("part", range(4))
def test_coarse_units_never_lower_the_bound(part: int) -> None:
    """In units of 2^20 the bound, taken back, is still at least the truth."""
    for own in cases(part):
        oracle, problem = Oracle(own.problem, 1), own.problem
        for multiplier in own.asked:
            coarse = multiplier >> 20
            coarse = np.where(problem.rows.price == HARD, coarse, np.minimum(coarse, problem.rows.price >> 20))
            worth = Worth(problem, coarse << 20)
            for answer in oracle.ask(price(problem, coarse, 20), SHARP, range(problem.blocks)):
                exact = own.blocks[answer.block].best(worth)
                assert exact is None or (answer.bound is not None and answer.bound << 20 >= exact), own.seed


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
            exact = Block(problem, answer.block).best(Worth(problem, fine))
            assert (oracle.shares(answer.block, 0) >= 0).all()
            assert exact is None or (answer.bound is not None and answer.bound >= exact)


@pytest.mark.parametrize("part", range(4))
def test_decided_projects_are_those_of_every_good_plan(part: int) -> None:
    """No plan of a block that is within the slack of its bound decides such a project otherwise."""
    found = 0
    for own in cases(part):
        oracle = Oracle(own.problem, 1)
        prices = price(own.problem, own.asked[0], 0)
        answers = oracle.ask(prices, SHARP, range(own.problem.blocks))
        slack = UNITS_PER_PERSON // 2
        for project, value in oracle.decided(prices, answers, slack, ()):
            found += 1
            other = restricted(own.problem, (Fixing("project", project, 1 - value),))
            block = int(own.problem.projects.block[project])
            left, bound = Block(other, block).best(Worth(other, own.asked[0])), answers[block].bound
            assert left is None or (bound is not None and left <= bound - slack), own.seed
    assert found > 50


def _fixings(problem: Problem, rng: np.random.Generator) -> tuple[Fixing, ...]:
    """Up to four decisions about what is still open."""
    projects, measures, households = problem.projects, problem.measures, problem.households
    open_ = [Fixing("project", int(p), v) for p in np.flatnonzero(projects.low < projects.high) for v in (0, 1)]
    free = np.flatnonzero((measures.low < measures.high) & ~measures.automatic)
    open_ += [Fixing("measure", int(m), v) for m in free for v in (0, 1)]
    open_ += [
        Fixing("lift", int(h), v) for h in np.flatnonzero(households.lift_low < households.lift_high) for v in (0, 1)
    ]
    kept = [open_[int(one)] for one in rng.choice(len(open_), min(len(open_), 4), replace=False)]
    return tuple({(fixing.kind, fixing.index): fixing for fixing in kept}.values())


@pytest.mark.parametrize("seed", range(6))
def test_near_packages_are_those_of_a_search(seed: int) -> None:
    """Listed households have the packages near their best that a search finds: each once, at its best value."""
    rng = np.random.default_rng(seed)
    problem = random_problem(seed) if seed % 2 else compile_county(generate(Knobs(seed=seed, villages=4))).problem
    oracle, near = Oracle(problem, 1), 0
    for _ in range(3):
        prices = price(problem, multipliers(problem, rng), 20)
        built = (rng.random(len(problem.projects.block)) < 0.7).astype(np.int64)
        slack = int(rng.choice([0, 1, 5])) * UNITS_PER_PERSON // 4 >> 20
        for block, listing in enumerate(oracle.views):
            searching = View(oracle.static, block)
            searching._unlisted = np.arange(searching.size)
            flags = built[listing.projects]
            ways = [own.options(prices, own.terms(prices), flags, slack) for own in (listing, searching)]
            effects = listing._or(listing._automatic)
            assert by_package(ways[0], effects) == by_package(ways[1], effects), (seed, block)
            taken = ways[0].options[2].tolist()
            homes = np.repeat(np.arange(listing.size), np.diff(ways[0].start)).tolist()
            assert len(set(zip(homes, taken, strict=True))) == len(taken)
            near += len(taken)
    assert near > 0


def by_package(found: Found, effects: Ints) -> list[dict[int, int]]:
    """Per household the best value of each package, direct effects (bits) left out; options stand best first."""
    lists = []
    for home, (low, high) in enumerate(pairwise(found.start.tolist())):
        values, take = found.options[1, low:high].tolist(), found.options[2, low:high].tolist()
        assert values == sorted(values, reverse=True)
        best: dict[int, int] = {}
        for value, bits in zip(values, take, strict=True):
            best.setdefault(bits & ~int(effects[home]), value)
        lists.append(best)
    return lists
