"""Parts of a page that a job leaves: what a comparison, a curve or a diagnosis shows, in both languages."""

from __future__ import annotations

from liftplan.models.base import Frozen
from liftplan.service.texts import Text

PIECES = "pieces.json"
REPAIRS = "repairs.json"
"""What a job leaves in its folder: parts of its page; the repairs of a diagnosis."""


class Pieces(Frozen):
    """Parts of a page, as HTML that asks for nothing and carries no style or script of its own."""

    parts: dict[str, Text]
    """By the names that the reports give to their sections, in their order."""


class Repair(Frozen):
    """A repair of a county without a plan."""

    kind: str
    """`yuan`, `rules` or `priorities`."""
    name: Text
    yuan: int
    """What it takes in all."""
    gives: tuple[Text, ...]
    """What gives, a line each."""
    overrides: tuple[str, ...]
    """The lines that make it."""


class Repairs(Frozen):
    """The repairs of a diagnosis."""

    status: str
    """`feasible`, `infeasible` or `unknown`."""
    repairs: tuple[Repair, ...]
    none: tuple[Text, ...] = ()
    """Why there is no repair of a kind, a line each."""
