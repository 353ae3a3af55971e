"""Jobs through the client: asked for, followed, their answers those of Python, their files kept whole."""

from __future__ import annotations

from pathlib import Path

import pytest

import liftplan
from liftplan.client import JobFailed, Refused, Service, Step

from ..service.servers import Server
from ..unproved import ENDLESS


def test_a_solve_finds_what_python_finds(service: Service, solution: liftplan.Solution) -> None:
    """Status, people and yuan are those of `liftplan.solve`; its figures add up to them."""
    job = service.solve("tiny")
    result = job.result()
    assert (result["status"], result["people_lifted"]) == (solution.status, solution.people_lifted)
    assert result["ledger_yuan"] == sum(fund["allocated"] for fund in job.view()["funds"])
    assert sum(village["lifted"] for village in job.view()["villages"]) == solution.people_lifted
    assert (job.state, job.over, job.kind) == ("done", True, "solve")


def test_steps_are_told(service: Service) -> None:
    """Each step reaches the listener in order, and is a line of words when printed."""
    steps: list[Step] = []
    service.solve("tiny", seed=11, on_progress=steps.append).wait()
    assert [step.seconds for step in steps] == sorted(step.seconds for step in steps)
    assert steps[-1].people == 49
    assert "plan 49 people" in str(steps[-1])


def test_a_wait_ends_in_time(server: Server, service: Service) -> None:
    """With a timeout it comes back while the job goes on; a further wait tells the steps that come after."""
    first: list[Step] = []
    later: list[Step] = []
    job = service.solve(server.unproved(), **ENDLESS)
    while not first:
        job.wait(first.append, timeout=1)
    assert (job.over, job.state) == (False, "running")

    def hear(step: Step) -> None:
        if not later:
            job.cancel()
        later.append(step)

    assert job.wait(hear, timeout=600).over
    seconds = [step.seconds for step in first + later]
    assert seconds == sorted(seconds)
    assert later
    assert first[-1] != later[0]


def test_points_of_a_curve_are_told_in_words(service: Service) -> None:
    """A step with a point is a line with its yuan and its people."""
    said: list[str] = []
    service.curve("tiny", points=3, on_progress=lambda step: said.append(str(step))).wait()
    assert any("Point 1 of 3: 337,200 yuan, 51 people" in line for line in said)
    assert any("1/3 solving points" in line for line in said)


def test_overrides_and_scenarios_are_applied(service: Service) -> None:
    """A tenth more for one department lifts two people more; a single scenario may be given by its name alone."""
    more = service.solve("tiny", overrides=["funds[department=poverty].amount x 1.1"], name="more").result()
    assert (more["scenario"], more["people_lifted"]) == ("more", 51)
    assert service.solve("tiny", scenario="pooled").result()["scenario"] == "pooled"


def test_the_same_job_is_one(service: Service) -> None:
    """Asking again is safe: it is the job that was asked for before."""
    assert service.solve("tiny", seed=12).id == service.solve("tiny", seed=12).id


