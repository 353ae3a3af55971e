"""The county that asks for another plan: things that earlier plans do may not be done again."""

from __future__ import annotations

from collections.abc import Sequence

from liftplan.models.county import County, table_rows
from liftplan.models.policy import Policy
from liftplan.models.rows import Demand
from liftplan.models.tables import Table
from liftplan.scenarios.alternatives.spare import Spare


def asking(county: County, spared: Sequence[Spare]) -> County:
    """The county in which some projects may not be built and some households get nothing (R12, hard).

    A plan of it is one of the county too, for nothing else is changed.
    """
    rows = [row for row in table_rows(county, "demands") if isinstance(row, Demand)]
    new = [Demand.model_validate({"sense": "never", "target": one.kind, "id": one.id}) for one in spared]
    if new and county.policy.R12.enforce == "off":
        content = county.policy.model_dump()
        rows, content["R12"] = [], {**content["R12"], "enforce": "hard"}
        county = county.with_policy(Policy.model_validate(content))
    return county.with_tables(demands=Table.from_rows(Demand, [*rows, *new]))
