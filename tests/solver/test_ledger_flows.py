"""Whole-yuan flows: exact, cheapest, and refused only when impossible."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from liftplan.solver.ledger import flows
from liftplan.solver.ledger.errors import LimitReached
from liftplan.solver.ledger.exact import Found
from liftplan.solver.ledger.flows import solve_task
from liftplan.solver.ledger.relaxation import penalty_bound, proves_conflict
from liftplan.solver.ledger.rounding import nearest_whole, sums_into
from liftplan.solver.ledger.task import broken_rows, free_part
from liftplan.solver.problem import HARD

from .transport import ints, least_penalty, random_county, random_task, task


@pytest.mark.parametrize("block", range(10))
def test_flows_equal_enumeration(block: int) -> None:
    """On small tasks the flows exist exactly when enumeration finds some, with the same least penalty, proved."""
    for seed in range(block * 60, block * 60 + 60):
        small = random_task(seed)
        least = least_penalty(small)
        found = solve_task(small)
        assert (found is None) == (least is None), seed
        if found is not None:
            assert small.keeps(found.flow), seed
            assert small.penalty(found.flow) == found.penalty == found.bound == least, seed


@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("slack", [0.0, 0.05])
def test_flows_of_real_shape(slack: float, soft: bool) -> None:
    """Tasks of real shape, with or without slack, are solved to the yuan and to the least penalty."""
    for seed in range(3):
        county, _ = random_county(seed, slack=slack, soft=soft)
        found = solve_task(county)
        assert found is not None
        assert county.keeps(found.flow)
        assert found.optimal
        assert (found.penalty > 0) == soft


def test_one_yuan_too_few_is_proved_impossible() -> None:
    """Two funds that pay the same cells lack one yuan among hundreds of millions: refused; with it: paid."""
    amounts, needs = [400_000_001, 300_000_003], [250_000_002, 449_999_999, 3]
    arcs = [0, 0, 1, 1, 2, 2]
    caps = [[(arc, -1) for arc in range(fund, 6, 2)] for fund in range(2)]
    enough = task(needs, arcs, [(-amount, HARD, cap) for amount, cap in zip(amounts, caps, strict=True)])
    assert solve_task(enough) is not None
    assert solve_task(replace(enough, rest=enough.rest + ints([1, 0]))) is None


def test_more_than_all_funds_have_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program is solved where the sum of what is asked for is a yuan above that of all caps; below it is."""
    needs, arcs = [50, 30], [0, 0, 1, 1]
    bounds = [(-40, HARD, [(0, -1), (2, -1)]), (-39, HARD, [(1, -1), (3, -1)]), (5, HARD, [(0, 1)])]
    short = task(needs, arcs, bounds)
    assert solve_task(replace(short, rest=short.rest - ints([0, 1, 0]))) is not None
    monkeypatch.setattr(flows, "relax", lambda *_: pytest.fail("a program was solved"))
    assert solve_task(short) is None


def test_share_of_nine_to_one_without_slack() -> None:
    """At least 90 % to one purpose, exactly reached: 9 parts against 1 on amounts of hundreds of millions."""
    wide, narrow = 900_000_009, 100_000_001
    share = [(0, 1_000), (2, -9_000)]
    other = task([wide, narrow], [0, 0, 1, 1], [(0, HARD, share), (-narrow, HARD, [(2, -1)]), (-1, HARD, [(3, -1)])])
    found = solve_task(other)
    assert found is not None
    assert 1_000 * found.flow[0] >= 9_000 * found.flow[2]
    assert other.keeps(found.flow)


def test_no_whole_flow_although_a_continuous_one_exists() -> None:
    """Twice a flow must be exactly 3 yuan: 1.5 yuan would do, whole yuan do not, and that is proved."""
    odd = task([3], [0, 0], [(3, HARD, [(0, 2)]), (-3, HARD, [(0, -2)])])
    assert solve_task(odd) is None


def test_penalty_of_whole_yuan_above_the_continuous_one() -> None:
    """Twice a flow should be 3 yuan both ways at a price: the half yuan costs one row unit, proved least."""
    odd = task([3], [0, 0], [(3, 10, [(0, 2)]), (-3, 10, [(0, -2)])])
    found = solve_task(odd)
    assert found is not None
    assert (found.penalty, found.bound) == (10, 10)


def test_cell_without_payer_is_impossible() -> None:
    """Money asked for in a cell that nobody may pay."""
    assert solve_task(task([5, 1], [0], [])) is None


