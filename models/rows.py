"""The county's tables: one row schema per table (model.md section 2), used for every file format and the docs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from liftplan.models.base import (
    BasisPoints,
    Count,
    Id,
    Ids,
    MaybeId,
    MaybeYear,
    PositiveYuan,
    Price,
    Row,
    Year,
    Yuan,
)

Channel = Literal["fiscal", "sector", "household", "social"]
Recipient = Literal["projects", "measures"]
Mode = Literal["grant", "interest_subsidy", "reward", "build_first"]
Enforce = Literal["hard", "soft", "off"]
Text = Annotated[str, Field(max_length=500)]


class Department(Row):
    """A county department (部门) that owns funds."""

    id: Id
    """Identifier, e.g. `poverty`."""
    name: Text
    """Official name."""
    name_en: Text = ""
    """English name; "" shows `name`."""


class Purpose(Row):
    """A purpose (用途) that money may be tied to."""

    id: Id
    """Identifier, e.g. `road`."""
    name: Text
    """Name."""
    name_en: Text = ""
    """English name; "" shows `name`."""
    poolable: bool = False
    """True if, under `purpose_rule: pooled` (R2), a poolable fund may pay it."""


class Need(Row):
    """A need (需求) a household must have met to leave poverty, besides the income test."""

    id: Id
    """Identifier, e.g. `housing`."""
    name: Text
    """Name."""
    name_en: Text = ""
    """English name; "" shows `name`."""


class Fund(Row):
    """A fund (资金): money of one department, tied to purposes, recipients, scope and modes of finance."""

    id: Id
    """Identifier that says what it is, e.g. `village_road`."""
    name: Text
    """Official name."""
    name_en: Text = ""
    """English name; "" shows `name`."""
    department: Id
    """Owning department."""
    channel: Channel
    """Channel: fiscal (财政扶贫资金), sector (行业扶贫资金), household (扶贫到户资金), social (社会扶贫资金)."""
    amount: Yuan
    """Whole yuan a year, fee included; a row of `budgets` overrides it for its year."""
    purposes: Ids
    """Purposes it may pay."""
    recipients: tuple[Recipient, ...] = ("projects", "measures")
    """What it may pay: projects, measures (top-ups are measures) or both."""
    villages: Ids = ()
    """Scope: villages it may pay in; empty = all. AND with the other kinds of scope, OR within."""
    village_tags: Ids = ()
    """Scope: tags of villages it may pay in; empty = all."""
    household_groups: Ids = ()
    """Scope: groups of households it may pay; empty = all. A fund with household groups pays no project."""
    modes: tuple[Mode, ...] = ("grant", "interest_subsidy", "reward", "build_first")
    """Modes of finance (资金投入方式) it may use."""
    integrable: bool = True
    """False marks ring-fenced money: shown, never allocated, in neither part of the integration rate."""
    poolable: bool = False
    """True if, under `purpose_rule: pooled` (R2), it may pay every poolable purpose."""
    fee_bp: BasisPoints = 0
    """Share of the amount reserved before allocation, basis points; the fee is rounded up to whole yuan."""
    carry_over: bool = False
    """True if unspent money may be used in the next year (several years)."""


class Budget(Row):
    """A fund's amount in one year, where it differs from the fund's own `amount`."""

    fund: Id
    """Fund."""
    year: Year
    """Year."""
    amount: Yuan
    """Whole yuan in that year, fee included."""


class FundShare(Row):
    """A share rule (R7): at least / at most a share of what the fund spends goes to given purposes."""

    id: Id
    """Identifier."""
    fund: Id
    """Fund."""
    sense: Literal["at_least", "at_most"]
    """Direction."""
    share_bp: BasisPoints
    """Share in basis points of the fund's ledger yuan."""
    purposes: Ids
    """Purposes counted."""


class Village(Row):
    """A village (村)."""

    id: Id
    """Identifier, e.g. `v01`."""
    name: Text
    """Name."""
    name_en: Text = ""
    """English name; "" shows `name`."""
    township: Text
    """Township (乡镇)."""
    tags: Ids = ()
    """Tags that funds' scopes refer to."""
    population: Count = 0
    """Residents, persons."""
    in_push: bool = True
    """True if in the whole-village programme (整村推进): R3 and R4 apply."""
    push_year: MaybeYear = 0
    """Given push year (several years); 0 = the solver chooses."""
    leader: Text = ""
    """Support team "1119": county leader."""
    lead_unit: Text = ""
    """Support team: lead unit."""
    enterprise: Text = ""
    """Support team: enterprise."""
    member_units: tuple[Text, ...] = ()
    """Support team: member units (nine)."""


class MinimumOverride(Row):
    """A village's own minimum in place of the policy's."""

    village: Id
    """Village."""
    rule: Id
    """`R3`, or the id of an R4 row."""
    minimum: Yuan
    """Whole yuan a year; 0 = no minimum."""


