"""The run store: what is added is found again, whole or not at all, in SQLite and PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import liftplan
from liftplan.models.planfiles import plan_text
from liftplan.models.problems import InputProblems
from liftplan.scenarios.store import CANCELLED, Damaged, RunStore, question
from liftplan.scenarios.store.files import packed, unpacked
from liftplan.solver.settings import Settings

from .made import made


def folder_of(address: str) -> Path:
    """Where the files of a store lie."""
    return Path(address.rpartition("files=")[2])


def text_of(store: RunStore, address: str, name: str) -> str:
    """The text of a run's file."""
    assert store.address
    return unpacked((folder_of(address) / "plans" / f"{name}.json.gz").read_bytes())


def test_a_run_comes_back_as_it_was_added(address: str) -> None:
    """Every field, and the text of its plan; in another connection too."""
    run = made(7, people_lifted=12, objective=12.5, broken=3, stages={"search": 0.25}, warm="abc")
    kept = RunStore(address).add(run, "a plan")
    assert kept == run.model_copy(update={"content": kept.content})
    other = RunStore(address)
    assert other.runs() == [kept]
    assert text_of(other, address, kept.id) == "a plan"


def test_a_run_is_found_by_its_question(address: str) -> None:
    """The newest that answers it; one that was cancelled answers nothing."""
    store = RunStore(address)
    for number in (3, 6):
        store.add(made(number), None)
    store.add(made(9, stopped_by=CANCELLED), "half")
    store.add(made(4, stopped_by="gap"), None)
    assert store.find(made(0).key) == made(6)
    assert store.find(made(1).key) == made(4, stopped_by="gap")
    assert store.find("0" * 63 + "2") is None


def test_a_run_is_got_by_the_beginning_of_its_name(address: str) -> None:
    """Or by its scenario; several and none are told."""
    store = RunStore(address)
    for number in (0x11, 0x12):
        store.add(made(number, scenario="same"), None)
    assert store.get("0000000011") == made(0x11, scenario="same")
    assert store.get("same") == made(0x12, scenario="same")
    with pytest.raises(InputProblems, match="2 runs begin with"):
        store.get("00000000")
    with pytest.raises(InputProblems, match="There is no run other"):
        store.get("other")


def test_runs_can_be_removed_with_their_files(address: str) -> None:
    """And only those."""
    store = RunStore(address)
    one, other = store.add(made(1), "one"), store.add(made(2), "other")
    store.remove([one])
    assert store.runs() == [other]
    assert [path.name for path in (folder_of(address) / "plans").iterdir()] == [f"{other.id}.json.gz"]


def test_no_two_runs_have_one_identifier(address: str) -> None:
    """What is there already is never replaced."""
    store = RunStore(address)
    kept = store.add(made(1), "first")
    with pytest.raises(InputProblems, match="fails"):
        store.add(made(1, people_lifted=5), None)
    assert store.runs() == [kept]


