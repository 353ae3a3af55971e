"""`liftplan.compare`: frames, JSON, workbook; every plan is checked first."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from rich.console import Console

import liftplan
from liftplan.api.sides import Rejected, Unsolved
from liftplan.models.policy import Policy
from liftplan.models.problems import InputProblems
from liftplan.reports.workbook.sheet import FIRST_ROW, HEAD_ROW, TOTAL_ROW
from liftplan.scenarios.store import RunStore

from ..office import recomputed, spoil

SETTINGS: dict[str, Any] = {"time_limit": None, "threads": 1}
SHEETS_OF_TOTALS = {
    "People by township": "people_lifted",
    "People by village": "people_lifted",
    "Households by village": "households_lifted",
    "Money by channel": "ledger_yuan",
    "Money by department": "ledger_yuan",
    "Money by purpose": "ledger_yuan",
    "Money by fund": "ledger_yuan",
    "Money by township": "ledger_yuan",
    "Money by village": "ledger_yuan",
    "Left over": "left_yuan",
}
"""Sheets whose totals are a figure of the whole plan."""


@pytest.fixture(scope="module")
def pooled() -> liftplan.Solution:
    """`tiny` with money that may change its purpose."""
    return liftplan.solve("tiny", scenario="pooled", **SETTINGS)


@pytest.fixture(scope="module")
def found(solution: liftplan.Solution, pooled: liftplan.Solution) -> liftplan.Comparison:
    """`tiny` and its pooled scenario."""
    return liftplan.compare(solution, pooled)


@pytest.fixture(scope="module")
def folders(
    solution: liftplan.Solution, pooled: liftplan.Solution, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """Plan folders of the two."""
    place = tmp_path_factory.mktemp("plans")
    return solution.save(place / "one"), pooled.save(place / "other")


def test_frames_have_a_column_a_plan(found: liftplan.Comparison, solution: liftplan.Solution) -> None:
    """Columns are named after the plans, rows by id, name and township; figures are the plans'."""
    people = found.people("village")
    assert found.names == list(people.columns) == ["base", "pooled"]
    assert people.index.names == ["village", "name", "township"]
    by_village = people["base"].droplevel(["name", "township"]).to_dict()
    assert by_village == solution.plan.totals.people_by_village
    assert found.totals.loc["people_lifted", "base"].item() == solution.people_lifted
    money = found.money("department")["base"].droplevel("name").to_dict()
    assert money == {key: solution.plan.totals.by_department.get(key, 0) for key in money}
    assert set(found.households("township").dtypes.map(str)) == {"Int64"}


def test_what_one_plan_does_not_have_is_missing_in_frames(solution: liftplan.Solution) -> None:
    """Things that only one county has are <NA> for the other, never 0."""
    other = liftplan.solve(liftplan.example(), **SETTINGS)
    found = liftplan.compare(solution, other)
    people = found.people("township")
    own = solution.county["villages"]["township"][0]
    assert pd.isna(people.loc[own].iloc[1])
    assert people.loc[own].iloc[0] == solution.people_lifted
    assert found.names == [f"tiny {solution.plan.scenario}", f"{other.county.head.id} base"]


def test_the_order_is_told_in_the_frame_of_pairs(found: liftplan.Comparison) -> None:
    """49 and 52 people, both proved best: A - B lies in [-3, -3]."""
    (row,) = found.pairs.to_dict("records")
    assert (row["first"], row["second"], row["people"], row["lowest"], row["highest"]) == ("base", "pooled", -3, -3, -3)
    assert row["order"] == "second"


def test_only_differences_leaves_equal_rows_out(found: liftplan.Comparison) -> None:
    """Rows in which the plans agree are gone, the others are as they were; without differences a table is empty."""
    for frame in ("people", "money"):
        whole, less = getattr(found, frame)(), getattr(found.differing, frame)()
        assert 0 < len(less) < len(whole)
        assert (less["base"] != less["pooled"]).all()
        pd.testing.assert_frame_equal(less, whole[whole["base"] != whole["pooled"]])
    alike = liftplan.Comparison(type(found.compared)((found.compared.sides[0],) * 2)).differing
    assert [len(frame) for frame in (alike.totals, alike.people(), alike.inputs, alike.projects)] == [0] * 4


