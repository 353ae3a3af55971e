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
