"""The run store: what was solved, found again by its question."""

from __future__ import annotations

from liftplan.scenarios.store.run import CANCELLED, Run, question
from liftplan.scenarios.store.store import Damaged, RunStore

__all__ = ["CANCELLED", "Damaged", "Run", "RunStore", "question"]
