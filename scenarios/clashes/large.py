"""Conflicts planted in a county of any size, such as `zigui-2015`: what is added to it leaves no plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from liftplan.models.base import Row
from liftplan.models.county import County
from liftplan.models.policy import SpendMin, SpendMinRow
from liftplan.models.rows import (
    TABLES,
    CostLine,
    Fund,
    Household,
    Measure,
    MinimumOverride,
    Project,
    Purpose,
)
from liftplan.models.tables import Table
from liftplan.scenarios.clashes.case import committed, must, never


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


def _alone(county: County, name: str, amount: int, yuan: int) -> County:
    """A fund that pays one purpose only, and the one project of it, in the first village."""
    village, owner = county["villages"]["id"][0], county["departments"]["id"][0]
    fund = Fund(id=name, name=name, department=owner, channel="fiscal", amount=amount, purposes=(name,))
    built = Project(id=f"{village}-{name}", village=village, name=name)
    line = CostLine(item=f"{village}-{name}", purpose=name, yuan=yuan)
    return with_rows(county, purposes=[Purpose(id=name, name=name)], funds=[fund], projects=[built], costs=[line])


def bridge(county: County) -> County:
    """150,000 promised by a fund of 100,000."""
    changed = _alone(county, "bridge", 100_000, 150_000)
    item = changed["projects"]["id"][-1]
    return with_rows(changed, commitments=[committed("bridge", item, "bridge", 150_000)])


def canal(county: County) -> County:
    """A fund of 1,000,000 must spend half, and can pay 200,000."""
    changed = _alone(county, "canal", 1_000_000, 200_000)
    rule = SpendMin(enforce="hard", rows=(SpendMinRow(id="canal", fund="canal", share_bp=5_000),))
    return changed.with_policy(county.policy.model_copy(update={"R13": rule}))


def lavish(county: County) -> County:
    """One village must get 90,000,000 from the first row of R4: its items take up less."""
    village, row = county["villages"]["id"][4], county.policy.R4.rows[0].id
    return with_rows(county, minimum_overrides=[MinimumOverride(village=village, rule=row, minimum=90_000_000)])


def forbidden(county: County) -> County:
    """A measure must be taken whose project must never be built."""
    measures = county["measures"]
    first = next(row for row in measures.rows() if isinstance(row, Measure) and row.requires)
    return with_rows(county, demands=[must("measure", first.id), never("project", first.requires[0])])


def overworked(county: County) -> County:
    """Measures of one household must be taken that tie up more workers than it has."""
    able = {row.id: row.labour for row in county["households"].rows() if isinstance(row, Household)}
    wanted: dict[str, list[Measure]] = {}
    for row in county["measures"].rows():
        if isinstance(row, Measure) and 0 < row.labour <= able[row.household]:
            wanted.setdefault(row.household, []).append(row)
            pair = [one for one in wanted[row.household] if not one.alternative_group][-2:]
            if len(pair) == 2 and sum(one.labour for one in pair) > able[row.household]:
                return with_rows(county, demands=[must("measure", one.id) for one in pair])
    raise ValueError("no household has too much to do")


LARGE: tuple[Planted, ...] = (
    Planted("cut-60", "The poverty office's money at 60 %.", lambda county: cut(county, "poverty", 60),
            frozenset({"R4", "R1"})),
    Planted("cut-finance-20", "Finance's money at 20 %: all money no longer grows by a tenth.",
            lambda county: cut(county, "finance", 20), frozenset({"R6", "R1"})),
    Planted("monuments", "60,000 or 120,000 where 90,000 to 100,000 are asked for.", monuments,
            frozenset({"R13", "R1"})),
    Planted("alternatives", "Two alternatives must both be built.", alternatives, frozenset({"R12"})),
    Planted("crowded", "Three must move to two places.", crowded, frozenset({"R12"})),
    Planted("bridge", "150,000 promised by a fund of 100,000.", bridge, frozenset({"R11", "R1"})),
    Planted("canal", "500,000 must be spent where 200,000 can be paid.", canal, frozenset({"R13"})),
    Planted("lavish", "A village must get more than its items take up.", lavish, frozenset({"R4"})),
    Planted("forbidden", "A measure must be taken, its project never built.", forbidden, frozenset({"R12"})),
    Planted("overworked", "More work must be done than a household can.", overworked, frozenset({"R12"})),
    Planted("two-at-once", "The poverty office's money at 60 %, and the monuments.",
            lambda county: monuments(cut(county, "poverty", 60)), frozenset({"R4", "R13", "R1"})),
)  # fmt: skip
"""Changes for a county with minimums by department, slots and funds as `zigui-2015` has them."""
