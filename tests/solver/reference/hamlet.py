"""Tiny counties to be argued about: one village, two households that lack a house, one fund; and what tests change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from liftplan.models.county import County, Head
from liftplan.models.policy import GrowthMin, HouseholdMin, Policy, VillageDepartmentMin, VillageTotalMin
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

LINE = 1000

QUIET = Policy(
    R3=VillageTotalMin(enforce="off"),
    R4=VillageDepartmentMin(enforce="off"),
    R5=HouseholdMin(enforce="off"),
    R6=GrowthMin(enforce="off"),
)
"""Nothing but R1, R2 and R8, and whatever the tables ask for."""

Price = int
"""Millionths of a person."""


def fund(amount: int, name: str = "grant", **changes: Any) -> Fund:
    """A fund that may pay houses, roads and industry."""
    return Fund(
        **{
            "id": name,
            "name": name,
            "department": "poverty",
            "channel": "fiscal",
            "amount": amount,
            "purposes": ("house", "road", "industry"),
            **changes,
        }
    )


def village(name: str, **changes: Any) -> Village:
    """A village in push."""
    return Village(**{"id": name, "name": name, "township": "town", **changes})


def home(name: str, persons: int, **changes: Any) -> Household:
    """A household of village v (or another) that needs nothing but a house."""
    return Household(
        **{"id": name, "village": "v", "persons": persons, "income": LINE, "needs": ("house",), "labour": 1, **changes}
    )


def house(of: str, yuan: int, name: str = "", **changes: Any) -> list[Row]:
    """A measure that gives a household a house, with its cost line (none for 0 yuan)."""
    name = name or f"{of}-house"
    line: list[Row] = [CostLine(item=name, purpose=changes.pop("purpose", "house"), yuan=yuan)] if yuan else []
    return [Measure(**{"id": name, "household": of, "name": name, "meets": ("house",), **changes}), *line]


def project(name: str, yuan: int = 0, **changes: Any) -> list[Row]:
    """A project of village v (or another), with its cost line for a road (none for 0 yuan)."""
    line: list[Row] = [CostLine(item=name, purpose="road", yuan=yuan)] if yuan else []
    return [Project(**{"id": name, "village": "v", "name": name, **changes}), *line]


def county(*rows: Row | list[Row], years: tuple[int, ...] = (2015,), **rules: Any) -> County:
    """A county of these rows, under rules that replace those of `QUIET`. Village v is there unless one is given."""
    tables: dict[str, list[Row]] = {
        "departments": [Department(id=name, name=name) for name in ("poverty", "water")],
        "purposes": [
            Purpose(id="house", name="house", poolable=True),
            Purpose(id="road", name="road"),
            Purpose(id="industry", name="industry", poolable=True),
        ],
        "needs": [Need(id="house", name="house"), Need(id="water", name="water")],
    }
    for row in (row for some in rows for row in (some if isinstance(some, list) else [some])):
        name = next(name for name, schema in TABLES.items() if schema is type(row))
        tables.setdefault(name, []).append(row)
    tables.setdefault("villages", [village("v")])
    head = Head(id="hamlet", name="hamlet", years=years, poverty_line=dict.fromkeys(years, LINE))
    built = {name: Table.from_rows(TABLES[name], listed) for name, listed in tables.items()}
    return County.build(head, QUIET.model_copy(update=rules), built)


def pair(amount: int, *rows: Row | list[Row], first: int = 10_000, second: int = 10_000, **rules: Any) -> County:
    """Households small (2 persons) and large (3 persons), whose houses cost `first` and `second`, and one fund."""
    homes: list[Row] = [home("small", 2), home("large", 3)]
    return county(fund(amount), homes, house("small", first), house("large", second), *rows, **rules)


@dataclass(frozen=True)
class Case:
    """A county whose optimum is argued by hand."""

    rule: str
    """R1 ... R13, or what else it is about."""
    enforce: str
    """hard or soft; "" where neither fits."""
    optimum: float | None
    """Level 1 in persons; None: no plan keeps the hard rules."""
    make: Callable[[], County]
    """Makes the county; its docstring is the argument."""

    @property
    def name(self) -> str:
        """For the list of tests."""
        return "-".join(part for part in (self.rule, self.enforce, self.make.__name__) if part)


class Cases(list[Case]):
    """Cases in order of their making."""

    def add(
        self, rule: str, enforce: str, optimum: float | None
    ) -> Callable[[Callable[[], County]], Callable[[], County]]:
        """Register the decorated function as a case."""

        def keep(make: Callable[[], County]) -> Callable[[], County]:
            self.append(Case(rule, enforce, optimum, make))
            return make

        return keep
