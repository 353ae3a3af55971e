"""Some sheets as a workbook of the plainest kind, so that the library that reads values meets nothing unexpected."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from liftplan.models.files.workbook.package import CONTENT_TYPES, Package, Part

_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def repacked(package: Package, parts: Sequence[Part]) -> bytes:
    """A workbook of these sheets, not compressed; they are named by their position: 0, 1 ..."""
    contents = {f"sheet{place}.xml": part.xml for place, part in enumerate(parts)}
    kinds = dict.fromkeys(contents, "worksheet")
    for kind, content in (("sharedStrings", package.strings), ("styles", package.styles)):
        if content:
            contents[f"{kind}.xml"], kinds[f"{kind}.xml"] = content, kind
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as made:
        made.writestr(CONTENT_TYPES, _types(kinds))
        made.writestr("_rels/.rels", _relations({"xl/workbook.xml": "officeDocument"}))
        made.writestr("xl/workbook.xml", _book(len(parts), since_1904=package.since_1904))
        made.writestr("xl/_rels/workbook.xml.rels", _relations(kinds))
        for name, content in contents.items():
            made.writestr(f"xl/{name}", content)
    return packed.getvalue()


def _types(kinds: dict[str, str]) -> str:
    parts = {"workbook.xml": "sheet.main"} | kinds
    overrides = (f'<Override PartName="/xl/{name}" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in parts.items())
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{relations}{"".join(overrides)}</Types>'


def _relations(targets: dict[str, str]) -> str:
    relations = (
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relations)}</Relationships>'


def _book(sheets: int, *, since_1904: bool) -> str:
    tabs = "".join(f'<sheet name="{place}" sheetId="{place + 1}" r:id="r{place}"/>' for place in range(sheets))
    since = ' date1904="1"' if since_1904 else ""
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr{since}/><sheets>{tabs}</sheets></workbook>'
