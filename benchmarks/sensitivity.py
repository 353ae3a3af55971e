"""How often the sensitivity of a large plan says something, and how sharp it is.

`python benchmarks/sensitivity.py [--county NAME] [--shares S ...] [--gap G] [--seconds S] [--name RECORD]` writes
`record/sensitivity.json` with a row for every fund that allocates and every rule that can be relaxed by degrees.

The county is solved first, then again with each change, as `liftplan sensitivity` does it: one change of each size in
`--shares`, until one is clear. All seconds are of the processor, of one thread; `--seconds` is for each solve.
"""

from __future__ import annotations

import argparse
from collections import Counter
from statistics import median
from typing import Any

from _processor_time import Stopwatch, core_counts_processor_time
from _record import write_record

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.scenarios.counties import load
from liftplan.solver.explain.proved import Proved, Solver
from liftplan.solver.explain.relaxed import Target, fund_targets, rule_targets
from liftplan.solver.explain.sensitivity import NARROW, SHARES, Worth, worth
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve


def main() -> None:
    """Run the study and write its record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--county", default="zigui-2015")
    parser.add_argument("--shares", type=float, nargs="+", default=SHARES)
    parser.add_argument("--gap", type=float, default=1e-4)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--name", default="sensitivity")
    given = parser.parse_args()
    core_counts_processor_time()
    watch = Stopwatch()
    county = load(given.county)
    settings = Settings(gap=given.gap, time_limit=given.seconds, threads=1)
    plan = solve(county, settings).plan
    if plan is None:
        raise SystemExit(f"no plan of {given.county} within {given.seconds} s")
    solver = Solver(settings)
    known, best = solver.as_it_is(county, plan)
    targets = [*fund_targets(county), *rule_targets(county)]
    found: dict[str, Any] = {
        "settings": {
            "county": given.county,
            "shares": list(given.shares),
            "gap": given.gap,
            "seconds": given.seconds,
            "threads": 1,
            "narrow": NARROW,
        },
        "known": known.as_json(),
        "targets": len(targets),
        "rows": [],
    }
    for target in targets:
        row = _row(county, best, known, target, solver, given.shares)
        found["rows"].append(row)
        found |= _told(found["rows"], watch.seconds)
        print({key: value for key, value in row.items() if key != "trials"}, flush=True)
        write_record(given.name, found)
    print({key: value for key, value in found.items() if key != "rows"})


def _row(
    county: County, plan: Plan, known: Proved, target: Target, solver: Solver, shares: list[float]
) -> dict[str, Any]:
    watch = Stopwatch()
    found: Worth = worth(county, plan, known, target, solver, shares)
    best = found.best
    return {
        "id": target.id,
        "kind": target.kind,
        "amount": target.amount,
        "verdict": found.verdict,
        "step": best.step if best else None,
        "low": best.low if best else None,
        "high": best.high if best else None,
        "width": best.width if best else None,
        "price": found.price,
        "per": found.unit,
        "per_unit": found.per_unit,
        "processor_seconds": round(watch.seconds, 1),
        "trials": [trial.as_json() for trial in found.trials],
    }


def _told(rows: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    """How many say what, and how wide the intervals are."""
    widths = [row["width"] for row in rows if row["width"] is not None]
    shares = [row["width"] / row["high"] for row in rows if row["verdict"] in {"clear", "rough"}]
    return {
        "verdicts": dict(Counter(row["verdict"] for row in rows)),
        "says_nothing": sum(row["verdict"] in {"open", "unproved"} for row in rows),
        "median_width": median(widths) if widths else None,
        "widest": max(widths, default=None),
        "median_width_of_gain": round(median(shares), 4) if shares else None,
        "processor_seconds": round(seconds, 1),
    }


if __name__ == "__main__":
    main()
