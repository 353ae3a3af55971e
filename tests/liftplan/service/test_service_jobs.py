"""Counties and jobs of a running server."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

import liftplan
from liftplan.service.headers import SECURITY_HEADERS
from liftplan.service.kinds import KINDS
from liftplan.service.worker.runners import RUNNERS

from .servers import Server

DOCS = Path(__file__).parents[3] / "docs" / "service.md"


def upload(server: Server, path: Path, name: str | None = None, to: str = "/v1/counties") -> httpx.Response:
    """The answer to an upload."""
    with path.open("rb") as file:
        return server.client.post(to, files={"file": (name or path.name, file)})


def followed(server: Server, job: str, after: int = 0) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The steps of a job, and how it ended, as its stream tells them."""
    steps, name = [], ""
    headers = {"last-event-id": str(after)}
    with server.client.stream("GET", f"/v1/jobs/{job}/events", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            key, _, value = line.partition(": ")
            if key == "event":
                name = value
            elif key == "data" and name == "progress":
                steps.append(json.loads(value))
            elif key == "data":
                return steps, json.loads(value)
    raise AssertionError(steps)


def test_every_kind_has_a_runner() -> None:
    """What can be asked for can be done."""
    assert set(KINDS) <= set(RUNNERS)


def test_solve_of_a_built_in_county(server: Server, solution: liftplan.Solution, tmp_path: Path) -> None:
    """A job is asked for, followed to its end, and leaves a plan folder that `verify` accepts."""
    job = server.ask(county="tiny")
    steps, ended = followed(server, job["id"])
    assert ended["state"] == "done"
    assert [step["seconds"] for step in steps] == sorted(step["seconds"] for step in steps)
    bounds = [step["bound"] for step in steps if step["bound"] is not None]
    assert bounds == sorted(bounds, reverse=True)
    result = server.client.get(f"/v1/jobs/{job['id']}/result").json()
    assert (result["status"], result["stopped_by"], result["people_lifted"]) == (
        "optimal",
        "proof",
        solution.people_lifted,
    )
    shown = server.client.get(f"/v1/jobs/{job['id']}/view").json()
    assert sum(village["lifted"] for village in shown["villages"]) == solution.people_lifted
    assert sum(fund["allocated"] for fund in shown["funds"]) == result["ledger_yuan"]
    packed = tmp_path / "plan.zip"
    packed.write_bytes(server.client.get(f"/v1/jobs/{job['id']}/files/plan.zip").content)
    shutil.unpack_archive(packed, tmp_path / "plan")
    assert liftplan.verify(tmp_path / "plan").accepted


def test_stream_of_a_job_that_is_over_is_told_again(server: Server) -> None:
    """Who comes late, or comes back, gets the steps that are still missing, and the end."""
    job = server.ask(county="tiny")
    server.over(job["id"])
    steps, ended = followed(server, job["id"])
    assert ended["id"] == job["id"]
    assert followed(server, job["id"], after=steps[0]["number"])[0] == steps[1:]


def test_a_county_that_nobody_has_looked_at_is_read_for_the_first_who_does(server: Server) -> None:
    """The county of five years is not read when the server begins, and is there for whoever opens it."""
    outline = server.client.get("/v1/counties/zigui-2011-2015/outline").raise_for_status().json()
    assert len(outline["years"]) == 5
    listed = {one["id"]: one["digest"] for one in server.client.get("/v1/counties").json()}
    assert listed["zigui-2011-2015"] == outline["digest"]


def test_identical_jobs_share_one_result(server: Server) -> None:
    """The same county, scenario and settings are solved once, whoever asks; another seed is another job."""
    first = server.ask(county="tiny", settings={"seed": 1})
    answer = server.client.post(
        "/v1/jobs", json={"kind": "solve", "county": "tiny", "settings": {"seed": 1, "gap": 0.0001}}
    )
    assert (answer.status_code, answer.json()["id"]) == (200, first["id"])
    assert server.ask(county="tiny", settings={"seed": 2})["id"] != first["id"]


def test_overrides_change_the_plan(server: Server) -> None:
    """Scenarios and single overrides are applied; one that means nothing is told with its way out."""
    less = server.ask(county="tiny", overrides=["funds[department=transport].amount x 0.5"], name="less roads")
    wrong = server.ask(county="tiny", overrides=["funds[department=nobody].amount x 0.5"])
    ended = server.over(less["id"])
    assert (ended["state"], ended["outcome"]["scenario"]) == ("done", "less roads")
    ended = server.over(wrong["id"])
    assert ended["state"] == "failed"
    assert ended["problems"][0]["way_out"]
    answer = server.client.post("/v1/jobs", json={"kind": "solve", "county": "tiny", "scenario": ["no-such"]})
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (422, "scenario-unknown")


def test_scenarios_are_never_opened_as_files(server: Server, tmp_path: Path) -> None:
    """A scenario's name is one of the list, never a path."""
    for name in ("../base", str(tmp_path), "base.yaml", "/etc/hostname"):
        assert (
            server.client.post("/v1/jobs", json={"kind": "solve", "county": "tiny", "scenario": [name]}).status_code
            == 422
        )


def test_questions_are_jobs_too(server: Server) -> None:
    """Plans are compared and explained, a county is diagnosed and drawn; steps are told, answers are files."""
    plans = [server.over(server.ask(county="tiny", scenario=one)["id"])["id"] for one in ([], ["pooled"])]
    asked: list[tuple[dict[str, Any], str]] = [
        ({"kind": "compare", "jobs": plans}, "comparison.json"),
        ({"kind": "explain", "job": plans[0], "subject": "village", "id": "v01"}, "explanation.json"),
        ({"kind": "curve", "county": "tiny", "start": "100%", "stop": "110%", "points": 3}, "curve.json"),
        ({"kind": "diagnose", "county": "tiny"}, "diagnosis.json"),
    ]
    for one, name in asked:
        ended = server.over(server.ask(**one)["id"])
        assert ended["state"] == "done", ended["problems"]
        steps, _ = followed(server, ended["id"])
        assert [step["seconds"] for step in steps] == sorted(step["seconds"] for step in steps)
        assert all(step["stage"] for step in steps)
        assert server.client.get(f"/v1/jobs/{ended['id']}/files/{name}").raise_for_status().json()
    answer = server.client.post(
        "/v1/jobs", json={"kind": "compare", "jobs": [plans[0], server.over(ended["id"])["id"]]}
    )
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (409, "no-plan")


def test_explanation_is_proved_on_request(server: Server) -> None:
    """With `prove` the opposite is forced and solved: the explanation has both proved intervals."""
    plan = server.over(server.ask(county="tiny")["id"])["id"]
    about = {"kind": "explain", "job": plan, "subject": "village", "id": "v01"}
    told, stages = {}, {}
    for prove in (False, True):
        ended = server.over(server.ask(**about, prove=prove, settings={"gap": 0, "time_limit": 30})["id"])
        assert ended["state"] == "done", ended["problems"]
        stages[prove] = [step["stage"] for step in followed(server, ended["id"])[0]]
        told[prove] = server.client.get(f"/v1/jobs/{ended['id']}/files/explanation.json").raise_for_status().json()
    assert told[False]["forced"] is None
    assert stages[False] == ["check", "explain", "tell"]
    assert stages[True] == ["check", "explain", "prove", "prove", "tell"]
    assert told[True]["forced"]["loss_least"] <= told[True]["forced"]["loss_most"]


def test_points_of_a_curve_are_told_as_they_are_solved(server: Server) -> None:
    """The stream has each point of `curve.json`, and how many there will be; more money never lifts fewer."""
    job = server.ask(kind="curve", county="tiny", start="100%", stop="125%", points=4)
    steps, ended = followed(server, job["id"])
    assert ended["state"] == "done", ended["problems"]
    told = sorted((step["point"] for step in steps if step.get("point")), key=lambda point: point["value"])
    assert told == server.client.get(f"/v1/jobs/{job['id']}/files/curve.json").json()["points"]
    assert {step["count"] for step in steps if step["stage"] == "point"} == {4}
    people = [point["people"] for point in told]
    assert people == sorted(people)


@pytest.mark.parametrize("wrong", [{"over": "fund:nobody"}, {"start": "120%", "stop": "80%"}])
def test_curve_of_nothing_says_why(server: Server, wrong: dict[str, str]) -> None:
    """A quantity that the county has not, or a range that is none, fails its job with a way out."""
    ended = server.over(server.ask(kind="curve", county="tiny", **wrong)["id"])
    assert ended["state"] == "failed"
    assert ended["problems"][0]["way_out"]


def test_cancel_keeps_the_best_plan_so_far(server: Server) -> None:
    """A job that runs ends within seconds of being cancelled; a second cancellation is refused."""
    job = server.ask_much()
    server.until(job, lambda found: (found["progress"] or {}).get("people") or found["state"] == "done")
    assert server.client.post(f"/v1/jobs/{job}/cancel").status_code == 200
    ended = server.over(job)
    assert ended["state"] == "cancelled"
    assert ended["outcome"]["people_lifted"] > 0
    assert server.client.post(f"/v1/jobs/{job}/cancel").status_code == 409


def test_uploaded_workbook_is_solved(server: Server, tmp_path: Path) -> None:
    """A workbook is uploaded, listed, solved, deleted; its name is only shown."""
    book = liftplan.new(tmp_path / "county.xlsx")
    answer = upload(server, book, "..\\..\\秭归 2015.xlsx")
    assert answer.status_code == 201, answer.text
    county = answer.json()
    assert county["file"] == "秭归 2015.xlsx"
    assert county["digest"] == liftplan.example().digest
    assert county["id"] in {one["id"] for one in server.client.get("/v1/counties").json()}
    job = server.ask(county=county["id"])
    assert server.over(job["id"])["state"] == "done"
    assert server.client.delete(f"/v1/counties/{county['id']}").status_code == 204
    assert server.client.get(f"/v1/counties/{county['id']}").status_code == 404
    assert server.job(job["id"])["state"] == "done"
    names = [path.relative_to(server.store).as_posix() for path in server.store.rglob("*")]
    assert not [name for name in names if "秭归" in name or ("xlsx" in name and "upload" in name)]


@pytest.mark.parametrize("language, place", [("en", "cell"), ("zh", "单元格")])
def test_problems_of_an_upload_are_told_at_their_cell(server: Server, language: str, place: str) -> None:
    """Problems come all together, with sheet and cell, in the caller's language; nothing of it is kept."""
    broken = next((Path(__file__).parents[2] / "models" / "broken").glob("xlsx-*"))
    server.client.headers["accept-language"] = language
    try:
        answer = upload(server, broken)
    finally:
        del server.client.headers["accept-language"]
    assert answer.status_code == 422
    problems = answer.json()["problems"]
    assert all(problem["message"] and problem["way_out"] for problem in problems)
    assert "upload." not in answer.text
    assert str(server.store) not in answer.text
    assert place in problems[0]["place"] or problems[0]["place"]
    assert not list((server.store / "incoming").iterdir())


def test_validate_keeps_nothing(server: Server, tmp_path: Path) -> None:
    """A county can be checked without being kept."""
    before = server.client.get("/v1/counties").json()
    found = upload(server, liftplan.new(tmp_path / "county.json"), to="/v1/counties/validate").json()
    assert (found["status"], found["digest"]) == ("valid", liftplan.example().digest)
    assert server.client.get("/v1/counties").json() == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{", b"\x80\x04K\x01.", b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_is_no_county_is_told_so(server: Server, content: bytes) -> None:
    """Whatever is uploaded, a pickle too, is read as a county or refused with a reason."""
    answer = server.client.post("/v1/counties", files={"file": ("x.zip", content)})
    assert answer.status_code == 422
    assert answer.json()["problems"]


@pytest.mark.parametrize(
    "name", ["../plan.json", "..%2f..%2fservice.sqlite3", "%2e%2e/%2e%2e/tokens.json", "view.json"]
)
def test_paths_lead_nowhere(server: Server, name: str) -> None:
    """Only the files of the list are ever handed out."""
    job = server.ask(county="tiny")
    server.over(job["id"])
    assert server.client.get(f"/v1/jobs/{job['id']}/files/{name}").status_code in {404, 422}
    assert server.client.get(f"/v1/jobs/{name}").status_code in {404, 422}
    assert server.client.get(f"/v1/counties/{name}").status_code in {404, 422}


def test_security_headers_are_those_of_the_docs(server: Server) -> None:
    """Every answer, refusals too, has the headers that the docs list, and files are attachments."""
    text = DOCS.read_text(encoding="utf-8")
    for path in ("/v1/health", "/v1/nowhere", "/v1/jobs?most=0"):
        headers = server.client.get(path).headers
        for name, value in SECURITY_HEADERS.items():
            assert headers[name] == value
            assert f"`{name}: {value}`" in text
        assert "server" not in headers


def test_openapi_tells_every_path_with_examples(server: Server) -> None:
    """The description is whole, and a job's example can be sent as it is."""
    schema = server.client.get("/v1/openapi.json").json()
    assert {"/v1/counties", "/v1/jobs", "/v1/jobs/{job}/events", "/v1/health", "/v1/version"} <= set(schema["paths"])
    examples = schema["paths"]["/v1/jobs"]["post"]["requestBody"]["content"]["application/json"]["examples"]
    for example in examples.values():
        assert server.client.post("/v1/jobs", json=example["value"]).status_code in {200, 202}
