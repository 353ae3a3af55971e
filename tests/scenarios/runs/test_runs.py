"""Runs by real worker processes on `tiny`: answers in order, nothing twice, warm starts, cancelling, deaths."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

import liftplan
from liftplan.models.problems import InputProblems
from liftplan.scenarios.runs import Answer
from liftplan.scenarios.runs.siblings import nearest
from liftplan.scenarios.store import CANCELLED, RunStore
from liftplan.solver.progress import Cancel, Event

from ..store.made import made

NAMES = ["base", "fixed", "pooled", "separate", "budgets+10"]


class Watched:
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.events: list[Event] = []
        self.ended: list[Answer] = []

    def begins(self, scenario: str) -> None:
        """A scenario is being solved."""
        self.begun.append(scenario)

    def tells(self, scenario: str, event: Event) -> None:
        """A step of its solve."""
        assert scenario
        self.events.append(event)

    def ends(self, answer: Answer) -> None:
        """A scenario has its answer."""
        self.ended.append(answer)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for a store that the tests of this module share."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def first(place: Path) -> tuple[list[Answer], Watched]:
    """The first runs of five scenarios by two workers."""
    watched = Watched()
    return liftplan.run(NAMES, "tiny", store=place, workers=2, watcher=watched), watched


def test_answers_come_in_the_order_asked(first: tuple[list[Answer], Watched]) -> None:
    """Each with what the same solve gives alone; `fixed` is the base's question and is not solved for itself."""
    answers, watched = first
    assert [answer.scenario for answer in answers] == NAMES
    runs = [answer.run for answer in answers if answer.run]
    assert [run.people_lifted for run in runs] == [49, 49, 52, 38, 51]
    assert [run.status for run in runs] == ["optimal", "optimal", "optimal", None, "optimal"]
    assert runs[0].id == runs[1].id
    assert answers[1].found
    assert sorted(watched.begun) == sorted(set(NAMES) - {"fixed"})
    assert watched.events
    assert len(watched.ended) == len(NAMES)


def test_plans_of_runs_pass_the_checker(place: Path, first: tuple[list[Answer], Watched], tmp_path: Path) -> None:
    """And are exported as plan folders that verify; the outcome of `separate` as its own folder."""
    store = RunStore(place)
    for answer in first[0]:
        assert answer.run
        folder = liftplan.export_run(answer.run, store, tmp_path / answer.scenario)
        if answer.run.separate:
            assert (folder / "outcome.json").is_file()
        else:
            verdict = liftplan.verify(folder, certificate=True)
            assert verdict.accepted
            assert verdict.plan.totals.people_lifted == answer.run.people_lifted


def test_what_is_known_is_not_solved_again(place: Path, first: tuple[list[Answer], Watched]) -> None:
    """Unless it is asked for; other settings are another question."""
    watched = Watched()
    answers = liftplan.run(["pooled", "separate"], "tiny", store=place, watcher=watched)
    assert [answer.run for answer in answers] == [first[0][2].run, first[0][3].run]
    assert not watched.begun
    (again,) = liftplan.run("pooled", "tiny", store=place, workers=1, again=True)
    (other,) = liftplan.run("pooled", "tiny", store=place, workers=1, gap=0.01)
    assert not again.found
    assert not other.found
    assert len({run.id for run in RunStore(place).runs() if run.scenario == "pooled"}) == 3


def test_a_run_begins_with_its_nearest_sibling(place: Path, first: tuple[list[Answer], Watched]) -> None:
    """The plan of the run whose overrides differ least; repeatable runs begin with nothing."""
    near = liftplan.definitions("pooled")[0]
    (answer,) = liftplan.run("minimum-R3-off", "tiny", store=place, workers=1)
    assert answer.run
    assert first[0][0].run
    assert answer.run.warm == first[0][0].run.id
    (repeatable,) = liftplan.run(near, "tiny", store=place, workers=1, reproducible=True)
    assert repeatable.run
    assert repeatable.run.warm is None


