"""Sheets of many rows alike: the tables, and the lists of head and policy."""

from __future__ import annotations

from typing import Any

from liftplan.models.base import Row
from liftplan.models.constraints import constraints
from liftplan.models.files.columns import table_of
from liftplan.models.files.workbook.cells import letters
from liftplan.models.files.workbook.grid import Grid
from liftplan.models.files.workbook.layout import Layout
from liftplan.models.files.workbook.sheets import laid_out
from liftplan.models.files.workbook.values import arrow_column
from liftplan.models.findings import Findings
from liftplan.models.tables import Table
from liftplan.models.validate.formats import DATES


def table_of_sheet(name: str, schema: type[Row], grid: Grid, file: str, findings: Findings) -> tuple[Table, Layout]:
    """The table in a sheet; whatever is wrong is noted, and gets a stand-in."""
    layout = laid_out(name, list(schema.model_fields), grid, file, findings)
    known = constraints(schema)
    arrays = {
        field: arrow_column(column, known[field], is_date=(name, field) in DATES, complaints=layout.complaints)
        for field, column in layout.columns.items()
    }
    return table_of(schema, arrays, layout.length, layout.complaints), layout


def rows_of_sheet(
    name: str, path: str, schema: type[Row], grid: Grid, file: str, findings: Findings
) -> list[dict[str, Any]] | None:
    """The rows of a list of head or policy as plain values; None if something is wrong with their form.

    path: where the list stands in head and policy, as findings name it.
    """
    before = sum(not problem.warning for problem in findings.problems)
    table, layout = table_of_sheet(name, schema, grid, file, findings)
    cells = {path: (grid.name, "", 0)}
    for index in range(len(table)):
        row = findings.row(name, index)
        cells[f"{path}.{index}"] = (grid.name, "", row)
        cells |= {
            f"{path}.{index}.{field}": (grid.name, letters(column.place), row)
            for field, column in layout.columns.items()
        }
    findings.head_cells = {**findings.head_cells, **cells}
    if sum(not problem.warning for problem in findings.problems) > before:
        return None
    columns = {field: table[field].tolist() for field in schema.model_fields}
    rows = (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
    return [{field: list(value) if isinstance(value, tuple) else value for field, value in row.items()} for row in rows]
