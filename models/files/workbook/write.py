"""A county in, a workbook out."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from xlsxwriter import Workbook

from liftplan.models.county import County, Source
from liftplan.models.files.workbook.explain import add_explanations
from liftplan.models.files.workbook.filling import Filling
from liftplan.models.files.workbook.styles import Styles
from liftplan.models.files.workbook.words.choices import SOURCES as SOURCE_NAMES
from liftplan.models.files.workbook.words.sheets import MINIMUMS, SHEETS, SOURCES, SPENDING
from liftplan.models.files.workbook.writesettings import add_settings
from liftplan.models.files.workbook.writetables import add_table, columns_of
from liftplan.models.policy import DepartmentMin, SpendMinRow
from liftplan.models.rows import TABLES

Progress = Callable[[int, int], None]
"""Told how many rows are written, and how many there are, every now and then."""

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
"""Of every workbook: texts are written as texts, whatever they look like."""

_MADE = datetime(2015, 1, 1)  # noqa: DTZ001 - a fixed date: the same county gives the same bytes
"""Date in the properties of every workbook."""


def write(county: County, path: Path, progress: Progress | None = None) -> None:
    """Write the workbook of a county, in the current language; the same county gives the same bytes.

    Raises OSError. What a workbook cannot hold is for `limits.beyond` to tell.
    """
    schemas: dict[str, type[BaseModel]] = {
        MINIMUMS: DepartmentMin,
        SPENDING: SpendMinRow,
        **TABLES,
        SOURCES: Source,
    }
    rows: dict[str, Any] = {
        MINIMUMS: county.policy.R4.rows,
        SPENDING: county.policy.R13.rows,
        SOURCES: [one.model_copy(update={"kind": _kind(one.kind)}) for one in county.head.sources],
    }
    counted, total = 0, sum(len(county[name]) for name in TABLES)

    def written(more: int) -> None:
        nonlocal counted
        counted += more
        if progress is not None and more:
            progress(min(counted, total), total)

    path.touch()  # what stands in the way is known before the work
    content = io.BytesIO()
    book = Workbook(content, OPTIONS)
    book.set_properties({"title": county.head.name, "author": "liftplan", "created": _MADE})
    filling, styles = Filling(book), Styles(book)
    add_explanations(book, styles, county, schemas)
    add_settings(book, styles, county)
    for name in SHEETS:
        if name in rows:
            add_table(book, filling, styles, name, schemas[name], columns_of(schemas[name], rows[name]), lambda _: None)
        elif name in TABLES:
            columns = {field: county[name][field].tolist() for field in TABLES[name].model_fields}
            add_table(book, filling, styles, name, TABLES[name], columns, written)
    book.close()
    with path.open("wb") as target:
        filling.finish(content.getvalue(), target)


def _kind(code: str) -> str:
    """The kind of a source, in the current language if it is a usual one."""
    return str(SOURCE_NAMES[code]) if code in SOURCE_NAMES else code
