"""What a solve returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from liftplan.models.plan import Plan, StoppedBy


@dataclass(frozen=True)
class Result:
    """Outcome of one solve. `plan` has passed the independent checker; `objective_bound` is proved."""

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    stopped_by: StoppedBy | None
    plan: Plan | None
    objective_bound: float | None
    """Proved upper bound of level 1, persons (rounded up to 1e-9); None if nothing was proved."""
    seconds: float
    """Tables loaded -> plan checked."""
    stages: Mapping[str, float] = field(default_factory=dict)
    """Seconds by stage."""
    warm: bool | None = None
    """Whether the plan to begin with was of use; False: its decisions break rules of this county. None: none given,
    or none taken, as by counties of very many villages."""

    @property
    def gap(self) -> float | None:
        """(objective_bound - objective) / max(1, objective); None without both."""
        return self.plan.gap if self.plan else None