class Project(Row):
    """A village project (村级项目)."""

    id: Id
    """Identifier, e.g. `v07-p03`."""
    village: Id
    """Village in which its money counts."""
    name: Text
    """Name."""
    name_en: Text = ""
    """English name; "" shows `name`."""
    requires: Ids = ()
    """Projects that must be built too (any village)."""
    alternative_group: MaybeId = ""
    """At most one project of the same group in the same village is built; "" = none."""
    slots: Count = 0
    """Places for measures with `uses_slot` (resettlement site 安置点); 0 = it offers none."""
    mode: Mode = "grant"
    """Mode of finance."""
    leveraged: Yuan = 0
    """Whole yuan of others' money that it draws; never ledger yuan."""
    deadline: Text = ""
    """Deadline, ISO date; "" = not given."""
    acceptance_year: MaybeYear = 0
    """Year of acceptance (build first, be refunded); 0 = the year it is paid."""
    longitude: float = float("nan")
    """Degrees east; blank = not given."""
    latitude: float = float("nan")
    """Degrees north; blank = not given."""


class Household(Row):
    """A registered poor household (建档立卡户)."""

    id: Id
    """Identifier, e.g. `v01-h0001`."""
    village: Id
    """Village."""
    persons: Annotated[int, Field(ge=1, le=50)]
    """Persons."""
    income: Annotated[int, Field(ge=0, le=10**7)]
    """Yuan a person a year, allowances included."""
    needs: Ids = ()
    """Needs not yet met."""
    groups: Ids = ()
    """Groups that scopes, weights and fairness refer to (type, cause of poverty ...)."""
    labour: Annotated[int, Field(ge=0, le=50)] = 0
    """Able workers."""


class Measure(Row):
    """A household measure (到户措施); without cost lines it is a direct effect of the projects it requires."""

    id: Id
    """Identifier."""
    household: Id
    """Household."""
    name: Text
    """Name."""
    name_en: Text = ""
    """English name; "" shows `name`."""
    income_gain: Annotated[int, Field(ge=0, le=10**8)] = 0
    """Yuan a household a year."""
    meets: Ids = ()
    """Needs it meets."""
    requires: Ids = ()
    """Projects that must be built (any village)."""
    uses_slot: MaybeId = ""
    """Project whose slot it takes and which it requires; "" = none."""
    labour: Annotated[int, Field(ge=0, le=50)] = 0
    """Workers it ties up."""
    main_house: bool = False
    """True for a main house measure: at most one a household."""
    alternative_group: MaybeId = ""
    """At most one measure of the same group in the same household is taken; "" = none."""
    mode: Mode = "grant"
    """Mode of finance."""
    leveraged: Yuan = 0
    """Whole yuan that the household or a bank pays; never ledger yuan."""
    gain_from_year: MaybeYear = 0
    """First year in which the income counts; 0 = the year it is paid."""


class CostLine(Row):
    """A cost line (费用): what of an item's cost falls to one purpose. An item's cost is the sum of its lines."""

    item: Id
    """Project or measure."""
    purpose: Id
    """Purpose."""
    yuan: PositiveYuan
    """Whole yuan."""


class Commitment(Row):
    """Money already spent or promised (已定资金): a lower bound of its ledger line (R11)."""

    fund: Id
    """Fund."""
    item: Id
    """Project or measure, which is taken."""
    purpose: Id
    """Purpose, one of the item's cost lines."""
    yuan: PositiveYuan
    """Whole yuan."""


class Baseline(Row):
    """Last year's ledger yuan of integrable funds (上年), for R6."""

    village: MaybeId = ""
    """Village; "" = the whole county."""
    yuan: Yuan
    """Whole yuan."""


class Account(Row):
    """A department's account (账户), for notices."""

    department: Id
    """Department."""
    account_name: Text = ""
    """Account name."""
    account_number: Text = ""
    """Account number."""
    due_q1: Text = ""
    """Payment due date of the first quarter, ISO date."""
    due_q2: Text = ""
    """Payment due date of the second quarter, ISO date."""
    due_q3: Text = ""
    """Payment due date of the third quarter, ISO date."""
    due_q4: Text = ""
    """Payment due date of the fourth quarter, ISO date."""


class Demand(Row):
    """A must or never (R12) for one project, measure, household or village."""

    sense: Literal["must", "never"]
    """must: built / taken / lifted / gets at least one yuan. never: not built / not taken / no measure / no yuan."""
    target: Literal["project", "measure", "household", "village"]
    """Kind of thing named."""
    id: Id
    """Identifier of the thing named."""
    enforce: Enforce = "hard"
    """hard, soft (priced) or off."""
    price: Price = 0
    """Soft: millionths of a person if it is not kept."""


TABLES: dict[str, type[Row]] = {
    "departments": Department,
    "purposes": Purpose,
    "needs": Need,
    "funds": Fund,
    "budgets": Budget,
    "fund_shares": FundShare,
    "villages": Village,
    "minimum_overrides": MinimumOverride,
    "projects": Project,
    "households": Household,
    "measures": Measure,
    "costs": CostLine,
    "commitments": Commitment,
    "baseline": Baseline,
    "accounts": Account,
    "demands": Demand,
}
"""Every table of a county, in file order."""

KEYS: dict[str, tuple[str, ...]] = {
    "budgets": ("fund", "year"),
    "minimum_overrides": ("village", "rule"),
    "costs": ("item", "purpose"),
    "commitments": ("fund", "item", "purpose"),
    "baseline": ("village",),
    "accounts": ("department",),
    "demands": ("sense", "target", "id"),
}
"""Columns that identify a row, where it is not `id` alone."""
