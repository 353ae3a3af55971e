"""Ledger lines: every line and every flow to the yuan, commitments first, few entries."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from liftplan.models.problems import InternalError
from liftplan.solver.ledger.flows import solve_task
from liftplan.solver.ledger.lines import Commitments, Ledger, Lines, split_flows
from liftplan.solver.ledger.slack import Slack
from liftplan.solver.ledger.subset import nearest_subset
from liftplan.solver.ledger.task import FlowTask
from liftplan.solver.problem import HARD, Ints

from .transport import ints, random_county, task


def random_lines(county: FlowTask, seed: int) -> Lines:
    """Up to 30 lines a cell, some cells with one large line."""
    rng = np.random.default_rng(seed)
    cells: list[int] = []
    yuan: list[int] = []
    for cell, need in enumerate(county.demand.tolist()):
        cuts = np.unique(rng.integers(1, max(2, need), int(rng.integers(0, 30)))) if need > 1 else ints([])
        edges = [0, *(cut for cut in cuts.tolist() if cut < need), need]
        parts = [high - low for low, high in pairwise(edges) if high > low]
        cells += [cell] * len(parts)
        yuan += parts
    return Lines(ints(cells), ints(yuan))


def commitments(*rows: tuple[int, int, int, bool]) -> Commitments:
    """Commitments from (line, arc, yuan, firm)."""
    line, arc, yuan, firm = zip(*rows, strict=True)
    return Commitments(ints(line), ints(arc), ints(yuan), np.array(firm, dtype=np.bool_))


def sums(index: Ints, yuan: Ints, size: int) -> Ints:
    """Sum of yuan per index."""
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, index, yuan)
    return total


def entries(ledger: Ledger) -> list[tuple[int, int, int]]:
    """Entries as (line, arc, yuan)."""
    return list(zip(ledger.line.tolist(), ledger.arc.tolist(), ledger.yuan.tolist(), strict=True))


@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_every_line_and_every_row_to_the_yuan(seed: int, soft: bool) -> None:
    """Lines are paid in full by arcs of their cell, entries sum to the flows, hard rows hold, no penalty grows."""
    county, fund = random_county(seed, slack=0.02, soft=soft)
    lines, found = random_lines(county, seed), solve_task(county)
    assert found is not None
    ledger = split_flows(county, found.flow, fund, lines)
    assert np.array_equal(sums(ledger.line, ledger.yuan, len(lines.yuan)), lines.yuan)
    assert np.array_equal(sums(ledger.arc, ledger.yuan, county.arcs), ledger.flow)
    assert np.array_equal(county.arc_cell[ledger.arc], lines.cell[ledger.line])
    assert ledger.yuan.min() > 0
    assert len(np.unique(ledger.line * county.arcs + ledger.arc)) == len(ledger.line)
    assert county.keeps(ledger.flow)
    assert county.penalty(ledger.flow) == found.penalty


@pytest.mark.parametrize("seed", range(4))
def test_few_entries(seed: int) -> None:
    """A cell has at most as many entries as lines and paying funds less one; in all, fewer."""
    county, fund = random_county(seed, slack=0.02)
    lines, found = random_lines(county, seed), solve_task(county)
    assert found is not None
    ledger = split_flows(county, found.flow, fund, lines)
    width = np.bincount(county.arc_cell[found.flow > 0], minlength=county.cells)
    many = np.bincount(lines.cell, minlength=county.cells) + np.maximum(0, width - 1)
    assert np.all(np.bincount(lines.cell[ledger.line], minlength=county.cells) <= many)
    assert len(ledger.line) < many.sum()


def test_funds_fit_whole_lines() -> None:
    """Two funds whose money is a sum of lines share no line."""
    small = task([100], [0, 0], [])
    ledger = split_flows(small, ints([37, 63]), ints([0, 1]), Lines(ints([0] * 5), ints([30, 25, 20, 18, 7])))
    assert len(ledger.line) == 5
    assert ledger.flow.tolist() == [37, 63]


def test_money_moves_within_slack_to_fit() -> None:
    """A fund with money to spare takes the rest of a line that another fund would pay in part."""
    small = task([100], [0, 0], [(-60, HARD, [(0, -1)]), (-41, HARD, [(1, -1)])])
    ledger = split_flows(small, ints([59, 41]), ints([0, 1]), Lines(ints([0, 0]), ints([60, 40])))
    assert entries(ledger) == [(0, 0, 60), (1, 1, 40)]


def test_money_does_not_move_without_slack() -> None:
    """Without slack the line is split, and the flows stay."""
    small = task([100], [0, 0], [(-59, HARD, [(0, -1)]), (-41, HARD, [(1, -1)])])
    ledger = split_flows(small, ints([59, 41]), ints([0, 1]), Lines(ints([0, 0]), ints([60, 40])))
    assert ledger.flow.tolist() == [59, 41]
    assert len(ledger.line) == 3


def test_exchange_between_cells() -> None:
    """Two exhausted funds exchange money between two cells, so that one cell needs no split."""
    caps = [(-90, HARD, [(0, -1), (2, -1)]), (-110, HARD, [(1, -1), (3, -1)])]
    small = task([100, 100], [0, 0, 1, 1], caps)
    lines = Lines(ints([0, 0, 1]), ints([60, 40, 100]))
    ledger = split_flows(small, ints([59, 41, 31, 69]), ints([0, 1, 0, 1]), lines)
    assert small.keeps(ledger.flow)
    assert len(ledger.line) == 4


def test_firm_commitments_are_kept() -> None:
    """Firm commitments are lower bounds of their ledger lines, also against the order that would save entries."""
    small = task([100], [0, 0], [], floor=[10, 15])
    firm = commitments((0, 1, 15, True), (1, 0, 10, True))
    ledger = split_flows(small, ints([60, 40]), ints([0, 1]), Lines(ints([0, 0]), ints([60, 40])), firm)
    paid = {(line, arc): yuan for line, arc, yuan in entries(ledger)}
    assert paid[0, 1] >= 15
    assert paid[1, 0] >= 10
    assert not ledger.unpaid.any()


def test_soft_commitments_report_what_is_unpaid() -> None:
    """A soft commitment gets what the flow leaves after the firm ones; the rest is reported."""
    small = task([100], [0, 0], [(-20, HARD, [(0, -1)]), (-80, HARD, [(1, -1)])], floor=[15, 0])
    wanted = commitments((0, 0, 30, False), (1, 0, 15, True))
    ledger = split_flows(small, ints([20, 80]), ints([0, 1]), Lines(ints([0, 0]), ints([60, 40])), wanted)
    assert ledger.unpaid.tolist() == [25, 0]


def test_a_firm_commitment_without_flow_is_an_error() -> None:
    """Flows below a firm commitment contradict the floors they were computed with."""
    small = task([100], [0, 0], [])
    firm = commitments((0, 0, 50, True))
    with pytest.raises(InternalError, match="firm commitment"):
        split_flows(small, ints([20, 80]), ints([0, 1]), Lines(ints([0]), ints([100])), firm)


def test_lines_and_flows_must_agree() -> None:
    """Lines that do not sum to the flows of their cell are refused."""
    with pytest.raises(InternalError, match="do not sum"):
        split_flows(task([10], [0], []), ints([10]), ints([0]), Lines(ints([0]), ints([9])))


def test_names_of_entries() -> None:
    """Named ledger lines carry fund, item, purpose and yuan, sorted."""
    small = task([10], [0, 0], [])
    ledger = split_flows(small, ints([4, 6]), ints([0, 1]), Lines(ints([0, 0]), ints([6, 4])))
    named = ledger.named(["b", "a"], ["v01-p1", "topup:v01-h1"], ["road", "industry"])
    assert named == (("a", "v01-p1", "road", 6), ("b", "topup:v01-h1", "industry", 4))


@pytest.mark.parametrize("seed", range(30))
def test_subset_sums_lie_in_the_range(seed: int) -> None:
    """A found subset sums into the range; among few lines one is found whenever there is one, and the nearest."""
    rng = np.random.default_rng(seed)
    yuan = rng.integers(1, 60, int(rng.integers(0, 9))).tolist()
    target = int(rng.integers(0, 200))
    low, high = target - int(rng.integers(0, 20)), target + int(rng.integers(0, 20))
    reachable = {0}
    for one in yuan:
        reachable |= {total + one for total in reachable}
    inside = [total for total in reachable if low <= total <= high]
    subset = nearest_subset(yuan, target, low, high)
    assert (subset is None) == (not inside)
    if subset is not None:
        total = sum(yuan[position] for position in subset)
        assert abs(total - target) == min(abs(one - target) for one in inside)


def test_subset_among_many_large_lines() -> None:
    """Hundreds of lines of millions of yuan are searched in a moment, and a sum within 200 yuan is found."""
    rng = np.random.default_rng(7)
    yuan = rng.integers(500, 9_000_000, 300).tolist()
    target = sum(yuan) // 3
    subset = nearest_subset(yuan, target, target - 200, target + 200)
    assert subset is not None
    assert abs(sum(yuan[position] for position in subset) - target) <= 200


@pytest.mark.parametrize("seed", range(20))
def test_moves_inside_the_span_keep_rows(seed: int) -> None:
    """Any move inside its span keeps hard rows and penalties; one yuan more breaks something."""
    county, _ = random_county(seed, villages=1, slack=0.05, soft=seed % 2 == 0)
    found = solve_task(county)
    assert found is not None
    slack, rng = Slack(county, found.flow), np.random.default_rng(seed)
    penalty = found.penalty
    for _ in range(60):
        cell = rng.choice(county.arc_cell)
        arcs = np.flatnonzero(county.arc_cell == cell)
        if len(arcs) < 2:
            continue
        to, off = rng.choice(arcs, 2, replace=False).tolist()
        low, high = slack.span(((to, 1), (off, -1)))
        beyond = ints(slack.flow)
        beyond[[to, off]] += ints([high + 1, -high - 1])
        assert not county.keeps(beyond) or np.any(county.short(beyond) > county.short(ints(slack.flow)))
        slack.move(((to, 1), (off, -1)), int(rng.integers(low, high + 1)))
        assert county.keeps(ints(slack.flow))
        assert county.penalty(ints(slack.flow)) <= penalty
        penalty = county.penalty(ints(slack.flow))
