"""The order in which problems are told."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from liftplan.models.findings import MORE
from liftplan.models.problems import Problem
from liftplan.models.rows import TABLES


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Problems of cells of one table or sheet in the order of rows and columns; each table keeps the places it had.

    Problems of whole tables and columns stay where they are: they tell what the others follow from.
    """
    found = list(problems)
    slots: dict[tuple[str, str, str], list[int]] = {}
    for slot, problem in enumerate(found):
        place = problem.place
        listed = place.row or problem.message.template == MORE
        if listed and (place.sheet or place.table in TABLES):
            slots.setdefault((place.file, place.sheet, "" if place.sheet else place.table), []).append(slot)
    for same in slots.values():
        for slot, problem in zip(same, sorted((problems[slot] for slot in same), key=_position), strict=True):
            found[slot] = problem
    return found


def _position(problem: Problem) -> tuple[float, int, str]:
    """Row and column; a problem of a whole row comes before those of its cells, and how many more there are at last."""
    place = problem.place
    row = place.row or inf
    if place.letter:
        return row, len(place.letter), place.letter
    fields = list(TABLES[place.table].model_fields) if place.table in TABLES else []
    return row, fields.index(place.column) if place.column in fields else -1, ""
