"""The tables of a comparison as data frames."""

from __future__ import annotations

from typing import Any

import pandas as pd

from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.grids import Grid
from liftplan.reports.comparison.order import verdicts

DTYPES = {"whole": "Int64", "price": "Float64", "text": "object"}
"""Types of columns; whole numbers and prices may be missing."""


def frame(grid: Grid, sides: list[str]) -> pd.DataFrame:
    """A table as a frame: the index says what a row is, a column a side; what a side does not have is missing."""
    names = [label.name for label in grid.labels]
    levels = [[row.texts[place] for row in grid.rows] for place in range(len(names))]
    several = pd.MultiIndex.from_arrays(levels, names=names)
    index: pd.Index[Any] = several if len(names) > 1 else several.get_level_values(0)
    columns = {
        side: pd.Series([row.values[place] for row in grid.rows], index=index, dtype=DTYPES[grid.kind])
        for place, side in enumerate(sides)
    }
    return pd.DataFrame(columns, index=index)


def pairs_frame(content: Content) -> pd.DataFrame:
    """Every two sides: first, second, unit, people (first - second), lowest, highest, order, verdict in words."""
    sides = [side.name for side in content.compared.sides]
    rows = [
        (
            sides[one.pair.first],
            sides[one.pair.second],
            one.pair.unit,
            one.pair.people,
            one.pair.lowest,
            one.pair.highest,
            one.pair.order,
            str(one.words),
        )
        for one in verdicts(content.compared)
    ]
    columns = ["first", "second", "unit", "people", "lowest", "highest", "order", "verdict"]
    return pd.DataFrame(rows, columns=columns)
