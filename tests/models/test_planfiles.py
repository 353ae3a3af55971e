"""Plan folders appear whole or not at all, read back equal, and say everything that is wrong with a broken one."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from liftplan.models import planfiles
from liftplan.models.county import County, Head
from liftplan.models.plan import CountyRef, FundUse, Plan, PlanBody, SecondLevel, Shortfall, Totals
from liftplan.models.planfiles import plan_text, refuse_folder, write_plan_folder
from liftplan.models.planreading import SHOWN_PROBLEMS, county_path, plan_from_text, read_plan
from liftplan.models.policy import Policy
from liftplan.models.problems import InputProblems
from liftplan.models.rows import Department, Fund, Household, Measure, Project, Purpose, Village
from liftplan.models.tables import Table

COUNTY = County.build(
    Head(id="shire", name="夏县", years=(2015,), poverty_line={2015: 2855}),
    Policy(),
    {
        "departments": Table.from_rows(Department, [Department(id="poverty", name="扶贫办")]),
        "purposes": Table.from_rows(Purpose, [Purpose(id="road", name="道路"), Purpose(id="industry", name="产业")]),
        "funds": Table.from_rows(
            Fund,
            [
                Fund(
                    id="f",
                    name="资金",
                    department="poverty",
                    channel="fiscal",
                    amount=10,
                    purposes=("road", "industry"),
                )
            ],
        ),
        "villages": Table.from_rows(Village, [Village(id="v1", name="甲村", township="t")]),
        "projects": Table.from_rows(Project, [Project(id="v1-p", village="v1", name="村道")]),
        "households": Table.from_rows(Household, [Household(id="v1-h", village="v1", persons=2, income=1)]),
        "measures": Table.from_rows(Measure, [Measure(id="v1-h-m", household="v1-h", name="养羊, 两只")]),
    },
)

PLAN = Plan.sealed(
    PlanBody(
        county=CountyRef(id="shire", name="夏县", digest="0" * 64),
        scenario="base",
        settings={"gap": 0.001, "threads": 2},
        versions={"liftplan": "0"},
        status="feasible",
        stopped_by=None,
        projects=("v1-p",),
        padding=(),
        measures=("v1-h-m",),
        topups={"v1-h": 3},
        lifted=("v1-h",),
        already_out=(),
        ledger=(("f", "topup:v1-h", "industry", 3), ("f", "v1-h-m", "industry", 2), ("f", "v1-p", "road", 4)),
        funds=(FundUse(fund="f", amount=10, fee=0, allocated=9, left=1, reason="not_worth_it"),),
        shortfalls=(Shortfall(rule="R3", subject="v1", short=1, unit="yuan", penalty=10**4),),
        totals=Totals(
            people_lifted=2,
            households_lifted=1,
            ledger_yuan=9,
            leveraged_yuan=0,
            ledger_lines=3,
            by_fund={"f": 9},
            by_department={"poverty": 9},
            by_channel={"fiscal": 9},
            by_village={"v1": 9},
            by_purpose={"road": 4, "industry": 5},
            people_by_village={"v1": 2},
        ),
        objective=2.0,
        objective_bound=4.0,
        gap=1.0,
        second=SecondLevel(goal="least_money", value=9, bound=None),
        prices={"f": 0.25},
        certificate={"leaves": [{"prices": [1, 2, 10**30]}]},
    )
)


def write(out: Path, *, overwrite: bool = False) -> Path:
    """The plan above as a folder."""
    return write_plan_folder(PLAN, COUNTY, b"zip", {"seconds": 1.5}, out, overwrite=overwrite)


def codes(text: str) -> list[str]:
    """Codes of the problems of a text."""
    with pytest.raises(InputProblems) as caught:
        plan_from_text(text)
    return [problem.code for problem in caught.value.problems]


def changed(**fields: Any) -> str:
    """The plan's text with some fields replaced."""
    return json.dumps({**PLAN.model_dump(mode="json"), **fields})


def test_a_plan_reads_back_equal(tmp_path: Path) -> None:
    """The folder, and its plan.json, give the same plan; the county lies beside it."""
    out = write(tmp_path / "new" / "plan")
    assert read_plan(out) == read_plan(out / "plan.json") == PLAN
    assert county_path(out).read_bytes() == county_path(out / "plan.json").read_bytes() == b"zip"


def test_nothing_else_is_left_behind(tmp_path: Path) -> None:
    """The folder holds its four files, its parent nothing but the folder."""
    out = write(tmp_path / "plan")
    write(out, overwrite=True)
    assert sorted(one.name for one in out.iterdir()) == ["county.zip", "ledger.csv", "plan.json", "run.json"]
    assert list(tmp_path.iterdir()) == [out]


def test_plan_text_is_the_same_for_the_same_plan_and_has_a_line_for_each_ledger_line() -> None:
    """Sorted keys, one ledger line a line of text, no dates."""
    text = plan_text(PLAN)
    assert text == plan_text(plan_from_text(text))
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert '["f","v1-p","road",4]' in text.splitlines()


