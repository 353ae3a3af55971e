"""What rules say by name of one thing that money is spent on."""

from __future__ import annotations

from typing import Literal

from liftplan.solver.explain.case import Case


def demanded(case: Case, target: Literal["project", "measure"], name: str) -> tuple[str, ...]:
    """`must project`, `never project` (measure) where R12 names it; `committed` where R11 does."""
    rows = [f"{row.sense} {target}" for row in case.facts.demands if (row.target, row.id) == (target, name)]
    committed = any(row.item == name for row in case.facts.commitments)
    return (*rows, *(["committed"] if committed and case.county.policy.R11.enforce != "off" else []))
