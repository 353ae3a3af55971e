"""Cancelling a real solve."""

from __future__ import annotations

from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve


def test_a_switch_set_during_the_solve_ends_it() -> None:
    """A switch that is not set when the solve begins is the one it listens to."""
    cancel = Cancel()
    county = generate(Knobs(seed=3, villages=4, households_per_village=60))
    result = solve(county, Settings(gap=0, time_limit=None), listener=lambda _: cancel.set(), cancel=cancel)
    assert result.stopped_by == "cancelled"
    assert result.status in {"unknown", "feasible"}
