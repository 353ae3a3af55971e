"""Very many villages: parts of a county solved one after another, the prices of what they share the same in all."""

from liftplan.solver.parts.part import Part, part_of, parts_of
from liftplan.solver.parts.search import Outcome, Planned, search_parts

__all__ = ["Outcome", "Part", "Planned", "part_of", "parts_of", "search_parts"]
