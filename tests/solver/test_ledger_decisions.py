"""From decisions on a whole problem to its ledger."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from liftplan.models.messages import m
from liftplan.solver.ledger.demand import cell_demand, lifted, row_rest
from liftplan.solver.ledger.errors import LimitReached
from liftplan.solver.ledger.flows import WholeFlows, solve_task
from liftplan.solver.ledger.lines import Lines
from liftplan.solver.ledger.task import FlowTask, flow_task
from liftplan.solver.ledger.write import whole_yuan_ledger
from liftplan.solver.problem import HARD, Decisions, Problem

from .flat import random_problem
from .transport import ints


def random_decisions(problem: Problem, seed: int) -> Decisions:
    """Any projects, measures and top-ups; whether rules of structure hold does not matter to the ledger."""
    rng = np.random.default_rng(seed)
    households = problem.households
    return Decisions(
        rng.random(len(problem.projects.block)) < 0.5,
        rng.random(len(problem.measures.household)) < 0.5,
        np.where(households.topup_cell >= 0, rng.integers(0, 2, len(households.persons)) * 1_000, 0),
    )


def lines_of(problem: Problem, decisions: Decisions) -> Lines:
    """Every line of the decisions, one by one."""
    cells: list[int] = []
    yuan: list[int] = []
    for owners, chosen in ((problem.projects.lines, decisions.built), (problem.measures.lines, decisions.taken)):
        for owner in np.flatnonzero(chosen).tolist():
            index, value = owners.of(owner)
            cells += index.tolist()
            yuan += value.tolist()
    for household in np.flatnonzero(decisions.topup).tolist():
        cells.append(int(problem.households.topup_cell[household]))
        yuan.append(int(decisions.topup[household]))
    return Lines(ints(cells), ints(yuan))


@pytest.mark.parametrize("seed", range(30))
def test_demand_is_the_sum_of_lines(seed: int) -> None:
    """The cells' demand is what the lines of the decisions sum to."""
    problem = random_problem(seed, blocks=2)
    decisions = random_decisions(problem, seed)
    lines = lines_of(problem, decisions)
    total = np.zeros(len(problem.flows.cell_village), dtype=np.int64)
    np.add.at(total, lines.cell, lines.yuan)
    assert np.array_equal(cell_demand(problem, decisions), total)


@pytest.mark.parametrize("seed", range(30))
def test_rest_and_lifted_by_definition(seed: int) -> None:
    """Lifted households and the rest of each row equal a count, item by item."""
    problem = random_problem(seed, blocks=2)
    decisions = random_decisions(problem, seed)
    households, measures = problem.households, problem.measures
    out = lifted(problem, decisions)
    rest = problem.rows.rhs.tolist()
    for household in range(len(households.persons)):
        mine = [one for one in households.measures.of(household)[0].tolist() if decisions.taken[one]]
        met = 0
        for one in mine:
            met |= int(measures.meets[one])
        enough = sum(int(measures.gain[one]) for one in mine) >= households.income_gap[household]
        assert out[household] == (enough and int(households.needs[household]) & ~met == 0)
    for owners, chosen in (
        (problem.projects.rows, decisions.built),
        (measures.rows, decisions.taken),
        (households.rows, out),
    ):
        for owner in np.flatnonzero(chosen).tolist():
            for row, value in zip(*(part.tolist() for part in owners.of(owner)), strict=True):
                rest[row] -= value
    assert row_rest(problem, decisions).tolist() == rest


def test_ledgers_of_random_problems() -> None:
    """Ledgers pay all lines, keep all hard rows by their own definition, and both outcomes occur."""
    outcomes = set()
    for seed in range(60):
        problem = random_problem(seed, blocks=2)
        decisions = random_decisions(problem, seed)
        lines = lines_of(problem, decisions)
        written = whole_yuan_ledger(problem, decisions, lines)
        outcomes.add(written is None)
        if written is None:
            continue
        flow = written.ledger.flow
        act = np.zeros(len(problem.rows.rhs), dtype=np.int64)
        np.add.at(act, problem.rows.arcs.owner_of_entry(), problem.rows.arcs.value * flow[problem.rows.arcs.index])
        short = row_rest(problem, decisions) - act
        assert np.all(short[problem.rows.price == HARD] <= 0)
        assert np.array_equal(written.short, np.maximum(0, short))
        assert written.bound <= written.penalty
        assert int(written.ledger.yuan.sum()) == int(lines.yuan.sum())
    assert outcomes == {True, False}


def test_flows_that_are_known_do_where_time_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no flows are found in time, those given are paid out; flows that break a rule are not."""
    found = 0
    for seed in range(20):
        problem = random_problem(seed, blocks=2)
        decisions = random_decisions(problem, seed)
        lines = lines_of(problem, decisions)
        written = whole_yuan_ledger(problem, decisions, lines)
        if written is None:
            continue
        found += 1
        flow = written.ledger.flow
        with monkeypatch.context() as late:
            late.setattr("liftplan.solver.ledger.write.solve_task", _late)
            known = whole_yuan_ledger(problem, decisions, lines, known=flow)
            for strange in (None, flow + 1):
                with pytest.raises(LimitReached):
                    whole_yuan_ledger(problem, decisions, lines, known=strange)
        assert known is not None
        assert known.penalty <= written.penalty
        assert int(known.ledger.yuan.sum()) == int(lines.yuan.sum())
    assert found


@pytest.mark.parametrize("cheaper", [False, True])
def test_flows_that_are_known_and_cheaper_are_paid_out(monkeypatch: pytest.MonkeyPatch, cheaper: bool) -> None:
    """Where time ends with dearer flows than those given, these are taken, with the bound that was found; else not."""
    found = 0
    for seed in range(40):
        problem = random_problem(seed, blocks=2)
        decisions = random_decisions(problem, seed)
        task, lines = flow_task(problem, decisions), lines_of(problem, decisions)
        best, dear = solve_task(task), _dearest(task)
        if best is None or dear is None or dear.penalty <= best.penalty:
            continue
        found += 1
        (known, late) = (best, dear) if cheaper else (dear, best)
        with monkeypatch.context() as other:
            other.setattr("liftplan.solver.ledger.write.solve_task", lambda *_, late=late, **__: late)
            written = whole_yuan_ledger(problem, decisions, lines, known=known.flow)
        assert written is not None
        assert written.penalty == task.penalty(written.ledger.flow) <= best.penalty
        assert written.bound == late.bound
    assert found >= 3


def _dearest(task: FlowTask) -> WholeFlows | None:
    """Flows that keep the hard rows and pay soft ones dearly, with a bound of -1; None where none are at hand."""
    soft = task.price > 0
    flipped = replace(
        task, coef=np.where(soft[task.entry_row], -task.coef, task.coef), rest=np.where(soft, 10**6, task.rest)
    )
    found = solve_task(flipped)
    return None if found is None else WholeFlows(found.flow, task.penalty(found.flow), -1)


def _late(*_: object, **__: object) -> None:
    raise LimitReached(m("too late"))


def test_top_up_without_payer_is_refused() -> None:
    """Decisions that pay a top-up nobody may pay are a mistake of the caller."""
    problem = random_problem(0)
    decisions = random_decisions(problem, 0)
    topup = decisions.topup.copy()
    topup[0] = 500
    problem.households.topup_cell[0] = -1
    with pytest.raises(ValueError, match="top-up"):
        cell_demand(problem, Decisions(decisions.built, decisions.taken, topup))
