"""Counties through the client."""

from __future__ import annotations

from pathlib import Path

import pytest

import liftplan
from liftplan.client import Refused, Service

BROKEN = Path(__file__).parents[2] / "models" / "broken"


def test_built_in_counties_are_listed(service: Service) -> None:
    """All of them, by the ids that jobs take."""
    assert [one.id for one in service.counties() if one.origin == "built-in"] == liftplan.counties()


def test_scenarios_are_listed(service: Service) -> None:
    """By name."""
    assert {"base", "pooled", "separate"} <= set(service.scenarios())


def test_the_server_says_what_it_is(service: Service) -> None:
    """Version, kinds of jobs, role of the caller."""
    about = service.about()
    assert (about.version, about.role) == (liftplan.__version__, "admin")
    assert {"solve", "diagnose", "compare", "explain"} <= set(about.kinds)
    assert about.limits["workers"] == 2


def test_a_county_is_uploaded_solved_and_deleted(service: Service, tmp_path: Path) -> None:
    """A workbook with a Chinese name too; what was solved stays."""
    county = service.upload(liftplan.new(tmp_path / "秭归.xlsx"))
    assert (county.origin, county.file, county.digest) == ("uploaded", "秭归.xlsx", liftplan.example().digest)
    assert county == next(one for one in service.counties() if one.id == county.id)
    outline = service.outline(county.id)
    assert len(outline["villages"]) == (county.sizes or {})["villages"]
    job = service.solve(county.id).wait()
    service.delete_county(county.id)
    with pytest.raises(Refused) as raised:
        service.county(county.id)
    assert (raised.value.status, job.refresh().state) == (404, "done")


def test_validate_keeps_nothing(service: Service, tmp_path: Path) -> None:
    """The county's facts come back; the list of counties stays as it was."""
    before = service.counties()
    checked = service.validate(liftplan.new(tmp_path / "county.json"))
    assert (checked.digest, checked.sizes["villages"]) == (
        liftplan.example().digest,
        len(liftplan.example()["villages"]),
    )
    assert [one.id for one in service.counties()] == [one.id for one in before]


def test_all_problems_of_an_upload_come_at_once(service: Service) -> None:
    """Those that `liftplan.examine` finds, with their places."""
    found = {path: liftplan.examine(path)[1] for path in BROKEN.glob("xlsx-*.xlsx")}
    real = {path: [one for one in problems if not one.warning] for path, problems in found.items()}
    broken, expected = max(real.items(), key=lambda pair: len(pair[1]))
    assert len(expected) > 1
    with pytest.raises(Refused) as raised:
        service.upload(broken)
    assert raised.value.status == 422
    assert [one.code for one in raised.value.problems] == [one.code for one in expected]
    assert all(str(one.message) in str(raised.value) for one in raised.value.problems)


def test_a_folder_is_uploaded_as_it_is(service: Service, tmp_path: Path) -> None:
    """A county's folder is packed on the way; what else lies there is not sent, and its problems name its files."""
    folder = liftplan.new(tmp_path / "mycounty")
    (folder / "notes.docx").write_bytes(b"not for the server")
    county = service.upload(folder)
    assert (county.file, county.digest) == ("mycounty.zip", liftplan.example().digest)
    assert service.validate(folder).digest == county.digest
    service.delete_county(county.id)
    with (folder / "needs.csv").open("a", encoding="utf-8") as table:
        table.write("nonsense\n")
    with pytest.raises(Refused, match=r"needs\.csv"):
        service.upload(folder)


def test_a_missing_file_is_told(service: Service, tmp_path: Path) -> None:
    """Before anything is sent; a folder that is no county's too."""
    with pytest.raises(liftplan.InputProblems, match="cannot be read"):
        service.upload(tmp_path / "nowhere.xlsx")
    with pytest.raises(liftplan.InputProblems, match=r"the file county\.yaml is missing"):
        service.upload(tmp_path)


def test_ids_lead_nowhere_else(service: Service) -> None:
    """What is no id is told before anything is sent."""
    for wrong in ("../jobs", "tiny/outline", "..", "tiny?x=1", ""):
        with pytest.raises(liftplan.InputProblems, match="is no id"):
            service.county(wrong)
