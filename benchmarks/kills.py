"""`liftplan run` killed at random moments: no finished run lost, no half run, and it goes on where it stopped.

`python benchmarks/kills.py [TIMES]` (otherwise 200); writes `record/kills.json`, but for fewer kills only if none is
there yet. The program and its workers are killed together, between its start and somewhat beyond the end of an
undisturbed run, which is timed first; when all scenarios are answered the next round begins with an empty store.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from time import monotonic

from _record import FOLDER, write_record

from liftplan.scenarios.store import RunStore

TIMES = 200
BEYOND = 1.1
"""How far beyond the end of an undisturbed run the last moment lies."""

SCENARIOS = ("base", "pooled", "separate", "budgets+5")


def main() -> None:
    """Kill, look, go on."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    chance = random.Random(20260)
    told = found = rounds = 0
    with tempfile.TemporaryDirectory() as place:
        begun = monotonic()
        subprocess.run(
            line(str(Path(place) / "undisturbed")), stderr=subprocess.DEVNULL, check=True, stdout=subprocess.DEVNULL
        )
        longest = BEYOND * (monotonic() - begun)
        print(f"an undisturbed run takes {longest / BEYOND:.1f} s", flush=True)
        number = 0
        for time in range(times):
            store = RunStore(Path(place) / str(number))
            before = {run.id for run in store.runs()}
            done = killed(store.address, chance.uniform(0, longest))
            runs = store.runs()
            check(store, before | done)
            told, found = told + len(done), found + len(runs) - len(before)
            if {run.scenario for run in runs} >= set(SCENARIOS):
                number, rounds = number + 1, rounds + 1
            print(f"{time + 1}: {len(runs)} runs of {len(SCENARIOS)}", flush=True)
    print(f"killed {times} times; {found} runs finished, {told} told before the kill, none lost, none half")
    if times >= TIMES or not (FOLDER / "kills.json").exists():
        seconds = round(longest / BEYOND, 1)
        content = {
            "killed": times,
            "seconds_undisturbed": seconds,
            "finished": found,
            "told": told,
            "complete_rounds": rounds,
            "lost": 0,
            "half": 0,
        }
        print(f"written: {write_record('kills', content)}")


def line(store: str) -> list[str]:
    """The command."""
    return [sys.executable, "-m", "liftplan", "run", *SCENARIOS, "--county", "tiny", "--store", store]


def killed(store: str, seconds: float) -> set[str]:
    """Run the scenarios, killed after so many seconds. Returns the runs that were told to be done."""
    environment = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        line(store), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, start_new_session=True
    ) as process:
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        with suppress(ProcessLookupError):  # it ended before
            os.killpg(process.pid, signal.SIGKILL)
        text = process.stderr.read().decode() if process.stderr else ""
    return {told.partition("run ")[2].partition(":")[0] for told in text.splitlines() if "done, run" in told}


def check(store: RunStore, expected: set[str]) -> None:
    """All that was there or told is there, and all that is there is whole. Raises otherwise."""
    runs = store.runs()
    missing = expected - {run.id for run in runs}
    if missing:
        raise RuntimeError(f"lost: {sorted(missing)}")
    for run in runs:
        if run.content is None:  # proved infeasible
            continue
        whole = store.outcome(run).totals if run.separate else store.plan(run).totals
        if whole.people_lifted != run.people_lifted:
            raise RuntimeError(f"half: {run.id}")


if __name__ == "__main__":
    main()
