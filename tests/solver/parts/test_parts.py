"""Counties solved part by part: bounds hold, plans pass the checker, parts make up the whole."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON, Plan
from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver.assemble import Origin
from liftplan.solver.check import Facts, check_plan
from liftplan.solver.clock import Clock
from liftplan.solver.compile import Compiled, compile_county
from liftplan.solver.draft import Proved
from liftplan.solver.engines.highs import Floats
from liftplan.solver.finish import Checking, Finish
from liftplan.solver.incumbent import Incumbent
from liftplan.solver.ledger.demand import cell_demand
from liftplan.solver.parts import Outcome, part_of, parts_of, search_parts
from liftplan.solver.parts.coupling import portions, used
from liftplan.solver.parts.part import reach
from liftplan.solver.parts.root import PartRoot
from liftplan.solver.parts.search import _Parts
from liftplan.solver.problem import HARD, Csr
from liftplan.solver.progress import Cancel
from liftplan.solver.search import Search
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

from ...thorough import some

SEEDS = some((1, 3), 2)


@cache
def _county(seed: int) -> County:
    return generate(Knobs(villages=12, households_per_village=60, seed=seed, tightness=1.5))


@cache
def _compiled(seed: int) -> Compiled:
    return compile_county(_county(seed))


@cache
def _whole(seed: int) -> Plan:
    plan = solve(_county(seed), Settings(gap=1e-4, time_limit=60)).plan
    assert plan is not None
    return plan


@cache
def _outcome(seed: int) -> Outcome:
    settings = Settings(gap=1e-3)
    return search_parts(_compiled(seed).problem, settings, 2, "least_money", Clock(None, None), lambda *_: None, 4)


@pytest.mark.parametrize("seed", SEEDS)
def test_bound_is_above_every_plan(seed: int) -> None:
    """No plan of the county solved as a whole is worth more than the bound found in parts, nor the parts' own plan."""
    bound = _outcome(seed).bound
    assert bound is not None
    assert bound >= _whole(seed).objective * UNITS_PER_PERSON
    best = _outcome(seed).best
    assert best is not None
    assert best.objective <= bound


@pytest.mark.parametrize("seed", SEEDS)
def test_plan_is_near_that_of_the_whole(seed: int) -> None:
    """Parts of four villages lose little: at most 3 % of a county of twelve."""
    best = _outcome(seed).best
    assert best is not None
    assert 0.97 * _whole(seed).objective <= best.objective / UNITS_PER_PERSON <= _whole(seed).objective_bound


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_of_the_whole_is_kept(seed: int) -> None:
    """The parts' flows together keep every hard row and pay every cell, to the yuan."""
    problem, best = _compiled(seed).problem, _outcome(seed).best
    assert best is not None
    hard = problem.rows.price == HARD
    assert (used(problem, best)[hard] >= problem.rows.rhs[hard]).all()
    paid = np.zeros(len(problem.flows.cell_village), dtype=np.int64)
    np.add.at(paid, problem.flows.arc_cell, best.flows)
    assert np.array_equal(paid, cell_demand(problem, best.decisions))


@pytest.mark.parametrize("seed", SEEDS)
def test_checker_accepts_the_plan(seed: int) -> None:
    """Ledgers made part by part are one ledger of the county, which the independent checker accepts."""
    compiled, outcome = _compiled(seed), _outcome(seed)
    assert outcome.best is not None
    assert outcome.bound is not None
    checking = Checking(compiled.county, lambda: Facts(compiled.county), Origin("base", (), {}))
    finish = Finish(compiled, checking, Settings(), parts=outcome.parts)
    plan = finish.plan(outcome.best, Proved(outcome.bound, outcome.duals), "gap")
    assert not check_plan(compiled.county, plan)
    assert plan.objective * UNITS_PER_PERSON == outcome.best.objective


def test_parts_make_up_the_whole() -> None:
    """Every block, cell, arc, project, household and measure is in exactly one part, with what belongs to it."""
    problem = _compiled(1).problem
    parts = [part_of(problem, blocks) for blocks in parts_of(problem, 5)]
    for name, size in (
        ("blocks", problem.blocks),
        ("cells", len(problem.flows.cell_village)),
        ("arcs", len(problem.flows.arc_cell)),
        ("projects", len(problem.projects.block)),
        ("households", len(problem.households.block)),
        ("measures", len(problem.measures.household)),
    ):
        assert np.array_equal(np.sort(np.concatenate([getattr(part, name) for part in parts])), np.arange(size)), name
    for part in parts:
        own = part.problem
        assert np.array_equal(part.cells[own.projects.lines.index], _entries(problem.projects.lines, part.projects))
        assert np.array_equal(part.measures[own.households.measures.index], part.measures)
        assert np.array_equal(part.households[own.measures.household], problem.measures.household[part.measures])


def _entries(lists, owners):  # type: ignore[no-untyped-def]
    return np.concatenate([lists.of(int(owner))[0] for owner in owners])


def test_the_whole_as_a_part_is_the_whole() -> None:
    """A part of all blocks has the same rows, lines and households as the problem."""
    problem = _compiled(1).problem
    part = part_of(problem, np.arange(problem.blocks))
    assert np.array_equal(part.problem.rows.rhs, problem.rows.rhs)
    for lists, same in (
        (part.problem.rows.arcs, problem.rows.arcs),
        (part.problem.measures.lines, problem.measures.lines),
        (part.problem.measures.requires, problem.measures.requires),
    ):
        assert np.array_equal(lists.start, same.start)
        assert np.array_equal(lists.index, same.index)
        assert np.array_equal(lists.value, same.value)


