"""Arrow columns, of texts (CSV) or typed (Parquet), to the columns of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liftplan.models.base import Row
from liftplan.models.constraints import Constraint, constraints
from liftplan.models.files.cells import Column, Complaints, filled, objects, stand_in, way_out
from liftplan.models.files.lists import split
from liftplan.models.files.numbers import number, truth, whole_number
from liftplan.models.tables import Table

_FEW = 0.5
"""Columns with fewer distinct values a row than this share them."""

_PLAIN_WHOLE = r"^-?[0-9]{1,18}$"

LARGEST = 2**62
"""Whole numbers beyond this are not read at all."""

_EXACT = 2.0**53
"""Largest whole number up to which floats hold all of them."""


def table_of(schema: type[Row], columns: Mapping[str, Any], length: int, complaints: Complaints) -> Table:
    """The table. columns: field -> Arrow array of `length`; a field without one gets its default."""
    found: dict[str, Column] = {}
    for field, constraint in constraints(schema).items():
        if field in columns:
            found[field] = _READERS[constraint.kind](field, constraint, _plain(columns[field]), complaints)
            continue
        if constraint.required:
            complaints.column_missing(field)
        found[field] = filled(constraint, stand_in(constraint), length)
    return Table(schema, found)


def _plain(array: Any) -> Any:
    """An array of one chunk, not coded; of texts if it holds nothing."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_null(array.type):
        return pa.array([""] * len(array), pa.string())
    if pa.types.is_large_string(array.type) or pa.types.is_string_view(array.type):
        return array.cast(pa.string())
    return array


def _ints(field: str, constraint: Constraint, array: Any, complaints: Complaints) -> Column:
    if pa.types.is_string(array.type):
        values, blank, wrong = _ints_of_texts(array)
    elif pa.types.is_integer(array.type):
        blank = _flags(array.is_null())
        numbers = array.fill_null(0)
        wrong = (
            _flags(pc.greater(numbers, pa.scalar(LARGEST, pa.uint64())))
            if pa.types.is_uint64(array.type)
            else np.zeros_like(blank)
        )
        values = numbers.to_numpy(zero_copy_only=False).astype(np.int64)
    elif pa.types.is_floating(array.type):
        floats = array.cast(pa.float64()).to_numpy(zero_copy_only=False)
        blank = np.isnan(floats)
        wrong = ~blank & ~((np.abs(floats) <= _EXACT) & (floats == np.floor(floats)))
        values = np.where(blank | wrong, 0, floats).astype(np.int64)
    else:
        return _other_type(field, constraint, array, complaints)
    _refuse(field, constraint, np.flatnonzero(wrong), lambda row: array[row].as_py(), complaints)
    if constraint.required:
        complaints.blank(field, np.flatnonzero(blank))
    values[wrong | blank] = stand_in(constraint)
    return values


def _ints_of_texts(array: Any) -> tuple[Column, Column, Column]:
    """Values, which cells are blank, which hold no whole number."""
    trimmed = pc.utf8_trim_whitespace(array.fill_null(""))
    blank, plain = _flags(pc.equal(trimmed, "")), _flags(pc.match_substring_regex(trimmed, _PLAIN_WHOLE))
    values, wrong = np.zeros(len(array), dtype=np.int64), np.zeros(len(array), dtype=np.bool_)
    if plain.all():
        return _whole(trimmed), blank, wrong
    values[plain] = _whole(trimmed.filter(pa.array(plain)))
    for row in np.flatnonzero(~plain & ~blank).tolist():
        value = whole_number(trimmed[row].as_py())
        if value is None or abs(value) > LARGEST:
            wrong[row] = True
        else:
            values[row] = value
    return values, blank, wrong


def _whole(texts: Any) -> Column:
    return np.array(pc.cast(texts, pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)


def _floats(field: str, constraint: Constraint, array: Any, complaints: Complaints) -> Column:
    if pa.types.is_floating(array.type) or pa.types.is_integer(array.type):
        floats: Column = array.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False).astype(np.float64)
        wrong = np.isinf(floats)
    elif pa.types.is_string(array.type):
        texts, index = _distinct(array)
        read = [float("nan") if not text.strip() else number(text) for text in texts]
        floats = np.array([float("nan") if value is None else value for value in read], dtype=np.float64)[index]
        wrong = np.array([value is None for value in read], dtype=np.bool_)[index]
    else:
        return _other_type(field, constraint, array, complaints)
    _refuse(field, constraint, np.flatnonzero(wrong), lambda row: array[row].as_py(), complaints)
    floats[wrong] = np.nan
    return floats


