"""`liftplan documents` and `liftplan.documents`: a checked plan in, a folder out, or nothing."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import liftplan
from liftplan.api.extras import part

from ..examples import examples, ran
from ..program import Inside, environment

FILES = ["Accounts-by-department.xlsx", "County-plan.docx", "Department-notices", "Village-minutes"]


@pytest.fixture
def plan(saved: Path, place: Path) -> Path:
    """The plan folder of `tiny`."""
    return Path(shutil.copytree(saved, place / "plan"))


def test_documents_lie_in_a_folder(call: Inside, plan: Path) -> None:
    """Without --out they lie beside the plan, with a list that names each, and nothing half-made is left."""
    code, answer = call.json("documents", str(plan))
    folder = Path(answer["path"])
    assert (code, folder) == (0, plan.with_name("plan-documents"))
    assert sorted(path.name for path in folder.iterdir()) == [*FILES, "Village-minutes.zip", "documents.json"]
    listed = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
    assert listed["plan_digest"] == liftplan.read_plan(plan).digest
    paths = [str(folder / one["path"]) for one in listed["documents"]]
    assert answer["documents"] == [*paths, str(folder / "documents.json")]
    assert all(Path(path).is_file() for path in paths)
    assert not [path for path in plan.parent.iterdir() if path.name.startswith(".")]


def test_a_person_is_told_how_many(call: Inside, plan: Path) -> None:
    """One line says how many documents were written, and where."""
    code, out, _ = call("documents", str(plan), "--out", "papers", "--quiet")
    count = sum(path.suffix in {".docx", ".xlsx", ".zip"} for path in Path("papers").rglob("*"))
    assert (code, out) == (0, f"{count} documents written: {Path('papers').absolute()}\n")


def test_names_of_files_follow_the_language(call: Inside, plan: Path) -> None:
    """In Chinese, files have the names that offices use."""
    _, answer = call.json("documents", str(plan), "--out", "papers", "--lang", "zh")
    assert Path("papers/扶贫资金整合方案.docx").is_file()
    assert Path("papers/一村一纪要/01-松坪村.docx").is_file()
    assert len(answer["documents"]) > 10


def test_documents_are_replaced_on_demand_only(call: Inside, plan: Path) -> None:
    """Documents that are there stay unless --overwrite is given; then the new ones stand alone."""
    call("documents", str(plan), "--out", "papers")
    Path("papers/Village-minutes/01-Songping.docx").write_bytes(b"filled in")
    code, answer = call.json("documents", str(plan), "--out", "papers")
    assert (code, answer["problems"][0]["code"]) == (2, "documents-exist")
    assert Path("papers/Village-minutes/01-Songping.docx").read_bytes() == b"filled in"
    assert call("documents", str(plan), "--out", "papers", "--overwrite")[0] == 0
    assert Path("papers/Village-minutes/01-Songping.docx").read_bytes() != b"filled in"


def test_other_folders_are_never_replaced(call: Inside, plan: Path) -> None:
    """Not even with --overwrite."""
    code, answer = call.json("documents", str(plan), "--out", str(plan), "--overwrite")
    assert (code, answer["problems"][0]["code"]) == (2, "documents-other")


def test_a_rejected_plan_gives_no_documents(call: Inside, plan: Path) -> None:
    """A plan that the checker rejects ends with 5, its violations, and nothing written."""
    content = json.loads((plan / "plan.json").read_text(encoding="utf-8"))
    content["ledger"][0][3] += 1
    (plan / "plan.json").write_text(json.dumps(content), encoding="utf-8")
    code, answer = call.json("documents", str(plan), "--out", "papers")
    assert (code, answer["status"]) == (5, "rejected")
    assert answer["problems"]
    assert not Path("papers").exists()


def test_a_plan_alone_needs_its_county(call: Inside, plan: Path) -> None:
    """Beside `plan.json` lies no county: --county names it."""
    alone = plan.parent / "plan.json"
    alone.write_bytes((plan / "plan.json").read_bytes())
    code, answer = call.json("documents", str(alone), "--out", "papers")
    assert (code, answer["problems"][0]["code"]) == (2, "plan-county")
    assert call("documents", str(alone), "--out", "papers", "--county", "tiny")[0] == 0


def test_solutions_have_documents(solution: liftplan.Solution, place: Path) -> None:
    """In Python a solution is enough; the files come back as paths, the list last."""
    paths = liftplan.documents(solution, "papers")
    assert paths[-1] == place / "papers" / "documents.json"
    assert all(path.is_file() for path in paths)


def test_a_rejected_plan_raises(solution: liftplan.Solution, place: Path) -> None:
    """In Python the checker's verdict comes with the error."""
    wrong = solution.plan.model_copy(update={"topups": {}, "lifted": ()})
    with pytest.raises(liftplan.PlanRejected) as raised:
        liftplan.documents(wrong, place / "papers", county="tiny")
    assert raised.value.verification.violations
    assert not (place / "papers").exists()


def test_documents_are_counted(solution: liftplan.Solution, place: Path) -> None:
    """Whoever watches hears of none first and of all at last."""
    heard: list[tuple[int, int]] = []
    paths = liftplan.documents(solution, place / "papers", watch=lambda *told: heard.append(told))
    count = len(paths) - 1
    assert heard == [(done, count) for done in range(count + 1)]


def test_cancelled_documents_leave_the_old_ones(solution: liftplan.Solution, place: Path) -> None:
    """Whatever ends the work half-way, the folder stays as it was, and nothing lies beside it."""
    papers = place / "papers"
    liftplan.documents(solution, papers)
    (papers / "documents.json").write_text("{}", encoding="utf-8")

    def stop(done: int, _count: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        liftplan.documents(solution, papers, overwrite=True, watch=stop)
    assert (papers / "documents.json").read_text(encoding="utf-8") == "{}"
    assert [path.name for path in place.iterdir()] == ["papers"]


def test_an_interrupted_command_writes_nothing(solutions: dict[str, liftplan.Solution], place: Path) -> None:
    """Ctrl-C ends it with 130, a line says so, and there are neither documents nor half ones."""
    solutions["generated"].save(place / "plan")
    command = [sys.executable, "-m", "liftplan", "documents", "plan"]
    process = subprocess.Popen(command, cwd=place, env=environment(), stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    first = process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=120)
    assert first.startswith("0 of ")
    assert process.returncode == 130
    assert "Nothing was written" in rest
    assert [path.name for path in place.iterdir()] == ["plan"]


def test_the_examples_of_the_page_run(place: Path) -> None:
    """docs/documents.md: in the shell and in Python the same documents, in Chinese."""
    (shell,), (python,) = examples("documents.md", "bash"), examples("documents.md", "python")
    ran(shell, shell=True, cwd=place)
    count = sum(path.suffix in {".docx", ".xlsx", ".zip"} for path in (place / "papers").rglob("*"))
    assert ran(python, cwd=place) == f"{count} 扶贫资金整合方案.docx\n"


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the packages of the extra the way out says how to install them."""
    for name in [name for name in sys.modules if name.startswith("liftplan.reports.documents")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx.oxml", None)
    with pytest.raises(liftplan.InputProblems, match=r"docx\.oxml is not installed") as raised:
        part("liftplan.reports.documents", "documents")
    assert 'pip install "liftplan[documents]"' in str(raised.value.problems[0].way_out)
