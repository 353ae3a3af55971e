"""Twelve scenarios of `zigui-2015` to 0.05 %, and a curve of twenty points: how long, and how sure.

`python benchmarks/scenarios.py [--part scenarios|curve] [--gap GAP]` writes `record/scenarios.json`, a part at a time.
Each part is the command itself, started fresh with an empty store; what it tells of every scenario and point is kept.
Seconds of work are those of all its processes on all cores: what remains comparable on a machine that others use.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any

from _record import FOLDER, write_record

from liftplan.scenarios.store import RunStore

COUNTY = "zigui-2015"
SCENARIOS = (
    *("base", "pooled", "budgets-20", "budgets-10", "budgets-5", "budgets+5", "budgets+10", "budgets+20"),
    *("building_costs+10", "incomes-5", "poverty_line_3000", "ring_fenced_opened"),
)
GAP = 0.0005
POINTS = 20


def scenarios(gap: float, place: Path) -> dict[str, Any]:
    """`liftplan run` of all scenarios."""
    store = place / "runs"
    options = [*SCENARIOS, "--county", COUNTY, "--gap", str(gap), "--store", str(store)]
    used, code, _ = timed("run", *options)
    runs = {run.scenario: run for run in RunStore(store).runs()}
    rows = [
        {
            "scenario": name,
            "status": run.status,
            "people": run.people_lifted,
            "bound": run.objective_bound,
            "gap": run.gap,
            "seconds": run.seconds,
            "stages": run.stages,
            "warm": bool(run.warm),
        }
        for name in SCENARIOS
        if (run := runs.get(name)) is not None
    ]
    reached = sum(row["status"] == "infeasible" or (row["gap"] is not None and row["gap"] <= gap) for row in rows)
    return {**used, "exit_code": code, "within_gap": reached, "of": len(SCENARIOS), "rows": rows}


def curve(gap: float, place: Path) -> dict[str, Any]:
    """`liftplan curve` over all money."""
    options = ["--over", "money", "--points", str(POINTS), "--gap", str(gap), "--out", str(place / "curve")]
    used, code, text = timed("curve", COUNTY, *options)
    points = json.loads(text)["points"]
    known = [point for point in points if point["bound"] is not None and point["objective"] is not None]
    gaps = [(point["bound"] - point["objective"]) / max(1, point["objective"]) for point in known]
    return {
        **used,
        "exit_code": code,
        "points": len(points),
        "largest_gap": max(gaps, default=None),
        "within_gap": sum(one <= gap for one in gaps),
        "proved_without_plan": sum(point["status"] == "infeasible" for point in points),
        "rows": points,
    }


def timed(*line: str) -> tuple[dict[str, float], int, str]:
    """Seconds, exit code and standard output of a command."""
    start, before = monotonic(), worked()
    done = subprocess.run(
        [sys.executable, "-m", "liftplan", *line, "--json", "--quiet"], stdout=subprocess.PIPE, text=True, check=False
    )
    used = {"seconds": round(monotonic() - start, 1), "seconds_of_work": round(worked() - before, 1)}
    return used, done.returncode, done.stdout


def worked() -> float:
    """Seconds that processes which have ended have worked."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


PARTS = {"scenarios": scenarios, "curve": curve}


def main() -> None:
    """Measure, and write the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, action="append")
    parser.add_argument("--gap", type=float, default=GAP)
    given = parser.parse_args()
    path = FOLDER / "scenarios.json"
    content = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    found = {name: content[name] for name in PARTS if name in content}
    for name in given.part or PARTS:
        with tempfile.TemporaryDirectory() as place:
            before = os.getloadavg()[0]
            part = PARTS[name](given.gap, Path(place))
            found[name] = {"gap": given.gap, "load_before": before, "load_after": os.getloadavg()[0], **part}
        print(f"{name}: {found[name]['seconds']} s, {found[name]['within_gap']} within {given.gap}", flush=True)
    print(f"written: {write_record('scenarios', {'county': COUNTY, **found})}")


if __name__ == "__main__":
    main()
