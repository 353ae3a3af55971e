"""Worker processes of a batch, real ones: order, deaths, bounded reading."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from liftplan.models.problems import InternalError
from liftplan.scenarios.batch import LocalProcesses, in_order
from liftplan.solver.progress import Cancel

WORK = '''
"""What the workers of these tests do: a job is a word."""

import os
import signal
import time
from pathlib import Path


def work(number, job):
    """Say the job; `slow` takes its time, `die` never ends well, the path of a file dies once."""
    word = job.decode()
    if word == "slow":
        time.sleep(0.5)
    if word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if word.startswith("/"):
        try:
            Path(word).unlink()
        except FileNotFoundError:
            return "again"
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{number} {word}"


def prepare():
    """Nothing is to be made."""


def fail():
    """Cannot begin."""
    os._exit(3)
'''


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The module of the workers."""
    folder = tmp_path_factory.mktemp("modules")
    (folder / "wordwork.py").write_text(WORK, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield importlib.import_module("wordwork")


@pytest.fixture(scope="module")
def pair(words: Any) -> Iterator[LocalProcesses]:
    """Two workers, started once for all tests."""
    made = LocalProcesses(words.work, words.prepare, 2)
    yield made
    made.close()


@pytest.fixture
def executor(pair: LocalProcesses) -> Iterator[LocalProcesses]:
    """The two workers, of whom nothing is wanted any more at the end of a test."""
    yield pair
    while pair._waiting or any(worker.task for worker in pair._workers):
        pair.finished(0.1)


def test_answers_come_in_the_order_of_their_jobs(executor: LocalProcesses) -> None:
    """Though the second is done before the first."""
    found = list(in_order([(1, b"slow"), (2, b"a"), (5, b"b")], executor, window=8))
    assert [(one.number, one.answer, one.tries) for one in found] == [(1, "1 slow", 1), (2, "2 a", 1), (5, "5 b", 1)]


def test_a_worker_that_dies_costs_a_retry(executor: LocalProcesses, tmp_path: Path) -> None:
    """A job that kills each of its workers is given up after the third; the others have their answers."""
    once = tmp_path / "once"
    once.touch()
    jobs = [(1, b"die"), (2, str(once).encode()), (3, b"c")]
    found = list(in_order(jobs, executor, window=8))
    assert [(one.answer, one.tries) for one in found] == [(None, 3), ("again", 2), ("3 c", 1)]
    assert found[0].exit_code == -9


def test_no_more_is_read_than_the_window_and_as_much_ahead(executor: LocalProcesses) -> None:
    """Jobs without end are no trouble."""
    read = []

    def jobs() -> Iterator[tuple[int, bytes]]:
        for number in count(1):
            read.append(number)
            yield number, b"x"

    found = in_order(jobs(), executor, window=4)
    assert [one.answer for one in islice(found, 20)] == [f"{number} x" for number in range(1, 21)]
    assert len(read) <= 20 + 2 * 4 + 1


def test_what_reading_raises_is_raised(executor: LocalProcesses) -> None:
    """And not lost in the thread that reads."""

    def jobs() -> Iterator[tuple[int, bytes]]:
        yield 1, b"x"
        raise LookupError

    with pytest.raises(LookupError):
        list(in_order(jobs(), executor, window=4))


def test_cancelled_nothing_more_is_answered(executor: LocalProcesses) -> None:
    """Not even what is under way."""
    cancel = Cancel()
    found = in_order(((number, b"x") for number in count(1)), executor, window=4, cancel=cancel)
    next(found)
    cancel.set()
    assert len(list(found)) <= 4


def test_workers_that_cannot_begin_end_the_batch(words: Any) -> None:
    """Instead of being started for ever."""
    made = LocalProcesses(words.work, words.fail, 2)
    with pytest.raises(InternalError, match="exit code 3"):
        list(in_order([(1, b"a")], made, window=4))
    made.close()
