"""Does the core collapse anywhere? Generated counties over everything that makes them easier or harder.

`python benchmarks/sweep.py [--villages 12,24] [--seeds 1,2] [--gap GAP] [--processor-seconds SECONDS] [--loaded]`
writes `record/sweep.json` after every solve. From the plain county of each size and seed one thing is turned at a time:
tightness, ring-fenced share, interdependence, linked villages, and what funds may pay for; at last everything hard at
once. Each is solved in a process of its own, so that one that dies is a finding. The worst of each direction is told
relative to the plain county of the same size and seed. Processor seconds are those of all threads: what remains
comparable on a machine that others use, and therefore what is limited (60 are 30 seconds of two cores).
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from _record import write_record

from liftplan.scenarios.generator import Knobs, generate
from liftplan.scenarios.overrides import Line, apply_overrides
from liftplan.solver.compile import compile_county
from liftplan.solver.exercise import exercise
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

COLLAPSED = 0.005
"""A proved gap beyond which a county counts as collapsed, as without a plan."""

PURPOSES = "policy.R2.purpose_rule = {}"


@dataclass(frozen=True)
class Turn:
    """A county that differs from the plain one in one direction."""

    direction: str
    value: float | str
    knobs: dict[str, float]
    overrides: tuple[str, ...] = ()


PLAIN = Turn("plain", "", {})
HARD = {"ring_fenced_share": 0.4, "interdependence": 1.0, "linked_sites": 1.0}
SWEPT = {
    "tightness": (0.6, 0.8, 1.2, 1.4),
    "ring_fenced_share": (0.0, 0.2, 0.4),
    "interdependence": (0.0, 1.0),
    "linked_sites": (0.3, 1.0),
}
TURNS = (
    PLAIN,
    *(Turn(knob, value, {knob: value}) for knob, values in SWEPT.items() for value in values),
    *(Turn("purposes", rule, {}, (PURPOSES.format(rule),)) for rule in ("fixed", "pooled")),
    Turn("all at once", "hard", HARD, (PURPOSES.format("fixed"),)),
)


def main() -> None:
    """Solve every county and tell the worst of each direction."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--villages", default="12,24")
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--processor-seconds", type=float, default=60.0)
    parser.add_argument("--gap", type=float, default=0.001)
    parser.add_argument("--loaded", action="store_true", help="note that others used the machine meanwhile")
    parser.add_argument("--one", nargs=3, metavar=("VILLAGES", "SEED", "TURN"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        villages, seed, turn = map(int, given.one)
        print(json.dumps(measure(villages, seed, TURNS[turn], given.gap, given.processor_seconds)))
        return
    runs: list[dict[str, Any]] = []
    for villages in given.villages.split(","):
        for seed in given.seeds.split(","):
            for turn, what in enumerate(TURNS):
                line = ["--one", villages, seed, str(turn), "--gap", str(given.gap)]
                line += ["--processor-seconds", str(given.processor_seconds)]
                runs.append(run(line, {**named(int(villages), int(seed), what), "reproduce": " ".join(line)}))
                print({key: value for key, value in runs[-1].items() if key not in {"stages", "reproduce"}}, flush=True)
                limits = {"gap": given.gap, "limit_processor_seconds": given.processor_seconds}
                write_record("sweep", {**limits, "loaded": given.loaded, **summary(runs), "runs": runs})
    print(json.dumps(summary(runs), indent=1))


def run(line: list[str], name: dict[str, Any]) -> dict[str, Any]:
    """One county in a process of its own; a process that fails is a finding, not an end."""
    done = subprocess.run([sys.executable, __file__, *line], capture_output=True, text=True, check=False)
    if done.returncode:
        return {**name, "status": "error", "error": done.stderr[-2000:], "exit_code": done.returncode}
    found: dict[str, Any] = json.loads(done.stdout)
    return {**name, **found}


def named(villages: int, seed: int, turn: Turn) -> dict[str, Any]:
    """What a county is called in the record."""
    return {"villages": villages, "seed": seed, "direction": turn.direction, "value": turn.value}


def measure(villages: int, seed: int, turn: Turn, gap: float, limit: float) -> dict[str, Any]:
    """Solve one county, kernels loaded before."""
    county = generate(Knobs(seed=seed, villages=villages, **turn.knobs))  # type: ignore[arg-type]
    if turn.overrides:
        county, _ = apply_overrides(county, [Line(text) for text in turn.overrides])
    exercise()
    before = resource.getrusage(resource.RUSAGE_SELF)
    result = solve(county, Settings(gap=gap, time_limit=None), cancel=after_work(limit))
    after = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "households": len(county["households"]),
        "largest_block": largest_block(county),
        "status": result.status,
        "stopped_by": result.stopped_by,
        "people_lifted": None if result.plan is None else result.plan.totals.people_lifted,
        "bound": result.objective_bound,
        "gap": result.gap,
        "seconds": round(result.seconds, 3),
        "processor_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 3),
        "memory_mib": round(after.ru_maxrss / 1024),
        "certificate": result.plan is not None and result.plan.certificate is not None,
        "stages": {name: round(seconds, 3) for name, seconds in result.stages.items()},
    }


def after_work(seconds: float) -> Cancel:
    """What is set once this process has worked for so many processor seconds from now."""
    spent, end = Cancel(), time.process_time() + seconds

    def watch() -> None:
        while time.process_time() < end:
            time.sleep(0.05)
        spent.set()

    threading.Thread(target=watch, daemon=True).start()
    return spent


def largest_block(county: Any) -> int:
    """Households of the largest set of villages that cannot be decided apart."""
    return max(Counter(compile_county(county).problem.households.block.tolist()).values())


def summary(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Runs that collapsed, and by direction: the worst relative to the plain county, and the largest gap."""
    plain = {(one["villages"], one["seed"]): one for one in runs if one["direction"] == PLAIN.direction}
    told: dict[str, dict[str, Any]] = {}
    for one in runs:
        base = plain[one["villages"], one["seed"]].get("processor_seconds")
        if base is None or "processor_seconds" not in one:
            continue
        ratio = one["processor_seconds"] / base
        place = told.setdefault(one["direction"], {"ratios": [], "worst": 0.0, "of": {}, "largest_gap": 0.0, "runs": 0})
        place["ratios"].append(ratio)
        place["runs"] += 1
        place["largest_gap"] = max(place["largest_gap"], one["gap"] or 0.0)
        if ratio > place["worst"]:
            place["worst"] = ratio
            place["of"] = {key: one[key] for key in ("villages", "seed", "value", "processor_seconds", "gap")}
    for place in told.values():
        place["median_ratio"] = round(statistics.median(place.pop("ratios")), 2)
        place["worst"] = round(place["worst"], 2)
    collapsed = [one for one in runs if one["status"] != "infeasible" and not sound(one)]
    return {"collapsed": collapsed, "directions": told}


def sound(one: dict[str, Any]) -> bool:
    """Whether there is a plan, proved to within what counts as a collapse."""
    return one.get("gap") is not None and bool(one["gap"] <= COLLAPSED)


if __name__ == "__main__":
    main()
