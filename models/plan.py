"""A plan: what is decided, who pays each yuan, how good it is proved to be. The content of `plan.json`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from liftplan.models.base import Frozen
from liftplan.models.county import canonical

PLAN_VERSION = 1
"""Version of the plan format."""

UNITS_PER_PERSON = 10**14
"""Exact unit of the objective: 10^-14 persons. One millionth of a person per 10,000 yuan, on 1/10,000 yuan (R7)."""

AT_ONCE = 100_000
"""Entries of a list that are JSON at once while a digest is taken."""

LONG: dict[str, Any] = {"projects": (), "measures": (), "topups": {}, "lifted": (), "already_out": (), "ledger": ()}
"""Parts of a plan that grow with its county, each with nothing in it."""

Status = Literal["optimal", "feasible", "infeasible", "unknown", "invalid", "rejected", "error"]
StoppedBy = Literal["proof", "gap", "time", "rounds", "cancelled"]

LedgerLine = tuple[str, str, str, int]
"""fund, item (project, measure or `topup:<household>`), purpose, whole yuan > 0."""


class CountyRef(Frozen):
    """Which county the plan is for."""

    id: str
    name: str
    digest: str
    """SHA-256 of the county's content (`County.digest`)."""


class Applied(Frozen):
    """What one override of a scenario did to the county."""

    override: str
    """The override, as `overrides` has it."""
    cells: int
    """Cells (fields, demands) that it named."""
    before: int | None = None
    """Sum of these cells before, if they are whole numbers."""
    after: int | None = None
    """Sum after."""
    rounded: int = 0
    """How many of them were rounded, half up, to whole numbers."""


class Shortfall(Frozen):
    """How far a soft rule is from being kept."""

    rule: str
    """`R1` ... `R13`."""
    subject: str
    """Instance: fund, village, `village/row`, household, `fund/item/purpose`, demand target `kind:id` ..."""
    short: int
    """Amount short (over) in `unit`s."""
    unit: Literal["yuan", "yuan/10000", "person", "item"]
    """`yuan/10000` (R7): ten-thousandths of a yuan, so that shares stay exact."""
    penalty: int
    """Loss of objective in 10^-14 persons."""


class FundUse(Frozen):
    """What happened to one fund. amount = fee + allocated + left (overspent when R1 is soft: left < 0)."""

    fund: str
    amount: int
    fee: int
    allocated: int
    left: int
    reason: Literal["none_left", "ring_fenced", "no_eligible_use", "not_worth_it", "reserved"]
    """Why money is left over; `reserved`: nothing is but the fee."""


class Totals(Frozen):
    """Redundant sums: whoever edits a line of the plan must break one."""

    people_lifted: int
    households_lifted: int
    ledger_yuan: int
    leveraged_yuan: int
    ledger_lines: int
    by_fund: dict[str, int]
    by_department: dict[str, int]
    by_channel: dict[str, int]
    by_village: dict[str, int]
    by_purpose: dict[str, int]
    people_by_village: dict[str, int]


class SecondLevel(Frozen):
    """Level 2 of the objective, for at least the plan's own level 1."""

    goal: Literal["least_money", "most_needs"]
    value: int
    """Ledger yuan (least_money) or person-needs met among those not lifted (most_needs)."""
    bound: int | None
    """Proved bound of `value` (lower for least_money, upper for most_needs); null if none was proved."""


class PlanBody(Frozen):
    """The plan without its digest. Lists are sorted; nothing depends on time, date or machine."""

    plan_version: int = PLAN_VERSION
    county: CountyRef
    scenario: str
    """Name of the scenario; "base" if none."""
    overrides: tuple[str, ...] = ()
    """Scenario overrides applied, in order."""
    applied: tuple[Applied, ...] = ()
    """What each of them did, in the same order."""
    settings: dict[str, Any]
    """gap, seed ... that the solve was asked for."""
    versions: dict[str, str]
    """liftplan and the libraries that touched numbers."""
    status: Literal["optimal", "feasible"]
    stopped_by: StoppedBy | None
    projects: tuple[str, ...]
    """Projects built."""
    padding: tuple[str, ...]
    """Projects built with no user (nothing taken requires them), because a minimum forces spending."""
    measures: tuple[str, ...]
    """Measures taken, direct effects included."""
    topups: dict[str, int]
    """Household -> whole yuan (> 0)."""
    lifted: tuple[str, ...]
    """Households lifted."""
    already_out: tuple[str, ...]
    """Households that pass with nothing done: reported, counted 0."""
    ledger: tuple[LedgerLine, ...]
    funds: tuple[FundUse, ...]
    shortfalls: tuple[Shortfall, ...]
    totals: Totals
    objective: float
    """Level 1 in persons: weighted people lifted minus penalties (rounded to 1e-9)."""
    objective_bound: float
    """Proved upper bound of the objective over all plans (rounded up to 1e-9)."""
    gap: float
    """(objective_bound - objective) / max(1, objective)."""
    second: SecondLevel | None
    prices: dict[str, float]
    """Fund -> people per extra 10,000 yuan, at the bound's prices."""
    rule_prices: dict[str, float] = {}
    """Rule and subject ("R4 v07/poverty") -> people per 10,000 yuan (R10: per person) by which it is relaxed, likewise;
    what is left out has the price 0."""
    implied: tuple[str, ...] = ()
    """Rules that other hard rules imply ("R3 v07": its departments' minimums add up to it): they have no price."""
    certificate: dict[str, Any] | None
    """What re-proves the bound (solver/certificate)."""


class Plan(PlanBody):
    """A plan as stored: body and digest."""

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """SHA-256 of the canonical JSON of everything else."""

    @classmethod
    def sealed(cls, body: PlanBody) -> Plan:
        """The body with its digest."""
        content = body.model_dump(mode="json", exclude=set(LONG))
        plan = cls(**content, **LONG, digest=content_digest(body))
        return plan.model_copy(update={name: getattr(body, name) for name in LONG})  # they need no copy


def digest_of(content: dict[str, Any]) -> str:
    """Digest of a plan's JSON content; a `digest` key in it is left out."""
    return _digest((name, _pieces(value)) for name, value in content.items())


def content_digest(plan: PlanBody) -> str:
    """The same of a plan, of which only a piece is JSON at a time."""

    def dumped(name: str) -> Callable[[Any], Any]:
        return lambda value: plan.model_copy(update={name: value}).model_dump(mode="json", include={name})[name]

    return _digest((name, _pieces(getattr(plan, name), dumped(name))) for name in type(plan).model_fields)


def _digest(fields: Iterable[tuple[str, Iterable[bytes]]]) -> str:
    sha = hashlib.sha256(b"{")
    mark = b""
    for name, pieces in sorted((field for field in fields if field[0] != "digest"), key=lambda field: field[0]):
        sha.update(mark + canonical(name) + b":")
        for piece in pieces:
            sha.update(piece)
        mark = b","
    sha.update(b"}")
    return sha.hexdigest()


def _pieces(value: Any, dumped: Callable[[Any], Any] = lambda value: value) -> Iterator[bytes]:
    """Canonical JSON of a field, long lists piece by piece. dumped: makes JSON content of a value of the field."""
    if not isinstance(value, list | tuple) or len(value) <= AT_ONCE:
        yield canonical(dumped(value))
        return
    mark = b"["
    for begin in range(0, len(value), AT_ONCE):
        yield mark + canonical(dumped(value[begin : begin + AT_ONCE]))[1:-1]
        mark = b","
    yield b"]"
