"""How files are named after the county that somebody typed."""

from __future__ import annotations

from pathlib import Path

import liftplan
from liftplan.models.county import County


def typed_name(source: str, county: County) -> str:
    """The name of a county as it was typed: a built-in name, or its folder or file without folders and ending."""
    if source in liftplan.counties():
        return source
    path = Path(source).absolute()
    if path.is_dir():
        return path.resolve().name or county.head.id
    return path.parent.name if path.name == "county.yaml" and path.parent.name else path.stem
