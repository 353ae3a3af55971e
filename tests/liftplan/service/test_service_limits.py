"""Limits: requests, sizes, time, memory, the queue."""

from __future__ import annotations

import io
import os
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import liftplan
from liftplan.service.audit import AuditLog
from liftplan.service.database import Database
from liftplan.service.jobs import Jobs
from liftplan.service.rates import Rates
from liftplan.service.refusals import Refusal

from ..program import script
from .servers import Server, children


async def nothing(*_: Any) -> None:
    """The application behind a limit."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty store."""
    found = Database(tmp_path)
    yield found
    found.close()


def ask(jobs: Jobs, identity: str) -> str:
    """A job that is asked for."""
    return jobs.ask("solve", identity, "office", "tiny", {})[0].id


def test_callers_are_counted_one_by_one() -> None:
    """One caller's haste does not cost another one's calls."""
    rates = Rates(nothing, per_minute=3)
    assert [bool(rates.wait("one")) for _ in range(5)] == [False, False, False, True, True]
    assert rates.wait("two") == 0
    assert 0 < rates.wait("one") <= 20


def test_queue_has_an_end(database: Database, tmp_path: Path) -> None:
    """A job too many is refused with 429 and a time to come back; one that is there already is still told."""
    jobs = Jobs(database, tmp_path, queued=2, attempts=3)
    first = ask(jobs, "a")
    ask(jobs, "b")
    with pytest.raises(Refusal) as refused:
        ask(jobs, "c")
    assert refused.value.status == 429
    assert "retry-after" in refused.value.headers
    assert ask(jobs, "a") == first


def test_failed_jobs_are_not_shared(database: Database, tmp_path: Path) -> None:
    """Who asks again after a failure or a cancellation gets a new try."""
    jobs = Jobs(database, tmp_path, queued=9, attempts=3)
    first = ask(jobs, "a")
    jobs.cancel(first)
    second = ask(jobs, "a")
    assert second != first
    assert jobs.next() is not None
    jobs.end(second, "failed")
    assert ask(jobs, "a") not in {first, second}


def test_job_under_which_servers_end_is_marked(database: Database, tmp_path: Path) -> None:
    """A job is begun again after a server's end, but not for ever."""
    jobs = Jobs(database, tmp_path, queued=9, attempts=2)
    job = ask(jobs, "a")
    for state in ("queued", "interrupted"):
        assert jobs.next() is not None
        jobs.recover()
        assert jobs.get(job).state == state
    assert [problem.code for problem in jobs.get(job).problems] == ["interrupted"]


def test_cancelled_job_is_not_begun_again(database: Database, tmp_path: Path) -> None:
    """Whose end was asked for when the server ended, that is over."""
    jobs = Jobs(database, tmp_path, queued=9, attempts=3)
    job = ask(jobs, "a")
    jobs.next()
    jobs.cancel(job)
    jobs.recover()
    assert jobs.get(job).state == "cancelled"


def test_one_server_for_a_store(database: Database, tmp_path: Path) -> None:
    """A second server on the same folder says so instead of running the same jobs."""
    assert database.rows("select 1") == [(1,)]
    with pytest.raises(liftplan.InputProblems) as refused:
        Database(tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["store"]


def test_audit_log_is_put_aside_when_large(tmp_path: Path) -> None:
    """The log never grows without end, and the newest lines are in `audit.jsonl`."""
    log = AuditLog(tmp_path, most_bytes=100)
    for number in range(30):
        log.write(number=number)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert "audit.1.jsonl" in files
    assert len(files) <= 21
    assert '"number": 29' in (tmp_path / "audit.jsonl").read_text(encoding="ascii")


def upload(server: Server, content: bytes, name: str = "county.zip") -> Any:
    """The answer to an upload."""
    return server.client.post("/v1/counties", files={"file": (name, content)})


def test_large_uploads_are_refused(strict: Server) -> None:
    """What is larger than allowed is refused before it is read, whether the call says its length or not."""
    assert upload(strict, b"x" * 2**21).status_code == 413

    def pieces() -> Iterator[bytes]:
        yield b'--b\r\ncontent-disposition: form-data; name="file"; filename="c.zip"\r\n\r\n'
        for _ in range(40):
            yield b"x" * 2**16
        yield b"\r\n--b--\r\n"

    headers = {"content-type": "multipart/form-data; boundary=b"}
    assert strict.client.post("/v1/counties", content=pieces(), headers=headers).status_code == 413
    assert strict.client.post("/v1/jobs", content=b"x" * 2**21).status_code == 413


def test_bombs_are_refused(strict: Server) -> None:
    """A small zip that would become gigabytes is refused without being unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.csv", b"0" * 2**26)
    answer = upload(strict, packed.getvalue())
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] in {"upload-unpacked", "zip-size"}


def test_memory_of_a_worker_is_capped(tmp_path: Path) -> None:
    """A worker that asks for more memory than it may have gets an error, not the machine's last memory."""
    text = "from liftplan.service.worker.caps import cap_memory; cap_memory(2**28); bytearray(2**29)"
    ended = script(text, cwd=tmp_path)
    assert ended.returncode == 1
    assert ended.stderr.rstrip().endswith(b"MemoryError")


def test_job_whose_process_dies_fails_alone(strict: Server) -> None:
    """A process that is killed, by the system for want of memory say, fails its own job; the server goes on."""
    job = strict.ask_much(time_limit=30)
    strict.until(job, lambda found: found["progress"])
    for worker in children(strict.process.pid):
        os.kill(worker, signal.SIGKILL)
    ended = strict.over(job)
    assert (ended["state"], ended["problems"][0]["code"]) == ("failed", "job-lost")
    assert strict.over(strict.ask(county="tiny", settings={"time_limit": 20})["id"])["state"] == "done"


def test_time_limits_beyond_the_servers_are_refused(strict: Server) -> None:
    """Nobody gets more time than the server gives."""
    answer = strict.client.post("/v1/jobs", json={"kind": "solve", "county": "tiny", "settings": {"time_limit": 31}})
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (422, "time-limit")
