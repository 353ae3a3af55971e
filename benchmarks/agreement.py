"""Core and reference on random small counties: what the core claims, and which rules bind.

`python benchmarks/agreement.py [--counties N] [--jobs N] [--core-seconds S] [--seconds S] [--name RECORD]` writes
`record/agreement.json` with a row for every county and exits with 1 if the bar is missed:

* the core claims a proved optimum for at least 95 % of the counties, and the reference (gap 0, checked again in whole
  yuan) finds the same for all of those; a county that one of them calls infeasible has no plan of the other;
* no bound of the core is below the best plan of the reference, no plan of the core above the reference's bound;
* the independent checker accepts every plan;
* every rule binds in at least 10 counties where it is hard, and in 10 where it is soft.

A rule is counted where the suite has it in focus, the reference proves the best plan, and without the rule a better one
is found (`_binding.py`).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from time import monotonic
from typing import Any

from _binding import binds
from _record import write_record

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.problems import InternalError
from liftplan.scenarios.small import random_small
from liftplan.scenarios.small.order import HARD_RULES, SOFT_RULES, foci, seed_of
from liftplan.solver import reference
from liftplan.solver.check import check_plan
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

NEAR = 1e-6
"""Persons: plans and bounds under priced soft rules are proved up to this."""
LEAST_CLAIMED = 0.95
LEAST_BINDING = 10


def main() -> int:
    """Run the study, write its record, say what is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counties", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--core-seconds", type=float, default=60.0, help="limit of the core a county")
    parser.add_argument("--seconds", type=float, default=120.0, help="limit of the reference a county")
    parser.add_argument("--binding-seconds", type=float, default=30.0, help="limit of the reference without a rule")
    parser.add_argument("--name", default="agreement")
    given = parser.parse_args()
    limits = (given.core_seconds, given.seconds, given.binding_seconds)
    began, rows = monotonic(), []
    with ProcessPoolExecutor(given.jobs, mp_context=get_context("spawn")) as pool:
        for row in pool.map(partial(examine, limits=limits), range(given.counties)):
            rows.append(row)
            print(f"{row['county']}: {row['verdict']}, core {row['core']['seconds']:.1f} s", flush=True)
    summary = summarise(rows, given.counties)
    settings = {"core_seconds": limits[0], "reference_seconds": limits[1], "binding_seconds": limits[2]}
    path = write_record(
        given.name, {"settings": settings, "seconds": round(monotonic() - began), **summary, "rows": rows}
    )
    for missed in summary["missed"]:
        print(f"missed: {missed}")
    print(f"claimed optimal: {summary['claimed_optimal']} of {given.counties}; written: {path}")
    return 1 if summary["missed"] else 0


def examine(place: int, limits: tuple[float, float, float]) -> dict[str, Any]:
    """One county of the suite: reference, core, verdict, and the rules in focus that bind."""
    hard, soft = foci(place)
    county = random_small(seed_of(place), hard=hard, soft=soft)
    begun = monotonic()
    proved = reference.solve(county, time_limit=limits[1])
    by_reference = {
        "status": proved.status,
        "objective": _persons(proved.objective),
        "bound": _persons(proved.bound),
        "seconds": round(monotonic() - begun, 2),
    }
    by_core = _core(county, limits[0])
    focus = [(rule, "hard") for rule in hard] + [(rule, "soft") for rule in soft]
    binding = {
        f"{rule} {enforce}": binds(county, rule, proved.objective, limits[2])
        for rule, enforce in focus
        if proved.objective is not None and proved.status == "optimal"
    }
    row = {"county": county.head.id, "digest": county.digest, "reference": by_reference, "core": by_core}
    return {**row, "verdict": verdict(by_reference, by_core), "binding": binding}


def _core(county: Any, seconds: float) -> dict[str, Any]:
    begun = monotonic()
    try:
        result = solve(county, Settings(gap=0, time_limit=seconds, threads=1))
    except InternalError as error:
        return {"status": "error", "error": str(error), "seconds": round(monotonic() - begun, 2)}
    return {
        "status": result.status,
        "stopped_by": result.stopped_by,
        "objective": result.plan.objective if result.plan else None,
        "bound": result.objective_bound,
        "checked": not check_plan(county, result.plan) if result.plan else None,
        "seconds": round(monotonic() - begun, 2),
    }


def verdict(proved: dict[str, Any], core: dict[str, Any]) -> str:
    """`agreed`, `open` (one of them proved nothing, and nothing contradicts), or what is wrong."""
    if core["status"] == "error":
        return "error"
    if core.get("checked") is False:
        return "plan rejected"
    if "infeasible" in {proved["status"], core["status"]}:
        if (proved["objective"], core["objective"]) != (None, None):
            return "only one has a plan"
        return "agreed" if proved["status"] == core["status"] else "open"
    if None not in {core["bound"], proved["objective"]} and core["bound"] < proved["objective"] - NEAR / 1000:
        return "bound below the reference"
    if None not in {core["objective"], proved["bound"]} and core["objective"] > proved["bound"] + NEAR:
        return "plan above the reference"
    if core["status"] != "optimal" or proved["status"] != "optimal":
        return "open"
    return "agreed" if abs(core["objective"] - proved["objective"]) <= NEAR else "different optimum"


def summarise(rows: list[dict[str, Any]], counties: int) -> dict[str, Any]:
    """Counts, and what of the bar is missed."""
    claimed = [row for row in rows if row["core"]["status"] == "optimal"]
    equal = [row for row in claimed if row["verdict"] == "agreed"]
    wrong = [row["county"] for row in rows if row["verdict"] not in {"agreed", "open"}]
    focus: Counter[str] = Counter()
    binding: Counter[str] = Counter()
    for row in rows:
        focus.update(row["binding"].keys())
        binding.update(name for name, found in row["binding"].items() if found)
    variants = [*(f"{rule} hard" for rule in HARD_RULES), *(f"{rule} soft" for rule in SOFT_RULES)]
    missed = [f"{row['county']}: {row['verdict']}" for row in rows if row["county"] in wrong]
    if len(claimed) < LEAST_CLAIMED * counties:
        missed.append(f"the core claims {len(claimed)} of {counties} optima")
    missed += [
        f"{row['county']}: the reference did not prove it" for row in claimed if row not in equal + _in(rows, wrong)
    ]
    missed += [f"{name} binds in {binding[name]} counties" for name in variants if binding[name] < LEAST_BINDING]
    return {
        "counties": counties,
        "claimed_optimal": len(claimed),
        "equal_to_the_reference": len(equal),
        "infeasible_for_both": sum(row["core"]["status"] == row["reference"]["status"] == "infeasible" for row in rows),
        "open": [row["county"] for row in rows if row["verdict"] == "open"],
        "missed": missed,
        "binding": {name: {"in_focus": focus[name], "binding": binding[name]} for name in variants},
    }


def _in(rows: list[dict[str, Any]], names: list[str]) -> list[dict[str, Any]]:
    return [row for row in rows if row["county"] in names]


def _persons(units: int | None) -> float | None:
    return None if units is None else units / UNITS_PER_PERSON


if __name__ == "__main__":
    sys.exit(main())
