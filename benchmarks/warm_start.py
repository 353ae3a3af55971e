"""Solving again after a change, with and without the plan there was: how long to a gap of 0.05 %.

`python benchmarks/warm_start.py [--counties NAMES] [--without NAMES] [--gap GAP] [--rounds N] [--name RECORD]`; names
are separated by commas; a number is a county of 48 villages from the generator. The plan there was is its own, to
0.01 %. Every change is solved in processes of their own, by turns with and, in counties that `--without` names, without
that plan. Writes `record/warm_start.json` after every change: seconds until plan and bound had come within the gap,
processor seconds until then, and the whole process as seen from outside, which also makes the county and goes on to
level 2, certificate, ledger and check; medians, also of each change over all counties, and all runs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic, process_time
from typing import Any

from _counties import county_of
from _record import write_record

import liftplan
from liftplan.models.collecting import collect_seldom
from liftplan.models.planfiles import plan_text
from liftplan.models.planreading import read_plan
from liftplan.scenarios.overrides import Line, apply_overrides
from liftplan.solver.exercise import load_aside
from liftplan.solver.progress import Event
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

CHANGES = {
    "money +10 %": "funds[integrable=true].amount x 1.1",
    "money -5 %": "funds[integrable=true].amount x 0.95",
    "R3 minimum +10 %": "policy.R3.minimum x 1.1",
    "R3 minimum -20 %": "policy.R3.minimum x 0.8",
    "R4 minimums +10 %": "policy.R4.rows.minimum x 1.1",
    "poverty line 3,000 yuan": "poverty_line = 3000",
}
GAP, FINE = 5e-4, 1e-4


def main() -> None:
    """Measure every change and write the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counties", default=",".join(["zigui-2015", *map(str, range(1, 21))]))
    parser.add_argument("--without", default="zigui-2015,1,2,3", help="counties solved without the plan, too")
    parser.add_argument("--gap", type=float, default=GAP)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--name", default="warm_start")
    parser.add_argument("--one", nargs=3, metavar=("COUNTY", "CHANGE", "PLAN"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(*given.one, given.gap)))
        return
    counties, without = given.counties.split(","), given.without.split(",")
    liftplan.warm()
    found: dict[str, dict[str, Any]] = {}
    for county in counties:
        found[county] = {}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "plan.json")
            before = solve(county_of(county), Settings(gap=FINE)).plan
            if before is None:
                raise SystemExit(f"{county} has no plan")
            path.write_text(plan_text(before), encoding="utf-8")
            for change in CHANGES:
                plans = [("with", str(path)), *([("without", "")] if county in without else [])]
                found[county][change] = turns(county, change, plans, given.gap, given.rounds)
                print(county, change, found[county][change]["medians"], flush=True)
                content = {"gap": given.gap, "changes": CHANGES, "medians": together(found), "counties": found}
                record = write_record(given.name, content)
    print(f"written: {record}")


def turns(county: str, change: str, plans: list[tuple[str, str]], gap: float, rounds: int) -> dict[str, Any]:
    """Medians and runs of one change, by turns with each of some plans, given as what it is called and its path."""
    runs: dict[str, list[dict[str, Any]]] = {kind: [] for kind, _ in plans}
    line = [sys.executable, __file__, "--gap", str(gap), "--one", county, change]
    for _ in range(rounds):
        for kind, plan in plans:
            begin = monotonic()
            done = subprocess.run([*line, plan], stdout=subprocess.PIPE, text=True, check=True)
            runs[kind].append({**json.loads(done.stdout), "process_seconds": monotonic() - begin})
    return {"medians": {kind: median(own) for kind, own in runs.items()}, "runs": runs}


def together(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Medians of each change, and of all of them, over the runs so far: of all counties, and of those run both ways."""
    changes = {change: [one[change]["runs"] for one in found.values() if change in one] for change in CHANGES}
    every = {**changes, "all": [runs for own in changes.values() for runs in own]}
    return {
        change: {
            "with": median([run for runs in own for run in runs["with"]]),
            "both_ways": {
                kind: median([run for runs in own if "without" in runs for run in runs[kind]])
                for kind in ("with", "without")
                if any("without" in runs for runs in own)
            },
        }
        for change, own in every.items()
        if own
    }


def median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Medians of what was measured."""
    names = ("seconds_to_gap", "processor_seconds_to_gap", "seconds", "process_seconds")
    return {name: round(statistics.median(run[name] for run in runs), 3) for name in names}


def measure(name: str, change: str, path: str, gap: float) -> dict[str, Any]:
    """Solve the changed county in a process set up like that of `liftplan solve`: it loads kernels while it reads."""
    collect_seldom()
    load_aside()
    county, _ = apply_overrides(county_of(name), [Line(CHANGES[change])])
    plan = read_plan(Path(path)) if path else None
    reached: list[tuple[float, float]] = []
    begun = process_time()

    def listen(event: Event) -> None:
        if event.objective and event.bound is not None and event.bound <= event.objective * (1 + gap) and not reached:
            reached.append((event.seconds, process_time() - begun))

    result = solve(county, Settings(gap=gap), listener=listen, warm_start=plan)
    if not reached:
        raise SystemExit(f"{change}: the gap was not reached")
    return {
        "seconds_to_gap": reached[0][0],
        "processor_seconds_to_gap": reached[0][1],
        "seconds": result.seconds,
        "status": result.status,
        "people_lifted": None if result.plan is None else result.plan.totals.people_lifted,
        "bound": result.objective_bound,
        "earlier_plan_used": result.warm,
        "stages": result.stages,
    }


if __name__ == "__main__":
    main()
