"""A Dask scheduler and its workers as processes of their own, as on a cluster's machines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

STARTING_SECONDS = 60.0


class Machines:
    """A scheduler, and workers that join it."""

    def __init__(self, folder: Path, modules: Path | None = None) -> None:
        """modules: a folder from which workers may import."""
        self._folder, self._file = folder, folder / "scheduler.json"
        self._environment = {**os.environ, "DASK_DISTRIBUTED__DASHBOARD__LINK": "", "LANG": "C.UTF-8"}
        if modules is not None:
            self._environment["PYTHONPATH"] = str(modules)
        self._started: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(self._file), "--no-dashboard")
        self._until(self._file.exists)
        self.address: str = json.loads(self._file.read_text(encoding="utf-8"))["address"]

    def worker(self) -> subprocess.Popen[bytes]:
        """One more worker of one thread; nobody starts it again when it dies."""
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self._folder)]
        return self._start("worker", self.address, *options)

    def end(self) -> None:
        """End all of them."""
        for process in reversed(self._started):
            process.kill()
            process.wait()

    def _start(self, *line: str) -> subprocess.Popen[bytes]:
        log = (self._folder / f"{line[0]}-{len(self._started)}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *line], stdout=log, stderr=log, cwd=self._folder, env=self._environment
        )
        log.close()
        self._started.append(process)
        return process

    def _until(self, ready: object) -> None:
        end = monotonic() + STARTING_SECONDS
        while not ready():  # type: ignore[operator]
            assert all(process.poll() is None for process in self._started)
            assert monotonic() < end
            sleep(0.05)


@contextmanager
def machines(folder: Path, modules: Path | None = None) -> Iterator[Machines]:
    """A scheduler without workers."""
    made = Machines(folder, modules)
    try:
        yield made
    finally:
        made.end()
