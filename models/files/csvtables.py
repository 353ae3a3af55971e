"""CSV: bytes to Arrow columns of texts, and tables to bytes."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from liftplan.models.county import key_of
from liftplan.models.files.lists import join
from liftplan.models.files.texts import BOM, Unreadable, decoded
from liftplan.models.findings import Findings, Origin
from liftplan.models.messages import m
from liftplan.models.problems import Place
from liftplan.models.tables import Table, kinds

LARGEST = 2**31 - 2**20
"""Most bytes of a CSV file."""

FIRST = 2
"""Number of the first row, as a spreadsheet shows it under the header."""

_SEPARATORS = {";": ";", "\t": "TAB", "，": "，", "；": "；", "|": "|"}


def parse(name: str, content: bytes, findings: Findings, file: str) -> tuple[list[str], list[Any], Origin]:
    """Header, one Arrow column of texts per name of the header, and the rows' numbers (the header is row 1).

    Rows of blanks are left out. Rows with too many or too few cells are noted and left out.

    Raises
    ------
    Unreadable
        If the file has no header, or is no CSV at all.
    """
    place = Place(table=name, file=file)
    if len(content) > LARGEST:
        message = m("The file has {count} bytes; CSV is read up to {most}.", count=len(content), most=LARGEST)
        raise Unreadable("csv-size", place, message, m("Write the table as Parquet."))
    text = decoded(content, place)
    header = _header(text, place)
    table, ragged = _cells(text, len(header), place)
    numbers = np.arange(FIRST, FIRST + len(table) + len(ragged), dtype=np.int64)
    columns = [column.combine_chunks() for column in table.columns]
    if text.count('"') % 2 and _swallowed(columns, ragged, numbers):
        message = m("A quotation mark in this row is not closed.")
        raise Unreadable("csv", Place(name, int(numbers[-1]), "", file), message, m("Close it, or take it away."))
    for number, cells in ragged:
        findings.lose(name, _keys(name, header, cells))
        findings.add(
            "cells",
            Place(table=name, row=number, file=file),
            m("The row has {count} cells; the header has {expected}.", count=len(cells), expected=len(header)),
            m("Give the row as many cells as the header has; put a text with a comma between quotation marks."),
        )
    numbers = np.setdiff1d(numbers, [number for number, _ in ragged])
    filled = _filled(columns, len(table))
    if not filled.all():
        columns, numbers = [column.filter(pa.array(filled)) for column in columns], numbers[filled]
    return header, columns, Origin(file, FIRST, numbers)


def _header(text: str, place: Place) -> list[str]:
    """Names of the columns."""
    if not text.strip():
        way_out = m("Give it a header, or delete it if the table has no rows.")
        raise Unreadable("empty-file", place, m("The file is empty."), way_out)
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (csv.Error, StopIteration):
        raise _no_csv(place) from None
    if not any(name.strip() for name in header):
        message = m("The first row does not name the columns.")
        raise Unreadable("csv", place, message, m("Write the names of the columns in the first row."))
    for sign, shown in _SEPARATORS.items():
        if len(header) == 1 and sign in header[0]:
            message = m("The columns are separated by {sign}, not by commas.", sign=shown)
            raise Unreadable("csv", place, message, m("Save the table as CSV UTF-8, separated by commas."))
    return [name.strip() for name in header]


def _keys(name: str, header: list[str], cells: list[str]) -> set[str]:
    """What the key of a row may be whose cells do not fit the header: counted from the left, or from the right."""
    key = key_of(name)[0]
    if key not in header:
        return set()
    places = (header.index(key), header.index(key) + len(cells) - len(header))
    return {cells[place].strip() for place in places if 0 <= place < len(cells)}


def _cells(text: str, width: int, place: Place) -> tuple[Any, list[tuple[int, list[str]]]]:
    """Arrow table of texts without the header, and number and cells of each row that does not fit it."""
    ragged: list[tuple[int, list[str]]] = []

    def skip(row: Any) -> str:
        ragged.append((row.number, next(csv.reader([row.text or ""]), [])))
        return "skip"

    content = text.encode() + b"\n"
    names = [str(position) for position in range(width)]
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(content),
            read_options=pyarrow.csv.ReadOptions(
                use_threads=False, block_size=len(content) + 1, column_names=names, skip_rows_after_names=1
            ),
            parse_options=pyarrow.csv.ParseOptions(
                newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skip
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowException:
        raise _no_csv(place) from None
    return table, ragged


def _swallowed(columns: list[Any], ragged: list[tuple[int, list[str]]], numbers: npt.NDArray[np.int64]) -> bool:
    """Whether the last row may hold all that follows an open quotation mark."""
    if ragged and ragged[-1][0] == numbers[-1]:
        return True
    return bool(len(numbers)) and any("\n" in column[-1].as_py() for column in columns)


def _filled(columns: list[Any], length: int) -> npt.NDArray[np.bool_]:
    """(rows,) whether any cell is not blank."""
    filled = np.zeros(length, dtype=np.bool_)
    for column in columns:
        if not filled.all():
            filled |= pc.not_equal(pc.utf8_trim_whitespace(column), "").to_numpy(zero_copy_only=False)
    return filled


def _no_csv(place: Place) -> Unreadable:
    return Unreadable("csv", place, m("This is not CSV, or it is damaged."), m("Save the table as CSV UTF-8."))


def render(table: Table) -> bytes:
    """The bytes of a table: UTF-8 with byte order mark, lists separated by `;`, absent numbers blank."""
    kind = kinds(table.schema)
    columns: list[list[Any]] = []
    for name in table.schema.model_fields:
        values = table[name].tolist()
        if kind[name] == "list":
            known = {entries: join(entries) for entries in set(values)}
            values = [known[entries] for entries in values]
        elif kind[name] == "bool":
            values = ["true" if value else "false" for value in values]
        elif kind[name] == "float":
            blank = np.isnan(table[name]).tolist()
            values = ["" if absent else repr(value) for value, absent in zip(values, blank, strict=True)]
        columns.append(values)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.schema.model_fields)
    writer.writerows(zip(*columns, strict=True))
    return BOM + text.getvalue().encode()
