"""`liftplan diagnose` and `liftplan.diagnose`: outcome, repairs as scenario files, priorities."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

import liftplan
from liftplan.models.problems import InputProblems
from liftplan.scenarios.clashes import CASES

from .program import Inside

CUT = "name: cut\noverrides:\n  - funds[department=poverty].amount x 0.5\n"

ROUND_TRIPS = (
    "minimum-two-funds", "minimum-fee", "minimum-budget", "total-absorb", "growth-absorb", "growth-village",
    "household-money", "spend-absorb", "share-minimum", "share-committed", "maximum-must", "minimum-maximum",
    "fairness-money", "must-slots", "must-linked-village", "committed-money", "committed-alternatives", "lump-must",
    "three-at-once",
)  # fmt: skip
"""Planted conflicts whose repairs change every kind of field."""


@pytest.fixture
def cut(tmp_path: Path) -> Path:
    """A scenario that leaves `tiny` without a plan."""
    path = tmp_path / "cut.yaml"
    path.write_text(CUT, encoding="utf-8")
    return path


def test_a_county_with_a_plan_has_room(call: Inside) -> None:
    """Exit code 0, feasible, the tightest rule first: v03 takes up no more than its minimum from line departments."""
    code, content = call.json("diagnose", "tiny")
    assert (code, content["status"], content["conflicts"], content["repairs"]) == (0, "feasible", [], [])
    tightest = content["room"][0]
    assert (tightest["rule"], tightest["key"], tightest["tightest"]) == ("R4", "line", "v03/line")
    assert (tightest["room"], tightest["most_room"]) == (0, 0)


def test_a_conflict_is_told_with_its_figures(call: Inside, cut: Path) -> None:
    """Exit code 3: 3 x 20,000 yuan from the poverty office, which has 50,000."""
    code, content = call.json("diagnose", "tiny", "--scenario", str(cut))
    assert (code, content["status"], content["stopped_by"]) == (3, "infeasible", "proof")
    (conflict,) = content["conflicts"]
    assert [(one["rule"], one["key"], one["needed"]) for one in conflict["rules"]] == [
        ("R4", "poverty", True),
        ("R1", "special_poverty", True),
    ]
    assert (conflict["minimal"], conflict["proved_by"]) == (True, "arithmetic")
    proof = conflict["proof"]
    assert (proof["asked"], proof["money"], proof["absorbed"], proof["short"]) == (60_000, 50_000, 0, 10_000)
    assert (conflict["places"]["least"], conflict["places"]["of"]) == (3, 3)
    assert {one["kind"]: one["yuan"] for one in content["repairs"]} == {
        "yuan": 10_000,
        "rules": 10_000,
        "priorities": 10_000,
    }


def test_written_repairs_are_scenarios_that_solve_takes(call: Inside, cut: Path, tmp_path: Path) -> None:
    """`--out` writes the diagnosis and a file for each repair; under each `solve` finds a plan."""
    out = tmp_path / "out"
    code, told, _ = call("diagnose", "tiny", "--scenario", str(cut), "--out", str(out), "--quiet", "--lang", "en")
    assert code == 3
    assert told == "Tiny, solved by hand, scenario cut: no plan keeps every hard rule (proved). Conflicts found: 1.\n"
    content = json.loads((out / "diagnosis.json").read_text(encoding="utf-8"))
    assert content["status"] == "infeasible"
    for repair in content["repairs"]:
        assert liftplan.solve("tiny", scenario=[cut, repair["file"]]).status == "optimal"


def test_the_command_of_a_repair_solves_under_it(call: Inside, cut: Path) -> None:
    """What is printed beside a repair is a line that works: on top of the scenario, in a folder with a blank."""
    _, told, _ = call("diagnose", "tiny", "--scenario", str(cut), "--out", "my repairs")
    lines = [line.partition("solve under it: ")[2] for line in told.splitlines() if "solve under it: " in line]
    assert len(lines) == 3
    for line in lines:
        program, *words = shlex.split(line)
        code, content = call.json(*words, "--overwrite")
        assert (program, code, content["status"]) == ("liftplan", 0, "optimal")


def test_the_scenarios_are_named(call: Inside, cut: Path, tmp_path: Path) -> None:
    """In the headline, in both languages, on the page, and in the file as a list; without any nothing is said."""
    out = tmp_path / "out"
    told = call("diagnose", "tiny", "--scenario", str(cut), "--scenario", "pooled", "--out", str(out), "--lang", "zh")[
        1
    ]
    assert told.startswith("手算示例县，情景 cut+pooled：")
    content = json.loads((out / "diagnosis.json").read_text(encoding="utf-8"))
    assert content["scenarios"] == ["cut", "pooled"]
    page = (out / "diagnosis.html").read_text(encoding="utf-8")
    assert "Diagnosis, scenario cut+pooled" in page
    assert "<title>可行性诊断：手算示例县，情景 cut+pooled</title>" in page
    plain = liftplan.diagnose("tiny")
    assert (plain.as_json()["scenarios"], "scenario" in plain.headline) == ([], False)


def test_an_occupied_folder_is_refused_before_any_work(
    monkeypatch: pytest.MonkeyPatch, call: Inside, tmp_path: Path
) -> None:
    """A file of any outcome in the way, or a file instead of the folder: exit code 2, nothing is diagnosed."""
    monkeypatch.setattr("liftplan.diagnose", lambda *_, **__: pytest.fail("it was diagnosed"))
    for name in ("diagnosis.json", "repair-rules.yaml"):
        out = tmp_path / name.partition(".")[0]
        out.mkdir()
        (out / name).touch()
        code, content = call.json("diagnose", "tiny", "--out", str(out))
        assert (code, [one["code"] for one in content["problems"]]) == (2, ["out-exists"])
    (tmp_path / "file").touch()
    assert call("diagnose", "tiny", "--out", str(tmp_path / "file"), "--overwrite")[0] == 2


def test_the_folder_and_what_to_open_are_told(call: Inside, cut: Path, tmp_path: Path) -> None:
    """Last on standard output, with a plan as without; repairs that are written are the way out."""
    for number, scenario in enumerate(((), ("--scenario", str(cut)))):
        out = tmp_path / f"out-{number}"
        _, told, err = call("diagnose", "tiny", *scenario, "--out", str(out), "--lang", "en")
        assert told.endswith(f"The diagnosis is in {out}\nOpen diagnosis.html to read it.\n")
        assert ("Solve with the scenario file of one of the repairs." in err) == bool(scenario)


def test_the_headline_is_said_once(call: Inside, cut: Path) -> None:
    """On standard output, whether in one line or before all else; the JSON object lists it as a problem."""
    for options in ((), ("--quiet",)):
        _, out, err = call("diagnose", "tiny", "--scenario", str(cut), *options)
        assert out.count("no plan keeps every hard rule (proved)") == 1
        assert "no plan keeps" not in err
        assert err.endswith("With --out DIR each repair is written as a scenario that solve takes.\n")
    _, content = call.json("diagnose", "tiny", "--scenario", str(cut))
    assert "no plan keeps every hard rule (proved)" in content["problems"][0]["message"]


def test_a_diagnosis_proved_again_names_its_rules_in_the_readers_language(call: Inside, cut: Path) -> None:
    """Written in English, verified in Chinese."""
    call("diagnose", "tiny", "--scenario", str(cut), "--out", "out", "--quiet", "--lang", "en")
    _, told, _ = call("verify", "out", "--lang", "zh")
    assert "扶贫办" in told
    assert "office" not in told
    assert "R4 Poverty alleviation office against" in call("verify", "out", "--lang", "en")[1]


def test_a_diagnosis_is_proved_again(call: Inside, cut: Path, tmp_path: Path) -> None:
    """`verify` of a diagnosis proves its conflicts again (0); changed, of another county or unreadable it does not."""
    out = tmp_path / "out"
    call("diagnose", "tiny", "--scenario", str(cut), "--out", str(out), "--quiet")
    for path in (out, out / "diagnosis.json"):
        code, content = call.json("verify", str(path))
        assert (code, content["status"]) == (0, "infeasible")
        assert [one["proved_again"] for one in content["conflicts"]] == [True]
    code, content = call.json("verify", str(out), "--county", "tiny")
    assert (code, content["status"]) == (5, "rejected")
    assert "another county" in content["problems"][0]["message"]
    file = out / "diagnosis.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    told["conflicts"][0]["certificate"]["sums"].pop()
    file.write_text(json.dumps(told), encoding="utf-8")
    code, content = call.json("verify", str(out))
    assert (code, content["conflicts"][0]["proved_again"]) == (5, False)
    told["conflicts"][0]["certificate"] = None
    file.write_text(json.dumps(told), encoding="utf-8")
    code, content = call.json("verify", str(out))
    assert (code, content["status"]) == (4, "unknown")
    assert "not proved again, it carries no proof: R4" in call("verify", str(out), "--lang", "en")[1]
    file.write_text("[]", encoding="utf-8")
    code, content = call.json("verify", str(out))
    assert (code, content["problems"][0]["code"]) == (2, "diagnosis-unreadable")


def test_a_diagnosis_of_a_plan_has_nothing_to_prove(call: Inside, tmp_path: Path) -> None:
    """Exit code 4, and no word of a proof that is missing."""
    out = str(tmp_path / "out")
    call("diagnose", "tiny", "--out", out, "--quiet")
    code, told, err = call("verify", out, "--lang", "en")
    assert (code, err) == (4, "")
    assert told == "there is nothing to prove: the diagnosis says that there is a plan; solve finds one\n"


def test_a_high_household_minimum_is_proved_again(call: Inside, tmp_path: Path) -> None:
    """`tiny` with R5 at 90,000 yuan: the conflict is added up, its figures are told, and `verify` proves it again."""
    high = tmp_path / "high.yaml"
    high.write_text("name: high\noverrides:\n  - policy.R5.minimum = 90000\n", encoding="utf-8")
    out = tmp_path / "out"
    code, told, _ = call("diagnose", "tiny", "--scenario", str(high), "--out", str(out), "--lang", "en")
    assert code == 3
    assert "needed 160,000 yuan in 2 villages together; there are 100,000: 60,000 short" in told
    assert "Repairs give less than the 60,000 yuan that are short above" in told
    assert "cannot prove it again" not in told
    code, told, _ = call("verify", str(out), "--lang", "en")
    assert code == 0
    assert "proved again: R5 minimum of a household, R4 Poverty alleviation office" in told
    assert told.endswith("\nNot compared: the texts, figures and repairs of the diagnosis.\n")


def test_a_conflict_without_a_certificate_says_so(monkeypatch: pytest.MonkeyPatch, call: Inside, cut: Path) -> None:
    """Where none of sensible size is found the diagnosis tells that its proof cannot be proved again."""
    monkeypatch.setattr("liftplan.solver.diagnose.diagnosis.refuted", lambda *_: None)
    code, told, _ = call("diagnose", "tiny", "--scenario", str(cut), "--lang", "en")
    assert code == 3
    assert "`verify` cannot prove it again" in told


def test_room_is_told_for_every_rule(call: Inside) -> None:
    """All rules that `tiny` has are in the table; those without an amount are kept."""
    room = {one["rule"]: one for one in call.json("diagnose", "tiny")[1]["room"]}
    assert set(room) == {"R1", "R2", "R3", "R4", "R5", "R8"}
    assert (room["R5"]["asked"], room["R5"]["room"], room["R5"]["most_room"]) == (10_000, 0, 20_000)
    assert (room["R2"]["asked"], room["R2"]["room"], room["R2"]["unit"]) == (None, None, "")
    told = call("diagnose", "tiny", "--lang", "en")[1]
    assert any(line.split()[:2] == ["R2", "purposes"] and "kept" in line for line in told.splitlines())


@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_overrides_make_the_county_that_was_verified(name: str) -> None:
    """The overrides of a repair, applied as scenarios are, give the very county in which the repair found a plan."""
    case = next(case for case in CASES if case.name == name)
    found = liftplan.diagnose(case.make())
    assert found.repairs
    for mended in found.repairs:
        assert found.repaired(mended.repair.kind).county.digest == mended.repair.county.digest


def test_priorities_say_who_gives(cut: Path, tmp_path: Path) -> None:
    """Money at one yuan a yuan and minimums at two: the fund gives. With the fund shut out the minimums do."""
    wish = tmp_path / "wish.yaml"
    wish.write_text("prices: {R1: 1, R4: 2}\n", encoding="utf-8")
    gives = liftplan.diagnose("tiny", scenario=cut, priorities=wish).repairs[-1].repair.gives
    assert [give.instance for give in gives] == [("R1", "special_poverty")]
    wish.write_text("prices: {R1: 1, R4: 2}\nnever: [R1 special_poverty]\n", encoding="utf-8")
    gives = liftplan.diagnose("tiny", scenario=cut, priorities=wish).repairs[-1].repair.gives
    assert {give.instance.rule for give in gives} == {"R4"}


def test_priorities_that_mean_nothing_are_refused(tmp_path: Path) -> None:
    """All problems of the file at once, with their lines."""
    wish = tmp_path / "wish.yaml"
    wish.write_text("prices:\n  R1: 0\n  R99: 1\nalways: [R1]\n", encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        liftplan.diagnose("tiny", priorities=wish)
    assert [problem.place.row for problem in caught.value.problems] == [4, 2, 3]


def test_a_rule_with_a_wrong_key_is_answered_with_the_nearest(tmp_path: Path) -> None:
    """Priorities go by rows, not by villages: the row that was meant is offered, not a list of all funds."""
    wish = tmp_path / "wish.yaml"
    wish.write_text("prices: {R4 v02/poverty: 1}\n", encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        liftplan.diagnose("tiny", priorities=wish)
    (problem,) = caught.value.problems
    assert str(problem.way_out) == "Did you mean R4 poverty?"


def test_the_best_plan_under_a_repair_is_told(cut: Path) -> None:
    """With `best` the second phase solves the county under each repair; 10,000 yuan more save what the county had."""
    found = liftplan.diagnose("tiny", scenario=cut, best=True)
    assert all(mended.people is not None and mended.bound is not None for mended in found.repairs)


def test_texts_are_in_both_languages(call: Inside, cut: Path) -> None:
    """The headline in Chinese names the county in Chinese."""
    _, told, _ = call("diagnose", "tiny", "--scenario", str(cut), "--quiet", "--lang", "zh")
    assert "手算示例县" in told
