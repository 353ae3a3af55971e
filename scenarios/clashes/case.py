"""The base of planted conflicts: a county with room in every rule, and what a case changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from liftplan.models.base import Row
from liftplan.models.county import County, Head
from liftplan.models.policy import (
    DepartmentMin,
    GrowthMin,
    HouseholdMin,
    Policy,
    VillageDepartmentMin,
    VillageTotalMin,
)
from liftplan.models.rows import (
    TABLES,
    Commitment,
    CostLine,
    Demand,
    Department,
    Fund,
    Household,
    Measure,
    Need,
    Project,
    Purpose,
    Village,
)
from liftplan.models.tables import Table

YEAR, LINE = 2015, 2855

VILLAGES = ("v1", "v2", "v3")

QUIET: dict[str, Any] = {
    "R3": VillageTotalMin(enforce="off"),
    "R4": VillageDepartmentMin(enforce="off"),
    "R5": HouseholdMin(enforce="off"),
    "R6": GrowthMin(enforce="off"),
}
"""Nothing but what a case asks for, R1, R2 and R8."""


@dataclass(frozen=True)
class Clash:
    """A county without a plan, and why."""

    name: str
    why: str
    """The argument."""
    make: Callable[[], County]
    conflicts: tuple[frozenset[str], ...]
    """All minimal conflicts: rule and key of each group ("R4 poverty")."""
    places: tuple[int, int] | None = None
    """Of a single conflict: in any so many of so many places."""
    arithmetic: bool = True
    """The money alone shows all conflicts; otherwise some are of whole items, of structure or of households."""
    repairs: frozenset[str] = field(default_factory=lambda: frozenset({"yuan", "rules"}))
    """Kinds of repair that there are, priorities left aside."""


def clash(*groups: str) -> frozenset[str]:
    """A conflict."""
    return frozenset(groups)


def fund(name: str, department: str, amount: int, *purposes: str, **changes: Any) -> Fund:
    """A fund."""
    return Fund(
        id=name, name=name, department=department, channel="fiscal", amount=amount, purposes=purposes, **changes
    )


def project(name: str, purpose: str, yuan: int, **changes: Any) -> list[Row]:
    """A project with one cost line (none for 0 yuan); its village is the beginning of its name."""
    row = Project(id=name, village=changes.pop("village", name.partition("-")[0]), name=name, **changes)
    return [row, *([CostLine(item=name, purpose=purpose, yuan=yuan)] if yuan else [])]


def measure(name: str, purpose: str, yuan: int, **changes: Any) -> list[Row]:
    """A measure with one cost line (none for 0 yuan); its household is the beginning of its name."""
    row = Measure(id=name, household=name.rpartition("-")[0], name=name, **changes)
    return [row, *([CostLine(item=name, purpose=purpose, yuan=yuan)] if yuan else [])]


def must(target: str, name: str) -> Demand:
    """A hard must."""
    return Demand.model_validate({"sense": "must", "target": target, "id": name})


def never(target: str, name: str) -> Demand:
    """A hard never."""
    return Demand.model_validate({"sense": "never", "target": target, "id": name})


def committed(fund_: str, item: str, purpose: str, yuan: int) -> Commitment:
    """Money promised."""
    return Commitment(fund=fund_, item=item, purpose=purpose, yuan=yuan)


def minimums(**rows: int) -> VillageDepartmentMin:
    """R4 with a row for each department."""
    return VillageDepartmentMin(
        rows=tuple(DepartmentMin(id=name, departments=(name,), minimum=yuan) for name, yuan in rows.items())
    )


def base_rows() -> list[Row]:
    """Three villages with roads, squares, two households each: a house that is needed, goats that earn."""
    rows: list[Row] = [Village(id=name, name=name, township="town", tags=("hill",)) for name in VILLAGES]
    rows += [
        fund("special", "poverty", 600_000, "industry", "road"),
        fund("roads", "transport", 600_000, "road", recipients=("projects",)),
        fund("houses", "housing", 200_000, "house", recipients=("measures",)),
        fund("squares", "finance", 300_000, "public", recipients=("projects",)),
    ]
    for village in VILLAGES:
        rows += project(f"{village}-road", "road", 150_000)
        rows += project(f"{village}-square", "public", 60_000)
        for number in (1, 2):
            home = f"{village}-h{number}"
            rows.append(Household(id=home, village=village, persons=3, income=2_000, needs=("house",), labour=1))
            rows += measure(f"{home}-house", "house", 15_000, meets=("house",), main_house=True)
            rows += measure(f"{home}-goats", "industry", 8_000, income_gain=3_000, labour=1)
    return rows


def county(name: str, *extra: Row | list[Row], without: tuple[str, ...] = (), **rules: Any) -> County:
    """The base with some rows more (in place of those of the same id), some less, and rules in force."""
    added = [row for one in extra for row in (one if isinstance(one, list) else [one])]
    named = {getattr(row, "id", None) for row in added if not isinstance(row, Demand)} | set(without)
    costed = {row.item for row in added if isinstance(row, CostLine)} | set(without)
    kept = [
        row
        for row in base_rows()
        if not (row.item in costed if isinstance(row, CostLine) else getattr(row, "id", None) in named)
    ]
    tables: dict[str, list[Row]] = {
        "departments": [Department(id=one, name=one) for one in ("poverty", "transport", "housing", "finance")],
        "purposes": [Purpose(id=one, name=one) for one in ("industry", "road", "house", "public", "bridge")],
        "needs": [Need(id="house", name="house")],
    }
    for row in (*kept, *added):
        table = next(table for table, schema in TABLES.items() if schema is type(row))
        tables.setdefault(table, []).append(row)
    head = Head(id=name, name=name, years=(YEAR,), poverty_line={YEAR: LINE})
    built = {table: Table.from_rows(TABLES[table], listed) for table, listed in tables.items()}
    return County.build(head, Policy(**{**QUIET, **rules}), built)