def test_two_stores_are_one(address: str) -> None:
    """Several threads with connections of their own lose nothing."""
    stores = [RunStore(address) for _ in range(4)]

    def add(index: int) -> None:
        for number in range(10):
            stores[index].add(made(100 * index + number), f"{index} {number}")

    threads = [threading.Thread(target=add, args=(index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {run.id for run in stores[0].runs()} == {made(100 * i + n).id for i in range(4) for n in range(10)}


def test_a_store_of_another_version_is_refused(address: str) -> None:
    """It would be misread."""
    store = RunStore(address)
    with store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE liftplan_store SET version = 99")
    with pytest.raises(InputProblems, match="format 99"):
        RunStore(address)


def test_plans_and_counties_are_kept(address: str, solution: liftplan.Solution) -> None:
    """The plan is the very one, and so is the county."""
    store = RunStore(address)
    store.keep_county(solution.county)
    store.keep_county(solution.county)
    assert store.county(solution.county.digest) == solution.county
    kept = store.add(made(1, separate=False), plan_text(solution.plan))
    assert store.plan(kept) == solution.plan


def test_a_changed_file_is_noticed(tmp_path: Path, solution: liftplan.Solution) -> None:
    """A plan that is not the one that was added is not shown."""
    store = RunStore(tmp_path)
    kept = store.add(made(1, separate=False), plan_text(solution.plan))
    file = tmp_path / "plans" / f"{kept.id}.json.gz"
    whole = file.read_bytes()
    spoilt = whole[:40] + bytes(255 - byte for byte in whole[40:80]) + whole[80:]
    for content in (packed(plan_text(solution.plan) + " "), whole[:-9], b"nothing", spoilt):
        file.write_bytes(content)
        with pytest.raises(Damaged, match=f"{kept.id} (was changed|cannot be read: it is damaged).*solve it again"):
            store.plan(kept)
    file.unlink()
    with pytest.raises(Damaged, match=f"{kept.id} cannot be read: there is no such file or folder"):
        store.plan(kept)


def test_leftovers_are_swept_and_runs_are_not(tmp_path: Path) -> None:
    """Files of no run, if they are not of this very moment."""
    store = RunStore(tmp_path)
    kept = store.add(made(1), "kept")
    old, new = tmp_path / "plans" / "old.json.gz", tmp_path / "plans" / ".new.json.gz-1a2b"
    for path in (old, new):
        path.write_bytes(b"x")
    for path in (old, tmp_path / "plans" / f"{kept.id}.json.gz"):
        os.utime(path, (1, 1))
    store.sweep()
    assert sorted(path.name for path in (tmp_path / "plans").iterdir()) == sorted([new.name, f"{kept.id}.json.gz"])


def test_killed_at_twenty_moments_nothing_is_lost_and_nothing_half(address: str) -> None:
    """Whatever was said to be in the store is there, whole; whatever is there is whole."""
    program = Path(__file__).with_name("killed.py")
    command = [sys.executable, str(program), address, "20", "6"]
    ended = subprocess.run(command, capture_output=True, timeout=120, check=False, text=True)
    assert ended.returncode == 0, ended.stderr
    said = dict(line.split() for line in ended.stdout.splitlines())
    store = RunStore(address)
    found = {run.id: run.content for run in store.runs()}
    assert said
    assert said.items() <= found.items()
    for name in found:
        number = int(name, 16)
        assert text_of(store, address, name) == f"content {number} " * 5_000


def test_the_question_is_county_settings_and_method() -> None:
    """Threads do not count; of `separate` no setting does."""
    base = question("c", Settings(), separate=False)
    assert base == question("c", Settings(threads=7), separate=False)
    others = [
        question("d", Settings(), separate=False),
        question("c", Settings(gap=0.5), separate=False),
        question("c", Settings(), separate=True),
    ]
    assert len({base, *others}) == 4
    assert question("c", Settings(gap=0.5), separate=True) == others[-1]


@pytest.mark.parametrize("address", ["mysql://a/b", "postgresql+psycopg2://a/b", "sqlite:///x", "nonsense://"])
def test_other_databases_are_refused(address: str) -> None:
    """With an example of what is taken."""
    with pytest.raises(InputProblems) as caught:
        RunStore(address)
    assert caught.value.problems[0].code == "store-address"
    assert "postgresql://" in str(caught.value.problems[0].way_out)


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    """The problem names the store, not its password."""
    with pytest.raises(InputProblems) as caught:
        RunStore(f"postgresql://someone:secret@/none?host={tmp_path}&files={tmp_path / 'files'}")
    (problem,) = caught.value.problems
    assert problem.code == "store"
    assert "secret" not in str(problem.message)


def test_a_store_in_the_way_is_told(tmp_path: Path) -> None:
    """A file is no folder."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputProblems, match="fails"):
        RunStore(tmp_path / "file")
