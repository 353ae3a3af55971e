"""One pool of money for 48, 480 and 4,800 villages: time a household, proved gap, memory.

`python benchmarks/scale.py [--villages 48,480,4800] [--time-limit SECONDS] [--name RECORD]`; generated counties
(seed 1, 250 households a village), each in a process of its own. Writes `record/scale.json` after every size; sizes not
asked for stay as they are there.

Up to `WHOLE` villages the county is solved as anyone would, ledger and independent check included. Beyond, where the
objects that the checker and a plan are made of take most of the memory, the search is measured alone, from the county
to whole decisions with whole-yuan flows, which are held against every row and cell of the flat problem in integers.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from resource import RUSAGE_SELF, getrusage
from time import monotonic, process_time
from typing import Any

import numpy as np
from _record import FOLDER, write_record

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver.clock import Clock
from liftplan.solver.compile import compile_county
from liftplan.solver.incumbent import Incumbent
from liftplan.solver.ledger.demand import cell_demand
from liftplan.solver.parts import search_parts
from liftplan.solver.parts.coupling import used
from liftplan.solver.problem import HARD, Problem
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

SIZES = (48, 480, 4_800)
WHOLE = 1_000
"""Villages up to which ledger and check are made."""
GAP = 1e-3
SEED = 1


def main() -> None:
    """Measure the sizes asked for and write the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--villages", default=",".join(map(str, SIZES)))
    parser.add_argument("--time-limit", type=float, default=3_600.0)
    parser.add_argument("--name", default="scale")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(given.one, given.time_limit)))
        return
    path = FOLDER / f"{given.name}.json"
    sizes = json.loads(path.read_text(encoding="utf-8"))["sizes"] if path.exists() else []
    for villages in map(int, given.villages.split(",")):
        line = [sys.executable, __file__, "--one", str(villages), "--time-limit", str(given.time_limit)]
        output = subprocess.run(line, stdout=subprocess.PIPE, text=True, check=True).stdout
        sizes = [one for one in sizes if one["villages"] != villages] + [json.loads(output)]
        sizes.sort(key=lambda one: int(one["villages"]))
        write_record(given.name, {"gap_asked": GAP, "time_limit": given.time_limit, "sizes": sizes})
        print(output, end="", flush=True)


def measured(villages: int, time_limit: float) -> dict[str, Any]:
    """One county of this size."""
    county = generate(Knobs(villages=villages, seed=SEED))
    households, settings = len(county.tables["households"]), Settings(gap=GAP, time_limit=time_limit)
    begun, spent = monotonic(), process_time()
    if villages <= WHOLE:
        result = solve(county, settings)
        people = result.plan.totals.people_lifted if result.plan else None
        bound, gap, kind = result.objective_bound, result.gap, "plan, ledger and check"
    else:
        problem = compile_county(county).problem
        del county
        outcome = search_parts(problem, settings, 2, "least_money", Clock(time_limit, None), _told(begun))
        kind, people, gap = "search", None, None
        bound = None if outcome.bound is None else outcome.bound / UNITS_PER_PERSON
        if outcome.best is not None and outcome.bound is not None:
            require_kept(problem, outcome.best)
            people, gap = outcome.best.people, outcome.bound / outcome.best.objective - 1.0
    seconds = monotonic() - begun
    return {
        "villages": villages,
        "households": households,
        "measured": kind,
        "seconds": round(seconds, 2),
        "processor_seconds": round(process_time() - spent, 2),
        "milliseconds_a_household": round(1000 * seconds / households, 3),
        "people_lifted": people,
        "bound": bound,
        "gap": gap,
        "memory_mib": round(getrusage(RUSAGE_SELF).ru_maxrss / 1024),
    }


def require_kept(problem: Problem, plan: Incumbent) -> None:
    """Raise SystemExit unless flows pay every cell exactly and keep every hard row."""
    hard = problem.rows.price == HARD
    paid = np.zeros(len(problem.flows.cell_village), dtype=np.int64)
    np.add.at(paid, problem.flows.arc_cell, plan.flows)
    if (plan.flows < 0).any() or not np.array_equal(paid, cell_demand(problem, plan.decisions)):
        raise SystemExit("flows do not pay what is decided")
    if (used(problem, plan)[hard] < problem.rows.rhs[hard]).any():
        raise SystemExit("a row is broken")


def _told(begun: float) -> Any:
    def tell(stage: str, bound: int | None) -> None:
        shown = "" if bound is None else f" {bound / UNITS_PER_PERSON}"
        print(f"{monotonic() - begun:8.1f} s {stage}{shown}", file=sys.stderr, flush=True)

    return tell


if __name__ == "__main__":
    main()
