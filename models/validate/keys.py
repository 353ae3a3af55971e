"""Identifiers that stand twice."""

from __future__ import annotations

from typing import Any

from liftplan.models.constraints import constraints
from liftplan.models.county import County, key_of
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m
from liftplan.models.rows import TABLES


def check_keys(county: County, findings: Findings) -> None:
    """Each key once in its table; projects and measures share their identifiers, as cost lines name either."""
    for table in TABLES:
        columns = key_of(table)
        keys = _keys(county, table, columns)
        if len(set(keys)) < len(keys):
            _note(county, table, columns[0], keys, findings)
    projects = {id_: row for row, id_ in enumerate(county["projects"]["id"].tolist())}
    both = [row for row, id_ in enumerate(county["measures"]["id"].tolist()) if id_ in projects and id_]
    ids = county["measures"]["id"]
    findings.cells(
        "item-twice",
        "measures",
        "id",
        both,
        lambda row: m(
            "{id} is a project too ({table}, row {other}).",
            id=ids[row],
            table=findings.wording.table("projects"),
            other=findings.row("projects", projects[ids[row]]),
        ),
        m("Give one of them another identifier, and correct its cost lines."),
    )


def _keys(county: County, table: str, columns: tuple[str, ...]) -> list[Any]:
    if len(columns) == 1:
        keys: list[Any] = county[table][columns[0]].tolist()
        return keys
    return list(zip(*(county[table][column].tolist() for column in columns), strict=True))


def _note(county: County, table: str, column: str, keys: list[Any], findings: Findings) -> None:
    first: dict[Any, int] = {}
    again = [row for row, key in enumerate(keys) if first.setdefault(key, row) != row]
    required = [constraints(TABLES[table])[name].required for name in key_of(table)]
    again = [row for row in again if not _blank(keys[row], required)]
    again = findings.judged(table, again, *key_of(table))

    def tell(row: int) -> Message:
        key = keys[row]
        name = " / ".join(str(part) for part in key) if isinstance(key, tuple) else key
        if not name:
            return m(
                "The row for the whole county is already there, in row {row}.", row=findings.row(table, first[key])
            )
        return m("{key} is already in row {row}.", key=name, row=findings.row(table, first[key]))

    def way_out(row: int) -> Message:
        here, there = county[table], first[keys[row]]
        if all(here[name][row] == here[name][there] or here[name][row] != here[name][row] for name in here.columns):
            return m("The rows are the same; delete one.")
        return m("Correct it, or make the two rows one.")

    findings.cells("key-twice", table, column, again, tell, way_out)


def _blank(key: Any, required: list[bool]) -> bool:
    """Whether a part of a key is blank that may not be; that is noted elsewhere."""
    parts = key if isinstance(key, tuple) else (key,)
    return any(part == "" and needed for part, needed in zip(parts, required, strict=True))
