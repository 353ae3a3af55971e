"""The programs that general solvers get, and what is read from the traces of their runs."""

from __future__ import annotations

import importlib
import importlib.util
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.scenarios.counties import load
from liftplan.solver.compile import compile_county
from liftplan.solver.engines.highs import Matrix
from liftplan.solver.engines.mip import MipModel, solve_mip
from liftplan.solver.incumbent import Incumbent, realise
from liftplan.solver.problem import Problem
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

MISSING = [name for name in ("cbcbox", "psutil", "pyscipopt") if importlib.util.find_spec(name) is None]
BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import a script of `benchmarks/` by name."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


@pytest.fixture(scope="module")
def tiny() -> tuple[Problem, Incumbent]:
    """The county solved by hand, and its best plan: 49 people."""
    county = load("tiny")
    plan = solve(county, Settings(gap=0)).plan
    assert plan is not None
    compiled = compile_county(county)
    best = realise(compiled.problem, compiled.decisions(plan.projects, plan.measures, plan.topups))
    assert best is not None
    return compiled.problem, best


def made(script: Any, name: str, problem: Problem, best: Incumbent) -> Any:
    """One of the two programs."""
    module = script(f"_{name}_form")
    return module.natural_form(problem) if name == "natural" else module.package_form(problem, best.decisions)


@pytest.mark.parametrize("name", ["natural", "package"])
def test_plan_is_a_point_and_back(script: Any, tiny: tuple[Problem, Incumbent], name: str) -> None:
    """The best plan keeps every row of the program, is worth 49 there, and is read back as it was."""
    problem, best = tiny
    form = made(script, name, problem, best)
    module = script(f"_{name}_form")
    x = module.point_of(problem, form, best.decisions, best.flows)
    rows = np.zeros(len(form.least), dtype=np.int64)
    np.add.at(rows, np.repeat(np.arange(len(rows)), np.diff(form.start)), form.value * x[form.index])
    assert ((form.least <= rows) & (rows <= form.most)).all()
    assert ((x >= 0) & (x <= form.upper)).all()
    assert form.gain @ x == 49 * UNITS_PER_PERSON
    again = realise(problem, module.decisions_of(problem, form, x))
    assert again is not None
    assert again.objective == best.objective


@pytest.mark.parametrize("name", ["natural", "package"])
def test_program_has_the_optimum_of_the_county(script: Any, tiny: tuple[Problem, Incumbent], name: str) -> None:
    """HiGHS finds 49 people in both programs, and its point can be paid in whole yuan."""
    problem, best = tiny
    form = made(script, name, problem, best)
    data = script("_forms").scaled(form)
    model = MipModel(
        data.cost, 0.0, data.upper, data.integer, data.least, data.most, Matrix(data.start, data.index, data.value)
    )
    result = solve_mip(model)
    assert result.objective == pytest.approx(-49)
    assert result.x is not None
    decisions = script(f"_{name}_form").decisions_of(problem, form, np.rint(result.x * data.unit).astype(np.int64))
    plan = realise(problem, decisions)
    assert plan is not None
    assert plan.objective == best.objective


def test_program_survives_its_file(script: Any, tiny: tuple[Problem, Incumbent], tmp_path: Path) -> None:
    """What is stored for the processes of the runs is the same program."""
    form = made(script, "package", *tiny)
    form.save(tmp_path / "form.npz")
    again = script("_forms").Form.load(tmp_path / "form.npz")
    assert again.name == form.name
    for field in ("gain", "upper", "integer", "money", "least", "most", "start", "index", "value"):
        assert np.array_equal(getattr(again, field), getattr(form, field))
    assert all(np.array_equal(again.parts[name], part) for name, part in form.parts.items())


