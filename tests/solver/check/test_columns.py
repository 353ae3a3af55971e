"""Ids and cost lines looked up in the columns of tables."""

from __future__ import annotations

import numpy as np
import pytest

from liftplan.models.rows import CostLine
from liftplan.models.tables import Table
from liftplan.solver.check.columns import Lines, Rows

IDS = ["m3", "m1", "村2", "m10", "m2"]
COSTS = [("m3", "house", 5), ("p1", "road", 7), ("m3", "industry", 2), ("m1", "house", 4), ("p1", "pipe", 1)]


def rows(ids: list[str]) -> Rows:
    """Rows of a table with these ids."""
    return Rows(np.array(ids, dtype=object))


def lines(costs: list[tuple[str, str, int]]) -> Lines:
    """Cost lines of item, purpose and yuan."""
    written = (CostLine(item=item, purpose=purpose, yuan=yuan) for item, purpose, yuan in costs)
    return Lines(Table.from_rows(CostLine, written))


@pytest.mark.parametrize("ids", [IDS, sorted(IDS), []])
def test_rows_are_a_dictionary_of_ids(ids: list[str]) -> None:
    """Whatever the order of the table, each id has its row, and others have none."""
    expected = {name: row for row, name in enumerate(ids)}
    assert dict(rows(ids)) == expected
    assert list(rows(ids)) == ids
    for name in ("m", "m11", "", "村", "zz"):
        assert rows(ids).find(name) == -1
        assert name not in rows(ids)
        with pytest.raises(KeyError):
            rows(ids)[name]


@pytest.mark.parametrize("name", [5, 5.0, None, float("nan"), b"m1", ("m1",)])
def test_what_is_no_text_has_no_row(name: object) -> None:
    """It is not compared with ids, and not found."""
    assert rows(IDS).find(name) == -1
    assert name not in rows(IDS)


@pytest.mark.parametrize("costs", [COSTS, sorted(COSTS), []])
def test_lines_are_a_dictionary_of_items(costs: list[tuple[str, str, int]]) -> None:
    """Each item has its purposes and yuan, in the order in which the table names them."""
    expected: dict[str, dict[str, int]] = {}
    for item, purpose, yuan in costs:
        expected.setdefault(item, {})[purpose] = yuan
    found = lines(costs)
    assert dict(found) == expected
    assert list(found) == list(expected)
    assert len(found) == len(expected)
    assert "m2" not in found
    assert found.of("m2") == {}
