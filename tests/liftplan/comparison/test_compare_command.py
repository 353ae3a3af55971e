"""`liftplan compare`: exit codes, the JSON object, files, what people read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import liftplan
from liftplan.reports.comparison.content import FIGURES

from ..program import Inside


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """What a line needs so that scenarios of `tiny` are solved, once for all of these tests."""
    store = str(tmp_path_factory.mktemp("store"))
    return ("--county", "tiny", "--threads", "1", "--time-limit", "0", "--store", store)


@pytest.fixture
def folder(saved: Path, place: Path) -> Path:
    """A plan folder of `tiny`."""
    return Path(shutil.copytree(saved, place / "plan"))


def test_scenarios_are_solved_and_compared(call: Inside, solved: tuple[str, ...]) -> None:
    """Text for people: plans, order, figures; no problem."""
    code, out, _ = call("compare", "base", "pooled", *solved)
    assert code == 0
    assert "pooled lifts 3 people more than base. At their best, pooled lifts exactly 3 people more than base" in out
    assert "policy.R2.purpose_rule" in out
    for text in ("People by village", "Money by department", "Money by purpose", "What changed hands", "left over"):
        assert text in out


def test_one_json_object(call: Inside, folder: Path, solved: tuple[str, ...]) -> None:
    """A folder and a scenario: sides, pair, files; exactly one object."""
    code, found = call.json("compare", str(folder), "pooled", *solved, "--out", "out")
    assert (code, found["problems"]) == (0, [])
    assert [side["people_lifted"] for side in found["sides"]] == [49, 52]
    assert [side["bound_proof"] for side in found["sides"]] == ["stated", "kept"]
    assert [Path(file).name for file in found["files"]] == ["comparison.xlsx", "comparison.html"]
    assert all(Path(file).is_file() for file in found["files"])


def test_only_differences_leaves_equal_figures_out(call: Inside, solved: tuple[str, ...]) -> None:
    """What is the same in both plans is not shown."""
    whole = call("compare", "base", "pooled", *solved)[1]
    less = call("compare", "base", "pooled", *solved, "--only-differences")[1]
    registered = str(FIGURES["people_registered"])
    assert registered in whole
    assert registered not in less
    assert len(less) < len(whole)


def test_a_rejected_plan_ends_with_5(call: Inside, folder: Path) -> None:
    """The violations are problems; nothing is compared or written."""
    edited = shutil.copytree(folder, folder.with_name("edited")) / "plan.json"
    edited.write_text(edited.read_text(encoding="utf-8").replace('"v03-p01"', '"v03-p02"'), encoding="utf-8")
    code, found = call.json("compare", str(folder), str(edited), "--out", "out")
    assert (code, found["status"]) == (5, "rejected")
    assert found["problems"]
    assert "sides" not in found
    assert not Path("out").exists()


def test_what_cannot_be_compared_ends_with_2(call: Inside, folder: Path, solved: tuple[str, ...]) -> None:
    """One plan, no plan, a scenario that is not there, a file in the way: bad input with the way out."""
    Path("there.html").write_text("", encoding="utf-8")
    for arguments in (
        (str(folder),),
        (str(folder), "nothing", "--store", solved[-1]),
        ("base", "noscenario", *solved),
        (str(folder), "pooled", *solved, "--out", "there.html"),
    ):
        code, found = call.json("compare", *arguments)
        assert (code, found["status"]) == (2, "invalid")
        assert all(problem["way_out"] for problem in found["problems"])


def test_all_names_that_are_wrong_are_told(call: Inside, solved: tuple[str, ...]) -> None:
    """With the nearest right one; each once."""
    found = call.json("compare", "sepate", "poled", "poled", *solved)[1]
    assert [problem["message"] for problem in found["problems"]] == [
        "There is no scenario sepate.",
        "There is no scenario poled.",
    ]
    assert ["separate" in found["problems"][0]["way_out"], "pooled" in found["problems"][1]["way_out"]] == [True, True]


def test_an_infeasible_scenario_ends_with_3(call: Inside, solved: tuple[str, ...]) -> None:
    """A scenario that no plan keeps is named."""
    Path("poor.yaml").write_text("name: poor\noverrides: ['policy.R3.minimum = 90000000']\n", encoding="utf-8")
    code, found = call.json("compare", "base", "poor.yaml", *solved)
    assert (code, found["status"]) == (3, "infeasible")
    assert "poor" in found["problems"][0]["message"]


def test_chinese_is_spoken(call: Inside, solved: tuple[str, ...]) -> None:
    """With --lang zh the tables have Chinese words."""
    out = call("compare", "base", "pooled", *solved, "--lang", "zh")[1]
    assert "脱贫人数" in out
    assert "people lifted" not in out


def test_the_folder_of_an_outcome_is_compared(call: Inside, folder: Path, place: Path) -> None:
    """Beside a plan; without a bound, with the rules it breaks. One that was changed is refused."""
    alone = liftplan.separate("tiny").save(place / "alone")
    for named in (alone, alone / "outcome.json"):
        code, found = call.json("compare", str(folder), str(named))
        assert (code, [side["people_lifted"] for side in found["sides"]]) == (0, [49, 38])
        assert found["sides"][1]["objective_bound"] is None
        assert found["sides"][1]["broken"]
    text = (alone / "outcome.json").read_text(encoding="utf-8")
    (alone / "outcome.json").write_text(text.replace('"people_lifted": 38', '"people_lifted": 39'), encoding="utf-8")
    code, found = call.json("compare", str(folder), str(alone))
    assert (code, found["problems"][0]["code"]) == (2, "outcome-changed")
    (alone / "outcome.json").write_text("{}", encoding="utf-8")
    assert call.json("compare", str(folder), str(alone))[1]["problems"][0]["code"] == "outcome-form"
