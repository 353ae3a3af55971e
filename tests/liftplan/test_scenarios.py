"""Scenarios from end to end: by name, by file, recorded in the plan, applied again by verify."""

from __future__ import annotations

from pathlib import Path

import pytest

import liftplan
from liftplan.models.plan import Plan, PlanBody

from .program import Inside

FILE = """\
name: lean
overrides:
  - funds[department=poverty].amount x 0.95
  - households[village=v01].income - 1%
"""


@pytest.fixture
def lean(place: Path) -> Path:
    """A scenario file."""
    path = place / "lean.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_names_files_and_overrides_add_up(lean: Path) -> None:
    """In the order given; the plain form of what was applied is kept, with what it did."""
    scenario = liftplan.under("tiny", ["pooled", lean], overrides=["policy.R3.minimum = 30,000"], name="less")
    assert scenario.name == "pooled+lean+less"
    assert scenario.overrides == (
        "policy.R2.purpose_rule = pooled",
        "funds[department=poverty].amount x 0.95",
        "households[village=v01].income - 1%",
        "policy.R3.minimum = 30000",
    )
    assert [one.cells for one in scenario.applied] == [1, 1, 7, 1]
    assert (
        liftplan.under(liftplan.under("tiny", "pooled"), liftplan.definitions(lean)).overrides == scenario.overrides[:3]
    )


def test_overrides_alone_have_a_name() -> None:
    """The scenario is not the base."""
    assert liftplan.under("tiny", overrides=["poverty_line = 3000"]).name == "own"


def test_a_scenario_can_be_carried_to_another_county() -> None:
    """What `under` returned stands for its overrides."""
    carried = liftplan.under("zigui-2015", liftplan.under("tiny", ["pooled", "incomes-5"]))
    assert (carried.name, carried.county.policy.R2.purpose_rule) == ("pooled+incomes-5", "pooled")


def test_plan_records_what_was_applied_and_verify_applies_it_again(call: Inside, lean: Path) -> None:
    """The plan of a scenario file is verified by itself, and against the county as it was."""
    code, found = call.json("solve", "tiny", "--scenario", str(lean), "--scenario", "pooled")
    assert code == 0
    assert Path(found["plan"]).name == "tiny-lean+pooled"
    plan = liftplan.read_plan(found["plan"])
    assert [one.override for one in plan.applied] == list(plan.overrides)
    assert (plan.applied[0].before, plan.applied[0].after) == (100_000, 95_000)
    assert call("verify", found["plan"])[0] == 0
    assert call("verify", found["plan"], "--county", "tiny")[0] == 0


def test_verify_notices_that_an_override_did_something_else(call: Inside, lean: Path) -> None:
    """A plan that tells of other sums than its overrides make is rejected against the county as it was."""
    _code, found = call.json("solve", "tiny", "--scenario", str(lean))
    plan = liftplan.read_plan(found["plan"])
    content = plan.model_dump(exclude={"digest"})
    content["applied"][0]["before"] = 99_999
    verdict = liftplan.verify(Plan.sealed(PlanBody(**content)), "tiny")
    assert not verdict.accepted
    assert [violation.rule for violation in verdict.violations] == ["overrides"]


def test_what_is_wrong_with_a_scenario_file_is_bad_input(call: Inside, place: Path) -> None:
    """All problems of a file, with their lines, and exit code 2."""
    (place / "bad.yaml").write_text("name: bad\noverrides:\n  - fund.amount x 2\n  - funds.amonut x 2\n")
    code, found = call.json("solve", "tiny", "--scenario", "bad.yaml")
    assert (code, found["status"]) == (2, "invalid")
    assert [problem["place"] for problem in found["problems"]] == ["bad.yaml, line 3", "bad.yaml, line 4"]


def test_the_library_can_be_listed() -> None:
    """Every name of it is one scenario."""
    names = liftplan.library()
    assert {"base", "separate", "fixed", "pooled", "budgets-20", "budgets+20", "most_needs"} <= set(names)
    assert all(len(liftplan.definitions(name)) == 1 for name in names)


def test_separate_is_an_outcome_and_no_plan(call: Inside, place: Path) -> None:
    """No status, no bound, no plan: people, rules that are broken, and where the outcome lies."""
    code, found = call.json("solve", "tiny", "--scenario", "separate")
    assert (code, found["status"], found["people_lifted"], found["broken"]) == (0, None, 38, {"R8": 2})
    assert (found["objective_bound"], found["gap"], found["plan"]) == (None, None, None)
    folder = Path(found["outcome"])
    assert sorted(path.name for path in folder.iterdir()) == ["county.zip", "ledger.csv", "outcome.json"]
    assert call("verify", str(folder))[0] == 2
    assert call("solve", "tiny", "--scenario", "separate")[0] == 2
    assert call("solve", "tiny", "--scenario", "separate", "--overwrite")[0] == 0
    assert call("solve", "tiny", "--out", str(folder), "--overwrite")[0] == 2
    assert place in folder.parents


def test_summary_of_separate_says_that_it_is_no_plan(call: Inside) -> None:
    """Whoever reads it must not take it for one."""
    text = call("solve", "tiny", "--scenario", "pooled", "--scenario", "separate")[1]
    assert "This is no plan" in text
    assert "38 people in 12 households" in text
    assert "R8 structure" in text
    assert "gets 2 main houses" in text


def test_solve_in_python_refuses_what_is_no_plan() -> None:
    """The way out names the function."""
    with pytest.raises(liftplan.InputProblems) as caught:
        liftplan.solve("tiny", scenario="separate")
    assert "liftplan.separate" in str(caught.value.problems[0].way_out)
    assert liftplan.separate("tiny", "budgets+10").outcome.scenario == "budgets+10+separate"