def test_ledger_csv_has_names_and_opens_in_office_programs(tmp_path: Path) -> None:
    """A byte order mark for Excel, names beside ids, commas in names quoted, top-ups with their household."""
    content = (write(tmp_path / "plan") / "ledger.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    topup, measure, project = csv.DictReader(content.decode("utf-8-sig").splitlines())
    assert topup["household"] == "v1-h"
    assert topup["item_name"] == "household development grant"
    assert measure["item_name"] == "养羊, 两只"
    assert project == {
        "fund": "f",
        "fund_name": "资金",
        "department": "poverty",
        "department_name": "扶贫办",
        "village": "v1",
        "village_name": "甲村",
        "household": "",
        "item": "v1-p",
        "item_name": "村道",
        "purpose": "road",
        "purpose_name": "道路",
        "yuan": "4",
    }


def test_run_json_is_what_was_given(tmp_path: Path) -> None:
    """Times and machine are beside the plan, not in it."""
    assert json.loads((write(tmp_path / "plan") / "run.json").read_text(encoding="utf-8")) == {"seconds": 1.5}


def test_a_plan_folder_is_replaced_only_when_asked(tmp_path: Path) -> None:
    """Without `overwrite` it stays as it is; with it, the whole folder is new."""
    out = write(tmp_path / "plan")
    (out / "plan.json").write_text("old", encoding="utf-8")
    with pytest.raises(InputProblems, match="already"):
        write(out)
    assert (out / "plan.json").read_text(encoding="utf-8") == "old"
    (out / "summary.html").write_text("of the old plan", encoding="utf-8")
    write(out, overwrite=True)
    assert read_plan(out) == PLAN
    assert not (out / "summary.html").exists()


@pytest.mark.parametrize("overwrite", [True, False])
def test_another_folder_or_a_file_is_never_replaced(tmp_path: Path, overwrite: bool) -> None:
    """A folder without a plan.json, and a file, are refused whatever is asked."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").touch()
    (tmp_path / "file").touch()
    for name in ("photos", "file"):
        with pytest.raises(InputProblems, match="something else"):
            refuse_folder(tmp_path / name, overwrite=overwrite)
        with pytest.raises(InputProblems, match="something else"):
            write(tmp_path / name, overwrite=overwrite)
    assert (tmp_path / "photos" / "one.jpg").exists()


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """A folder made beforehand is no obstacle."""
    (tmp_path / "plan").mkdir()
    assert read_plan(write(tmp_path / "plan")) == PLAN


def test_a_failed_write_leaves_the_old_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last rename fails, the old folder is put back and nothing else remains."""
    out = write(tmp_path / "plan")
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if Path(target) == out and not self.name.endswith("-old"):
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(planfiles.Path, "rename", failing)
    with pytest.raises(InputProblems, match="disk full"):
        write(out, overwrite=True)
    assert read_plan(out) == PLAN
    assert list(tmp_path.iterdir()) == [out]


def test_a_missing_plan_is_a_problem(tmp_path: Path) -> None:
    """Neither an empty folder nor a wrong name gives a traceback."""
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(InputProblems) as caught:
            read_plan(path)
        assert [problem.code for problem in caught.value.problems] == ["plan-missing"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[" * 100_000, b'{"gap": NaN}', b"\xff\xfe{", b"[]", b"1", b'"\\ud800"']
)
def test_what_is_not_a_json_object_is_a_problem(tmp_path: Path, content: bytes) -> None:
    """Empty, cut off, nested without end, with NaN, not UTF-8, no object."""
    (tmp_path / "plan.json").write_bytes(content)
    with pytest.raises(InputProblems) as caught:
        read_plan(tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["plan-not-json"]


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    """An editor that adds one has not broken the plan."""
    (tmp_path / "plan.json").write_text("\ufeff" + plan_text(PLAN), encoding="utf-8")
    assert read_plan(tmp_path) == PLAN


def test_a_field_written_twice_is_a_problem() -> None:
    """A second value must not hide the first, at any depth."""
    assert codes(plan_text(PLAN).replace('"gap": 1.0', '"gap": 1.0, "gap": 1.0')) == ["plan-key-twice"]
    assert codes(plan_text(PLAN).replace('"v1-h": 3', '"v1-h": 9, "v1-h": 3')) == ["plan-key-twice"]


def test_all_problems_of_the_form_come_at_once() -> None:
    """Missing, unknown and wrong fields together, each with its place."""
    content = PLAN.model_dump(mode="json")
    del content["scenario"]
    content["colour"] = "red"
    content["ledger"][1][3] = "2"
    content["totals"]["people_lifted"] = 2.5
    with pytest.raises(InputProblems) as caught:
        plan_from_text(json.dumps(content))
    found = {(one.code, one.place.field) for one in caught.value.problems}
    assert found == {
        ("plan-field-missing", "scenario"),
        ("plan-field-unknown", "colour"),
        ("plan-field-value", "ledger.1.3"),
        ("plan-field-value", "totals.people_lifted"),
    }


@pytest.mark.parametrize("field", sorted(Plan.model_fields))
def test_no_field_may_be_left_out(field: str) -> None:
    """Not even one that has a default in the program."""
    content = PLAN.model_dump(mode="json")
    del content[field]
    assert codes(json.dumps(content)) == ["plan-field-missing"]


@pytest.mark.parametrize("yuan", [2.0, True, "2", None])
def test_whole_yuan_are_whole_numbers_only(yuan: object) -> None:
    """2.0, true and "2" are not 2: a file that says so was not written by liftplan."""
    assert codes(changed(ledger=[["f", "v1-p", "road", yuan]])) == ["plan-field-value"]


def test_a_plan_of_another_format_is_refused_first() -> None:
    """A newer format is named as such, not as a hundred unknown fields."""
    assert codes(changed(plan_version=99, colour="red")) == ["plan-version"]


def test_a_flood_of_problems_is_cut() -> None:
    """A thousand broken lines are a hundred problems and a count."""
    found = codes(changed(ledger=[["f"]] * 1_000))
    assert len(found) == SHOWN_PROBLEMS + 1
    assert found[-1] == "plan-more"
