"""One pool of money for 48, 480 and 4,800 villages: time a household, proved gap, memory.

`python benchmarks/scale.py [--villages 48,480,4800] [--time-limit SECONDS] [--name RECORD]`; generated counties
(seed 1, 250 households a village), each in a process of its own. Writes `record/scale.json` after every size; sizes not
asked for stay as they are there.

Every county is solved as anyone would: search, whole-yuan ledger, independent check and plan.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from resource import RUSAGE_SELF, getrusage
from time import monotonic, process_time
from typing import Any

from _record import FOLDER, write_record

from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver.progress import Event
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

SIZES = (48, 480, 4_800)
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
    result = solve(county, settings, listener=_told)
    seconds = monotonic() - begun
    return {
        "villages": villages,
        "households": households,
        "seconds": round(seconds, 2),
        "processor_seconds": round(process_time() - spent, 2),
        "milliseconds_a_household": round(1000 * seconds / households, 3),
        "people_lifted": result.plan.totals.people_lifted if result.plan else None,
        "bound": result.objective_bound,
        "gap": result.gap,
        "memory_mib": round(getrusage(RUSAGE_SELF).ru_maxrss / 1024),
    }


def _told(event: Event) -> None:
    shown = "" if event.bound is None else f" {event.bound}"
    print(f"{event.seconds:8.1f} s {event.stage}{shown}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
