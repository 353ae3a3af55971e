"""A county small enough to argue about by hand, with one plan that keeps every rule, and plans made from decisions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from liftplan.models.county import County, Head
from liftplan.models.plan import CountyRef, FundUse, Plan, PlanBody, SecondLevel
from liftplan.models.policy import (
    GrowthMin,
    HouseholdMin,
    Policy,
    VillageDepartmentMin,
    VillageTotalMin,
)
from liftplan.models.rows import (
    TABLES,
    CostLine,
    Department,
    Fund,
    Household,
    Measure,
    Need,
    Project,
    Purpose,
    Row,
    Village,
)
from liftplan.models.tables import Table
from liftplan.solver.check import Findings, check_decisions, check_plan, shown_gap
from liftplan.solver.check.decided import Decided
from liftplan.solver.check.evaluate import judge
from liftplan.solver.check.facts import Facts
from liftplan.solver.check.reasons import Reasons
from liftplan.solver.check.stated import implied_rules

QUIET = Policy(
    R3=VillageTotalMin(enforce="off"),
    R4=VillageDepartmentMin(enforce="off"),
    R5=HouseholdMin(enforce="off"),
    R6=GrowthMin(enforce="off"),
)
"""Nothing but R1, R2 and R8, and whatever the tables ask for."""

ROWS: dict[str, list[Row]] = {
    "departments": [Department(id=name, name=name) for name in ("poverty", "water", "society")],
    "purposes": [
        Purpose(id="road", name="road"),
        Purpose(id="pipe", name="pipe"),
        Purpose(id="house", name="house", poolable=True),
        Purpose(id="industry", name="industry", poolable=True),
    ],
    "needs": [Need(id="housing", name="housing"), Need(id="water", name="water")],
    "funds": [
        Fund(
            id="general",
            name="general",
            department="poverty",
            channel="fiscal",
            amount=400_000,
            purposes=("road", "pipe", "industry"),
            fee_bp=100,
        ),
        Fund(
            id="mains",
            name="mains",
            department="water",
            channel="sector",
            amount=200_000,
            purposes=("pipe",),
            recipients=("projects",),
        ),
        Fund(
            id="homes",
            name="homes",
            department="society",
            channel="household",
            amount=60_000,
            purposes=("house", "industry"),
            recipients=("measures",),
            poolable=True,
        ),
        Fund(
            id="relief",
            name="relief",
            department="society",
            channel="social",
            amount=30_000,
            purposes=("house",),
            integrable=False,
        ),
    ],
    "villages": [
        Village(id="v1", name="v1", township="east", tags=("high",)),
        Village(id="v2", name="v2", township="west", in_push=False),
    ],
    "projects": [
        Project(id="v1-main", village="v1", name="main", leveraged=10_000),
        Project(id="v1-road", village="v1", name="road"),
        Project(id="v1-site", village="v1", name="site", slots=1),
        Project(id="v2-road", village="v2", name="road", alternative_group="way"),
        Project(id="v2-path", village="v2", name="path", alternative_group="way", requires=("v1-road",)),
    ],
    "households": [
        Household(id="v1-h1", village="v1", persons=4, income=2400, needs=("water",), groups=("ill",), labour=2),
        Household(id="v1-h2", village="v1", persons=3, income=2855, needs=("housing",), groups=("disabled",), labour=1),
        Household(id="v1-h3", village="v1", persons=1, income=0, needs=("housing",), labour=0),
        Household(id="v2-h1", village="v2", persons=5, income=2000, groups=("ill",), labour=2),
        Household(id="v2-h2", village="v2", persons=2, income=3000),
    ],
    "measures": [
        Measure(id="v1-h1-tap", household="v1-h1", name="tap", meets=("water",), requires=("v1-main",)),
        Measure(id="v1-h1-pigs", household="v1-h1", name="pigs", income_gain=1820, labour=1, leveraged=500),
        Measure(id="v1-h2-repair", household="v1-h2", name="repair", meets=("housing",), main_house=True),
        Measure(
            id="v1-h2-move",
            household="v1-h2",
            name="move",
            meets=("housing",),
            uses_slot="v1-site",
            alternative_group="home",
        ),
        Measure(id="v1-h3-house", household="v1-h3", name="house", meets=("housing",), main_house=True),
        Measure(id="v1-h3-move", household="v1-h3", name="move", uses_slot="v1-site"),
        Measure(
            id="v2-h1-goats", household="v2-h1", name="goats", income_gain=4275, labour=1, alternative_group="farm"
        ),
        Measure(id="v2-h1-orchard", household="v2-h1", name="orchard", labour=2, alternative_group="farm"),
        Measure(id="v2-h1-shop", household="v2-h1", name="shop", labour=2),
    ],
    "costs": [
        CostLine(item="v1-main", purpose="pipe", yuan=200_000),
        CostLine(item="v1-road", purpose="road", yuan=100_000),
        CostLine(item="v1-site", purpose="road", yuan=50_000),
        CostLine(item="v2-road", purpose="road", yuan=80_000),
        CostLine(item="v2-path", purpose="road", yuan=60_000),
        CostLine(item="v1-h1-pigs", purpose="industry", yuan=6_000),
        CostLine(item="v1-h2-repair", purpose="house", yuan=15_000),
        CostLine(item="v1-h2-move", purpose="house", yuan=20_000),
        CostLine(item="v1-h3-house", purpose="house", yuan=18_000),
        CostLine(item="v1-h3-move", purpose="house", yuan=1_000),
        CostLine(item="v2-h1-goats", purpose="industry", yuan=9_000),
        CostLine(item="v2-h1-orchard", purpose="industry", yuan=7_000),
        CostLine(item="v2-h1-shop", purpose="industry", yuan=2_000),
    ],
}
"""v1-h1 lacks water and 4 * (2855 - 2400) = 1,820 yuan a year, v1-h2 and v1-h3 a house (v1-h3 also income, for ever),
v2-h1 lacks 5 * (2855 - 2000) = 4,275 yuan a year, v2-h2 is already out."""

Payments = dict[tuple[str, str, str], int]
"""(fund, item, purpose) -> yuan."""


@dataclass(frozen=True)
class Choice:
    """Decisions of a plan. The defaults lift v1-h1, v1-h2 and v2-h1: 12 people, for 310,000 yuan.

    Village v1 gets 221,000 yuan, v2 89,000; fund general pays 139,000, mains 150,000, homes 21,000.
    """

    projects: tuple[str, ...] = ("v1-main", "v2-road")
    measures: tuple[str, ...] = ("v1-h1-pigs", "v1-h1-tap", "v1-h2-repair", "v2-h1-goats")
    topups: dict[str, int] = field(default_factory=dict)
    pays: Payments = field(
        default_factory=lambda: {
            ("mains", "v1-main", "pipe"): 150_000,
            ("general", "v1-main", "pipe"): 50_000,
            ("general", "v2-road", "road"): 80_000,
            ("general", "v2-h1-goats", "industry"): 9_000,
            ("homes", "v1-h1-pigs", "industry"): 6_000,
            ("homes", "v1-h2-repair", "house"): 15_000,
        }
    )

    def plus(self, *items: str, topups: dict[str, int] | None = None, pays: Payments | None = None) -> Choice:
        """More is taken and paid."""
        projects = {item for item in items if "-h" not in item}
        return Choice(
            tuple(sorted({*self.projects, *projects})),
            tuple(sorted({*self.measures, *(item for item in items if item not in projects)})),
            {**self.topups, **(topups or {})},
            {**self.pays, **(pays or {})},
        )

    def minus(self, *items: str) -> Choice:
        """Items and their money are left out."""
        return Choice(
            tuple(one for one in self.projects if one not in items),
            tuple(one for one in self.measures if one not in items),
            self.topups,
            {key: yuan for key, yuan in self.pays.items() if key[1] not in items},
        )

    def paying(self, pays: Payments) -> Choice:
        """Some ledger lines have other yuan; 0 takes a line away."""
        merged = {key: yuan for key, yuan in {**self.pays, **pays}.items() if yuan}
        return replace(self, pays=merged)


class Bench:
    """Makes the county, checks decisions, makes plans."""

    choice = Choice()

    def county(self, *rows: Row, policy: dict[str, Any] | None = None) -> County:
        """The county with rows added (or replaced, where the id is there already) and rules of the policy replaced."""
        tables = {name: list(listed) for name, listed in ROWS.items()}
        for row in rows:
            name = next(name for name, schema in TABLES.items() if schema is type(row))
            listed = tables.setdefault(name, [])
            listed[:] = [old for old in listed if getattr(old, "id", None) != getattr(row, "id", "none")]
            listed.append(row)
        head = Head(id="shire", name="Shire", years=(2015,), poverty_line={2015: 2855})
        built = {name: Table.from_rows(TABLES[name], listed) for name, listed in tables.items()}
        return County.build(head, QUIET.model_copy(update=policy or {}), built)

    def row(self, table: str, name: str, **changes: Any) -> Row:
        """A row of the county with some fields changed."""
        return next(row for row in ROWS[table] if row.id == name).model_copy(update=changes)  # type: ignore[attr-defined]

    def check(self, county: County, choice: Choice) -> Findings:
        """What the checker finds."""
        ledger = [(*key, yuan) for key, yuan in sorted(choice.pays.items())]
        return check_decisions(county, choice.projects, choice.measures, choice.topups, ledger)

    def broken(self, county: County, choice: Choice) -> set[tuple[str, str]]:
        """(rule, subject) of each violation."""
        return {(one.rule, one.subject) for one in self.check(county, choice).violations}

    def short(self, county: County, choice: Choice) -> list[tuple[str, str, int, str, int]]:
        """rule, subject, short, unit and penalty of each shortfall; nothing hard may be broken."""
        findings = self.check(county, choice)
        assert not findings.violations
        return [(one.rule, one.subject, one.short, one.unit, one.penalty) for one in findings.evaluation.shortfalls]

    def plan(self, county: County, choice: Choice, room: float = 0.0, facts: Facts | None = None) -> Plan:
        """The plan of some decisions, with everything else derived, whose bound lies `room` persons above it."""
        ledger = [(*key, yuan) for key, yuan in sorted(choice.pays.items())]
        facts = facts or Facts(county)
        decided = Decided(facts, choice.projects, choice.measures, choice.topups, ledger)
        value, reasons = judge(decided).evaluation, Reasons(decided)
        bound = round(value.objective + room, 9)
        status = value.status(bound)
        goal = county.policy.objective.second
        paying = [fund for fund, purse in facts.purses.items() if purse.row.integrable]
        return Plan.sealed(
            PlanBody(
                county=CountyRef(id=county.head.id, name=county.head.name, digest=county.digest),
                scenario="base",
                settings={"gap": 0.0, "seed": 0},
                versions={"liftplan": "0"},
                status=status,
                stopped_by="proof" if status == "optimal" else "time",
                projects=tuple(sorted(choice.projects)),
                padding=value.padding,
                measures=tuple(sorted(choice.measures)),
                topups=choice.topups,
                lifted=value.lifted,
                already_out=value.already_out,
                ledger=tuple((*key, yuan) for key, yuan in sorted(choice.pays.items())),
                funds=tuple(FundUse(**one._asdict(), reason=reasons.of(one.fund, one.left)[0]) for one in value.funds),
                shortfalls=value.shortfalls,
                totals=value.totals,
                objective=value.objective,
                objective_bound=bound,
                gap=shown_gap(value.objective, bound),
                second=SecondLevel(
                    goal=goal,
                    value=value.totals.ledger_yuan if goal == "least_money" else value.person_needs_met,
                    bound=None,
                ),
                prices=dict.fromkeys(paying, 0.5),
                implied=tuple(sorted(implied_rules(facts))),
                certificate={"leaves": [1, 2, 3]},
            )
        )

    def made(self, planter: Any) -> Choice:
        """Decisions of a planted plan."""
        chosen = tuple(sorted(planter.projects)), tuple(sorted(planter.measures))
        return Choice(*chosen, dict(planter.topups), dict(planter.pays))

    def verdict(self, county: County, plan: Plan, facts: Facts | None = None) -> set[str]:
        """Rules (and parts of the plan) that the checker names."""
        return {one.rule for one in check_plan(county, plan, facts)}


@pytest.fixture(scope="session")
def bench() -> Bench:
    """The county of this folder and what is done with it."""
    return Bench()
