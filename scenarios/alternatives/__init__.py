"""Clearly different plans that lift nearly as many people as the best."""

from __future__ import annotations

from liftplan.scenarios.alternatives.distance import Distance, distance
from liftplan.scenarios.alternatives.search import Alternative, Found, Try, Watch, alternatives
from liftplan.scenarios.alternatives.spare import Spare

__all__ = ["Alternative", "Distance", "Found", "Spare", "Try", "Watch", "alternatives", "distance"]
