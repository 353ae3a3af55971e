"""Tables straight from numpy columns, without a Python loop over rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from liftplan.models.base import Row
from liftplan.models.tables import Table, kinds

Objects = npt.NDArray[np.object_]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_DTYPES: dict[str, Any] = {"int": np.int64, "float": np.float64, "bool": np.bool_, "text": object, "list": object}


def objects(values: list[Any]) -> Objects:
    """An object array with one element per value, tuples kept whole; shape (len(values),)."""
    column = np.empty(len(values), dtype=object)
    column[:] = values if not values or not isinstance(values[0], tuple) else [None] * len(values)
    if values and isinstance(values[0], tuple):
        for index, value in enumerate(values):
            column[index] = value
    return column


def same(value: Any, length: int) -> Objects:
    """`length` times the same object."""
    column = np.empty(length, dtype=object)
    column.fill(value)
    return column


def table(schema: type[Row], length: int, columns: dict[str, npt.NDArray[Any]]) -> Table:
    """A table of `length` rows; missing columns hold the schema's default. Columns have the dtypes of `kinds`."""
    full: dict[str, npt.NDArray[Any]] = {}
    for name, kind in kinds(schema).items():
        if name in columns:
            full[name] = columns[name].astype(_DTYPES[kind], copy=False)
        elif kind in ("text", "list"):
            full[name] = same(schema.model_fields[name].get_default(), length)
        else:
            full[name] = np.full(length, schema.model_fields[name].get_default(), dtype=_DTYPES[kind])
    return Table(schema, full)
