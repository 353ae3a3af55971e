"""`liftplan explain` and `liftplan sensitivity`: exit codes, the JSON object, the text in both languages."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import pytest

import liftplan

from .program import Inside

QUESTIONS = [
    ("--household", "v01-h0001"),
    ("--household", "v01-h0005"),
    ("--household", "v02-h0008"),
    ("--project", "v01-p01"),
    ("--project", "v01-p02"),
    ("--village", "v03"),
    ("--fund", "special_poverty"),
    ("--fund", "flood_relief"),
    *(("--rule", rule) for rule in ("R2", "R4", "R5", "R8", "R12")),
]


@pytest.fixture
def plan(saved: Path, place: Path) -> str:
    """A plan folder of `tiny`."""
    return str(shutil.copytree(saved, place / "plan"))


@pytest.mark.parametrize("option, name", QUESTIONS)
def test_every_kind_of_thing_is_explained(call: Inside, plan: str, option: str, name: str) -> None:
    """One JSON object with the question and its facts; as text the first line names it."""
    code, found = call.json("explain", plan, option, name)
    assert (code, found["status"], found["problems"]) == (0, "feasible", [])
    assert found["question"] == {"kind": option.removeprefix("--"), "id": name}
    assert found["facts"][option.removeprefix("--")] == name
    code, out, _ = call("explain", plan, option, name)
    assert code == 0
    assert name in out.splitlines()[0]


def test_what_rests_on_prices_says_so(call: Inside, plan: str) -> None:
    """Worth and cost of a way out hold at the margin, at the plan's prices, and the text says it."""
    out = call("explain", plan, "--household", "v03-h0005")[1]
    assert "At the margin, at the plan's prices: lifting it counts 1 person" in out


def test_uses_of_a_fund_show_what_sorts_them(call: Inside, plan: str) -> None:
    """Cost over worth of each, in both languages."""
    out = call("explain", plan, "--fund", "special_poverty", "--lang", "en")[1]
    assert "30,000 of 30,000 yuan, cost over worth 250.0 %, net -1.5 people" in out
    assert "20,000 of 20,000 yuan, worth nothing, net -1.67 people" in out
    assert "成本为价值的250.0 %" in call("explain", plan, "--fund", "special_poverty", "--lang", "zh")[1]


def test_opposite_is_forced_on_request(call: Inside, plan: str) -> None:
    """The guest house instead of what its money does: 5 people, proved; and the narrow road cannot be left out."""
    code, found = call.json("explain", plan, "--household", "v03-h0005", "--prove", "--gap", "0")
    forced = found["forced"]
    assert code == 0
    assert (forced["sense"], forced["loss_least"], forced["loss_most"]) == ("must", 5.0, 5.0)
    out = call("explain", plan, "--household", "v03-h0005", "--force", "--gap", "0")[1]
    assert "So it costs exactly 5 people. This is proved." in out


def test_unknown_ids_are_bad_input(call: Inside, plan: str) -> None:
    """Exit code 2, and the nearest id."""
    code, found = call.json("explain", plan, "--household", "v01-h05")
    assert (code, found["status"]) == (2, "invalid")
    assert "v01-h0005" in found["problems"][0]["way_out"]


def test_exactly_one_thing_is_explained(call: Inside, plan: str) -> None:
    """No question, or two, are bad input."""
    assert call.json("explain", plan)[0] == 2
    assert call.json("explain", plan, "--fund", "renovation", "--rule", "R4")[0] == 2


def test_nothing_is_said_of_a_rejected_plan(call: Inside, plan: str) -> None:
    """The plan is verified first: an edited one is rejected by both commands."""
    file = Path(plan) / "plan.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**content, "objective": 50.0}), encoding="utf-8")
    for line in (("explain", plan, "--village", "v01"), ("sensitivity", plan)):
        code, found = call.json(*line)
        assert (code, found["status"]) == (5, "rejected")
        assert "facts" not in found


def test_sensitivity_is_an_interval_for_each_fund_and_rule(call: Inside, plan: str) -> None:
    """20,000 yuan more of the special poverty fund lift two more; a lower household minimum does, too."""
    code, found = call.json("sensitivity", plan, "--gap", "0", "--fund", "special_poverty", "--rule", "R5")
    assert (code, found["asked"], found["open"]) == (0, 2, 0)
    fund, rule = found["worths"]
    assert (fund["step"], fund["trials"][-1]["low"], fund["trials"][-1]["high"]) == (20_000, 2.0, 2.0)
    assert (fund["per"], fund["per_unit"]) == (10_000, [1.0, 1.0])
    assert (rule["target"]["id"], rule["verdict"]) == ("R5", "clear")
    code, out, _ = call("sensitivity", plan, "--gap", "0", "--fund", "special_poverty")
    assert code == 0
    assert "Of 1 questions 0 stay open." in out


def test_sensitivity_of_what_cannot_grow_is_bad_input(call: Inside, plan: str) -> None:
    """Ring-fenced money, rules that are off or fixed, and ids that do not exist: all problems at once."""
    code, found = call.json("sensitivity", plan, "--fund", "flood_relief", "--rule", "R8", "--rule", "R99")
    assert code == 2
    assert {problem["code"] for problem in found["problems"]} == {"fund-ring-fenced", "rule-fixed", "rule-unknown"}


def test_python_answers_are_frozen_values(solution: liftplan.Solution) -> None:
    """`liftplan.explain` returns a frozen value with text and JSON, for a solution as for a folder."""
    found = liftplan.explain(solution, household="v01-h0005")
    assert json.loads(json.dumps(found.as_json()))["facts"]["household"] == "v01-h0005"
    assert str(found) == found.text
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.plan = solution.plan  # type: ignore[misc]


def test_cancelling_tells_what_was_proved_by_then(solution: liftplan.Solution) -> None:
    """A sensitivity that is cancelled at its second question has the first."""
    cancel, begun = liftplan.Cancel(), []

    def watch(step: liftplan.Step) -> None:
        if step.event is None:
            begun.append(step.what)
            if step.what == "renovation":
                cancel.set()

    found = liftplan.sensitivity(
        solution, funds=["drinking_water", "renovation", "relocation"], watcher=watch, cancel=cancel, gap=0
    )
    assert found.cancelled
    assert begun[0] == ""
    assert "relocation" not in begun
    assert found.worths[0].verdict == "nothing"


@pytest.mark.parametrize("option, name", QUESTIONS)
def test_explanations_are_told_in_chinese(solution: liftplan.Solution, option: str, name: str) -> None:
    """Every sentence has a Chinese text: no English word of the templates is left."""
    found = liftplan.explain(solution, **{option.removeprefix("--"): name})
    with liftplan.speaking("zh"):
        text = found.text
    assert not [word for word in (" the ", " plan ", " yuan", " people") if word in text]
