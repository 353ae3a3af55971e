"""`separate`: every department decides alone, as before integration."""

from __future__ import annotations

from liftplan.scenarios.separate.decide import decide_separately
from liftplan.scenarios.separate.files import OUTCOME_FILE, outcome_text, refuse_outcome, write_outcome
from liftplan.scenarios.separate.order import ORDER
from liftplan.scenarios.separate.outcome import Broken, Outcome
from liftplan.scenarios.separate.reading import outcome_path, read_outcome
from liftplan.scenarios.separate.repair import Repaired, repaired

__all__ = [
    "ORDER",
    "OUTCOME_FILE",
    "Broken",
    "Outcome",
    "Repaired",
    "decide_separately",
    "outcome_path",
    "outcome_text",
    "read_outcome",
    "refuse_outcome",
    "repaired",
    "write_outcome",
]