def test_names_tell_the_plans_apart(solution: liftplan.Solution, folders: tuple[Path, Path]) -> None:
    """The scenario's name if it is enough, then the county's, then the folder's, else numbers."""
    assert liftplan.compare(*folders).names == ["base", "pooled"]
    copy = shutil.copytree(folders[0], folders[0].with_name("copy"), dirs_exist_ok=True)
    assert liftplan.compare(folders[0], copy).names == ["one", "copy"]
    assert liftplan.compare(solution, solution).names == ["base 1", "base 2"]


def test_bounds_of_folders_are_stated_until_proved_again(folders: tuple[Path, Path]) -> None:
    """Without `certificate` nothing is claimed to be proved; with it, it is."""
    (pair,) = liftplan.compare(*folders).as_json()["pairs"]
    assert (pair["order"], pair["order_proved"], pair["bounds"]) == ("second", False, "stated")
    found = liftplan.compare(*folders, certificate=True).as_json()
    assert [side["bound_proof"] for side in found["sides"]] == ["reproved", "reproved"]
    assert found["pairs"][0]["order_proved"]


def test_a_rejected_plan_is_not_compared(folders: tuple[Path, Path], tmp_path: Path) -> None:
    """A plan that was edited is refused with the checker's violations."""
    edited = shutil.copytree(folders[0], tmp_path / "edited") / "plan.json"
    edited.write_text(edited.read_text(encoding="utf-8").replace('"v03-p01"', '"v03-p02"'), encoding="utf-8")
    with pytest.raises(Rejected) as refused:
        liftplan.compare(folders[0], edited)
    assert refused.value.verification.violations
    assert refused.value.place == str(edited)


def test_a_scenario_without_plan_is_refused(solution: liftplan.Solution) -> None:
    """What has no plan cannot be compared, and it is told how its solve ended."""
    policy = solution.county.policy.model_dump()
    policy["R3"]["minimum"] = 10**9
    county = solution.county.with_policy(Policy.model_validate(policy))
    with pytest.raises(Unsolved) as refused:
        liftplan.compare(solution, "pooled", county=county, **SETTINGS)
    assert refused.value.status == "infeasible"


def test_scenarios_of_a_county_are_solved(solution: liftplan.Solution, pooled: liftplan.Solution) -> None:
    """Names with `county`, and counties under scenarios, are solved; names stand for scenarios."""
    found = liftplan.compare("base", liftplan.under("tiny", "pooled"), county="tiny", **SETTINGS)
    people = [side.decided.totals.people_lifted for side in found.compared.sides]
    assert people == [solution.people_lifted, pooled.people_lifted]
    assert [side.proof for side in found.compared.sides] == ["proved", "proved"]


def test_departments_that_decide_alone_are_compared(solution: liftplan.Solution) -> None:
    """`separate` has no bound and may break rules: it is what it is, and the plan's bounds alone decide the order."""
    found = liftplan.compare("separate", solution, county="tiny")
    alone = liftplan.separate("tiny")
    first, other = found.as_json()["sides"]
    assert (first["people_lifted"], first["objective_bound"], first["bound_proof"]) == (
        alone.people_lifted,
        None,
        "none",
    )
    assert [one["rule"] for one in first["broken"]] == [one.rule for one in alone.violations]
    assert other["broken"] == []
    (pair,) = found.as_json()["pairs"]
    assert pair["lowest"] == pair["highest"] == alone.people_lifted - solution.people_lifted
    assert found.totals.loc["people_possible", "separate"].item() == 38
    assert found.totals.loc["people_kept", found.names[1]].isna().all()
    assert found.totals.loc["left_yuan", "separate"].item() == sum(
        fund.left for fund in alone.outcome.funds if fund.fund != "flood_relief"
    )


def test_money_left_is_explained_by_plans_alone(solution: liftplan.Solution) -> None:
    """A plan's reason does not stand for departments that decide alone, which leave money for no reason of ours."""
    found = liftplan.compare("separate", solution, county="tiny")
    rows = {row["fund"]: row for row in found.as_json()["left_over"]}
    both, first = rows["special_poverty"], rows["drinking_water"]
    assert min(both["values"]) > 0
    assert both["why"].startswith("B: ")
    assert min(first["values"]) > 0
    assert first["why"].startswith("B: ")


