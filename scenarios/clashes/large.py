"""Conflicts planted in a county of any size, such as `zigui-2015`: what is added to it leaves no plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from liftplan.models.base import Row
from liftplan.models.county import County
from liftplan.models.policy import SpendMin, SpendMinRow
from liftplan.models.rows import TABLES, CostLine, Fund, Project, Purpose
from liftplan.models.tables import Table
from liftplan.scenarios.clashes.case import must


@dataclass(frozen=True)
class Planted:
    """A change that leaves no plan."""

    name: str
    why: str
    make: Callable[[County], County]
    members: frozenset[str]
    """Rules (without keys) of the conflict that it makes."""


def cut(county: County, department: str, per_cent: int) -> County:
    """A department's money cut, rounded half up."""
    funds = county["funds"]
    amount = funds["amount"].copy()
    own = funds["department"] == department
    amount[own] = (amount[own] * per_cent + 50) // 100
    return county.with_tables(funds=funds.replace(amount=amount))


def with_rows(county: County, **more: list[Row]) -> County:
    """The county with rows added to tables."""
    tables = {name: Table.from_rows(TABLES[name], [*county[name].rows(), *rows]) for name, rows in more.items()}
    return county.with_tables(**tables)


def monuments(county: County) -> County:
    """A fund of 100,000 that must spend 90 %, and two monuments for 60,000 that nobody else pays."""
    first, second = county["villages"]["id"][[0, -1]].tolist()
    owner = county["departments"]["id"][0]
    own = Fund(
        id="monument", name="monument", department=owner, channel="fiscal", amount=100_000, purposes=("monument",)
    )
    built: list[Row] = [Project(id=f"{village}-monument", village=village, name="m") for village in (first, second)]
    lines: list[Row] = [
        CostLine(item=f"{village}-monument", purpose="monument", yuan=60_000) for village in (first, second)
    ]
    changed = with_rows(
        county, purposes=[Purpose(id="monument", name="monument")], funds=[own], projects=built, costs=lines
    )
    rule = SpendMin(enforce="hard", rows=(SpendMinRow(id="monument", fund="monument", share_bp=9_000),))
    return changed.with_policy(county.policy.model_copy(update={"R13": rule}))


def alternatives(county: County) -> County:
    """Two alternatives must both be built."""
    village, purpose = county["villages"]["id"][0], county["purposes"]["id"][0]
    names = [f"{village}-{letter}" for letter in "xy"]
    rows: list[Row] = [Project(id=name, village=village, name=name, alternative_group="xy") for name in names]
    lines: list[Row] = [CostLine(item=name, purpose=purpose, yuan=60_000) for name in names]
    return with_rows(county, projects=rows, costs=lines, demands=[must("project", name) for name in names])


def crowded(county: County) -> County:
    """Three households must move to the first site, which has two places left."""
    measures, projects = county["measures"], county["projects"]
    using = np.flatnonzero(measures["uses_slot"] != "")
    site = measures["uses_slot"][using[0]]
    users: list[str] = measures["id"][measures["uses_slot"] == site].tolist()[:3]
    slots = np.where(projects["id"] == site, 2, projects["slots"])
    changed = county.with_tables(projects=projects.replace(slots=slots.astype(np.int64)))
    return with_rows(changed, demands=[must("measure", user) for user in users])


LARGE: tuple[Planted, ...] = (
    Planted("cut-60", "The poverty office's money at 60 %.", lambda county: cut(county, "poverty", 60),
            frozenset({"R4", "R1"})),
    Planted("cut-finance-20", "Finance's money at 20 %: all money no longer grows by a tenth.",
            lambda county: cut(county, "finance", 20), frozenset({"R6", "R1"})),
    Planted("monuments", "60,000 or 120,000 where 90,000 to 100,000 are asked for.", monuments,
            frozenset({"R13", "R1"})),
    Planted("alternatives", "Two alternatives must both be built.", alternatives, frozenset({"R12"})),
    Planted("crowded", "Three must move to two places.", crowded, frozenset({"R12"})),
    Planted("two-at-once", "The poverty office's money at 60 %, and the monuments.",
            lambda county: monuments(cut(county, "poverty", 60)), frozenset({"R4", "R13", "R1"})),
)  # fmt: skip
"""Changes for a county with minimums by department, slots and funds as `zigui-2015` has them."""
