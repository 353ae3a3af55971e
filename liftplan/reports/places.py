"""Where a problem is, in words."""

from __future__ import annotations

from liftplan.models.problems import Place


def place_text(place: Place) -> str:
    """Where a problem is, in the current language."""
    return str(place)
