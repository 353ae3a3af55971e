"""What `liftplan serve` bears: fifty clients for a minute, then one client while two counties are solved.

`python benchmarks/service.py [--clients N] [--seconds N]` writes `record/service.json`. Under load every client asks
for small jobs (no two alike), follows some, and looks at lists: no answer may fail, every job asked for must end with
its result, and the server's own memory must not grow. After that two solves of `zigui-2015` run while lists and
outlines are asked for one after the other: the median must stay below 200 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
from _record import write_record

MOST_GROWTH, MOST_MEDIAN = 0.10, 0.200
"""Share by which the server's memory may grow between a third of the load and its end; seconds."""

QUIET = ("/v1/health", "/v1/counties", "/v1/jobs?most=20", "/v1/counties/zigui-2015/outline")
"""What is asked for while two counties are solved."""


class Load:
    """What the clients saw."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.answers: Counter[str] = Counter()
        self.jobs: set[str] = set()

    async def call(self, client: httpx.AsyncClient, method: str, path: str, name: str, **more: Any) -> httpx.Response:
        """One call, noted."""
        begin = monotonic()
        answer = await client.request(method, path, **more)
        self.seconds[name].append(monotonic() - begin)
        self.answers[f"{name} {answer.status_code}"] += 1
        return answer

    async def client(self, address: str, number: int, until: float) -> None:
        """One client until the end."""
        chance = random.Random(number)
        async with httpx.AsyncClient(base_url=address, timeout=60.0, trust_env=False) as client:
            mine: list[str] = []
            while monotonic() < until:
                settings = {"seed": chance.randrange(2**31), "time_limit": 20}
                what = chance.random()
                if what < 0.02:
                    answer = await self.call(
                        client,
                        "POST",
                        "/v1/jobs",
                        "ask",
                        json={"kind": "solve", "county": "tiny", "settings": settings},
                    )
                    if answer.status_code in {200, 202}:
                        mine.append(answer.json()["id"])
                        self.jobs.add(mine[-1])
                elif what < 0.6 and mine:
                    await self.call(client, "GET", f"/v1/jobs/{chance.choice(mine)}", "job")
                elif what < 0.65 and mine:
                    await self.follow(client, mine[-1])
                elif what < 0.8:
                    await self.call(client, "GET", "/v1/jobs?most=20", "jobs")
                else:
                    await self.call(client, "GET", "/v1/counties", "counties")
                await asyncio.sleep(chance.uniform(0.1, 0.9))

    async def follow(self, client: httpx.AsyncClient, job: str) -> None:
        """Listen to a job for a moment, then hang up."""
        async with client.stream("GET", f"/v1/jobs/{job}/events") as answer:
            self.answers[f"events {answer.status_code}"] += 1
            try:
                async with asyncio.timeout(2.0):
                    async for _ in answer.aiter_lines():
                        pass
            except TimeoutError:
                pass


def memory(process: int) -> int:
    """Bytes that a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def loaded(address: str, process: int, clients: int, seconds: float) -> dict[str, Any]:
    """The load, and what came of it."""
    load, until, samples = Load(), monotonic() + seconds, []
    begun = [asyncio.create_task(load.client(address, number, until)) for number in range(clients)]
    while monotonic() < until:
        samples.append(memory(process))
        await asyncio.sleep(1.0)
    await asyncio.gather(*begun)
    ends: Counter[str] = Counter()
    async with httpx.AsyncClient(base_url=address, timeout=60.0, trust_env=False) as client:
        for job in sorted(load.jobs):
            while True:
                found = (await client.get(f"/v1/jobs/{job}")).raise_for_status().json()
                if found["state"] not in {"queued", "running"}:
                    break
                await asyncio.sleep(0.5)
            ends[found["state"] if found["state"] != "done" else found["outcome"]["status"]] += 1
    samples.append(memory(process))
    third = samples[len(samples) // 3]
    return {
        "clients": clients,
        "seconds": seconds,
        "answers": dict(sorted(load.answers.items())),
        "latency_ms": {name: figures(times) for name, times in sorted(load.seconds.items())},
        "jobs_asked_for": len(load.jobs),
        "jobs_ended": dict(ends),
        "memory_mib": [round(sample / 2**20, 1) for sample in samples],
        "kept": {
            "no_failed_answer": all(int(key.split()[1]) < 500 for key in load.answers),
            "no_lost_job": ends.total() == len(load.jobs) == ends["optimal"] + ends["feasible"],
            "memory_flat": samples[-1] <= (1 + MOST_GROWTH) * third,
        },
    }


def quiet(address: str) -> dict[str, Any]:
    """Latency while two counties are solved."""
    with httpx.Client(base_url=address, timeout=60.0, trust_env=False) as client:
        for seed in (1, 2):
            asked = {"kind": "solve", "county": "zigui-2015", "settings": {"seed": seed, "gap": 0, "time_limit": 60}}
            client.post("/v1/jobs", json=asked).raise_for_status()
        while len(client.get("/v1/jobs", params={"state": "running"}).json()) < 2:
            pass
        seconds: dict[str, list[float]] = defaultdict(list)
        until = monotonic() + 20
        while monotonic() < until:
            for path in QUIET:
                begin = monotonic()
                client.get(path)
                seconds[path].append(monotonic() - begin)
        running = len(client.get("/v1/jobs", params={"state": "running"}).json())
    medians = {path: statistics.median(times) for path, times in seconds.items()}
    return {
        "latency_ms": {path: figures(times) for path, times in seconds.items()},
        "jobs_still_running": running,
        "kept": {"median": running == 2 and max(medians.values()) <= MOST_MEDIAN},
    }


def figures(times: list[float]) -> dict[str, float]:
    """Count, median, 95th percentile and the longest, milliseconds."""
    ordered = sorted(times)
    return {
        "count": len(ordered),
        "median": round(1000 * statistics.median(ordered), 1),
        "p95": round(1000 * ordered[int(0.95 * (len(ordered) - 1))], 1),
        "longest": round(1000 * ordered[-1], 1),
    }


def main() -> None:
    """Run both and write the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    given = parser.parse_args()
    subprocess.run([sys.executable, "-m", "liftplan", "warm"], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        options = ["--port", "0", "--store", f"{folder}/store", "--queue", "1000", "--rate", "1000000"]
        line = [sys.executable, "-m", "liftplan", "serve", "--lang", "en", *options]
        process = subprocess.Popen(line, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        assert process.stderr is not None
        address = process.stderr.readline().split()[4]
        try:
            content = {
                "under_load": asyncio.run(loaded(address, process.pid, given.clients, given.seconds)),
                "beside_two_solves": quiet(address),
            }
        finally:
            process.terminate()
            process.communicate()
    kept = all(value for part in content.values() for value in part["kept"].values())
    print(f"written: {write_record('service', {'all_kept': kept, **content})}")
    sys.exit(not kept)


if __name__ == "__main__":
    main()
