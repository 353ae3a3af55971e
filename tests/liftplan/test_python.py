"""`import liftplan`: what scripts and notebooks call."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import liftplan
from liftplan.models.messages import Message
from liftplan.solver.result import Result

from .program import script


def test_import_loads_nothing_slow() -> None:
    """`import liftplan` loads no library that takes long to load."""
    slow = ("numba", "numpy", "ortools", "pandas", "pydantic", "rich", "typer")
    text = f"import sys, liftplan; print([name for name in {slow} if name in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", text], check=True, capture_output=True, text=True)
    assert ended.stdout == "[]\n"


def test_every_public_name_is_there() -> None:
    """What `__all__` names can be looked up, and nothing else."""
    for name in liftplan.__all__:
        assert getattr(liftplan, name) is not None
    assert set(liftplan.__all__) <= set(dir(liftplan))
    with pytest.raises(AttributeError):
        liftplan.nothing  # noqa: B018


def test_solve_returns_a_checked_plan_with_a_bound(solution: liftplan.Solution) -> None:
    """The outcome says how good the plan is."""
    assert solution.status == "optimal"
    assert solution.has_plan
    assert solution.gap is not None
    assert solution.objective_bound is not None
    assert solution.people_lifted <= solution.objective_bound
    assert solution.people_lifted == solution.plan.totals.people_lifted


def test_solution_shows_itself_in_one_line(solution: liftplan.Solution) -> None:
    """`repr` names the county and the people, for a prompt; HTML tells more, for a notebook."""
    assert f"{solution.people_lifted} people" in repr(solution)
    assert "\n" not in repr(solution)
    assert "<table>" in solution._repr_html_()
    with liftplan.speaking("zh"):
        assert "脱贫" in solution._repr_html_()


def test_save_writes_a_folder_that_verifies(solution: liftplan.Solution, tmp_path: Path) -> None:
    """A saved plan is verified from its folder alone; a second save is refused."""
    folder = solution.save(tmp_path / "plan")
    assert liftplan.verify(folder).accepted
    with pytest.raises(liftplan.InputProblems):
        solution.save(folder)
    assert solution.save(folder, overwrite=True) == folder


def test_verify_takes_a_plan_in_memory(solution: liftplan.Solution) -> None:
    """A plan and its county can be verified without files; a plan alone cannot."""
    assert liftplan.verify(solution.plan, solution.county).accepted
    assert liftplan.verify(solution, certificate=True).bound_reproved
    with pytest.raises(liftplan.InputProblems):
        liftplan.verify(solution.plan)


def test_twice_at_once_from_threads(solution: liftplan.Solution) -> None:
    """Two solves at the same time do not disturb each other."""
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda seed: liftplan.solve("tiny", threads=1, seed=seed), (1, 2)))
    assert [one.people_lifted for one in both] == [solution.people_lifted] * 2


def test_inside_a_running_event_loop(solution: liftplan.Solution) -> None:
    """A notebook's cell runs inside an event loop; so may a solve."""

    async def cell() -> liftplan.Solution:
        return liftplan.solve("tiny", threads=1)

    assert asyncio.run(cell()).people_lifted == solution.people_lifted


def test_listener_hears_plans_and_bounds(solution: liftplan.Solution) -> None:
    """Events come with time, stage, plan and bound; no bound is ever below the best plan."""
    events: list[liftplan.Event] = []
    liftplan.solve("tiny", threads=1, listener=events.append)
    assert events
    assert all(event.bound is None or event.bound >= solution.objective - 1e-6 for event in events)
    assert [event.seconds for event in events] == sorted(event.seconds for event in events)


def test_error_in_a_listener_reaches_the_caller() -> None:
    """What a listener raises ends the solve."""

    class Enough(Exception):
        pass

    def listener(_: liftplan.Event) -> None:
        raise Enough

    with pytest.raises(Enough):
        liftplan.solve("tiny", threads=1, listener=listener)


def test_cancel_from_another_thread_returns() -> None:
    """A solve that is cancelled returns and says so, unless it was done already."""
    cancel = liftplan.Cancel()
    timer = threading.Timer(0.05, cancel.set)
    timer.start()
    found = liftplan.solve("tiny", threads=1, gap=0, cancel=cancel)
    timer.join()
    assert found.stopped_by in {"cancelled", "proof", "gap"}


