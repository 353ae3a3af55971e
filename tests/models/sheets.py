"""Workbooks made by hand, cell by cell, with whatever people and programs put into them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from liftplan.models.files.workbook.cells import letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

BEGIN = '<?xml version="1.0" encoding="UTF-8"?>'

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
"""Formats: none, a date, a percentage."""


@dataclass(frozen=True)
class Formula:
    """A formula with the value that a spreadsheet worked out; None: it never did.

    blank: what stands in the cell then: nothing, or an empty element as some programs write it.
    """

    text: str
    value: Any = None
    blank: str = ""


@dataclass(frozen=True)
class Error:
    """A cell that shows an error."""

    text: str


@dataclass(frozen=True)
class Percent:
    """A number shown as a percentage."""

    value: float


Rows = Sequence[Sequence[Any]]


def workbook(
    sheets: Mapping[str, Rows],
    *,
    merged: Mapping[str, Sequence[str]] | None = None,
    hidden_rows: Mapping[str, Sequence[int]] | None = None,
    hidden_columns: Mapping[str, Sequence[int]] | None = None,
    hidden_sheets: Sequence[str] = (),
) -> bytes:
    """The bytes of a workbook; rows and columns count as Excel counts them."""
    parts = {
        name: sheet_xml(
            rows, (merged or {}).get(name, ()), (hidden_rows or {}).get(name, ()), (hidden_columns or {}).get(name, ())
        )
        for name, rows in sheets.items()
    }
    return packed(package(parts, hidden_sheets))


def package(parts: Mapping[str, str], hidden_sheets: Sequence[str] = ()) -> dict[str, str]:
    """The files inside a workbook, from the XML of its sheets."""
    numbered = list(enumerate(parts, 1))
    kinds = {"styles.xml": "styles"} | {f"worksheets/sheet{number}.xml": "worksheet" for number, _ in numbered}
    overrides = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{TYPES}.{kind}+xml"/>'
        for name, kind in {"workbook.xml": "sheet.main", **kinds}.items()
    )
    tabs = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="worksheets/sheet{number}.xml"'
        f"{' state=' + quoteattr('hidden') if name in hidden_sheets else ''}/>"
        for number, name in numbered
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{name}"/>' for name, kind in kinds.items()
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "xl/styles.xml": STYLES,
    }
    return files | {f"xl/worksheets/sheet{number}.xml": parts[name] for number, name in numbered}


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Files as a zip that does not depend on the time."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            archive.writestr(entry, text)
    return content.getvalue()


def sheet_xml(
    rows: Rows,
    merged: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
) -> str:
    """The XML of a sheet."""
    columns = "".join(f'<col min="{place}" max="{place}" hidden="1"/>' for place in hidden_columns)
    lines = (
        f'<row r="{number}"{" hidden=" + quoteattr("1") if number in hidden_rows else ""}>'
        + "".join(cell_xml(f"{letters(place)}{number}", value) for place, value in enumerate(row) if value is not None)
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    ranges = "".join(f'<mergeCell ref="{cells}"/>' for cells in merged)
    return (
        f'{BEGIN}<worksheet xmlns="{MAIN}">{f"<cols>{columns}</cols>" if columns else ""}'
        f"<sheetData>{''.join(lines)}</sheetData>{f'<mergeCells>{ranges}</mergeCells>' if ranges else ''}</worksheet>"
    )


def cell_xml(name: str, value: Any) -> str:
    """The XML of a cell."""
    if isinstance(value, Formula):
        inside = f"<f>{escape(value.text)}</f>"
        if value.value is None:
            return f'<c r="{name}">{inside}{value.blank}</c>'
        kind = ' t="str"' if isinstance(value.value, str) else ""
        return f'<c r="{name}"{kind}>{inside}<v>{escape(str(value.value))}</v></c>'
    if isinstance(value, Error):
        return f'<c r="{name}" t="e"><v>{escape(value.text)}</v></c>'
    if isinstance(value, Percent):
        return f'<c r="{name}" s="2"><v>{value.value!r}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{name}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{name}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{name}"><v>{value!r}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