def test_a_store_answers_what_was_solved_before(tmp_path: Path, solution: liftplan.Solution) -> None:
    """What is missing is solved and kept; after that it is found, by scenario, by name, or by its identifier."""
    place = str(tmp_path / "runs")
    first = liftplan.compare("base", "separate", county="tiny", store=place, **SETTINGS)
    store = RunStore(place)
    kept = store.runs()
    assert sorted(run.scenario for run in kept) == ["base", "separate"]
    again = liftplan.compare("base", "separate", county="tiny", store=place, **SETTINGS)
    assert [run.id for run in store.runs()] == [run.id for run in kept]
    named = liftplan.compare(*(run.id[:8] for run in sorted(kept, key=lambda run: run.scenario)), store=place)
    newest = liftplan.compare("base", "separate", store=place)
    for found in (first, again, named, newest):
        assert found.names == ["base", "separate"]
        assert [side.proof for side in found.compared.sides] == ["kept", "none"]
        assert found.compared.sides[0].decided.totals == solution.plan.totals
        assert found.compared.sides[1].broken
    with pytest.raises(InputProblems):
        liftplan.compare("base", "fixed", store=place)


def test_a_run_without_a_plan_is_told_as_such(tmp_path: Path) -> None:
    """A scenario that no plan keeps is kept too, and refused with its reason every time."""
    file = tmp_path / "poor.yaml"
    file.write_text("overrides: ['policy.R3.minimum = 90000000']\n", "utf-8")
    for _ in range(2):
        with pytest.raises(Unsolved) as refused:
            liftplan.compare("separate", file, county="tiny", store=tmp_path / "runs", **SETTINGS)
        assert (refused.value.name, refused.value.status) == ("poor", "infeasible")
        assert "This is proved" in str(refused.value)


def test_scenarios_of_a_matrix_are_taken_apart(tmp_path: Path) -> None:
    """A scenario file of several scenarios is as many plans, and what each changed is an input that differs."""
    file = tmp_path / "sweep.yaml"
    file.write_text("matrix: {share: [1.1, 1]}\noverrides: ['funds[integrable=true].amount x {share}']\n", "utf-8")
    found = liftplan.compare("base", file, county="tiny", **SETTINGS)
    assert found.names == ["base", "sweep-1.1", "sweep-1"]
    amounts = found.inputs["sweep-1.1"][found.inputs["base"] != found.inputs["sweep-1.1"]]
    assert len(amounts) == int((liftplan.load("tiny")["funds"]["integrable"]).sum())


@pytest.mark.parametrize("count", [1, 7])
def test_two_to_six_plans_are_compared(solution: liftplan.Solution, count: int) -> None:
    """Fewer or more are refused."""
    with pytest.raises(InputProblems) as refused:
        liftplan.compare(*[solution] * count)
    assert refused.value.problems[0].code == "compare-count"


def test_what_is_no_plan_is_refused(solution: liftplan.Solution, tmp_path: Path) -> None:
    """A name without a county, or a path without a plan, is told with the way out."""
    with pytest.raises(InputProblems) as refused:
        liftplan.compare(solution, tmp_path / "nothing")
    assert refused.value.problems[0].code == "compare-what"


def test_the_json_object_is_plain_and_aligned(found: liftplan.Comparison) -> None:
    """Every list of values has one entry a side, and the whole is JSON."""
    content = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert [side["people_lifted"] for side in content["sides"]] == [49, 52]
    tables = [content[name] for name in ("inputs", "totals", "left_over", "prices", "projects_changed")]
    tables += [*content["people"].values(), *content["households"].values(), *content["money"].values()]
    assert all(len(row["values"]) == 2 for rows in tables for row in rows)
    assert content["inputs"] == [
        {"table": "policy", "row": "", "field": "R2.purpose_rule", "values": ["fixed", "pooled"]}
    ]


