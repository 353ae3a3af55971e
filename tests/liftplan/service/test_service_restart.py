"""What survives a server: jobs, results, counties."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import liftplan

from .servers import children, serving


def test_jobs_survive_a_killed_server(tmp_path: Path) -> None:
    """After `kill -9` the next server has every job: what was over is, what ran runs again, what waited waits."""
    store = tmp_path / "store"
    with serving(store, "--workers", "1") as first:
        with liftplan.new(tmp_path / "county.json").open("rb") as file:
            county = first.client.post("/v1/counties", files={"file": ("county.json", file)}).json()["id"]
        done = first.ask(county=county)["id"]
        result = first.over(done)["outcome"]
        running = first.ask_much()
        first.until(running, lambda found: found["state"] == "running" and found["progress"])
        waiting = first.ask(county="tiny")["id"]
        first.kill()
    with serving(store, "--workers", "1") as second:
        assert second.job(done)["outcome"] == result
        assert second.client.get(f"/v1/jobs/{done}/files/plan.json").status_code == 200
        assert second.client.get(f"/v1/counties/{county}").status_code == 200
        again = second.until(running, lambda found: found["state"] == "running")
        assert again["attempts"] == 2
        assert second.job(waiting)["state"] == "queued"
        second.client.post(f"/v1/jobs/{running}/cancel")
        assert second.over(running)["state"] == "cancelled"
        assert second.over(waiting)["state"] == "done"
        out = second.stop()
    assert second.process.returncode == 0
    assert "Stopped" in out


def test_workers_end_with_a_killed_server(tmp_path: Path) -> None:
    """No solve goes on for nobody."""
    with serving(tmp_path / "store") as server:
        job = server.ask_much()
        server.until(job, lambda found: found["state"] == "running" and found["progress"])
        workers = children(server.process.pid)
        assert workers
        server.process.send_signal(signal.SIGKILL)
        server.kill()
    assert gone(workers)


def gone(processes: list[int]) -> bool:
    """True once all of these have ended."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if not [number for number in processes if Path(f"/proc/{number}").exists()]:
            return True
        time.sleep(0.2)
    return False
