"""What a caller may see of a county without reading it again: sizes, funds, villages, rules; never a household."""

from __future__ import annotations

from typing import Any

from liftplan.models.base import Frozen
from liftplan.service.texts import Text


class Sizes(Frozen):
    """How large a county is."""

    villages: int
    households: int
    people: int
    projects: int
    measures: int
    funds: int
    yuan: int
    """What the funds of a year may allocate, fees included."""


class Named(Frozen):
    """A department or purpose."""

    id: str
    name: Text


class FundFacts(Frozen):
    """A fund."""

    id: str
    name: Text
    department: str
    channel: str
    amount: int
    """Whole yuan a year."""
    integrable: bool
    """False: ring-fenced, never allocated."""
    purposes: tuple[str, ...] = ()
    """What it may pay for."""


class VillageFacts(Frozen):
    """A village: how many are registered, not who; null for viewers where they are few, or that could be worked out."""

    id: str
    name: Text
    township: str
    households: int | None
    people: int | None
    projects: int
    """Candidate projects."""
    in_push: bool


class Outline(Frozen):
    """A county in outline."""

    id: str
    """Its own id."""
    name: Text
    years: tuple[int, ...]
    poverty_line: dict[int, int]
    digest: str
    sizes: Sizes
    departments: tuple[Named, ...]
    purposes: tuple[Named, ...] = ()
    funds: tuple[FundFacts, ...]
    villages: tuple[VillageFacts, ...]
    policy: dict[str, Any]
    """The rules, as in a county document."""
