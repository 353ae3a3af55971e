"""CSV: bytes to Arrow columns of texts, and tables to bytes."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from liftplan.models.files.lists import join
from liftplan.models.files.texts import BOM, Unreadable, decoded
from liftplan.models.findings import Findings, Origin
from liftplan.models.messages import m
from liftplan.models.problems import Place
from liftplan.models.tables import Table, kinds

def parse(name: str, content: bytes, findings: Findings, file: str) -> tuple[list[str], list[Any], Origin]:
    """Header, one Arrow column of texts per name of the header, and the rows' numbers (the header is row 1).

    Rows of blanks are left out. Rows with too many or too few cells are noted and left out.

    Raises
    ------
    Unreadable
        If the file has no header, or is no CSV at all.
    """
    place = Place(table=name, file=file)
    text = decoded(content, place)
    header = _header(text, place)
    ragged: list[Any] = []

    def skip(row: Any) -> str:
        ragged.append(row)
        return "skip"

    raw = text.encode() + b"\n"
    names = [str(position) for position in range(len(header))]
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(raw),
            read_options=pyarrow.csv.ReadOptions(
                use_threads=False, block_size=len(raw) + 1, column_names=names, skip_rows_after_names=1
            ),
            parse_options=pyarrow.csv.ParseOptions(
                newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skip
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise Unreadable(
            "csv", place, m("This is not CSV: {reason}.", reason=error), m("Save the table as CSV UTF-8.")
        ) from None
    columns = [column.combine_chunks() if column.num_chunks != 1 else column.chunk(0) for column in table.columns]
    numbers = np.arange(2, 2 + len(table) + len(ragged))
    for row in ragged:
        findings.unread.add(name)
        findings.add(
            "cells",
            Place(table=name, row=row.number, file=file),
            m("The row has {count} cells; the header has {expected}.", count=row.actual_columns, expected=len(header)),
            m("Give the row as many cells as the header; put a text that contains a comma between quotation marks."),
        )
    numbers = np.setdiff1d(numbers, [row.number for row in ragged])
    filled = np.zeros(len(table), dtype=np.bool_)
    for column in columns:
        if not filled.all():
            filled |= pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0).to_numpy(zero_copy_only=False)
    if not filled.all():
        keep = pa.array(filled)
        columns, numbers = [column.filter(keep) for column in columns], numbers[filled]
    return header, columns, Origin(file, 2, numbers)


def _header(text: str, place: Place) -> list[str]:
    if not text.strip():
        raise Unreadable(
            "empty-file", place, m("The file is empty."), m("Give it a header, or delete it if the table has no rows.")
        )
    try:
        header = [name.strip() for name in next(csv.reader(io.StringIO(text, newline=""), strict=True))]
    except (csv.Error, StopIteration) as error:
        raise Unreadable(
            "csv", place, m("This is not CSV: {reason}.", reason=error), m("Save the table as CSV UTF-8.")
        ) from None
    return header


def render(table: Table) -> bytes:
    """The bytes of a table: UTF-8 with byte order mark, lists separated by `;`, absent numbers blank."""
    kind = kinds(table.schema)
    columns = []
    for name in table.schema.model_fields:
        values = table[name].tolist()
        if kind[name] == "list":
            known = {entries: join(entries) for entries in set(values)}
            values = [known[entries] for entries in values]
        elif kind[name] == "bool":
            values = ["true" if value else "false" for value in values]
        elif kind[name] == "float":
            values = ["" if value != value else repr(value) for value in values]  # noqa: PLR0124 - nan is absent
        columns.append(values)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.schema.model_fields)
    writer.writerows(zip(*columns, strict=True))
    return BOM + text.getvalue().encode()

