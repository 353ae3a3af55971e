"""What cannot be read is told once: nothing that only follows from it, and everything that does not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from liftplan.models.files import examine

HERE = Path(__file__).parent


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the sound county."""
    return Path(shutil.copytree(HERE / "sound", tmp_path / "county"))


def replaced(county: Path, *changes: tuple[str, str, str]) -> None:
    """Replace texts in files; each is there once."""
    for file, old, new in changes:
        text = (county / file).read_text(encoding="utf-8-sig")
        assert text.count(old) == 1, (file, old)
        (county / file).write_text(text.replace(old, new), encoding="utf-8")


def told(path: Path) -> list[tuple[str, str, int, str]]:
    """Code and place of each problem, doubts included."""
    return [(one.code, one.place.table, one.place.row, one.place.column) for one in examine(path)[1]]


HOUSEHOLD = "v01-h001,v01,4,2100,water,poor;lack-of-skill,2"
MISSPELT = ("measures.csv", "v02-h002-m01,v02-h002,", "v02-h002-m01,v02-h02,")


@pytest.mark.parametrize("row", [HOUSEHOLD + ",9", "v01-h001,v01,4", "v01-h001,v01,4,2,100,water,poor,2"])
def test_a_row_with_too_many_or_too_few_cells_still_counts(county: Path, row: str) -> None:
    """Four measures name the household of the broken row: that is no problem; a misspelt household is one."""
    replaced(county, ("households.csv", HOUSEHOLD, row))
    assert told(county) == [("cells", "households", 2, "")]
    replaced(county, MISSPELT)
    assert told(county) == [("cells", "households", 2, ""), ("reference", "measures", 17, "household")]


def test_a_key_at_the_end_is_found_from_the_right(county: Path) -> None:
    """With one comma too many the cells behind it have moved."""
    (county / "needs.csv").write_text("name,id\n住房安全,housing\n饮水,安全,water\n", encoding="utf-8")
    assert told(county) == [("cells", "needs", 3, "")]


@pytest.mark.parametrize("row", [",v01,4", ",v01,4,2100,water,poor;lack-of-skill,2"])
def test_a_row_without_a_key_explains_one_name(county: Path, row: str) -> None:
    """The household without identifier may be the unknown one; two unknown ones are not both it."""
    replaced(county, ("households.csv", HOUSEHOLD, row))
    broken = told(county)
    assert [(code, place) for code, place, _, _ in broken] in ([("cells", "households")], [("blank", "households")])
    replaced(county, MISSPELT)
    assert [one for one in told(county) if one not in broken] == [
        ("reference", "measures", 2, "household"),
        ("reference", "measures", 17, "household"),
    ]


def test_a_missing_column_of_keys_explains_all_names(county: Path) -> None:
    """Without the column `id` of the households nothing is said of the measures' households."""
    replaced(county, ("households.csv", "id,village", "nr,village"), MISSPELT)
    assert told(county) == [("column-unknown", "households", 0, "nr"), ("column-missing", "households", 0, "id")]


def test_a_table_that_cannot_be_read_explains_all_names(county: Path) -> None:
    """Of a file in a wrong encoding nothing is known, and nothing is said of who names its rows."""
    text = (county / "projects.csv").read_text(encoding="utf-8-sig")
    (county / "projects.csv").write_bytes(text.encode("utf-16"))
    assert told(county) == [("encoding", "projects", 0, "")]


NUMBERS = {
    "slots": ("projects.csv", ",,2,grant", ",,two,grant", ("projects", 7, "slots")),
    "labour": ("households.csv", "illness,1", "illness,one", ("households", 3, "labour")),
    "labour out of range": ("households.csv", "illness,1", "illness,-1", ("households", 3, "labour")),
    "cost": ("costs.csv", "v01-p01,road,330000", "v01-p01,road,33万", ("costs", 2, "yuan")),
    "cost out of range": ("costs.csv", "v01-p01,road,330000", "v01-p01,road,0", ("costs", 2, "yuan")),
    "committed": ("commitments.csv", "80000", "8万", ("commitments", 2, "yuan")),
    "integrable": ("funds.csv", "true,true,100", "perhaps,true,100", ("funds", 2, "integrable")),
    "poolable": ("funds.csv", "true,true,100", "true,perhaps,100", ("funds", 2, "poolable")),
    "recipients": ("funds.csv", "housing,measures", "housing,measure", ("funds", 8, "recipients")),
    "sense": (
        "demands.csv",
        "must,project,v01-p02,hard,0",
        "msut,measure,v02-h001-m03,hard,0",
        ("demands", 2, "sense"),
    ),
    "in push": ("villages.csv", "760,false", "760,x", ("villages", 4, "in_push")),
}
"""Cells that cannot be read, or are wrong, and on which other rows depend."""


