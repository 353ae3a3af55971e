"""What a solve of a flat problem returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from liftplan.solver.flat.tree import Node


@dataclass(frozen=True)
class FlatProof:
    """Why no choice is worth more than the bound; `reprove` shows it again."""

    objective: int | None
    """Value of the best choice: the proof may leave out what is no better. None: nothing was left out for its value."""
    root: Node = field(repr=False)


@dataclass(frozen=True)
class FlatResult:
    """Outcome of one solve. The choice has passed `check_choice`; the bound is proved in whole numbers."""

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    """optimal: the bound is the objective. unknown: no choice was found, none is excluded."""
    stopped_by: Literal["gap", "time", "cancelled", "proof"]
    objective: int | None
    bound: int | None
    """No choice is worth more; None if there is none."""
    choice: tuple[int, ...]
    """The option taken in each group, counted from 0 within the group; empty without a choice."""
    flows: dict[tuple[str, str], int]
    """(source, class) -> what it pays, where that is not 0."""
    seconds: float
    nodes: int
    """Sets of choices looked at by branch and bound."""
    proof: FlatProof
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds by stage."""

    @property
    def gap(self) -> float | None:
        """(bound - objective) / max(1, |objective|); None without both."""
        if self.objective is None or self.bound is None:
            return None
        return (self.bound - self.objective) / max(1, abs(self.objective))
