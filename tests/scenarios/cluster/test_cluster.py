"""A real scheduler and real workers: order, deaths, bounded submission, and what is said where something is missing."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from liftplan.models.problems import InputProblems
from liftplan.scenarios.batch import in_order
from liftplan.scenarios.cluster import DaskCluster, dask

from .daskmachines import Machines, machines

WORK = '''
"""What the workers of these tests do: a job is a word."""

import os
import signal
import time
from pathlib import Path


def work(number, job):
    """Say the job; `slow` takes its time, `die` never ends well, `fail` raises, the path of a file dies once."""
    word = job.decode()
    if word == "slow":
        time.sleep(0.5)
    if word == "fail":
        raise LookupError("no such thing")
    if word.startswith("/"):
        try:
            Path(word).unlink()
        except FileNotFoundError:
            return "again"
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{number} {word}"


def missing():
    """What is not installed."""
    raise ModuleNotFoundError("No module named 'liftplan'")


def die(number, job):
    """Never ends well."""
    os.kill(os.getpid(), signal.SIGKILL)
'''


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what the workers do."""
    folder = tmp_path_factory.mktemp("modules")
    (folder / "clusterwork.py").write_text(WORK, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, modules: Path) -> Iterator[Machines]:
    """A scheduler and two workers."""
    with machines(tmp_path_factory.mktemp("machines"), modules) as made:
        made.worker()
        made.worker()
        yield made


@pytest.fixture
def words(modules: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module of what the workers do."""
    monkeypatch.syspath_prepend(modules)
    return __import__("clusterwork")


@pytest.fixture
def executor(two: Machines, words: Any) -> Iterator[DaskCluster]:
    """The cluster as an executor."""
    made = DaskCluster(words.work, two.address)
    yield made
    made.close()


def test_answers_come_in_the_order_of_their_jobs(executor: DaskCluster) -> None:
    """Though the second is done before the first."""
    found = list(in_order([(1, b"slow"), (2, b"a"), (5, b"b")], executor, window=8))
    assert [(one.number, one.answer) for one in found] == [(1, "1 slow"), (2, "2 a"), (5, "5 b")]


def test_no_more_is_submitted_than_the_window(executor: DaskCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs without end are no trouble: what is handed in and not yet answered stays bounded."""
    most: list[int] = []
    submit = executor.submit

    def counted(number: int, job: bytes) -> None:
        submit(number, job)
        most.append(len(executor._under_way))

    monkeypatch.setattr(executor, "submit", counted)
    found = in_order(((number, b"x") for number in count(1)), executor, window=4)
    assert [one.answer for one in islice(found, 40)] == [f"{number} x" for number in range(1, 41)]
    assert max(most) <= 4


def test_a_worker_that_dies_costs_a_retry(
    tmp_path: Path, modules: Path, words: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its job is done by another; a job that kills all its workers is given up, and others have their answers."""
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "1")
    with machines(tmp_path, modules) as made:
        for _ in range(4):
            made.worker()
        once = tmp_path / "once"
        once.touch()
        executor = DaskCluster(words.work, made.address)
        found = list(in_order([(1, str(once).encode()), (2, b"b")], executor, window=8))
        assert [one.answer for one in found] == ["again", "2 b"]
        executor.close()
        executor = DaskCluster(words.die, made.address)
        (found_dead,) = in_order([(7, b"a")], executor, window=8)
        executor.close()
        assert (found_dead.number, found_dead.answer, found_dead.tries) == (7, None, 2)


def test_a_fault_of_the_workers_ends_the_batch(executor: DaskCluster) -> None:
    """It is told, instead of an answer that nobody gave."""
    with pytest.raises(InputProblems, match="no such thing"):
        list(in_order([(1, b"fail")], executor, window=8))


def test_a_job_that_an_interrupted_connection_forgot_is_handed_in_again(
    tmp_path: Path, modules: Path, words: Any
) -> None:
    """The client gives up all futures when it has to connect anew."""
    with machines(tmp_path, modules) as made:
        made.worker()
        executor = DaskCluster(words.work, made.address)
        executor.submit(7, b"slow")
        executor._client.cancel([executor._under_way[7]], force=True)
        answers = (one for _ in range(60) for one in executor.finished(1.0))
        assert next(answers).answer == "7 slow"
        executor.close()


def test_a_scheduler_that_goes_is_told(
    tmp_path: Path, modules: Path, words: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Instead of waiting for ever."""
    monkeypatch.setattr(dask, "LOST_SECONDS", 1.0)
    with machines(tmp_path, modules) as made:
        made.worker()
        executor = DaskCluster(words.work, made.address)
        found = in_order(((number, b"slow") for number in count(1)), executor, window=4)
        next(found)
        os.kill(made.scheduler.pid, signal.SIGKILL)
        with pytest.raises(InputProblems, match="has gone"):
            list(found)
        executor.close()


def test_where_nobody_answers_it_is_told(words: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is an address that is none."""
    monkeypatch.setattr(dask, "CONNECT_SECONDS", 1.0)
    for address in ("tcp://127.0.0.1:9", "nowhere://x", "127.0.0.1:notaport"):
        with pytest.raises(InputProblems, match="No scheduler answers") as refused:
            DaskCluster(words.work, address)
        assert refused.value.problems[0].code == "cluster-address"


def test_no_client_is_collected_while_one_starts(words: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would wait for the lock that starting holds; afterwards garbage is collected as before."""
    seen: list[bool] = []

    def refusing(*_: object, **__: object) -> None:
        seen.append(gc.isenabled())
        raise OSError("nobody")

    monkeypatch.setattr(dask, "Client", refusing)
    with pytest.raises(InputProblems, match="No scheduler answers"):
        DaskCluster(words.work, "tcp://127.0.0.1:9")
    assert seen == [False]
    assert gc.isenabled()


def test_a_scheduler_without_workers_is_told(tmp_path: Path, words: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs would wait for ever."""
    monkeypatch.setattr(dask, "WORKER_SECONDS", 0.5)
    with machines(tmp_path) as made, pytest.raises(InputProblems, match="has no workers"):
        DaskCluster(words.work, made.address)


def test_workers_with_another_liftplan_are_told(two: Machines, words: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version would give other results; with none at all there would be no results."""
    monkeypatch.setattr(dask, "version", lambda _: "0.0.0")
    with pytest.raises(InputProblems, match=r"has liftplan .*, not 0\.0\.0"):
        DaskCluster(words.work, two.address)
    monkeypatch.setattr(dask, "installed", words.missing)
    with pytest.raises(InputProblems, match="cannot use liftplan: No module named"):
        DaskCluster(words.work, two.address)