@pytest.mark.parametrize("name", NUMBERS)
def test_a_wrong_cell_is_told_alone(county: Path, name: str) -> None:
    """Its stand-in is not judged: no slots, no workers, nothing committed beyond one yuan, no fund that pays nobody."""
    file, old, new, place = NUMBERS[name]
    replaced(county, (file, old, new))
    assert told(county) == [("value", *place)]


def test_what_a_right_cell_brings_about_is_told(county: Path) -> None:
    """The same cells with readable values: each thing that was not said above is said when it is so."""
    replaced(
        county,
        ("projects.csv", ",,2,grant", ",,0,grant"),
        ("households.csv", "illness,1", "illness,0"),
        ("costs.csv", "v01-p01,road,330000", "v01-p01,road,33000"),
        ("funds.csv", "housing,measures", "housing,projects"),
        ("demands.csv", "must,project,v01-p02", "must,measure,v02-h001-m03"),
    )
    assert {code for code, *_ in told(county)} == {
        "slot",
        "labour",
        "commitment-beyond",
        "fund-pays-nobody",
        "demand-both",
    }


def test_a_scope_is_not_judged_by_rows_that_are_not_there(county: Path) -> None:
    """The only village of a tag, and the only household of a group, could not be read."""
    replaced(
        county,
        ("villages.csv", "mountain;reservoir", "reservoir"),
        ("villages.csv", "向阳镇,mountain,1240", "向阳镇,mountain"),
        ("households.csv", "1600,housing;water,allowance;illness,0", "1600,housing;water,allowance;illness"),
    )
    assert told(county) == [("cells", "households", 8, ""), ("cells", "villages", 2, "")]


def test_costs_of_a_broken_row_count_for_their_item(county: Path) -> None:
    """An item whose only line could not be read does not cost nothing; its commitment has a line."""
    replaced(county, ("costs.csv", "v01-p01,road,330000", "v01-p01,road,330,000"))
    assert told(county) == [("cells", "costs", 2, "")]


def test_keys_with_stand_ins_are_not_the_same(county: Path) -> None:
    """Two budgets of one fund whose years cannot be read are not one row twice."""
    rows = "fund,year,amount\nsafe_water,MMXV,1000\nsafe_water,MMXVI,1000\n"
    (county / "budgets.csv").write_text(rows, encoding="utf-8")
    assert told(county) == [("value", "budgets", 2, "year"), ("value", "budgets", 3, "year")]


def test_one_wrong_share_rule_does_not_hide_another(county: Path) -> None:
    """A rule of ring-fenced money is told beside one whose share is no number."""
    two = ("a,special_poverty,at_least,half,industry", "b,living_allowance,at_least,5000,living")
    rows = "\n".join(("id,fund,sense,share_bp,purposes", *two))
    (county / "fund_shares.csv").write_text(rows, encoding="utf-8")
    assert told(county) == [("value", "fund_shares", 2, "share_bp"), ("share-ring-fenced", "fund_shares", 3, "fund")]


def test_an_ill_formed_name_is_told_once(county: Path) -> None:
    """It is no identifier; that no row has it goes without saying."""
    replaced(county, ("households.csv", "v01-h004,v01,2", "v01-h004,v 01,2"))
    assert told(county) == [("value", "households", 5, "village")]


def of_document(tmp_path: Path, change: Any) -> list[tuple[str, str, int, str]]:
    """Problems of the sound document with a change."""
    content = json.loads((HERE / "sound.json").read_text(encoding="utf-8"))
    change(content["tables"])
    file = tmp_path / "county.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return told(file)


def test_an_identifier_without_quotation_marks_still_counts(tmp_path: Path) -> None:
    """A village `7` written as a number: its households name a village that is there."""

    def change(tables: Any) -> None:
        for household in tables["households"]:
            household["village"] = "7"
        for name in ("projects", "minimum_overrides"):
            tables.pop(name, None)
        tables["villages"] = [{**tables["villages"][0], "id": 7}]

    found = of_document(tmp_path, change)
    assert ("value", "villages", 1, "id") in found
    assert not [one for one in found if one[0] == "reference" and one[1] == "households"]