def test_nearest_is_the_least_difference_then_the_newest() -> None:
    """Runs without a plan, and those of `separate`, are none."""
    runs = [
        made(1, separate=False, content="a", overrides=("x = 1",)),
        made(2, separate=False, content="a", overrides=("x = 1", "y = 2")),
        made(3, separate=False, content="a", overrides=("x = 1", "y = 2")),
        made(4, separate=False, content=None, overrides=("x = 1", "y = 2", "z = 3")),
        made(5, separate=True, content="a", overrides=("x = 1", "y = 2", "z = 3")),
    ]
    assert nearest(["x = 1", "y = 2", "z = 3"], runs) == runs[2]
    assert nearest(["x = 1"], runs) == runs[0]
    assert nearest(["x = 1"], runs[3:]) is None


def test_problems_are_told_before_anything_is_solved(place: Path) -> None:
    """Those of all scenarios together."""
    watched = Watched()
    with pytest.raises(InputProblems) as caught:
        liftplan.run(["pooled", "minimum-R4-ndrc-off", "minimum-R4-finance-off"], "tiny", store=place, watcher=watched)
    assert len(caught.value.problems) == 2
    with pytest.raises(InputProblems) as caught:
        liftplan.run(["poold", "basis"], "tiny", store=place, watcher=watched)
    assert len(caught.value.problems) == 2
    assert not watched.begun


def test_an_infeasible_scenario_is_an_answer(place: Path) -> None:
    """It is kept without a plan, and is not asked again."""
    (answer,) = liftplan.run("minimum-R4-doubled", "tiny", store=place, workers=1)
    assert answer.run
    assert (answer.run.status, answer.run.content, answer.ended) == ("infeasible", None, True)
    (again,) = liftplan.run("minimum-R4-doubled", "tiny", store=place)
    assert again.found


def test_cancelled_before_it_begins_nothing_is_solved(tmp_path: Path) -> None:
    """Scenarios without an answer are told as such, and the same line again solves them."""
    cancel = Cancel()
    cancel.set()
    answers = liftplan.run(["base", "pooled"], "tiny", store=tmp_path, workers=1, cancel=cancel)
    assert not any(answer.ended for answer in answers)
    assert not RunStore(tmp_path).runs()
    assert all(answer.ended for answer in liftplan.run(["base", "pooled"], "tiny", store=tmp_path, workers=1))


class Canceller(Watched):
    """Cancels as soon as a scenario begins."""

    def __init__(self, cancel: Cancel) -> None:
        super().__init__()
        self._cancel = cancel

    def begins(self, scenario: str) -> None:
        """A scenario is being solved."""
        super().begins(scenario)
        self._cancel.set()


def test_cancelled_at_once_the_solve_under_way_stops(tmp_path: Path) -> None:
    """The order is not lost though the worker has not begun; what it leaves answers nothing."""
    cancel = Cancel()
    watched = Canceller(cancel)
    answers = liftplan.run(["base", "pooled"], "tiny", store=tmp_path, workers=1, watcher=watched, cancel=cancel)
    assert watched.begun == ["base"]
    assert not any(answer.ended for answer in answers)
    assert all(run.stopped_by == CANCELLED for run in RunStore(tmp_path).runs())


class Killer(Watched):
    """Kills the worker that is at its first step, once."""

    def tells(self, scenario: str, event: Event) -> None:
        """A step of a solve."""
        if not self.events:
            (worker,) = children()
            os.kill(worker, signal.SIGKILL)
        super().tells(scenario, event)


def children() -> list[int]:
    """Worker processes of this one."""
    mine = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
            line = path.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and b"spawn_main" in line:
            mine.append(int(path.parent.name))
    return mine


def test_a_worker_that_dies_costs_its_scenario_only(tmp_path: Path) -> None:
    """The death is told; the next scenario is solved by another worker."""
    answers = liftplan.run(["base", "pooled"], "tiny", store=tmp_path, workers=1, watcher=Killer())
    assert [answer.failed is not None for answer in answers] == [True, False]
    assert [run.scenario for run in RunStore(tmp_path).runs()] == ["pooled"]
    assert not children()


def test_runs_can_be_asked_for_from_a_thread(place: Path, first: tuple[list[Answer], Watched]) -> None:
    """As the command line does."""
    found: list[Answer] = []
    thread = threading.Thread(target=lambda: found.extend(liftplan.run("incomes-5", "tiny", store=place, workers=1)))
    thread.start()
    thread.join()
    assert first
    assert found[0].ended
