"""Counties with demands, commitments and dates thrown at them without regard to whether any plan is left."""

from __future__ import annotations

from typing import Any

import numpy as np

from liftplan.models.county import County
from liftplan.models.policy import Fairness, GrowthMin, HouseholdMin, Objective
from liftplan.models.rows import Commitment, Demand, MinimumOverride
from liftplan.models.tables import Table
from liftplan.scenarios.small import random_small


def wild_county(seed: int) -> County:
    """A random small county with random demands on anything, and its rows in any order."""
    rng = np.random.default_rng(seed)
    soft = [rule for rule in ("R1", "R3", "R4", "R5", "R6", "R7", "R9", "R10", "R11", "R13") if rng.random() < 0.7]
    county = random_small(seed, soft=soft)
    mild = rng.random() < 0.7
    demands = _demands(county, rng, mild)
    county = county.with_tables(
        demands=Table.from_rows(Demand, demands),
        commitments=Table.from_rows(Commitment, _commitments(county, rng) if rng.random() < 0.5 else []),
        minimum_overrides=Table.from_rows(MinimumOverride, _overrides(county, rng)),
        projects=_dated(county["projects"], rng, "acceptance_year", 0.05),
        measures=_dated(county["measures"], rng, "gain_from_year", 0.1),
    )
    county = county.with_policy(county.policy.model_copy(update=_rules(county, rng)))
    return county.with_tables(
        **{name: table.take(rng.permutation(len(table))) for name, table in county.tables.items()}
    )


def _demands(county: County, rng: np.random.Generator, mild: bool) -> list[Demand]:
    rows: dict[Any, Demand] = {}
    for target, table in (
        ("project", "projects"),
        ("measure", "measures"),
        ("household", "households"),
        ("village", "villages"),
    ):
        ids = county[table]["id"].tolist()
        for name in rng.choice(ids, min(len(ids), int(rng.integers(0, 6))), replace=False).tolist():
            sense = ("must", "never")[int(rng.integers(2))]
            enforce = "soft" if mild or rng.random() < 0.7 else ("hard", "off")[int(rng.integers(2))]
            price = int(rng.integers(0, 4)) * 350_000 if enforce == "soft" else 0
            row = {"sense": sense, "target": target, "id": name, "enforce": enforce, "price": price}
            rows[sense, target, name] = Demand.model_validate(row)
    return list(rows.values())


def _commitments(county: County, rng: np.random.Generator) -> list[Commitment]:
    costs = county["costs"]
    rows: dict[Any, Commitment] = {}
    for line in rng.choice(len(costs), min(len(costs), 5), replace=False).tolist():
        yuan = int(costs["yuan"][line])
        fund = str(rng.choice(county["funds"]["id"]))
        row = Commitment(
            fund=fund,
            item=costs["item"][line],
            purpose=costs["purpose"][line],
            yuan=int(rng.integers(1, yuan + 1)),
        )
        rows[row.item, row.purpose] = row
    return list(rows.values())


def _overrides(county: County, rng: np.random.Generator) -> list[MinimumOverride]:
    names = ["R3", *(row.id for row in county.policy.R4.rows)]
    return [
        MinimumOverride(village=village, rule=name, minimum=int(rng.integers(0, 3)) * 20_000)
        for village in county["villages"]["id"].tolist()
        for name in names
        if rng.random() < 0.3
    ]


def _dated(table: Table, rng: np.random.Generator, column: str, share: float) -> Table:
    years = table[column].copy()
    years[rng.random(len(table)) < share] = 2016
    years[rng.random(len(table)) < share] = 2015
    return table.replace(**{column: years})


def _rules(county: County, rng: np.random.Generator) -> dict[str, object]:
    rules: dict[str, object] = {
        "objective": Objective(weights={"disabled": 3, "illness": 2} if rng.random() < 0.5 else {}),
    }
    enforce: Any
    if rng.random() < 0.5:
        old = county.policy.R5
        applies: Any = ("assisted", "every")[int(rng.integers(2))]
        enforce = ("hard", "soft", "off")[int(rng.integers(3))]
        rules["R5"] = HouseholdMin(
            enforce=enforce, price=40_000, minimum=old.minimum, applies_to=applies, purpose=old.purpose
        )
    if rng.random() < 0.5:
        by: Any = ("village", "township", "group")[int(rng.integers(3))]
        enforce = ("hard", "soft")[int(rng.random() < 0.7)]
        rules["R10"] = Fairness(enforce=enforce, price=123_456, share_bp=int(rng.integers(0, 10_001)), by=by)
    if rng.random() < 0.4:
        enforce = ("hard", "soft")[int(rng.random() < 0.7)]
        rules["R6"] = GrowthMin(enforce=enforce, price=7, growth_bp=10_001, villages=True)
    return rules