def test_times_of_a_trace(script: Any) -> None:
    """A plan of 90 after 2 s, 100 with bound 100 after 6 s of 10: half a way through, the last 0.1 is gone."""
    row = {
        "task": {"time_limit": 10.0},
        "seconds": 6.0,
        "plan": 100.0,
        "bound": 100.0,
        "trace": [[1.0, None, 120.0], [2.0, 90.0, 120.0], [6.0, 100.0, 100.0]],
    }
    found = script("_peer_times").times(row, 100.0)
    assert found["first_plan"] == 2.0
    assert found["plan_within"] == {"1 %": 6.0, "0.1 %": 6.0, "0.01 %": 6.0}
    assert found["proved_within"] == {"1 %": 6.0, "0.1 %": 6.0, "0.01 %": 6.0}
    assert found["primal_integral"] == pytest.approx((2 * 1 + 4 * 0.1) / 10)


def test_run_without_a_plan(script: Any) -> None:
    """A run that found nothing has a primal integral of 1 and no times."""
    row = {"task": {"time_limit": 10.0}, "status": "crashed (1)", "trace": []}
    assert script("_peer_times").timed([{**row, "digest": "x"}])[0]["times"]["primal_integral"] == 1.0


compared = pytest.mark.skipif(bool(MISSING), reason="the extra `bench`, with the engines compared, is not installed")


@compared
@pytest.mark.parametrize("engine", ["HiGHS", "CP-SAT", "SCIP", "CBC", "PDLP", "HiGHS ipm"])
def test_engine_bounds_the_county(script: Any, tiny: tuple[Problem, Incumbent], engine: str) -> None:
    """Every engine's bound is not below 49 people, its times are within the run, and no search falls short."""
    problem, best = tiny
    form = made(script, "package", problem, best)
    run = script("_engines").ENGINES[engine](form, 60.0, None)
    assert run.bound >= 49 - 1e-3
    assert all(0 <= seconds <= run.seconds + 0.01 for seconds, _, _ in run.trace)
    if engine not in script("_engines").RELAXATIONS:
        assert run.plan == pytest.approx(49)
        plan = realise(problem, script("_package_form").decisions_of(problem, form, run.x))
        assert plan is not None
        assert plan.objective == best.objective


def test_limit_counts_processor_time(script: Any) -> None:
    """Work that waits is not stopped; work that computes is asked to stop, and left behind when it does not hear."""
    time = script("_processor_time")
    stopped: list[bool] = []
    assert time.within(time.Stopwatch(), 0.5, lambda: threading.Event().wait(1.0), lambda: stopped.append(True))
    assert not stopped
    quit_now = threading.Event()

    def busy() -> None:
        while not quit_now.is_set():
            sum(range(1000))

    assert time.within(time.Stopwatch(), 0.2, busy, quit_now.set)
    assert quit_now.is_set()


@compared
def test_runs_come_in_order_of_interest(script: Any, tmp_path: Path) -> None:
    """The core first, then engines from nothing, then from its plan, then relaxations; the record's are left out."""
    peers = script("peers")
    tasks = list(peers.wanted(["tiny"], ["liftplan", "HiGHS", "PDLP"], ["natural"], 5.0))
    assert [(task.engine, task.started) for task in tasks] == [
        ("liftplan", False),
        ("HiGHS", False),
        ("HiGHS", True),
        ("PDLP", False),
    ]
    rows = [{"task": asdict(task), "digest": peers.digest_of("tiny")} for task in tasks]
    assert [task.engine for task in peers.lacking(tasks, rows[:3], tmp_path)] == ["PDLP"]
    assert not peers.lacking(tasks, rows, tmp_path)


@compared
def test_core_runs_again_where_nobody_kept_its_plan(script: Any, tmp_path: Path) -> None:
    """A run from the core's plan that the record lacks needs that plan: kept by an earlier call, or made again."""
    peers = script("peers")
    tasks = list(peers.wanted(["tiny"], ["liftplan", "HiGHS"], ["natural"], 5.0))
    rows = [{"task": asdict(task), "digest": peers.digest_of("tiny")} for task in tasks[:2]]
    assert [task.engine for task in peers.lacking(tasks, rows, tmp_path)] == ["liftplan", "HiGHS"]
    kept = peers.plan_path(tmp_path, "tiny")
    kept.parent.mkdir()
    kept.write_text("{}", encoding="utf-8")
    assert peers.lacking(tasks, rows, tmp_path) == [tasks[2]]
