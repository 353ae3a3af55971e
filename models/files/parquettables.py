"""Parquet: bytes to Arrow columns, and tables to bytes."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.parquet

from liftplan.models.files.texts import Unreadable
from liftplan.models.findings import Origin
from liftplan.models.messages import m
from liftplan.models.problems import Place
from liftplan.models.tables import Kind, Table, kinds

_TYPES: dict[Kind, Any] = {
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "text": pa.string(),
    "list": pa.list_(pa.string()),
}


def parse(name: str, content: bytes, file: str) -> tuple[list[str], list[Any], Origin]:
    """Names and Arrow columns of a table; rows count from 1. Raises `Unreadable` if it is no Parquet."""
    try:
        table = pyarrow.parquet.read_table(pa.BufferReader(content), use_threads=True)
    except (pa.ArrowException, OSError) as error:
        raise Unreadable(
            "parquet",
            Place(table=name, file=file),
            m("This is not Parquet: {reason}.", reason=" ".join(str(error).split())[:200]),
            m("Write the table again, as Parquet or CSV."),
        ) from None
    return list(table.column_names), [column.combine_chunks() for column in table.columns], Origin(file)


def render(table: Table) -> bytes:
    """The bytes of a table; absent numbers are null."""
    kind = kinds(table.schema)
    columns = {
        name: pa.array(table[name].tolist() if kind[name] == "list" else table[name], _TYPES[kind[name]], from_pandas=True)
        for name in table.schema.model_fields
    }
    sink = pa.BufferOutputStream()
    pyarrow.parquet.write_table(pa.table(columns), sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())
