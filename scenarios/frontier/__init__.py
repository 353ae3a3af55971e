"""People lifted against the share that every village lifts at least: what plans reach, and what no plan can."""

from __future__ import annotations

from liftplan.scenarios.frontier.envelope import Envelope, Gauge, Reached
from liftplan.scenarios.frontier.level import Level, overrides_of
from liftplan.scenarios.frontier.search import Found, Watch, explore
from liftplan.scenarios.frontier.shares import Shares

__all__ = ["Envelope", "Found", "Gauge", "Level", "Reached", "Shares", "Watch", "explore", "overrides_of"]
