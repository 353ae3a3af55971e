"""Arrow columns, from CSV (all texts) or Parquet (typed), to the columns of a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from liftplan.models.base import Row
from liftplan.models.constraints import Constraint, constraints
from liftplan.models.files.lists import split
from liftplan.models.files.numbers import number, remedy, tidy, truth, whole_number
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m
from liftplan.models.tables import Table

Column = npt.NDArray[Any]

_FEW = 0.5
"""Columns with fewer distinct values a row than this are worked on by distinct value."""

_PLAIN_WHOLE = r"^[+-]?[0-9]{1,18}$"


class ColumnReader:
    """Turns one table's Arrow columns into numpy columns; what cannot be read is noted and gets a stand-in."""

    def __init__(self, name: str, schema: type[Row], findings: Findings) -> None:
        self._name = name
        self._schema = schema
        self._findings = findings

    def table(self, columns: dict[str, Any], length: int) -> Table:
        """The table. columns: field -> Arrow array of `length`; a field without one gets its default."""
        found: dict[str, Column] = {}
        for field, constraint in constraints(self._schema).items():
            if field in columns:
                found[field] = self._column(field, constraint, columns[field])
            elif constraint.required:
                self._missing(field)
                found[field] = _filled(constraint, stand_in(constraint), length)
            else:
                found[field] = _filled(constraint, constraint.default, length)
        return Table(self._schema, found)

    def _missing(self, field: str) -> None:
        self._findings.add(
            "column-missing",
            self._findings.at(self._name, -1, field),
            m("The column {column} is missing.", column=field),
            m("Add the column; it may not be blank."),
        )
        self._findings.spoil(self._name, field)

    def _column(self, field: str, constraint: Constraint, array: Any) -> Column:
        if isinstance(array, pa.ChunkedArray):
            array = array.combine_chunks()
        if pa.types.is_dictionary(array.type):
            array = array.dictionary_decode()
        if pa.types.is_null(array.type):
            array = pa.array([""] * len(array))
        if pa.types.is_large_string(array.type) or pa.types.is_string_view(array.type):
            array = array.cast(pa.string())
        read = {"int": self._ints, "float": self._floats, "bool": self._bools, "text": self._texts, "list": self._lists}
        return read[constraint.kind](field, constraint, array)

    def _ints(self, field: str, constraint: Constraint, array: Any) -> Column:
        blank: Column = np.zeros(len(array), dtype=np.bool_)
        wrong = blank
        if pa.types.is_string(array.type):
            trimmed = pc.utf8_trim_whitespace(array.fill_null(""))
            blank = _flags(pc.equal(trimmed, ""))
            plain = _flags(pc.match_substring_regex(trimmed, _PLAIN_WHOLE))
            values = np.zeros(len(array), dtype=np.int64)
            values[plain] = pc.cast(trimmed.filter(pa.array(plain)), pa.int64()).to_numpy(zero_copy_only=False)
            odd = np.flatnonzero(~plain & ~blank)
            read = [whole_number(text) for text in trimmed.take(pa.array(odd)).to_pylist()]
            small = [value is not None and abs(value) < 2**62 for value in read]
            values[odd] = [value if fine else 0 for value, fine in zip(read, small, strict=True)]
            wrong = np.zeros(len(array), dtype=np.bool_)
            wrong[odd[~np.array(small, dtype=np.bool_)]] = True
        elif pa.types.is_integer(array.type):
            blank = _flags(array.is_null())
            wide = array.fill_null(0)
            wrong = _flags(pc.greater(wide, 2**62)) if pa.types.is_uint64(array.type) else wrong
            values = wide.to_numpy(zero_copy_only=False).astype(np.int64)
        elif pa.types.is_floating(array.type):
            floats = array.cast(pa.float64()).to_numpy(zero_copy_only=False)
            blank = np.isnan(floats)
            wrong = ~blank & ~((np.abs(floats) < 2.0**53) & (floats == np.floor(floats)))
            values = np.where(blank | wrong, 0, floats).astype(np.int64)
        else:
            return self._wrong_type(field, constraint, array)
        self._refuse(field, constraint, np.flatnonzero(wrong), array)
        if constraint.required:
            self._blank(field, np.flatnonzero(blank))
        values[wrong | blank] = stand_in(constraint)
        return values

    def _floats(self, field: str, constraint: Constraint, array: Any) -> Column:
        if pa.types.is_floating(array.type) or pa.types.is_integer(array.type):
            floats = array.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False).astype(np.float64)
            wrong = np.isinf(floats)
        elif pa.types.is_string(array.type):
            texts, index = _distinct(array)
            read = [float("nan") if not text.strip() else number(text) for text in texts]
            floats = np.array([float("nan") if value is None else value for value in read], dtype=np.float64)[index]
            wrong = np.array([value is None for value in read], dtype=np.bool_)[index]
        else:
            return self._wrong_type(field, constraint, array)
        self._refuse(field, constraint, np.flatnonzero(wrong), array)
        return np.where(wrong, np.nan, floats)

    def _bools(self, field: str, constraint: Constraint, array: Any) -> Column:
        if pa.types.is_boolean(array.type):
            filled: Column = array.fill_null(constraint.default).to_numpy(zero_copy_only=False)
            return filled.astype(np.bool_)
        if pa.types.is_integer(array.type):
            array = array.cast(pa.string())
        if not pa.types.is_string(array.type):
            return self._wrong_type(field, constraint, array)
        texts, index = _distinct(array)
        read = [constraint.default if not text.strip() else truth(text) for text in texts]
        wrong = np.array([value is None for value in read], dtype=np.bool_)[index]
        self._refuse(field, constraint, np.flatnonzero(wrong), array)
        return np.array([bool(value) for value in read], dtype=np.bool_)[index]

    def _texts(self, field: str, constraint: Constraint, array: Any) -> Column:
        if not pa.types.is_string(array.type):
            return self._wrong_type(field, constraint, array)
        free = not (constraint.identifier or constraint.choices)
        default = constraint.default or ""
        array = array.fill_null("")
        if not free:
            array = pc.utf8_trim_whitespace(array)
        coded = array.dictionary_encode()
        if len(coded.dictionary) < _FEW * len(array):
            distinct = _objects([text or default for text in coded.dictionary.to_pylist()])
            return distinct[coded.indices.to_numpy(zero_copy_only=False)]
        texts: Column = array.to_numpy(zero_copy_only=False)
        if default:
            texts = np.where(texts == "", default, texts)
        return np.array(texts, dtype=object)

    def _lists(self, field: str, constraint: Constraint, array: Any) -> Column:
        default = constraint.default or ()
        if pa.types.is_list(array.type) or pa.types.is_large_list(array.type):
            entry = array.type.value_type
            if not (pa.types.is_string(entry) or pa.types.is_large_string(entry) or pa.types.is_null(entry)):
                return self._wrong_type(field, constraint, array)
            lists = array.to_pylist()
            wrong = [row for row, entries in enumerate(lists) if entries and None in entries]
            self._refuse(field, constraint, np.array(wrong, dtype=np.int64), array)
            shared: dict[tuple[str, ...], tuple[str, ...]] = {}
            tuples = [
                default if not entries or None in entries else shared.setdefault(key := tuple(entries), key)
                for entries in lists
            ]
            return _objects(tuples)
        if not pa.types.is_string(array.type):
            return self._wrong_type(field, constraint, array)
        texts, index = _distinct(array)
        return _objects([split(text) or default for text in texts])[index]

    def _wrong_type(self, field: str, constraint: Constraint, array: Any) -> Column:
        self._findings.add(
            "column-type",
            self._findings.at(self._name, -1, field),
            m("The column holds {type}; here stands {rule}.", type=array.type, rule=constraint.rule()),
            m("Write the column in that type."),
        )
        self._findings.spoil(self._name, field)
        return _filled(constraint, stand_in(constraint), len(array))

    def _refuse(self, field: str, constraint: Constraint, rows: npt.NDArray[np.int64], array: Any) -> None:
        if not len(rows):
            return
        rule = constraint.rule()
        remedies: Callable[[int], Message] | Message = m("Correct the cell, or leave it blank if nothing is known.")
        if constraint.kind == "int":
            remedies = lambda row: remedy(shown(array[row].as_py()))  # noqa: E731
        self._findings.cells(
            "value",
            self._name,
            field,
            rows.tolist(),
            lambda row: m("{value} is not {rule}.", value=shown(array[row].as_py()), rule=rule),
            remedies,
        )
        self._findings.spoil(self._name, field, rows.tolist())

    def _blank(self, field: str, rows: npt.NDArray[np.int64]) -> None:
        self._findings.cells(
            "blank", self._name, field, rows.tolist(), lambda _: m("The cell is blank."), m("Fill in the cell.")
        )
        self._findings.spoil(self._name, field, rows.tolist())


def stand_in(constraint: Constraint) -> Any:
    """What a cell that cannot be read gets, so that the rest can be checked."""
    if not constraint.required:
        return constraint.default
    return {"int": constraint.low or 0, "float": float("nan"), "bool": False, "text": "", "list": ()}[constraint.kind]


def shown(value: Any) -> str:
    """A value as a message shows it: one line, not too long."""
    text = tidy(str(value)) if isinstance(value, str) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."


def _filled(constraint: Constraint, value: Any, length: int) -> Column:
    if constraint.kind in {"text", "list"}:
        return _objects([value] * length)
    return np.full(length, value, dtype={"int": np.int64, "float": np.float64, "bool": np.bool_}[constraint.kind])


def _objects(values: list[Any]) -> Column:
    column = np.empty(len(values), dtype=object)
    for index, value in enumerate(values):
        column[index] = value
    return column


def _distinct(array: Any) -> tuple[list[str], Column]:
    """Distinct texts of a column, and which of them stands in each row."""
    coded = array.fill_null("").dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False)


def _flags(array: Any) -> Column:
    flags: Column = array.to_numpy(zero_copy_only=False)
    return flags.astype(np.bool_)
