"""A server as a process of its own, and what tests ask of it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from ..program import environment
from ..unproved import ENDLESS, unproved

PATIENCE = 300.0
"""Seconds after which a test gives up waiting."""


@dataclass
class Server:
    """A server that runs."""

    process: subprocess.Popen[str]
    address: str
    store: Path
    client: httpx.Client

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.communicate()
        self.client.close()

    def stop(self) -> str:
        """End it as whoever started it would. Returns what it said on standard output."""
        self.process.terminate()
        out, _ = self.process.communicate(timeout=30)
        self.client.close()
        return out

    def ask(self, **asked: Any) -> dict[str, Any]:
        """Ask for a job."""
        answer = self.client.post("/v1/jobs", json={"kind": "solve", **asked})
        assert answer.status_code in {200, 202}, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def ask_much(self, **settings: Any) -> str:
        """Ask for a solve that has a plan soon and goes on for minutes. Returns the id of the job."""
        return str(self.ask(county=self.unproved(), settings={**ENDLESS, **settings})["id"])

    def unproved(self) -> str:
        """Upload a county that is not soon proved. Returns its id."""
        answer = self.client.post("/v1/counties", files={"file": ("unproved.zip", unproved())})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def job(self, job: str) -> dict[str, Any]:
        """A job."""
        found: dict[str, Any] = self.client.get(f"/v1/jobs/{job}").raise_for_status().json()
        return found

    def until(self, job: str, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The job, as soon as it is so."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = self.job(job)
            if fits(found):
                return found
            time.sleep(0.1)
        raise AssertionError(found)

    def over(self, job: str) -> dict[str, Any]:
        """The job, once it is over."""
        return self.until(job, lambda found: found["state"] not in {"queued", "running"})


def begun(store: Path, *options: str) -> Server:
    """A server that listens on a free port."""
    command = [sys.executable, "-m", "liftplan", "serve", "--port", "0", "--store", str(store), *options]
    process = subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=store.parent
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    assert "http://" in line, line + process.stderr.read()
    address = line.split()[4]
    return Server(process, address, store, httpx.Client(base_url=address, timeout=60.0, trust_env=False))


@contextmanager
def serving(store: Path, *options: str) -> Iterator[Server]:
    """A server for as long as the block."""
    server = begun(store, *options)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()


def children(parent: int) -> list[int]:
    """Processes that a process started."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(number) for number in found.split()]
