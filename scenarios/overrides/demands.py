"""`must` and `never` as overrides: a hard demand (R12), whatever was demanded of the same thing before."""

from __future__ import annotations

from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.plan import Applied
from liftplan.models.rows import Demand
from liftplan.models.tables import Table
from liftplan.scenarios.overrides.fault import Fault, near
from liftplan.scenarios.overrides.grammar import Asked

TABLES = {"project": "projects", "measure": "measures", "household": "households", "village": "villages"}
"""Tables of what demands may name."""


def demand(county: County, asked: Asked) -> tuple[County, Applied]:
    """The county with one more demand, in place of others on the same thing. Raises `Fault` if there is no such thing.

    A demand has effect only if R12 is in force, so it is switched on.
    """
    table = TABLES[asked.target]
    known = county[table]["id"].tolist()
    if asked.id not in known:
        message = m("{name} is not in {target}", name=asked.id, target=table)
        raise Fault("override-none", message, near(asked.id, known))
    kept = [row for row in county["demands"].rows() if isinstance(row, Demand) and not _same(row, asked)]
    new = Demand.model_validate({"sense": asked.sense, "target": asked.target, "id": asked.id})
    changed = county.with_tables(demands=Table.from_rows(Demand, [*kept, new]))
    if county.policy.R12.enforce == "off":
        rule = county.policy.R12.model_copy(update={"enforce": "hard"})
        changed = changed.with_policy(county.policy.model_copy(update={"R12": rule}))
    return changed, Applied(override=str(asked), cells=1)


def _same(row: Demand, asked: Asked) -> bool:
    return (row.target, row.id) == (asked.target, asked.id)