def test_a_saved_plan_is_a_plan_folder(service: Service, tmp_path: Path) -> None:
    """It is what `liftplan solve` writes: `verify` accepts it, and it is replaced on demand only."""
    job = service.solve("tiny")
    folder = job.save(tmp_path / "plan")
    assert liftplan.verify(folder).accepted
    assert liftplan.read_plan(folder).digest == job.view()["digest"]
    with pytest.raises(liftplan.InputProblems, match="a plan folder here already"):
        job.save(tmp_path / "plan")
    assert job.save(tmp_path / "plan", overwrite=True) == folder
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_a_file_is_kept_whole(service: Service, tmp_path: Path) -> None:
    """It has the size that was told, lies where it should, and is replaced on demand only."""
    job = service.solve("tiny")
    sizes = {file.name: file.bytes for file in job.files()}
    path = job.download("plan.xlsx", tmp_path)
    assert (path.name, path.stat().st_size) == ("plan.xlsx", sizes["plan.xlsx"])
    assert job.download("ledger.csv", tmp_path / "new" / "book.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(liftplan.InputProblems, match="There is a file here already"):
        job.download("plan.xlsx", path)
    assert job.download("plan.xlsx", path, overwrite=True) == path


def test_a_file_that_cannot_come_leaves_nothing(service: Service, tmp_path: Path) -> None:
    """Neither a half file nor a changed old one, whether the server refuses or the disk."""
    job = service.solve("tiny")
    old = tmp_path / "old.html"
    old.write_bytes(b"old")
    with pytest.raises(Refused):
        job.download("diagnosis.html", old, overwrite=True)
    with pytest.raises(liftplan.InputProblems):
        job.download("plan.json", old / "under" / "a file")
    assert old.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [old]


def test_questions_are_answered(service: Service, solution: liftplan.Solution, tmp_path: Path) -> None:
    """Explanation, comparison and diagnosis are those of Python; their files can be saved."""
    first, second = service.solve("tiny"), service.solve("tiny", scenario="pooled")
    why = service.explain(first, village="v01").answer()
    assert why["text"] == liftplan.explain(solution, village="v01").text
    told: list[Step] = []
    proved = service.explain(first, project="v02-p02", prove=True, on_progress=told.append).answer()
    assert (proved["forced"]["loss_least"], proved["forced"]["loss_most"]) == (5, 5)
    assert told
    compared = service.compare(first, second)
    assert [side["people_lifted"] for side in compared.answer()["sides"]] == [
        first.result()["people_lifted"],
        second.result()["people_lifted"],
    ]
    assert service.diagnose("tiny").answer()["status"] == "feasible"
    saved = compared.save(tmp_path / "compared")
    assert {path.name for path in saved.iterdir()} == {"comparison.html", "comparison.json", "comparison.xlsx"}
    with pytest.raises(liftplan.InputProblems, match="There is a file here already"):
        compared.save(tmp_path / "compared")


def test_a_curve_tells_each_point(service: Service) -> None:
    """A step for each point as it is solved; the answer has them all."""
    steps: list[Step] = []
    curve = service.curve("tiny", "money", "100%", "120%", 3, on_progress=steps.append)
    points = curve.answer()["points"]
    assert points[0]["people"] == 49
    told = [step.point["people"] for step in steps if step.point]  # as they are solved, side by side
    assert sorted(told) == [point["people"] for point in points]
    assert (steps[-1].done, steps[-1].count) == (3, 3)


def test_a_question_names_one_thing(service: Service) -> None:
    """None and two are told before anything is sent."""
    with pytest.raises(liftplan.InputProblems, match="exactly one"):
        service.explain("j-0")
    with pytest.raises(liftplan.InputProblems, match="exactly one"):
        service.explain("j-0", village="v01", fund="x")


def test_texts_are_in_the_language_asked_for(server: Server, service: Service) -> None:
    """That of the single job, or of the client, which is the current one."""
    job = service.solve("tiny")
    assert "户" in service.explain(job, village="v01", language="zh").answer()["text"]
    with liftplan.speaking("zh"), Service(server.address) as other, pytest.raises(Refused, match="没有"):
        other.county("nowhere")


def test_a_listener_may_cancel(server: Server, service: Service) -> None:
    """The wait ends, and the result says so."""
    asked = []

    def stop(step: Step) -> None:
        if step.stage != "read" and not asked:
            asked.append(job.cancel())

    job = service.solve(server.unproved(), **ENDLESS, on_progress=stop)
    result = job.result()
    assert (job.state, result["stopped_by"]) == ("cancelled", "cancelled")
    assert result["status"] in {"feasible", "unknown"}


def test_a_failed_job_is_raised(service: Service) -> None:
    """With all its problems and their way out."""
    job = service.solve("tiny", overrides=["funds[department=nobody].amount x 0.5"])
    with pytest.raises(JobFailed) as raised:
        job.result()
    assert raised.value.problems
    assert all(str(problem.way_out) for problem in raised.value.problems)
    assert job.state == "failed"


def test_jobs_are_listed_and_deleted(service: Service) -> None:
    """A job that is over can be found by its id, and deleted."""
    job = service.solve("tiny", seed=13).wait()
    assert job.id in {one.id for one in service.jobs("done", most=500)}
    assert job.id not in {one.id for one in service.jobs("queued", "running")}
    assert service.job(job.id).result() == job.result()
    job.delete()
    with pytest.raises(Refused) as raised:
        job.refresh()
    assert raised.value.status == 404
