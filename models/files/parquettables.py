"""Parquet: bytes to Arrow columns, and tables to bytes; with checksums, so that no damage goes unnoticed."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.parquet

from liftplan.models.files.texts import Unreadable
from liftplan.models.findings import Origin
from liftplan.models.messages import m
from liftplan.models.problems import Place
from liftplan.models.tables import Kind, Table, kinds

MOST_ROWS = 50_000_000
"""Most rows of a table; a few bytes of Parquet can claim any number of them."""

_TYPES: dict[Kind, Any] = {
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "text": pa.string(),
    "list": pa.list_(pa.string()),
}


def parse(name: str, content: bytes, file: str) -> tuple[list[str], list[Any], Origin]:
    """Names and Arrow columns of a table; its rows count from 1. Raises `Unreadable` if it is no Parquet."""
    place = Place(table=name, file=file)
    if not content:
        raise Unreadable("empty-file", place, m("The file is empty."), m("Delete it if the table has no rows."))
    try:
        parquet = pyarrow.parquet.ParquetFile(pa.BufferReader(content), page_checksum_verification=True)
        if parquet.metadata.num_rows > MOST_ROWS:
            message = m(
                "The table has {count} rows; at most {most} are read.", count=parquet.metadata.num_rows, most=MOST_ROWS
            )
            raise Unreadable("parquet-size", place, message, m("Leave out rows that are not needed."))
        table = parquet.read()
        table.validate(full=True)  # texts are UTF-8
        names = list(table.column_names)
    except (pa.ArrowException, ValueError, OSError, MemoryError):
        message = m("This is not Parquet, or it is damaged.")
        raise Unreadable("parquet", place, message, m("Write the table again, as Parquet or CSV.")) from None
    return names, [column.combine_chunks() for column in table.columns], Origin(file)


def render(table: Table) -> bytes:
    """The bytes of a table; absent numbers are null."""
    columns = {}
    for name, kind in kinds(table.schema).items():
        values = table[name].tolist() if kind == "list" else table[name]
        columns[name] = pa.array(values, _TYPES[kind], from_pandas=True)
    sink = pa.BufferOutputStream()
    pyarrow.parquet.write_table(pa.table(columns), sink, compression="zstd", write_page_checksum=True)
    content: bytes = sink.getvalue().to_pybytes()
    return content
