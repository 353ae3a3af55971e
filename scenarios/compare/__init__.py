"""Comparing plans: inputs that differ, results side by side, what changed hands, how sure the order is."""

from liftplan.scenarios.compare.compared import MOST_SIDES, Compared
from liftplan.scenarios.compare.inputs import ABSENT, HEAD, POLICY, Difference, TableChange
from liftplan.scenarios.compare.lines import Line
from liftplan.scenarios.compare.pairs import Pair
from liftplan.scenarios.compare.sides import Decided, Proof, Side

__all__ = [
    "ABSENT",
    "HEAD",
    "MOST_SIDES",
    "POLICY",
    "Compared",
    "Decided",
    "Difference",
    "Line",
    "Pair",
    "Proof",
    "Side",
    "TableChange",
]
