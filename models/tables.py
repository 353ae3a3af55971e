"""Columnar tables: a row schema plus one read-only numpy array per field."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from liftplan.models.base import Row

Kind = Literal["int", "float", "bool", "text", "list"]

_DTYPES: dict[Kind, Any] = {"int": np.int64, "float": np.float64, "bool": np.bool_, "text": object, "list": object}


@cache
def kinds(schema: type[Row]) -> dict[str, Kind]:
    """Storage kind of each field of a row schema: what its numpy column holds.

    int -> int64, float -> float64 (nan = absent), bool -> bool_, text -> object of str, list -> object of tuple of str.
    """
    hints = typing.get_type_hints(schema)
    found: dict[str, Kind] = {}
    for name in schema.model_fields:
        hint = hints[name]
        if typing.get_origin(hint) is tuple:
            found[name] = "list"
        elif hint is bool:
            found[name] = "bool"
        elif hint is int:
            found[name] = "int"
        elif hint is float:
            found[name] = "float"
        else:
            found[name] = "text"
    return found


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of one schema, stored by column.

    `columns[name]` has shape (rows,) and the dtype of `kinds(schema)[name]`; arrays are read-only.
    """

    schema: type[Row]
    columns: Mapping[str, npt.NDArray[Any]]

    def __post_init__(self) -> None:
        lengths = {len(column) for column in self.columns.values()}
        if set(self.columns) != set(self.schema.model_fields) or len(lengths) > 1:
            raise ValueError(f"columns of {self.schema.__name__} do not fit its schema")
        for column in self.columns.values():
            column.flags.writeable = False

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        return self.columns[name]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table) or other.schema is not self.schema or len(other) != len(self):
            return False
        return all(
            np.array_equal(column, other.columns[name], equal_nan=kinds(self.schema)[name] == "float")
            for name, column in self.columns.items()
        )

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        """For other processes: read-only there too."""
        return Table, (self.schema, dict(self.columns))

    def row(self, index: int) -> Row:
        """One row as its schema, validated."""
        return self.schema(**{name: _plain(column[index]) for name, column in self.columns.items()})

    def rows(self) -> Iterator[Row]:
        """All rows as their schema, validated; for small tables and for showing."""
        return (self.row(index) for index in range(len(self)))

    def take(self, index: npt.NDArray[Any]) -> Table:
        """The rows at `index` (integer positions or a boolean mask), as a new table."""
        return Table(self.schema, {name: column[index] for name, column in self.columns.items()})

    def replace(self, **columns: npt.NDArray[Any]) -> Table:
        """A new table with some columns replaced (same length)."""
        return Table(self.schema, {**self.columns, **columns})

    @classmethod
    def empty(cls, schema: type[Row]) -> Table:
        """A table without rows."""
        return cls.from_columns(schema, {})

    @classmethod
    def from_rows(cls, schema: type[Row], rows: Iterable[Row]) -> Table:
        """A table from validated rows."""
        listed = list(rows)
        return cls.from_columns(
            schema, {name: [getattr(row, name) for row in listed] for name in schema.model_fields}, len(listed)
        )

    @classmethod
    def from_columns(cls, schema: type[Row], columns: Mapping[str, Any], length: int | None = None) -> Table:
        """A table from sequences; missing columns get the schema's default. Values are not validated here."""
        if length is None:
            length = len(next(iter(columns.values()))) if columns else 0
        built: dict[str, npt.NDArray[Any]] = {}
        for name, kind in kinds(schema).items():
            column = np.empty(length, dtype=_DTYPES[kind])
            if name in columns:
                values = columns[name]
                if kind == "list":
                    for index, value in enumerate(values):
                        column[index] = tuple(value)
                else:
                    column[:] = values
            elif length:
                default = schema.model_fields[name].get_default()
                if kind == "list":
                    for index in range(length):
                        column[index] = default
                else:
                    column[:] = default
            built[name] = column
        return cls(schema, built)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
