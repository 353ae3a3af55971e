"""`liftplan verify`: the plan, its bound, and the files beside it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import liftplan
from liftplan.models.files import archive
from liftplan.models.files.parts import pack
from liftplan.models.plan import digest_of

from .program import Inside


@pytest.fixture
def plan(saved: Path, place: Path) -> Path:
    """A plan folder of `tiny`."""
    return Path(shutil.copytree(saved, place / "plan"))


def edited(plan: Path, *, seal: bool = False, **changes: Any) -> Path:
    """The plan with fields of `plan.json` changed, on wish with a digest that fits."""
    file = plan / "plan.json"
    content = {**json.loads(file.read_text(encoding="utf-8")), **changes}
    if seal:
        content["digest"] = digest_of(content)
    file.write_text(json.dumps(content), encoding="utf-8")
    return plan


def test_verify_accepts_what_solve_wrote(call: Inside, plan: Path) -> None:
    """A fresh plan is verified, from its folder or its file; the bound is left as claimed, and that is said."""
    for path in (plan, plan / "plan.json"):
        code, found = call.json("verify", str(path))
        assert (code, found["problems"], found["bound_reproved"]) == (0, [], False)
        assert found["status"] == "feasible"
        assert found["seconds"] >= 0
    assert "bound not re-proved" in call("verify", str(plan))[1]


def test_verify_rejects_an_edited_plan(call: Inside, plan: Path) -> None:
    """A plan with one changed field is rejected: exit code 5, the field's rule named."""
    code, found = call.json("verify", str(edited(plan, objective=1.0)))
    assert (code, found["status"]) == (5, "rejected")
    assert "digest" in {problem["code"] for problem in found["problems"]}


def test_verify_takes_another_copy_of_the_county(call: Inside, plan: Path) -> None:
    """`--county` replaces the county beside the plan."""
    (plan / "county.zip").unlink()
    assert call("verify", str(plan))[0] == 2
    assert call("verify", str(plan), "--county", "tiny")[0] == 0


def test_verify_rejects_another_county(call: Inside, plan: Path) -> None:
    """Checked against another county a plan is rejected."""
    liftplan.new("other")
    code, found = call.json("verify", str(plan), "--county", "other")
    assert (code, found["status"]) == (5, "rejected")


def test_verify_applies_the_plans_scenario_to_another_copy(call: Inside) -> None:
    """A pooled plan is verified against the plain county: its overrides are applied first."""
    call("solve", "tiny", "--scenario", "pooled", "--out", "pooled")
    assert call("verify", "pooled", "--county", "tiny")[0] == 0


def test_verify_of_nothing_is_bad_input(call: Inside) -> None:
    """A path without a plan is bad input."""
    assert call.json("verify", "nowhere")[1]["status"] == "invalid"


def test_verify_claims_no_bound_that_it_did_not_prove(call: Inside, plan: Path) -> None:
    """Without `--certificate` a bound is the plan's statement: `feasible`, no bound, no gap."""
    code, found = call.json("verify", str(plan))
    stated = liftplan.read_plan(plan).objective_bound
    assert (code, found["status"], found["stopped_by"]) == (0, "feasible", None)
    assert (found["objective_bound"], found["gap"], found["stated_bound"]) == (None, None, stated)
    assert "Stated by the plan, not re-proved: no plan lifts more than 49 people." in call("verify", str(plan))[1]


def test_verify_claims_the_bound_that_its_certificate_proves(call: Inside, plan: Path) -> None:
    """With `--certificate` the bound is proved again, and with it the plan's optimality."""
    code, found = call.json("verify", str(plan), "--certificate")
    assert (code, found["status"], found["bound_reproved"]) == (0, "optimal", True)
    assert (found["objective_bound"], found["gap"]) == (found["stated_bound"], 0.0)


def test_forged_bound_is_not_believed(call: Inside, plan: Path) -> None:
    """A bound made worse and sealed again is not claimed; its certificate, which proves another one, rejects it."""
    bound = liftplan.read_plan(plan).objective_bound
    objective = liftplan.read_plan(plan).objective
    changes = {"objective_bound": bound + 0.5, "gap": (bound + 0.5 - objective) / objective}
    forged = str(edited(plan, seal=True, **changes))
    assert call.json("verify", forged)[1]["objective_bound"] is None
    code, found = call.json("verify", forged, "--certificate")
    assert (code, found["status"], found["bound_reproved"]) == (5, "rejected", False)


def test_plan_without_a_certificate_is_verified_and_its_bound_is_not(call: Inside, plan: Path) -> None:
    """A plan of a cancelled solve has no certificate: nothing is wrong with it, but nothing proves its bound."""
    for name in ("summary.html", "plan.xlsx"):  # they show the digest, which is another one
        (plan / name).unlink()
    bare = str(edited(plan, seal=True, certificate=None))
    code, found = call.json("verify", bare, "--certificate")
    assert (code, found["status"], found["bound_reproved"]) == (0, "feasible", False)
    assert found["objective_bound"] is None
    assert "bound not re-proved: the plan carries no certificate" in call("verify", bare, "--certificate")[1]


def test_nothing_is_claimed_of_a_rejected_plan(call: Inside, plan: Path) -> None:
    """What a rejected plan says of people and money is not repeated as if it held."""
    _, found = call.json("verify", str(edited(plan, objective=1.0)))
    assert found["people_lifted"] is found["objective"] is found["ledger_yuan"] is found["gap"] is None
    assert found["seconds"] >= 0


def test_each_reason_has_its_place_and_a_way_out(call: Inside, plan: Path) -> None:
    """Fields of the plan are named as such, not as bare words; one way out for all is told once."""
    wrong = edited(plan, second={**json.loads((plan / "plan.json").read_text(encoding="utf-8"))["second"], "value": 1})
    _, found = call.json("verify", str(wrong))
    places = [problem["place"] for problem in found["problems"]]
    assert {"plan.json, field digest", "plan.json, field second.value"} <= set(places)
    assert all(problem["way_out"] for problem in found["problems"])
    assert call("verify", str(wrong))[2].count(found["problems"][0]["way_out"]) == 1


def test_rules_that_a_plan_breaks_are_told_in_the_readers_language(call: Inside, plan: Path, place: Path) -> None:
    """A row of R4 goes by its departments' names; `explain` says which rule it is, as `verify` does."""
    (place / "more.yaml").write_text("name: m\noverrides: ['policy.R4.rows[line].minimum = 45000']\n", encoding="utf-8")
    asked = liftplan.under("tiny", "more.yaml").county
    content = json.loads((plan / "plan.json").read_text(encoding="utf-8"))
    edited(plan, seal=True, county={**content["county"], "digest": asked.digest})
    (plan / "county.zip").write_bytes(archive.render(pack(asked, "csv")))
    for command in (("verify", str(plan)), ("explain", str(plan), "--rule", "R4")):
        told = call(*command, "--lang", "zh")[2]
        assert "R4 v03/line" in told
        assert "县交通运输局、县水利局" in told
        assert "from Transport bureau, Water bureau, less than 45000 yuan" in call(*command, "--lang", "en")[2]
