"""How soon a cancelled solve returns: `zigui-2015`, cancelled at moments spread over a solve.

`python benchmarks/cancel.py` writes `record/cancel.json`: per run the stage in which the cancel came, the seconds until
`liftplan.solve` returned, and whether with a plan. The bar is 2 s; `load_before` is how many processes wanted a core in
the minute before (0 on a machine of one's own).
"""

from __future__ import annotations

import os
import sys
import threading
from time import monotonic
from typing import Any

from _record import write_record

import liftplan

BAR = 2.0
"""Seconds from the cancel to the answer."""

MOMENTS = (0.2, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 9.0, 10.0, 11.0, 12.0, 14.0, 16.0, 20.0)
"""Seconds after the start."""


def main() -> None:
    """Cancel at each moment and write the record."""
    liftplan.warm()
    county = liftplan.load("zigui-2015")
    runs = [run(county, moment) for moment in MOMENTS]
    cancelled = [one for one in runs if one["seconds_to_return"] is not None]
    worst = max(one["seconds_to_return"] for one in cancelled)
    for one in runs:
        print(one)
    print(
        f"worst: {worst:.2f} s; written: {write_record('cancel', {'bar_seconds': BAR, 'worst': worst, 'runs': runs})}"
    )
    sys.exit(worst > BAR)


def run(county: liftplan.County, moment: float) -> dict[str, Any]:
    """One solve towards proved optimality, cancelled; nulls where it was over before."""
    cancel, stages = liftplan.Cancel(), [""]
    fired: list[tuple[float, str]] = []

    def fire() -> None:
        fired.append((monotonic(), stages[-1]))
        cancel.set()

    load = os.getloadavg()[0]
    timer = threading.Timer(moment, fire)
    timer.start()
    solution = liftplan.solve(
        county, gap=0, time_limit=None, cancel=cancel, listener=lambda event: stages.append(event.stage)
    )
    end = monotonic()
    timer.cancel()
    return {
        "cancelled_after": moment,
        "stage": fired[0][1] if fired else None,
        "seconds_to_return": round(end - fired[0][0], 3) if fired else None,
        "status": solution.status,
        "has_plan": solution.has_plan,
        "load_before": round(load, 2),
    }


if __name__ == "__main__":
    main()
