"""Names of things that are not there."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from liftplan.models.constraints import constraints
from liftplan.models.county import County
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place
from liftplan.models.rows import TABLES
from liftplan.models.validate.cells import NEVER_EMPTY
from liftplan.models.validate.links import REFERENCES, TARGETS
from liftplan.models.validate.offers import Offers, shown


def check_references(county: County, findings: Findings) -> None:
    """Each name that stands in one table and not in the one it refers to, with how often it does."""
    for (table, column), target in REFERENCES.items():
        if len(county[table]):
            _note(county, table, column, target, None, findings)
    for kind, target in TARGETS.items():
        rows = np.flatnonzero(county["demands"]["target"] == kind)
        if len(rows):
            _note(county, "demands", "id", target, rows, findings)


def ids_of(county: County, target: str) -> list[str]:
    """Identifiers of a table (of both, for items)."""
    return [id_ for name in target.split(", ") for id_ in county[name]["id"].tolist()]


def _note_empty(place: Place, count: int, target: str, findings: Findings) -> None:
    """Rows name a table that has none; of a table that no county is without that has been said."""
    if target not in NEVER_EMPTY:
        tables = findings.wording.table(target)
        message = (
            m("A row refers to {target}, which has no rows.", target=tables)
            if count == 1
            else m("{count} rows refer to {target}, which has no rows.", count=count, target=tables)
        )
        findings.add("reference", place, message, m("Add the table."))


def _note(
    county: County, table: str, column: str, target: str, rows: npt.NDArray[np.int64] | None, findings: Findings
) -> None:
    values = county[table][column] if rows is None else county[table][column][rows]
    constraint = constraints(TABLES[table])[column]
    listed = constraint.kind == "list"
    distinct: Iterable[str] = (name for one in set(values.tolist()) for name in one) if listed else set(values.tolist())
    known = ids_of(county, target)
    unknown = findings.missing(target, (name for name in distinct if name), known)
    if unknown and constraint.identifier:
        names = list(unknown)
        unknown -= {names[place] for place in constraint.wrong(names)}  # which has been said
    if not unknown:
        return
    where: dict[str, list[int]] = {}
    for place, value in enumerate(values.tolist()):
        for name in value if listed else (value,):
            if name in unknown:
                where.setdefault(name, []).append(place if rows is None else int(rows[place]))
    if not known:
        _note_empty(findings.at(table, -1, column), len(set().union(*where.values())), target, findings)
        return
    offers, tables = Offers(county, target), findings.wording.table(target)

    def tell(name: str) -> Message:
        if len(where[name]) == 1:
            return m("{name} is not in {target}.", name=name, target=tables)
        count = len(where[name])
        return m("{name} is not in {target} ({count} rows name it).", name=name, target=tables, count=count)

    def way_out(name: str) -> Message:
        if found := offers.nearest(name):
            return m("Did you mean {name}? Otherwise add it to {target}.", name=shown(found), target=tables)
        return m("Add it to {target}, or correct the cell.", target=tables)

    firsts = sorted((places[0], name) for name, places in where.items())
    findings.entries("reference", table, column, firsts, tell, way_out)