def test_solving_leaves_ctrl_c_alone(tmp_path: Path) -> None:
    """Whoever handles Ctrl-C before a solve still does after it: no solver keeps a handler of its own."""
    ended = script(
        """
import os, signal
from liftplan.scenarios.small import random_small
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve
signal.signal(signal.SIGINT, lambda *_: print("mine", flush=True))
for seed in (1, 2, 3):
    solve(random_small(seed), Settings(threads=1, time_limit=10))
os.kill(os.getpid(), signal.SIGINT)
""",
        cwd=tmp_path,
    )
    assert (ended.returncode, ended.stdout) == (0, b"mine\n")


def test_settings_one_by_one_or_together() -> None:
    """Options override the settings given."""
    chosen = liftplan.Settings(seed=3, gap=0.5, threads=1)
    assert liftplan.solve("tiny", chosen, gap=0.0).plan.settings["gap"] == 0.0


@pytest.mark.parametrize("options", [{"gap": -1}, {"speed": 5}, {"time_limit": -1}])
def test_bad_settings_are_input_problems(options: dict[str, float]) -> None:
    """A setting that does not exist or fit is refused before anything runs."""
    with pytest.raises(liftplan.InputProblems):
        liftplan.solve("tiny", **options)


def test_misspelt_setting_is_answered_with_the_right_name() -> None:
    """`timelimit` is told to be no setting, and `time_limit` is offered."""
    with pytest.raises(liftplan.InputProblems) as caught:
        liftplan.solve("tiny", timelimit=3)
    assert "no setting timelimit" in str(caught.value)
    assert "time_limit" in str(caught.value.problems[0].way_out)


def test_time_limit_of_nothing_is_no_limit() -> None:
    """0 means the same as on the command line: no limit, as None does."""
    assert liftplan.solve("tiny", threads=1, time_limit=0).plan.settings["time_limit"] is None
    assert liftplan.Settings(time_limit=0) == liftplan.Settings(time_limit=None)


def test_no_plan_is_told(solution: liftplan.Solution) -> None:
    """Asking for the plan of an infeasible county is answered with the reason."""
    none = liftplan.Solution(Result("infeasible", "proof", None, None, 0.1), solution.county)
    assert not none.has_plan
    assert "infeasible" in repr(none)
    with pytest.raises(liftplan.NoPlan, match="hard rules"):
        none.ledger  # noqa: B018


def test_scenarios_by_name() -> None:
    """Built-in scenarios change the purpose rule and nothing else; `base` changes nothing."""
    county = liftplan.load("tiny")
    assert liftplan.under(county, ["base"]).county == county
    assert liftplan.under(county, ["pooled"]).county.policy.R2.purpose_rule == "pooled"
    last = liftplan.under(county, ["pooled", "fixed"])
    assert (last.name, last.county.policy.R2.purpose_rule) == ("pooled+fixed", "fixed")


def test_county_under_scenarios_is_solved_like_a_county() -> None:
    """What `under` returns is solved as it is, under its name; more scenarios come after those that it has."""
    pooled = liftplan.under("tiny", "pooled")
    solved = liftplan.solve(pooled, threads=1)
    assert (solved.plan.scenario, solved.plan.overrides) == ("pooled", pooled.overrides)
    assert solved.county == pooled.county
    assert liftplan.solve("tiny", threads=1, scenario="pooled").plan == solved.plan
    assert liftplan.under(pooled, "fixed") == liftplan.under("tiny", ["pooled", "fixed"])


def test_one_scenario_needs_no_list() -> None:
    """A name alone is not read letter by letter."""
    assert liftplan.under("tiny", "pooled").name == "pooled"
    with pytest.raises(liftplan.InputProblems, match="There is no scenario better"):
        liftplan.under("tiny", "better")


def test_county_shows_itself_in_one_line() -> None:
    """`print(county)` names it and its size, not its arrays."""
    shown = repr(liftplan.load("tiny"))
    assert shown == "<County tiny: 3 villages, 20 households, 6 projects, 42 measures, 6 funds>"
    assert shown in repr(liftplan.under("tiny", "pooled"))


def test_generate_refuses_bad_knobs() -> None:
    """A knob that does not exist or fit is an input problem, told in words of our own: both languages have them."""
    for knobs, reason in (
        ({"villages": 0}, "it must be at least 1"),
        ({"villages": 200_001}, "it must be at most 200000"),
        ({"tightness": 0}, "it must be more than 0"),
        ({"ring_fenced_share": 1}, "it must be less than 1"),
        ({"villages": "many"}, "it is of another kind"),
        ({"colour": "red"}, "there is no such knob"),
    ):
        with pytest.raises(liftplan.InputProblems) as caught:
            liftplan.generate(**knobs)
        (problem,) = caught.value.problems
        assert reason in str(problem.message)
        assert any(isinstance(value, Message) for _, value in problem.message.values)