def _bools(field: str, constraint: Constraint, array: Any, complaints: Complaints) -> Column:
    if pa.types.is_boolean(array.type):
        return _flags(array.fill_null(bool(constraint.default)))
    if pa.types.is_integer(array.type):
        array = array.cast(pa.string())
    if not pa.types.is_string(array.type):
        return _other_type(field, constraint, array, complaints)
    texts, index = _distinct(array)
    read = [constraint.default if not text.strip() else truth(text) for text in texts]
    wrong = np.array([value is None for value in read], dtype=np.bool_)[index]
    _refuse(field, constraint, np.flatnonzero(wrong), lambda row: array[row].as_py(), complaints)
    return np.array([bool(value) for value in read], dtype=np.bool_)[index]


def _texts(field: str, constraint: Constraint, array: Any, complaints: Complaints) -> Column:
    """Texts. A blank one is the default; blanks around identifiers and fixed choices do not count."""
    if not pa.types.is_string(array.type):
        return _other_type(field, constraint, array, complaints)
    array = array.fill_null("")
    if constraint.identifier or constraint.choices:
        array = pc.utf8_trim_whitespace(array)
    coded = array.dictionary_encode()
    default = constraint.default or ""
    if default or len(coded.dictionary) < _FEW * len(array):
        distinct = objects([text or default for text in coded.dictionary.to_pylist()])
        texts: Column = distinct[coded.indices.to_numpy(zero_copy_only=False)]
        return texts
    return np.array(array.to_numpy(zero_copy_only=False), dtype=object)


def _lists(field: str, constraint: Constraint, array: Any, complaints: Complaints) -> Column:
    """Lists. A blank cell is the default; so is null, but not an empty list."""
    default = constraint.default or ()
    if pa.types.is_string(array.type):
        texts, index = _distinct(array)
        return objects([split(text) or default for text in texts])[index]
    entry = array.type.value_type if pa.types.is_list(array.type) or pa.types.is_large_list(array.type) else None
    if entry is None or not (pa.types.is_string(entry) or pa.types.is_large_string(entry) or pa.types.is_null(entry)):
        return _other_type(field, constraint, array, complaints)
    if pa.types.is_string(entry) and not array.flatten().null_count:
        return _tuples(array, default)
    lists = array.to_pylist()
    wrong = [row for row, entries in enumerate(lists) if entries and None in entries]
    _refuse(field, constraint, wrong, list(lists).__getitem__, complaints)
    for row in wrong:
        lists[row] = None  # its stand-in
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    keys = [default if entries is None else tuple(entries) for entries in lists]
    return objects([shared.setdefault(key, key) for key in keys])


def _tuples(array: Any, default: tuple[str, ...]) -> Column:
    """(rows,) tuples of an array of lists of texts, equal ones shared; null is the default."""
    coded = array.flatten().dictionary_encode()
    texts, codes = coded.dictionary.to_pylist(), coded.indices.to_pylist()
    sizes = pc.fill_null(pc.list_value_length(array), -1).to_numpy(zero_copy_only=False)
    ends = np.cumsum(np.maximum(sizes, 0))
    known: dict[tuple[int, ...], tuple[str, ...]] = {}
    kinds = objects([default, ()])[np.where(sizes < 0, 0, 1)]
    for row in np.flatnonzero(sizes > 0).tolist():
        key = tuple(codes[ends[row] - sizes[row] : ends[row]])
        if key not in known:
            known[key] = tuple(texts[code] for code in key)
        kinds[row] = known[key]
    return kinds


def _refuse(
    field: str, constraint: Constraint, rows: Iterable[int], value: Callable[[int], Any], complaints: Complaints
) -> None:
    complaints.refuse(field, rows, value, constraint.rule(), lambda found: way_out(constraint, found))


def _other_type(field: str, constraint: Constraint, array: Any, complaints: Complaints) -> Column:
    complaints.column_type(field, constraint, array.type)
    return filled(constraint, stand_in(constraint), len(array))


_READERS = {"int": _ints, "float": _floats, "bool": _bools, "text": _texts, "list": _lists}


def _distinct(array: Any) -> tuple[list[str], Column]:
    """Distinct texts of a column, and which of them stands in each row."""
    coded = array.fill_null("").dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False)


def _flags(array: Any) -> Column:
    flags: Column = array.to_numpy(zero_copy_only=False).astype(np.bool_)
    return flags