def test_floors_are_kept() -> None:
    """An arc with a floor carries it, though the price of another row asks otherwise."""
    found = solve_task(task([10], [0, 0], [(10, 5, [(0, 1)])], floor=[0, 4]))
    assert found is not None
    assert found.flow.tolist() == [6, 4]
    assert found.penalty == 20


def test_floors_above_demand_are_impossible() -> None:
    """Commitments larger than what the cell costs."""
    assert solve_task(task([3], [0, 0], [], floor=[2, 2])) is None


def test_amounts_beyond_64_bits_are_refused() -> None:
    """Sums that 64 bits cannot hold raise instead of wrapping around."""
    huge = task([10**12] * 2, [0, 0, 1, 1], [(0, HARD, [(arc, 10**7) for arc in range(4)])])
    with pytest.raises(OverflowError):
        solve_task(huge)


def test_an_undecided_search_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the integer programs end without answer nothing is claimed."""
    monkeypatch.setattr(flows, "best_in_window", lambda *_: Found(None, final=False))
    odd = task([3], [0, 0], [(3, HARD, [(0, 2)]), (-3, HARD, [(0, -2)])])
    with pytest.raises(LimitReached, match="proved impossible"):
        solve_task(odd)


def test_huge_prices_stay_exact() -> None:
    """Penalties beyond 64 bits are computed exactly."""
    found = solve_task(task([10**9], [0, 0], [(2 * 10**9, 10**16, [(0, 1)])]))
    assert found is not None
    assert found.penalty == found.bound == 10**25


def test_repeatable_runs_are_equal() -> None:
    """The same task gives the same flows, yuan by yuan."""
    county, _ = random_county(5, soft=True)
    first, second = solve_task(county, repeatable=True), solve_task(county, repeatable=True)
    assert first is not None
    assert second is not None
    assert np.array_equal(first.flow, second.flow)


@pytest.mark.parametrize("seed", range(40))
def test_bound_holds_at_any_prices(seed: int) -> None:
    """Whatever prices the exact bound is given, it does not exceed the least penalty."""
    small = random_task(seed)
    least, free = least_penalty(small), free_part(small)
    if least is None or free is None:
        return
    rng = np.random.default_rng(seed)
    for _ in range(20):
        prices = rng.exponential(1.0, len(free.rows)) * 10.0 ** rng.integers(-3, 10)
        assert penalty_bound(free, prices) <= least
        assert not proves_conflict(free, prices)


@pytest.mark.parametrize("seed", range(20))
def test_rounding_fills_cells(seed: int) -> None:
    """Rounded flows sum to each cell's need, whatever the continuous flows were."""
    free = free_part(random_county(seed, villages=2)[0])
    assert free is not None
    rng = np.random.default_rng(seed)
    flow = rng.exponential(50_000.0, len(free.arcs)) * rng.integers(0, 2, len(free.arcs))
    whole = nearest_whole(free, flow)
    assert np.array_equal(sums_into(free, whole), free.need)
    assert whole.min() >= 0


CAPS = [(-90, HARD, [(0, -1)]), (-110, HARD, [(1, -1)]), (-200, HARD, [(2, -1)]), (-90, 5, [(3, -1)])]
"""Of what has one payer: a hard one broken, one nearly, one not by far; a soft one broken."""


@pytest.mark.parametrize(("near", "also"), [(0.0, []), (0.05, []), (0.25, [1]), (0.6, [1, 2])])
def test_rows_that_are_nearly_broken_come_with_broken_ones(near: float, also: list[int]) -> None:
    """Hard rows kept by less than that part of what they ask; never rows that a choice of payers can help."""
    some = task([100, 100, 100, 100, 50], [0, 1, 2, 3, 4, 4], [*CAPS, (-50, HARD, [(4, -1)])])
    found = broken_rows(some, near)
    assert found is not None
    assert np.flatnonzero(found).tolist() == [0, *also]


def test_nothing_is_nearly_broken_alone() -> None:
    """Where no row is broken, none comes back, however near; nor where the demand cannot be paid at all."""
    found = broken_rows(task([100, 100, 100, 100], [0, 1, 2, 3], CAPS[1:]), 0.25)
    assert found is not None
    assert not found.any()
    assert broken_rows(task([100, 100, 100, 100, 1], [0, 1, 2, 3], CAPS), 0.25) is None
