"""What a caller may see of a plan, from its tables."""

from __future__ import annotations

from collections import defaultdict
from math import isfinite
from typing import Any

import pandas as pd

import liftplan
from liftplan.models.county import County
from liftplan.models.messages import m, speaking
from liftplan.reports.certainty import lower_levels
from liftplan.reports.frames import PlanTables
from liftplan.reports.words import CHANNELS, REASONS
from liftplan.service.texts import Text
from liftplan.service.views import BuiltLine, FundLine, MoneyLine, PurposeLine, Totals, View, VillageLine

GOES_ON = m("the search for a better plan goes on")
"""Why money is left over, as long as it is not known whether it could lift somebody."""


def view(solution: liftplan.Solution, *, on_the_way: bool) -> View:
    """A plan in figures."""
    county, plan, tables = solution.county, solution.plan, solution.tables
    with speaking("en"):
        return View(
            name=Text(en=county.head.name_en or county.head.name, zh=county.head.name),
            totals=_totals(solution, tables),
            scenario=plan.scenario,
            overrides=plan.overrides,
            certainty=Text.of(solution.certainty),
            lower=tuple(Text.of(line) for line in lower_levels(plan)),
            digest=plan.digest,
            on_the_way=on_the_way,
            funds=tuple(_fund(row, on_the_way=on_the_way) for row in _rows(tables.funds)),
            departments=_money(tables.departments, "department", _names(county, "departments")),
            channels=_money(tables.channels, "channel", {key: Text.of(word) for key, word in CHANNELS.items()}),
            purposes=tuple(
                PurposeLine(id=row["purpose"], name=_names(county, "purposes")[row["purpose"]], yuan=row["yuan"])
                for row in _rows(tables.purposes)
            ),
            villages=_villages(tables, county),
        )


def _totals(solution: liftplan.Solution, tables: PlanTables) -> Totals:
    plan = solution.plan
    return Totals(
        status=solution.status,
        stopped_by=solution.stopped_by,
        people_lifted=plan.totals.people_lifted,
        households_lifted=plan.totals.households_lifted,
        projects=len(tables.projects),
        measures=int((~tables.measures["direct_effect"]).sum()),
        objective=plan.objective,
        objective_bound=solution.objective_bound,
        gap=solution.gap,
        scored=plan.objective != plan.totals.people_lifted,
        ledger_yuan=plan.totals.ledger_yuan,
        leveraged_yuan=plan.totals.leveraged_yuan,
        lines=len(plan.ledger),
        seconds=round(solution.seconds, 3),
    )


def _fund(row: dict[str, Any], *, on_the_way: bool) -> FundLine:
    reason = "reserved" if row["reason"] == "none_left" and row["fee"] > 0 else row["reason"]
    return FundLine(
        id=row["fund"],
        **{name: row[name] for name in ("amount", "fee", "allocated", "left")},
        reason=reason,
        why=Text.of(GOES_ON if on_the_way and reason == "not_worth_it" else REASONS[reason]),
        price=row["price"] if isfinite(row["price"]) and not on_the_way else None,
    )


def _money(frame: pd.DataFrame, key: str, names: dict[str, Text]) -> tuple[MoneyLine, ...]:
    return tuple(
        MoneyLine(
            id=row[key], name=names[row[key]], **{name: row[name] for name in ("amount", "fee", "allocated", "left")}
        )
        for row in _rows(frame)
    )


def _villages(tables: PlanTables, county: County) -> tuple[VillageLine, ...]:
    homes = tables.households
    out = homes[homes["already_out"]].groupby("village")["persons"].sum().to_dict()
    by_department, by_purpose = (_sums(tables.ledger, name) for name in ("department", "purpose"))
    names, built = _names(county, "projects"), defaultdict(list)
    for row in _rows(tables.projects):
        line = BuiltLine(id=row["project"], name=names[row["project"]], yuan=row["yuan"], padding=row["padding"])
        built[row["village"]].append(line)
    return tuple(
        VillageLine(
            id=row["village"],
            people=row["persons"],
            lifted=row["lifted_people"],
            out=int(out.get(row["village"], 0)),
            households=row["households"],
            lifted_households=row["lifted_households"],
            yuan=row["yuan"],
            by_department=by_department[row["village"]],
            by_purpose=by_purpose[row["village"]],
            built=tuple(built[row["village"]]),
        )
        for row in _rows(tables.villages)
    )


def _sums(ledger: pd.DataFrame, name: str) -> dict[str, dict[str, int]]:
    """Village -> key -> yuan."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    sums = ledger.groupby(["village", name], sort=True)["yuan"].sum().reset_index()
    for row in _rows(sums):
        found[row["village"]][row[name]] = row["yuan"]
    return found


def _names(county: County, table: str) -> dict[str, Text]:
    columns = (county[table][name].tolist() for name in ("id", "name", "name_en"))
    return {one: Text(en=name_en or name, zh=name) for one, name, name_en in zip(*columns, strict=True)}


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as plain values."""
    names = list(frame.columns)
    columns = [frame[name].tolist() for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
