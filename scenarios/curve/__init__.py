"""People lifted over one quantity of a county: solves at points that are placed where the curve bends."""

from __future__ import annotations

from liftplan.scenarios.curve.axis import Axis, axis_of, several
from liftplan.scenarios.curve.curve import Watch, trace
from liftplan.scenarios.curve.direction import direction
from liftplan.scenarios.curve.placing import next_value
from liftplan.scenarios.curve.point import Point, Solved, solve_at

__all__ = ["Axis", "Point", "Solved", "Watch", "axis_of", "direction", "next_value", "several", "solve_at", "trace"]
