"""What a caller may see of a plan: figures by fund, department, channel, purpose and village; never a household."""

from __future__ import annotations

from liftplan.models.base import Frozen
from liftplan.service.texts import Text


class FundLine(Frozen):
    """What became of a fund: amount = fee + allocated + left."""

    id: str
    amount: int
    fee: int
    allocated: int
    left: int
    reason: str
    why: Text
    price: float | None
    """People per extra 10,000 yuan at the margin."""


class MoneyLine(Frozen):
    """What became of the money of a department or channel."""

    id: str
    name: Text
    amount: int
    fee: int
    allocated: int
    left: int


class PurposeLine(Frozen):
    """What went to a purpose."""

    id: str
    name: Text
    yuan: int


class BuiltLine(Frozen):
    """A project built."""

    id: str
    name: Text
    yuan: int
    padding: bool
    """Built without users, because a minimum forces spending."""


class VillageLine(Frozen):
    """What a village gets.

    People and households are null for viewers where some group of them is small, or one could be worked out.
    """

    id: str
    people: int | None
    """Registered."""
    lifted: int | None
    out: int | None
    """Already out with nothing done."""
    households: int | None
    lifted_households: int | None
    yuan: int
    by_department: dict[str, int]
    by_purpose: dict[str, int]
    built: tuple[BuiltLine, ...]


class Totals(Frozen):
    """A plan in a few figures, and how good it is."""

    status: str
    """`optimal` or `feasible`."""
    stopped_by: str | None
    people_lifted: int
    households_lifted: int
    projects: int
    """Built."""
    measures: int
    """Taken for households, that cost something."""
    objective: float
    objective_bound: float | None
    gap: float | None
    scored: bool
    """The objective is no number of people: weights, or rules that are soft."""
    ledger_yuan: int
    leveraged_yuan: int
    lines: int
    """Of the ledger."""
    seconds: float


class View(Frozen):
    """A plan in figures."""

    name: Text
    """The county's."""
    totals: Totals
    scenario: str
    overrides: tuple[str, ...]
    certainty: Text
    lower: tuple[Text, ...]
    """How good it is at the lower levels of the objective."""
    digest: str
    """Of the plan."""
    on_the_way: bool = False
    """The search was still going on when this plan was found; it has no files."""
    funds: tuple[FundLine, ...]
    departments: tuple[MoneyLine, ...]
    channels: tuple[MoneyLine, ...]
    purposes: tuple[PurposeLine, ...]
    villages: tuple[VillageLine, ...]
