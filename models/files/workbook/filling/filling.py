"""Putting long tables into a workbook that a library has made.

The library makes everything but the rows, cell by cell as it must, and writes a few blank cells where a table begins:
they tell how it numbers the formats. The rows themselves then take the place of these cells; written as XML in one go,
half a million cells take a second instead of ten.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from liftplan.models.files.workbook.cells import letters
from liftplan.models.files.workbook.filling.rows import Cells, Rows, Written
from liftplan.models.files.workbook.filling.texts import PART, SharedTexts

_ROW = re.compile(r'<row r="(\d+)"([^>]*)>(.*?)</row>')
_CELL = re.compile(r'<c r="([A-Z]+)(\d+)" s="(\d+)"/>')
_DIMENSION = re.compile(r'<dimension ref="A1:([A-Z]+)\d+"/>')
_END = "</sheetData>"


class Filling:
    """The tables of one workbook, kept until the library is done."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._tables: dict[str, Rows] = {}

    def add(
        self,
        page: Worksheet,
        first: int,
        columns: Sequence[Cells],
        *,
        heights: Mapping[int, float] | None = None,
        written: Written = lambda _: None,
    ) -> None:
        """Add the rows of a table, which must be the last ones of their sheet, from column A on.

        Parameters
        ----------
        page
            The sheet, made by the library in memory.
        first
            The table's first row, from 0.
        heights
            Height in points of rows, from 0 at the first one, that have one of their own.
        written
            Told how many more rows are written, every now and then.
        """
        rows = Rows(columns, first, heights or {}, written)
        if not rows.count:
            return
        for place, cells in enumerate(columns):
            for number, style in enumerate(cells.styles):
                page.write_blank(first + number, place, None, style)
        self._tables[f"xl/worksheets/sheet{self._book.worksheets().index(page) + 1}.xml"] = rows

    def filled(self, content: bytes) -> bytes:
        """The workbook that the library has made, with all its rows."""
        full = io.BytesIO()
        self.finish(content, full)
        return full.getvalue()

    def finish(self, content: bytes, target: BinaryIO) -> None:
        """Write the workbook that the library has made, with all its rows. Raises OSError."""
        with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as full:
            texts = SharedTexts(made.read(PART))
            for entry in made.infolist():
                if entry.filename in self._tables:
                    with full.open(_fresh(entry), "w") as part:
                        for piece in _filled(made.read(entry).decode(), self._tables[entry.filename], texts):
                            part.write(piece)
                elif entry.filename != PART:
                    full.writestr(_fresh(entry), made.read(entry))
            full.writestr(_fresh(made.getinfo(PART)), texts.part())


def _fresh(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """An entry with the same name, date and rights, to be written."""
    made = zipfile.ZipInfo(entry.filename, entry.date_time)
    made.compress_type, made.external_attr, made.create_system = zipfile.ZIP_DEFLATED, entry.external_attr, 3
    return made


def _filled(sheet: str, rows: Rows, texts: SharedTexts) -> Iterator[bytes]:
    """A sheet with the rows in the place of the cells that show the formats."""
    head, _, rest = sheet.partition(_END)
    samples = [found for found in _ROW.finditer(head) if int(found[1]) > rows.first]
    numbers = {(name, int(row)): number for found in samples for name, row, number in _CELL.findall(found[3])}
    styles = [
        [numbers[letters(place), rows.first + 1 + one] for one in range(len(cells.styles))]
        for place, cells in enumerate(rows.columns)
    ]
    start = head[: samples[0].start()]
    last = rows.first + rows.count
    yield _DIMENSION.sub(lambda found: f'<dimension ref="A1:{found[1]}{last}"/>', start, count=1).encode()
    yield from rows.xml(samples[0][2], styles, texts)
    yield (_END + rest).encode()