@pytest.fixture
def _in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small counties are solved as those of very many villages are: in parts of four villages."""
    monkeypatch.setattr("liftplan.solver.solve.MANY", 8)
    monkeypatch.setattr(search_parts, "__defaults__", (4,))


@pytest.mark.usefixtures("_in_parts")
def test_solve_takes_large_counties_apart() -> None:
    """`solve` gives a checked plan with a proved bound above what the county solved as a whole reaches."""
    result = solve(_county(1), Settings(gap=1e-3, time_limit=60))
    assert result.plan is not None
    assert result.status in ("feasible", "optimal")
    assert result.objective_bound is not None
    assert result.objective_bound >= _whole(1).objective


@pytest.mark.usefixtures("_in_parts")
def test_repeatable_solves_give_the_same_plan() -> None:
    """Two reproducible solves, with one thread and with two, give equal plans."""
    small = generate(Knobs(villages=8, households_per_village=30, seed=2, tightness=1.5))
    one, two = (solve(small, Settings(gap=1e-3, reproducible=True, threads=threads)).plan for threads in (1, 2))
    assert one is not None
    assert one == two


@pytest.mark.usefixtures("_in_parts")
def test_a_part_that_cannot_keep_its_rules_has_no_plan() -> None:
    """A household that must be lifted and whose measures are never taken proves that the whole county has no plan."""
    problem = compile_county(generate(Knobs(villages=8, households_per_village=30, seed=2, tightness=1.5))).problem
    first = int(np.flatnonzero(problem.households.worth > 0)[0])
    span = problem.households.measures.of(first)[0]
    low, high = problem.households.lift_low.copy(), problem.measures.high.copy()
    low[first], high[span] = 1, 0
    impossible = replace(
        problem,
        households=replace(problem.households, lift_low=low),
        measures=replace(problem.measures, high=high),
    )
    outcome = search_parts(impossible, Settings(gap=1e-3), 1, None, Clock(None, None), lambda *_: None)
    assert outcome.infeasible
    assert outcome.best is None


def test_rows_of_a_few_blocks_ask_only_those() -> None:
    """A row that only one block can add to (a commitment, say) is asked of its part alone, to the unit."""
    problem = _compiled(1).problem
    rows, flows = problem.rows, problem.flows
    arc = int(np.flatnonzero(flows.cell_block[flows.arc_cell] == 5)[0])
    arcs = Csr(
        np.append(rows.arcs.start, rows.arcs.start[-1] + 1),
        np.append(rows.arcs.index, arc),
        np.append(rows.arcs.value, 1),
    )
    new = {"rhs": 1_234, "price": HARD, "local": -1, "upper": 0, "short_scale": 1}
    longer = {name: np.append(getattr(rows, name), value) for name, value in new.items()}
    names = replace(problem.names, rows=(*problem.names.rows, ("R11", "promise")))
    more = replace(problem, rows=replace(rows, arcs=arcs, **longer), names=names)
    given = portions(more, parts_of(more, 4))
    assert [int(one[-1]) for one in given] == [0, 1_234, 0]
    outcome = search_parts(more, Settings(gap=1e-3), 1, None, Clock(None, None), lambda *_: None, 4)
    assert outcome.best is not None
    assert outcome.best.flows[arc] >= 1_234


def test_a_part_without_a_plan_is_tried_again_after_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that finds no plan at first gets what the others leave, and the county has its plan and its bound."""
    tried: list[int] = []
    plan = _Parts._plan

    def fails_once(run: _Parts, search: Search, root: PartRoot, start: Floats) -> Incumbent | None:
        tried.append(search.problem.blocks)
        return None if len(tried) == 1 else plan(run, search, root, start)

    monkeypatch.setattr(_Parts, "_plan", fails_once)
    outcome = search_parts(_compiled(1).problem, Settings(gap=1e-3), 1, None, Clock(None, None), lambda *_: None, 4)
    assert len(tried) == 4
    assert outcome.best is not None
    assert outcome.bound is not None


def test_parts_without_plans_still_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no part finds a plan the search ends, and reports its bound."""
    monkeypatch.setattr(_Parts, "_plan", lambda *_: None)
    outcome = search_parts(_compiled(1).problem, Settings(gap=1e-3), 1, None, Clock(None, None), lambda *_: None, 4)
    assert outcome.best is None
    assert not outcome.infeasible
    assert outcome.bound is not None
    assert outcome.bound >= _whole(1).objective * UNITS_PER_PERSON


@pytest.mark.parametrize("sign", [1, -1])
def test_reach_is_never_passed(sign: int) -> None:
    """What a plan adds to a row, or takes from it, is within what can be."""
    problem, best = _compiled(1).problem, _outcome(1).best
    assert best is not None
    assert (sign * used(problem, best) <= reach(problem, sign)).all()


def test_a_cancelled_search_claims_nothing() -> None:
    """Cancelled at once, there is neither a plan nor a claim that there is none."""
    cancel = Cancel()
    cancel.set()
    problem = _compiled(1).problem
    outcome = search_parts(problem, Settings(), 1, "least_money", Clock(None, cancel), lambda *_: None, 4)
    assert outcome.best is None
    assert outcome.bound is None
    assert not outcome.infeasible
