"""What comes of departments deciding alone: an outcome, not a plan, for it may break rules and has no bound."""

from __future__ import annotations

from liftplan.models.base import Frozen
from liftplan.models.plan import Applied, CountyRef, LedgerLine, Shortfall, Totals

OUTCOME_VERSION = 1
"""Version of the format of outcomes."""


class Broken(Frozen):
    """One rule that the outcome breaks."""

    rule: str
    """`R1` ... `R13`."""
    subject: str
    """What it is about: village, `village/row`, household, project, fund ..."""
    value: int | float | str | None
    """What the outcome has."""
    limit: int | float | str | None
    """What the rule asks for or allows."""
    text: str
    """The same in words, in English."""

    @property
    def short(self) -> int:
        """How far the value is from the limit, in the rule's unit (yuan, persons, pieces); 0 if it is no number."""
        if isinstance(self.value, int) and isinstance(self.limit, int):
            return abs(self.limit - self.value)
        return 0


class FundMoney(Frozen):
    """What happened to one fund: amount = fee + allocated + left."""

    fund: str
    amount: int
    fee: int
    allocated: int
    left: int


class Outcome(Frozen):
    """Decisions of all departments, what they are worth by model.md section 3, and the rules they break.

    There is no bound: it is an algorithm, not an optimum. Lists are sorted; nothing depends on time or machine.
    """

    outcome_version: int = OUTCOME_VERSION
    county: CountyRef
    scenario: str
    overrides: tuple[str, ...] = ()
    applied: tuple[Applied, ...] = ()
    versions: dict[str, str]
    order: tuple[str, ...]
    """Departments in the order in which they decided."""
    projects: tuple[str, ...]
    measures: tuple[str, ...]
    """Measures taken, direct effects included."""
    padding: tuple[str, ...]
    """Projects built without users."""
    lifted: tuple[str, ...]
    """Households lifted."""
    already_out: tuple[str, ...]
    ledger: tuple[LedgerLine, ...]
    funds: tuple[FundMoney, ...]
    totals: Totals
    broken: tuple[Broken, ...]
    """Hard rules that are not kept, by rule and subject."""
    shortfalls: tuple[Shortfall, ...]
    """Soft rules that are not kept."""
