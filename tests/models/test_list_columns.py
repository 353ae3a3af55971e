"""Columns of lists in Arrow files: blanks, equal lists, and what is no text."""

from __future__ import annotations

import pyarrow as pa
import pytest

from liftplan.models.files.cells import Complaints
from liftplan.models.files.columns import table_of
from liftplan.models.findings import Findings
from liftplan.models.rows import Village

TAGS = [["hill", "far"], None, [], ["hill"], ["hill", "far"], ["far", "hill"]]


def columns(tags: pa.Array) -> dict[str, pa.Array]:
    """Villages with these tags."""
    ids = pa.array([f"v{number}" for number in range(len(tags))])
    return {"id": ids, "name": ids, "tags": tags}


@pytest.mark.parametrize("begin", [0, 2])
def test_lists_are_tuples_in_order(begin: int) -> None:
    """Null and empty lists have no entries; a slice of an array begins where it says."""
    tags = pa.array(TAGS, pa.list_(pa.string())).slice(begin)
    table = table_of(Village, columns(tags), len(tags), Complaints("villages", Findings()))
    assert table["tags"].tolist() == [tuple(one or ()) for one in TAGS[begin:]]


def test_equal_lists_are_shared() -> None:
    """Many items have the same lists: each is in memory once."""
    tags = pa.array(TAGS, pa.list_(pa.string()))
    table = table_of(Village, columns(tags), len(tags), Complaints("villages", Findings()))
    assert table["tags"][0] is table["tags"][4]