@pytest.fixture(scope="module")
def workbook(found: liftplan.Comparison, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook of the two."""
    (path,) = found.save(tmp_path_factory.mktemp("book") / "comparison.xlsx")
    return path.read_bytes()


def rows_of(content: bytes) -> dict[str, list[list[Any]]]:
    """Rows of each sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_totals_of_the_workbook_are_the_plans(workbook: bytes, found: liftplan.Comparison) -> None:
    """Every sheet that adds up has the plans' figure above its columns, and the difference beside."""
    cells = rows_of(workbook)
    for sheet, figure in SHEETS_OF_TOTALS.items():
        first, other = (int(value) for value in found.totals.loc[figure].iloc[0])
        assert cells[sheet][TOTAL_ROW][-3:] == [first, other, other - first], sheet
        columns = list(zip(*cells[sheet][FIRST_ROW:], strict=True))[-3:]
        assert [sum(value or 0 for value in column) for column in columns] == [first, other, other - first], sheet


def test_sheets_are_linked_from_the_first(workbook: bytes) -> None:
    """The first sheet names all the others, and has the verdict on the order."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    front = book.worksheets[0]
    links = {cell.hyperlink.location.split("!")[0].strip("'") for row in front for cell in row if cell.hyperlink}
    assert links == set(book.sheetnames[1:])
    texts = {cell.value for row in front for cell in row}
    assert any("pooled lifts exactly 3 people more than base" in str(text) for text in texts)


def test_sheets_are_in_the_readers_language(found: liftplan.Comparison, tmp_path: Path) -> None:
    """Data keep their own names, everything else is in the current language."""
    with liftplan.speaking("zh"):
        (path,) = found.save(tmp_path / "comparison.xlsx")
    heads = rows_of(path.read_bytes())["农户"]
    assert heads[HEAD_ROW][0] == "村编号"


def test_words_without_blanks_are_whole_on_the_terminal(found: liftplan.Comparison) -> None:
    """Chinese sentences go on in the next line instead of being cut."""
    console = Console(width=70)
    with liftplan.speaking("zh"), console.capture() as shown:
        console.print(found.summary())
    assert "脱贫" in shown.get()
    assert "…" not in shown.get()


def test_what_a_plan_does_not_have_is_blank_in_the_workbook(solution: liftplan.Solution, tmp_path: Path) -> None:
    """Neither 0 nor a difference stands where one side has nothing."""
    other = liftplan.solve(liftplan.example(), **SETTINGS)
    (path,) = liftplan.compare(solution, other).save(tmp_path / "comparison.xlsx")
    rows = rows_of(path.read_bytes())["People by township"][FIRST_ROW:]
    township = solution.county["villages"]["township"][0]
    assert [row[1:] for row in rows if row[0] == township] == [[solution.people_lifted, "", ""]]


@pytest.mark.office
def test_formulas_give_the_same_as_the_cached_results(workbook: bytes, tmp_path: Path) -> None:
    """LibreOffice, computing anew, finds the differences that the file holds."""
    again = recomputed(spoil(workbook, tmp_path / "spoilt.xlsx"), tmp_path).read_bytes()
    before, after = rows_of(workbook), rows_of(again)
    for sheet in (*SHEETS_OF_TOTALS, "Prices"):
        rows = zip(before[sheet][TOTAL_ROW:], after[sheet][TOTAL_ROW:], strict=False)
        assert all(old[-3:] == pytest.approx(new[-3:]) if _numbers(old) else True for old, new in rows), sheet


def _numbers(row: list[Any]) -> bool:
    return all(isinstance(value, float) for value in row[-3:])


def test_files_are_written_whole_and_never_over_others(found: liftplan.Comparison, tmp_path: Path) -> None:
    """A folder gets both files, a file's name one; what is there stays unless it may be replaced."""
    both = found.save(tmp_path / "out")
    assert sorted(path.name for path in both) == sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [path.suffix for path in found.save(tmp_path / "one.html")] == [".html"]
    with pytest.raises(InputProblems) as refused:
        found.save(tmp_path / "out")
    assert {problem.code for problem in refused.value.problems} == {"out-exists"}
    before = both[0].read_bytes()
    assert found.save(tmp_path / "out", overwrite=True)[0].read_bytes() == before
