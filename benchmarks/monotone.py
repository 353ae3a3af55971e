"""A weaker county is never worse: people(A) <= bound(B) on hundreds of random pairs, B being A with a rule weakened.

`python benchmarks/monotone.py [--pairs N] [--jobs N] [--seconds S]` writes `record/monotone.json` with a row for every
pair and exits with 1 if one contradicts. What is compared is the objective: people, less the prices of soft rules.

* B is A with more money (of all funds or of one), a lower or no hard minimum (R3, R4, R6, R10, R13), no shares (R7), no
  maximum (R9), or purposes pooled (R2). Every plan of A is a plan of B.
* The objective of A's plan is at most B's proved bound; if both are proved best it is at most that of B; and where B
  has no plan, by proof, A has none.

Left out because theory does not say so: `separate`, the poverty line, more money under R13, and R5 (a top-up is exactly
what is missing, and counts towards other minimums).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from time import monotonic
from typing import Any

from _record import write_record

from liftplan.models.county import County
from liftplan.scenarios.curve.direction import direction
from liftplan.scenarios.overrides import Line, apply_overrides
from liftplan.scenarios.small import random_small
from liftplan.scenarios.small.order import foci, seed_of
from liftplan.solver.result import Result
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

BEYOND = 1_000
"""How far on the next county lies where one cannot be weakened."""

NEAR = 1e-6
"""Persons: prices of soft rules are proved up to this."""


def weakenings(county: County) -> Iterator[tuple[str, list[str]]]:
    """Kinds of weakening that change this county, and their overrides."""
    policy = county.policy
    if direction(county, "money") == 1:
        yield "all money", ["funds[integrable=true].amount x 1.07"]
        fund = county["funds"]["id"][int(county["funds"]["amount"].argmax())]
        yield "one fund", [f"funds[{fund}].amount x 1.2"]
    minimums = {
        "R3": "policy.R3.minimum x 0.8",
        "R4": "policy.R4.rows.minimum x 0.8",
        "R6": "policy.R6.growth_bp x 0.8",
        "R10": "policy.R10.share_bp x 0.8",
        "R13": "policy.R13.rows.share_bp x 0.8",
    }
    for rule, line in minimums.items():
        given = getattr(policy, rule)
        if given.enforce == "hard" and getattr(given, "rows", True):
            yield f"lower {rule}", [line]
    for rule in ("R3", "R4", "R6", "R7", "R9", "R10", "R13"):
        if getattr(policy, rule).enforce == "hard":
            yield f"no {rule}", [f"policy.{rule}.enforce = off"]
    if policy.R2.purpose_rule == "fixed":
        yield "pooled", ["policy.R2.purpose_rule = pooled"]


def pair(place: int) -> tuple[County, County, str, list[str]]:
    """County A, the weaker B, the kind of weakening and its overrides, at a place of the study."""
    hard, soft = foci(place)
    county = random_small(seed_of(place), hard=hard, soft=soft)
    chance = random.Random(place)
    kinds = dict(weakenings(county))
    if not kinds:  # all that could be weakened is off or soft: another county
        return pair(place + BEYOND)
    wanted = [name for name in kinds if any(rule in name for rule in hard)]
    kind = chance.choice(wanted if wanted and chance.random() < 0.7 else sorted(kinds))
    return county, apply_overrides(county, [Line(line) for line in kinds[kind]])[0], kind, kinds[kind]


def contradictions(first: Result, second: Result) -> list[str]:
    """What speaks against `second` being the result of a weaker county than `first`."""
    found = []
    plan, other = first.plan, second.plan
    if plan is not None and second.status == "infeasible":
        found.append("the weaker county has no plan, by proof")
    if plan is not None and second.objective_bound is not None and plan.objective > second.objective_bound + NEAR:
        found.append("the plan is above the weaker county's bound")
    both = first.status == second.status == "optimal" and plan is not None and other is not None
    if both and plan is not None and other is not None and plan.objective > other.objective + NEAR:
        found.append("the best plan is above the weaker county's best plan")
    return found


def examine(place: int, seconds: float) -> dict[str, Any]:
    """Solve both counties of a pair."""
    county, weaker, kind, lines = pair(place)
    settings = Settings(gap=0, time_limit=seconds, threads=1)
    first, second = (solve(one, settings) for one in (county, weaker))
    return {
        "place": place,
        "county": county.head.id,
        "kind": kind,
        "overrides": lines,
        **{
            name: {
                "status": one.status,
                "objective": one.plan.objective if one.plan else None,
                "people": one.plan.totals.people_lifted if one.plan else None,
                "bound": one.objective_bound,
                "seconds": round(one.seconds, 2),
            }
            for name, one in (("first", first), ("weaker", second))
        },
        "contradictions": contradictions(first, second),
    }


def main() -> int:
    """Run the study, write its record, say what contradicts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20.0, help="limit of each solve")
    given = parser.parse_args()
    began, rows = monotonic(), []
    with ProcessPoolExecutor(given.jobs, mp_context=get_context("spawn")) as pool:
        for row in pool.map(partial(examine, seconds=given.seconds), range(given.pairs)):
            rows.append(row)
            print(f"{row['county']} {row['kind']}: {row['contradictions'] or 'kept'}", flush=True)
    proved = [row for row in rows if row["first"]["status"] == row["weaker"]["status"] == "optimal"]
    against = [row for row in rows if row["contradictions"]]
    content = {
        "settings": {"gap": 0, "seconds": given.seconds},
        "seconds": round(monotonic() - began),
        "pairs": len(rows),
        "kinds": dict(sorted(Counter(row["kind"] for row in rows).items())),
        "both_proved": len(proved),
        "of_these_better": sum(row["weaker"]["objective"] > row["first"]["objective"] + NEAR for row in proved),
        "contradicted": len(against),
        "rows": rows,
    }
    print(f"{len(proved)} of {len(rows)} pairs proved, {len(against)} contradicted")
    print(f"written: {write_record('monotone', content)}")
    return 1 if against else 0


if __name__ == "__main__":
    sys.exit(main())
