"""Where a problem is, in words."""

from __future__ import annotations

from liftplan.models.messages import Message, joined, m
from liftplan.models.problems import Place


def place_text(place: Place) -> str:
    """Where a problem is, in the current language."""
    parts: list[Message | str] = [place.file] if place.file else []
    if place.sheet:
        parts.append(m("sheet {sheet}", sheet=place.sheet))
    elif place.named:
        parts.append(place.named)
    if place.cell:
        parts.append(m("cell {cell}", cell=place.cell))
        return str(joined(parts))
    if place.row:
        in_table = place.table and not place.field
        parts.append(m("row {row}", row=place.row) if in_table else m("line {row}", row=place.row))
    if place.field:
        parts.append(m("field {field}", field=place.field))
    elif place.letter or place.column:
        parts.append(m("column {column}", column=place.letter or place.column))
    return str(joined(parts)) if parts else ""
