"""The policy (政策): rules R1-R13 of model.md section 4, the exit test and the objective."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from liftplan.models.base import BasisPoints, Frozen, Id, Ids, Price, Yuan
from liftplan.models.messages import Message, m
from liftplan.models.rows import Enforce


class Rule(Frozen):
    """What every rule has. Soft: the linear price is part of level 1 of the objective."""

    enforce: Enforce = "hard"
    """hard, soft or off."""
    price: Price = 0
    """Soft: millionths of a person per 10,000 yuan short (R10: per person short)."""
    source: str = ""
    """Legal or source note."""


class AlwaysRule(Rule):
    """A rule that cannot be off."""

    enforce: Literal["hard", "soft"] = "hard"
    """hard or soft."""


class FundAmount(AlwaysRule):
    """R1 fund-amount: ledger yuan of a fund + fee <= its amount."""


class PurposeRule(Frozen):
    """R2 purpose: each ledger line is one that its fund may pay; never soft."""

    enforce: Literal["hard"] = "hard"
    """Always hard."""
    purpose_rule: Literal["fixed", "pooled"] = "fixed"
    """pooled: a poolable fund may also pay every poolable purpose; scope, recipients, mode and R7 stay."""
    source: str = ""
    """Legal or source note."""


class VillageTotalMin(Rule):
    """R3 village-total-min: ledger yuan of a village in push >= minimum."""

    minimum: Yuan = 3_000_000
    """Whole yuan a village a year."""


class DepartmentMin(Frozen):
    """One row of R4: a department, or a group of departments, and its minimum in each village in push."""

    id: Id
    """Identifier."""
    name: str = ""
    """Name; "" shows the departments."""
    departments: Ids
    """Departments whose funds count together."""
    minimum: Yuan
    """Whole yuan a village a year."""


class VillageDepartmentMin(Rule):
    """R4 village-department-min: per village in push and row, ledger yuan of these departments' funds >= minimum."""

    rows: tuple[DepartmentMin, ...] = (
        DepartmentMin(id="poverty", departments=("poverty",), minimum=1_000_000),
        DepartmentMin(id="ndrc", departments=("ndrc",), minimum=400_000),
        DepartmentMin(id="finance", departments=("finance",), minimum=100_000),
        DepartmentMin(
            id="line",
            departments=("transport", "agriculture", "forestry", "water", "land"),
            minimum=1_500_000,
        ),
    )
    """The minimums."""


class HouseholdMin(Rule):
    """R5 household-min: direct cost + top-up of a household >= minimum."""

    minimum: Yuan = 10_000
    """Whole yuan a household."""
    applies_to: Literal["assisted", "every"] = "assisted"
    """assisted households only, or every registered one not already out."""
    purpose: Id = "industry"
    """Purpose of the top-up (a household development grant)."""


class GrowthMin(Rule):
    """R6 growth-min: ledger yuan of integrable funds >= growth x last year's (rounded up); needs baseline rows."""

    growth_bp: Annotated[int, Field(ge=0, le=100_000)] = 11_000
    """Basis points of last year's county yuan."""
    villages: bool = False
    """True: each village with a baseline row also gets at least last year's yuan."""


class FundShareRule(Rule):
    """R7 fund-share: the rows of table `fund_shares`."""


class StructureRule(Frozen):
    """R8 structure: requires, alternatives, one main house, slots, labour; always hard."""

    enforce: Literal["hard"] = "hard"
    """Always hard."""
    source: str = ""
    """Legal or source note."""


class HouseholdMax(Rule):
    """R9 household-max: direct cost + top-up <= maximum."""

    enforce: Enforce = "off"
    """hard, soft or off."""
    maximum: Yuan = 100_000
    """Whole yuan a household."""


class Fairness(Rule):
    """R10 fairness: each village (township, household group) lifts at least a share of its people not already out."""

    enforce: Enforce = "off"
    """hard, soft or off."""
    share_bp: BasisPoints = 5_000
    """Basis points of registered persons not already out, rounded up to persons."""
    by: Literal["village", "township", "group"] = "village"
    """Over what it is counted; a village that R12 never names is left out (its people too)."""


class Committed(Rule):
    """R11 committed: each commitment's yuan is a lower bound of its ledger line; its item is taken."""


class Demands(Frozen):
    """R12 must / never: the rows of table `demands`, each with its own `enforce` and price."""

    enforce: Literal["hard", "off"] = "hard"
    """off ignores the whole table."""
    source: str = ""
    """Legal or source note."""


class SpendMinRow(Frozen):
    """One row of R13: a fund, or a department's funds together."""

    id: Id
    """Identifier."""
    fund: str = ""
    """Fund; "" if the row is for a department."""
    department: str = ""
    """Department; "" if the row is for a fund."""
    share_bp: BasisPoints
    """Basis points of the amount, rounded up to whole yuan."""


class SpendMin(Rule):
    """R13 spend-min: each named fund (department) spends at least a share of its amount."""

    enforce: Enforce = "off"
    """hard, soft or off."""
    rows: tuple[SpendMinRow, ...] = ()
    """The minimums."""


class Exit(Frozen):
    """The income part of the exit test (model.md section 3)."""

    margin_bp: Annotated[int, Field(ge=0, le=100_000)] = 0
    """Income must reach (10,000 + margin) basis points of the poverty line."""


class Objective(Frozen):
    """What is best, in order: people lifted minus penalties; `second`; fewest ledger lines."""

    weights: dict[Id, Annotated[int, Field(ge=1, le=1_000)]] = {}
    """Integer weight of a person by household group; several groups: the largest; none: 1."""
    second: Literal["least_money", "most_needs"] = "least_money"
    """Level 2: fewest ledger yuan, or most person-needs met among those not lifted."""


class Policy(Frozen):
    """All rules of a county."""

    R1: FundAmount = FundAmount()
    """fund-amount"""
    R2: PurposeRule = PurposeRule()
    """purpose"""
    R3: VillageTotalMin = VillageTotalMin()
    """village-total-min"""
    R4: VillageDepartmentMin = VillageDepartmentMin()
    """village-department-min"""
    R5: HouseholdMin = HouseholdMin()
    """household-min"""
    R6: GrowthMin = GrowthMin()
    """growth-min"""
    R7: FundShareRule = FundShareRule()
    """fund-share"""
    R8: StructureRule = StructureRule()
    """structure"""
    R9: HouseholdMax = HouseholdMax()
    """household-max"""
    R10: Fairness = Fairness()
    """fairness"""
    R11: Committed = Committed()
    """committed"""
    R12: Demands = Demands()
    """must / never"""
    R13: SpendMin = SpendMin()
    """spend-min"""
    exit: Exit = Exit()
    """The exit test."""
    objective: Objective = Objective()
    """The objective."""


RULES: dict[str, Message] = {
    "R1": m("amount of each fund"),
    "R2": m("purpose"),
    "R3": m("minimum for each village"),
    "R4": m("minimum for each village by department"),
    "R5": m("minimum for each household"),
    "R6": m("growth of the money"),
    "R7": m("shares within a fund"),
    "R8": m("structure"),
    "R9": m("maximum for each household"),
    "R10": m("fairness"),
    "R11": m("committed"),
    "R12": m("must / never"),
    "R13": m("least spending"),
}
"""Plain names of the rules, in both languages; the names that files carry stand in `Policy`."""

LEDGER_TOPUP = "topup:"
"""Prefix of the ledger item of a household's top-up: `topup:<household>`."""


def people(price: int) -> float:
    """Price in persons, for showing (`price` in millionths of a person)."""
    return price / 1_000_000
