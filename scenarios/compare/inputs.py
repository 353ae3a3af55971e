"""Inputs that differ: fields of head and policy, rows and cells of tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from liftplan.models.county import County, key_of
from liftplan.models.rows import TABLES
from liftplan.models.tables import Table

HEAD, POLICY = "county", "policy"
"""What differences outside tables have as their table."""

ABSENT = None
"""Value of a side that has no such row or field."""

NOTES = frozenset({"source", "sources", "schema_version"})
"""Fields that say where a figure comes from; the plan does not depend on them."""


@dataclass(frozen=True)
class Difference:
    """One input that is not the same on all sides."""

    table: str
    """A table, `county` or `policy`."""
    key: str
    """Key of the row, its parts joined by `/`; "" outside tables."""
    field: str
    """Column, or path of the field; "" is the row itself."""
    values: tuple[Any, ...]
    """One value a side, `ABSENT` where it has no such row or field; of a row itself: True where it is."""


@dataclass(frozen=True)
class TableChange:
    """What one side's table has that the first side's has not, in numbers of rows."""

    table: str
    side: int
    """Position of the side."""
    added: int
    removed: int
    changed: int


def differences(counties: Sequence[County]) -> tuple[Difference, ...]:
    """Every input that differs: head, policy, then tables in file order, rows in the order of the first side."""
    found = list(_fields(HEAD, [_flat(county.head.model_dump()) for county in counties]))
    found += _fields(POLICY, [_flat(county.policy.model_dump()) for county in counties])
    for name in TABLES:
        found += _rows(name, [county[name] for county in counties])
    return tuple(found)


def table_changes(found: Sequence[Difference], sides: int) -> tuple[TableChange, ...]:
    """Rows added, removed and changed, of each side against the first."""
    counts = {(name, side): Counter[str]() for name in TABLES for side in range(1, sides)}
    changed: dict[tuple[str, int], set[str]] = {}
    for one in found:
        if one.table in (HEAD, POLICY):
            continue
        for side in range(1, sides):
            before, after = one.values[0], one.values[side]
            if not one.field:
                counts[one.table, side]["added"] += before is ABSENT and after is not ABSENT
                counts[one.table, side]["removed"] += before is not ABSENT and after is ABSENT
            elif before is not ABSENT and after is not ABSENT and before != after:
                changed.setdefault((one.table, side), set()).add(one.key)
    rows = [
        TableChange(name, side, count["added"], count["removed"], len(changed.get((name, side), ())))
        for (name, side), count in counts.items()
    ]
    return tuple(row for row in rows if row.added or row.removed or row.changed)


def _fields(table: str, sides: Sequence[dict[str, Any]]) -> Iterator[Difference]:
    for path in dict.fromkeys(path for side in sides for path in side):
        values = tuple(side.get(path, ABSENT) for side in sides)
        if any(value != values[0] for value in values[1:]):
            yield Difference(table, "", path, values)


def _flat(content: dict[str, Any], inside: str = "") -> dict[str, Any]:
    """Path -> value; rows of lists are named by their `id`."""
    found: dict[str, Any] = {}
    for name, value in content.items():
        path = f"{inside}.{name}" if inside else str(name)
        if name in NOTES:
            continue
        if isinstance(value, dict):
            found |= _flat(value, path)
        elif isinstance(value, (list, tuple)) and value and all(isinstance(row, dict) for row in value):
            for row in value:
                inner = {key: cell for key, cell in row.items() if key != "id"}
                found |= _flat(inner, f"{path}[{row['id']}]")
        else:
            found[path] = tuple(value) if isinstance(value, (list, tuple)) else value
    return found


def _rows(name: str, tables: Sequence[Table]) -> Iterator[Difference]:
    """Differences of one table; tables that are equal as they stand are not looked into."""
    if all(table == tables[0] for table in tables[1:]):
        return
    key, fields = key_of(name), list(TABLES[name].model_fields)
    sides = [_keyed(table, key, fields) for table in tables]
    for row in dict.fromkeys(row for side in sides for row in side):
        cells = [side.get(row) for side in sides]
        named = "/".join(map(str, row))
        if any(cell is None for cell in cells):
            yield Difference(name, named, "", tuple(ABSENT if cell is None else True for cell in cells))
        first = next(cell for cell in cells if cell is not None)
        if all(cell is None or cell == first for cell in cells):
            continue
        for place, field in enumerate(fields):
            values = tuple(ABSENT if cell is None else cell[place] for cell in cells)
            if len({value for value in values if value is not ABSENT}) > 1:
                yield Difference(name, named, field, values)


def _keyed(table: Table, key: tuple[str, ...], fields: Sequence[str]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Key -> cells; a number that is not given is ""."""
    columns = [[_cell(value) for value in table[field].tolist()] for field in fields]
    keys = zip(*(table[part].tolist() for part in key), strict=True)
    return dict(zip(keys, zip(*columns, strict=True), strict=True))


def _cell(value: Any) -> Any:
    return "" if isinstance(value, float) and isnan(value) else value
