"""Cancelling a real solve."""

from __future__ import annotations

import pytest

from liftplan.scenarios import counties
from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve


class _AtLook(Cancel):
    """A switch that is set when it is looked at for a certain time."""

    def __init__(self, last: int) -> None:
        super().__init__()
        self._last = last
        self.looks = 0

    def __bool__(self) -> bool:
        self.looks += 1
        if self.looks == self._last:
            self.set()
        return super().__bool__()


def test_a_switch_set_during_the_solve_ends_it() -> None:
    """A switch that is not set when the solve begins is the one it listens to."""
    cancel = Cancel()
    county = generate(Knobs(seed=3, villages=4, households_per_village=60))
    result = solve(county, Settings(gap=0, time_limit=None), listener=lambda _: cancel.set(), cancel=cancel)
    assert result.stopped_by == "cancelled"
    assert result.status in {"unknown", "feasible"}


@pytest.mark.parametrize("gap", [0.0, 0.001])
def test_a_solve_ends_in_order_at_whatever_moment_it_is_cancelled(gap: float) -> None:
    """Wherever a solve looks at its switch, it stops there with a checked plan, or with none."""
    county = counties.load("tiny")
    settings = Settings(gap=gap, threads=1, time_limit=None)
    patient = _AtLook(0)
    assert solve(county, settings, cancel=patient).stopped_by in {"proof", "gap"}
    assert patient.looks > 20
    for look in range(1, patient.looks + 1):
        result = solve(county, settings, cancel=_AtLook(look))
        assert result.stopped_by in {"cancelled", "proof", "gap"}, look
        assert (result.plan is None) == (result.status == "unknown"), look
