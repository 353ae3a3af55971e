"""A county: its head, its policy and its tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
from pydantic import AfterValidator, Field

from liftplan.models.base import SCHEMA_VERSION, Frozen, Id, Row, Year
from liftplan.models.policy import Policy
from liftplan.models.rows import KEYS, TABLES
from liftplan.models.tables import Table

SHOWN_TABLES = ("villages", "households", "projects", "measures", "funds")
"""Tables whose size a county shows of itself."""

SMALL = 200_000
"""Rows up to which what the digest takes of a table is kept."""

AT_ONCE = 100_000
"""Rows of a column that are texts at once while a digest is taken."""

DIGESTED = "_digested"
"""Where it is kept: beside the fields of the table, like a cached property."""


SOURCE_KINDS = {"stated": "引用", "derived": "推算", "assumption": "假设", "synthetic": "模拟"}
"""What a source can be -> what it is called in Chinese, which is read as well."""


def _kind(text: str) -> str:
    """The kind of a source, from its name in either language; any other text stays as it is."""
    found = text.strip().casefold()
    return next((kind for kind, chinese in SOURCE_KINDS.items() if found in {kind, chinese}), text)


class Source(Frozen):
    """Where a figure of the county comes from; an assumption is labelled as such."""

    subject: str
    """What it is about."""
    kind: Annotated[str, AfterValidator(_kind)]
    """`stated` (in a source), `derived` (computed from stated figures), `assumption` or `synthetic`."""
    note: str
    """Source address or reasoning."""


class Head(Frozen):
    """What `county.yaml` says besides the policy."""

    schema_version: int = SCHEMA_VERSION
    """Version of the county format."""
    id: Id
    """Identifier."""
    name: str
    """Name."""
    name_en: str = ""
    """English name; "" shows `name`."""
    years: Annotated[tuple[Year, ...], Field(min_length=1)]
    """Years planned, ascending."""
    poverty_line: dict[Year, Annotated[int, Field(ge=1, le=10**6)]]
    """Yuan a person a year, by year."""
    sources: tuple[Source, ...] = ()
    """Sources and assumptions."""


@dataclass(frozen=True, eq=False)
class County:
    """One county, immutable. `tables` holds a `Table` for every name in `rows.TABLES`."""

    head: Head
    policy: Policy
    tables: Mapping[str, Table]

    @classmethod
    def build(cls, head: Head, policy: Policy, tables: Mapping[str, Table]) -> County:
        """A county with empty tables where none is given."""
        full = {name: tables.get(name) or Table.empty(schema) for name, schema in TABLES.items()}
        return cls(head, policy, MappingProxyType(full))

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, County)
            and (self.head, self.policy) == (other.head, other.policy)
            and all(self[name] == other[name] for name in TABLES)
        )

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        """For other processes, with the digest if it is known."""
        return _restored, (self.head, self.policy, dict(self.tables), self.__dict__.get("digest"))

    def __repr__(self) -> str:
        """Id and size; the tables are for `county["funds"]`."""
        sizes = ", ".join(f"{len(self[name])} {name}" for name in SHOWN_TABLES)
        return f"<County {self.head.id}: {sizes}>"

    def with_tables(self, **tables: Table) -> County:
        """A new county with some tables replaced."""
        return replace(self, tables=MappingProxyType({**self.tables, **tables}))

    def with_policy(self, policy: Policy) -> County:
        """A new county under another policy."""
        return replace(self, policy=policy)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content: the same for every file format and every order of rows."""
        sha = hashlib.sha256()
        sha.update(canonical(self.head.model_dump(mode="json")))
        sha.update(canonical(self.policy.model_dump(mode="json")))
        for name, schema in TABLES.items():
            for part in _digested(self[name], name, tuple(schema.model_fields)):
                sha.update(part)
        return sha.hexdigest()


def _digested(table: Table, name: str, fields: tuple[str, ...]) -> Iterable[bytes]:
    """What the digest takes of a table; of small ones it is kept, as counties under overrides share most tables."""
    known = table.__dict__.get(DIGESTED)
    if isinstance(known, bytes):
        return (known,)
    if len(table) > SMALL:
        return map(str.encode, _content(table, name, fields))
    found = "".join(_content(table, name, fields)).encode()
    table.__dict__[DIGESTED] = found
    return (found,)


def _content(table: Table, name: str, fields: tuple[str, ...]) -> Iterator[str]:
    """A table as text, piece by piece: millions of rows are never texts all at once."""
    order = key_order(table, key_of(name))
    yield f"\n{name} {len(table)}"
    for field in fields:
        column, mark = table[field], f"\n{field}\n"
        for begin in range(0, len(order) or 1, AT_ONCE):
            yield mark + "\x1e".join(_texts(column[order[begin : begin + AT_ONCE]].tolist()))
            mark = "\x1e"


def _restored(head: Head, policy: Policy, tables: dict[str, Table], digest: str | None) -> County:
    """A county that comes from another process."""
    county = County(head, policy, MappingProxyType(tables))
    if digest is not None:
        county.__dict__["digest"] = digest
    return county


def key_of(table: str) -> tuple[str, ...]:
    """Columns that identify a row of a table."""
    return KEYS.get(table, ("id",))


def key_order(table: Table, key: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Positions of the rows in ascending order of their key."""
    # most tables are nearly in order, which this sort makes use of
    order = np.argsort(table[key[0]], kind="stable")
    if len(key) == 1:
        return order
    first = table[key[0]][order]
    group = np.append(0, np.cumsum(first[1:] != first[:-1]))[: len(first)]
    return order[np.lexsort([*(_ranks(table[name])[order] for name in key[:0:-1]), group])]


def _ranks(column: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Place of each value among the different values of a column."""
    values = column.tolist()
    place = {value: number for number, value in enumerate(sorted(set(values)))}
    return np.fromiter(map(place.__getitem__, values), dtype=np.int64, count=len(values))


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8: the text that digests are taken of."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _texts(column: list[Any]) -> Iterable[str]:
    """The values of a column as texts; columns of one plain type without a call of ours per value."""
    kinds = set(map(type, column))
    if kinds <= {str}:
        return column
    return map(str, column) if kinds <= {int, bool} else map(_text, column)


def _text(value: Any) -> str:
    return "\x1f".join(value) if isinstance(value, tuple) else repr(value) if isinstance(value, float) else str(value)


def table_rows(county: County, name: str) -> list[Row]:
    """The rows of a small table as schema objects."""
    return list(county[name].rows())
