"""How long the core takes to each gap: `zigui-2015` and generated counties of 48 villages, one process each.

`python benchmarks/gaps.py [--counties zigui-2015,1,2] [--time-limit SECONDS] [--villages N] [--gap GAP]
[--name RECORD]`; a number is a seed of the generator. Every county is solved once towards proved optimality; the events
of the solve say when plan and bound had come within 1 %, 0.1 % and 0.01 %, and when they met. Writes `record/gaps.json`
after every county, with the events themselves.

`--gap` asks for no more than such a gap, as whoever wants no more does: the search then takes its prices no further.
Writes `record/asked-GAP.json`.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
from collections.abc import Sequence
from time import monotonic
from typing import Any

from _counties import county_of
from _record import write_record

from liftplan.solver.progress import Event
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

GAPS = (1e-2, 1e-3, 1e-4, 0.0)


def main() -> None:
    """Measure the counties asked for, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counties", default=",".join(["zigui-2015", *map(str, range(1, 21))]))
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--villages", type=int, default=48)
    parser.add_argument("--gap", type=float, default=0.0)
    parser.add_argument("--name")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.one, given.time_limit, given.villages, given.gap)))
        return
    record = given.name or (f"asked-{given.gap:g}" if given.gap else "gaps")
    found: list[dict[str, Any]] = []
    for name in given.counties.split(","):
        line = [sys.executable, __file__, "--one", name, "--time-limit", str(given.time_limit)]
        line += ["--villages", str(given.villages), "--gap", str(given.gap)]
        begin = monotonic()
        done = subprocess.run(line, stdout=subprocess.PIPE, text=True, check=True)
        one = {**json.loads(done.stdout), "process_seconds": monotonic() - begin}
        found.append(one)
        print({key: value for key, value in one.items() if key not in {"events", "stages"}}, flush=True)
        gaps = [gap for gap in GAPS if gap >= given.gap]
        content = {"time_limit": given.time_limit, "gap": given.gap, "medians": medians(found, gaps), "counties": found}
        path = write_record(record, content)
    print(f"written: {path}")


def measure(name: str, time_limit: float, villages: int, gap: float = 0.0) -> dict[str, Any]:
    """Solve one county and say when it came within each gap."""
    county = county_of(name, villages)
    events: list[Event] = []
    result = solve(county, Settings(gap=gap, time_limit=time_limit), listener=events.append)
    plan = result.plan
    first = next((event.seconds for event in events if event.objective is not None), None)
    return {
        "county": f"seed {name}" if name.isdigit() else name,
        "households": len(county["households"]),
        "status": result.status,
        "people_lifted": None if plan is None else plan.totals.people_lifted,
        "bound": result.objective_bound,
        "gap": result.gap,
        "seconds": result.seconds,
        "first_plan": first,
        "seconds_to_gap": {f"{aim:g}": reached(events, aim) for aim in GAPS},
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "certificate": plan is not None and plan.certificate is not None,
        "stages": dict(result.stages),
        "events": thinned(events),
    }


def reached(events: list[Event], gap: float) -> float | None:
    """Seconds until plan and bound were within `gap` (0: less than one person apart); None: not reached."""
    for event in events:
        if event.objective is None or event.bound is None:
            continue
        if event.bound - event.objective < 1 - 1e-9 or (gap and event.gap is not None and event.gap <= gap):
            return event.seconds
    return None


def thinned(events: list[Event]) -> list[tuple[float, float | None, float | None]]:
    """Seconds, plan and bound at every change."""
    kept: list[tuple[float, float | None, float | None]] = []
    for event in events:
        if not kept or kept[-1][1:] != (event.objective, event.bound):
            kept.append((round(event.seconds, 3), event.objective, event.bound))
    return kept


def medians(found: list[dict[str, Any]], gaps: Sequence[float] = GAPS) -> dict[str, Any]:
    """Median seconds to each gap (counties that did not reach it count as longest), and how many reached it."""
    summary: dict[str, Any] = {}
    for gap in (f"{gap:g}" for gap in gaps):
        values = [one["seconds_to_gap"][gap] for one in found]
        median = statistics.median(float("inf") if value is None else value for value in values)
        summary[gap] = {
            "median_seconds": None if median == float("inf") else median,
            "reached": sum(value is not None for value in values),
            "of": len(values),
        }
    for seconds in ("seconds", "process_seconds"):
        summary[seconds] = statistics.median(one[seconds] for one in found)
    return summary


if __name__ == "__main__":
    main()
