"""A thousand small jobs: throughput, memory, broken jobs, and the same bytes after two kills.

`python benchmarks/batch.py [--jobs N] [--workers N]` writes `record/batch.json`. Jobs are `tiny` and the example county
under ever other amounts of money; one in a hundred is broken. They are done once undisturbed, with the memory of the
program and of its workers sampled; and once killed (`kill -9`) at a third and at two thirds, and gone on with.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from _record import write_record

import liftplan

SAMPLE_SECONDS = 0.5
MOST_GROWTH = 0.10
"""Share by which memory may grow after the first third of the batch."""


def jobs(count: int, folder: Path) -> tuple[Path, int]:
    """A file of jobs, and how many are broken."""
    liftplan.new(folder / "example")
    lines, broken = [], 0
    for number in range(count):
        if number % 100 == 50:
            broken += 1
            lines.append("{" if number % 200 == 50 else '{"county": "nowhere"}')
            continue
        county = "tiny" if number % 2 else str(folder / "example")
        change = f"funds.amount x {0.9 + 0.2 * number / count:.5f}"
        lines.append(json.dumps({"county": county, "overrides": [change], "id": number}))
    path = folder / "jobs.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path, broken


def begun(source: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    """The batch as a process."""
    options = ["batch", str(source), "--out", str(out), "--reproducible", "--workers", str(workers), "--quiet"]
    return subprocess.Popen([sys.executable, "-m", "liftplan", *options], stdout=subprocess.DEVNULL)


def results(out: Path) -> int:
    """Results that are there."""
    return out.read_bytes().count(b"\n") if out.exists() else 0


def family(parent: int) -> list[int]:
    """A process and its workers."""
    found = [parent]
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(path.parent.name))
    return found


def memory(process: int) -> float:
    """MiB that a process holds; 0 if it has gone."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def undisturbed(source: Path, out: Path, workers: int) -> dict[str, Any]:
    """The batch at one go."""
    start, samples = monotonic(), []
    running = begun(source, out, workers)
    first: list[float] = []

    def wait_for_first() -> None:
        while not results(out):
            sleep(0.02)
        first.append(monotonic())

    threading.Thread(target=wait_for_first, daemon=True).start()
    while running.poll() is None:
        held = [memory(process) for process in family(running.pid)]
        samples.append((results(out), held[0], sum(held[1:])))
        sleep(SAMPLE_SECONDS)
    seconds, count = monotonic() - start, results(out)
    steady = [sample for sample in samples if sample[0]]
    third = steady[len(steady) // 3]
    most = [max(sample[part] for sample in steady[len(steady) // 3 :]) for part in (1, 2)]
    return {
        "exit_code": running.returncode,
        "seconds": round(seconds, 1),
        "seconds_to_first_result": round(first[0] - start, 1),
        "jobs_a_second": round(count / seconds, 1),
        "jobs_a_second_after_first": round((count - 1) / (start + seconds - first[0]), 1),
        "program_mib": [round(sample[1], 1) for sample in steady],
        "workers_mib": [round(sample[2], 1) for sample in steady],
        "memory_flat": most[0] <= (1 + MOST_GROWTH) * third[1] and most[1] <= (1 + MOST_GROWTH) * third[2],
    }


def killed(source: Path, out: Path, workers: int, count: int) -> list[int]:
    """The batch, killed at a third and at two thirds. Returns the results there were after each kill."""
    kept = []
    for least in (count // 3, 2 * count // 3):
        running = begun(source, out, workers)
        while results(out) < least:
            assert running.poll() is None
            sleep(0.005)
        running.kill()
        running.wait()
        kept.append(results(out))
    begun(source, out, workers).wait()
    return kept


def main() -> None:
    """Measure, and write the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, broken = jobs(given.jobs, folder)
        whole, other = folder / "whole.jsonl", folder / "other.jsonl"
        figures = undisturbed(source, whole, given.workers)
        kept = killed(source, other, given.workers, given.jobs)
        lines = [json.loads(line) for line in whole.read_text(encoding="utf-8").splitlines()]
        statuses = [line["status"] for line in lines]
        same = whole.read_bytes() == other.read_bytes()
        digest = hashlib.sha256(whole.read_bytes()).hexdigest()
    content = {
        "jobs": given.jobs,
        "workers": given.workers,
        "broken_jobs": broken,
        "statuses": {status: statuses.count(status) for status in sorted(set(statuses))},
        "in_order": [line["job"] for line in lines] == list(range(1, given.jobs + 1)),
        "undisturbed": figures,
        "killed_after": kept,
        "same_bytes": same,
        "sha256_of_results": digest,
    }
    kept_all = content["in_order"] and same and statuses.count("invalid") == broken and bool(figures["memory_flat"])
    print(f"written: {write_record('batch', {'all_kept': kept_all, 'load_average': os.getloadavg(), **content})}")
    sys.exit(not kept_all)


if __name__ == "__main__":
    main()
