"""The name that somebody probably meant."""

from __future__ import annotations

import pytest

from liftplan.models.nearest import Nearest

NAMES = ("部门", "资金", "金额", "用途", "名称", "v01", "v02", "贫困户")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("部们", "部门"), ("金額", "金额"), ("贫困沪", "贫困户"), ("V01 ", "v01"), ("v011", "v01"), ("名秤", "名称")],
)
def test_near_names_are_found(written: str, meant: str) -> None:
    """One sign of two is enough in a Chinese word, if it stands in its place."""
    assert Nearest(NAMES)(written) == meant


@pytest.mark.parametrize("written", ["经手", "门部", "x9", "a1", ""])
def test_what_is_near_to_none_is_not_found(written: str) -> None:
    """Neither other words, nor codes that share a sign or two."""
    assert Nearest(NAMES)(written) == ""


def test_what_is_as_near_to_two_is_not_found() -> None:
    """Nobody can tell which of the two is meant."""
    assert Nearest(("村名", "户名"))("乡名") == ""
