"""What pages show of plans on the way: only what was checked, and before the job is over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import liftplan
from liftplan.service.details import DETAILS, LINES, Details
from liftplan.service.jobs import VIEW
from liftplan.service.refusals import Refusal
from liftplan.service.views import View
from liftplan.service.worker.display import SHOWN, Display
from liftplan.service.worker.task import Teller


@pytest.fixture
def told() -> list[dict[str, object]]:
    """Steps that were told."""
    return []


def test_no_figure_of_an_unchecked_plan_is_told(
    told: list[dict[str, object]], solution: liftplan.Solution, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a plan was checked no people are told, after it no more than it lifts."""
    monkeypatch.chdir(tmp_path)
    teller = Teller(lambda line: told.append(json.loads(line)["event"]))
    with Display(solution.county, teller) as display:
        display.listen(liftplan.Event(1.0, "plan", 60.0, 70.0, 60))
        display.found(solution.plan)
        display.listen(liftplan.Event(2.0, "branch", 60.0, 70.0, 60))
        teller.flush()
    assert [(step["objective"], step["people"]) for step in told if step["stage"] == "plan"] == [(None, None)]
    later = [step for step in told if step["stage"] != "plan"]
    assert {step["people"] for step in later} == {solution.people_lifted}
    assert SHOWN in {step["stage"] for step in later}


def test_a_plan_on_the_way_is_replaced_by_the_one_at_the_end(
    told: list[dict[str, object]], solution: liftplan.Solution, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages can see that the search goes on, and that it does not any more."""
    monkeypatch.chdir(tmp_path)
    with Display(solution.county, Teller(lambda line: told.append(json.loads(line)))) as display:
        display.found(solution.plan)
    assert View.model_validate_json(Path(VIEW).read_bytes()).on_the_way
    assert Details(tmp_path).paid()
    with Display(solution.county, Teller(lambda line: told.append(json.loads(line)))) as display:
        display.end(solution)
    assert not View.model_validate_json(Path(VIEW).read_bytes()).on_the_way
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([DETAILS, LINES, VIEW, "outline.json"])


def test_lines_that_are_not_written_yet_are_asked_for_again(tmp_path: Path) -> None:
    """Whoever opens a village before its lines are there is told to look again."""
    with pytest.raises(Refusal) as refused:
        Details(tmp_path).projects("v01")
    assert refused.value.status == 409


def test_the_first_plan_is_shown_before_the_search_goes_on(
    told: list[dict[str, object]], solution: liftplan.Solution, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the search hears that its first plan was taken, pages can show it."""
    monkeypatch.chdir(tmp_path)
    with Display(solution.county, Teller(lambda line: told.append(json.loads(line)["event"]))) as display:
        display.found(solution.plan)
        assert [step["stage"] for step in told] == [SHOWN]
        assert View.model_validate_json(Path(VIEW).read_bytes()).on_the_way
