"""Units that a header may state, and what they make of a figure."""

from __future__ import annotations

from collections.abc import Mapping

from liftplan.models.files.workbook.words.name import Name

MONEY = {"amount", "yuan", "leveraged", "minimum", "income", "income_gain"}
"""Columns in yuan."""

SHARES = {"share_bp", "fee_bp"}
"""Columns in basis points."""

_YUAN = {
    **dict.fromkeys(("元", "yuan", "rmb", "cny"), 1),
    **dict.fromkeys(("千元", "thousandyuan", "1000yuan", "1,000yuan"), 10**3),
    **dict.fromkeys(("万元", "万", "10000yuan", "10,000yuan", "tenthousandyuan", "万yuan", "wanyuan"), 10**4),
    **dict.fromkeys(("百万元", "millionyuan", "1000000yuan"), 10**6),
    **dict.fromkeys(("亿元", "亿", "100millionyuan"), 10**8),
}

_BASIS_POINTS = {
    **dict.fromkeys(("基点", "万分之", "‱", "bp", "basispoints"), 1),
    **dict.fromkeys(("千分之", "‰"), 10),
    **dict.fromkeys(("百分比", "%", "percent"), 100),
}


def unit_of(field: str) -> Name | None:
    """The unit that the header of a column states when it is written."""
    if field in MONEY:
        return Name("yuan", "元")
    return Name("basis points", "基点") if field in SHARES else None


def units_of(field: str) -> Mapping[str, int]:
    """Units that are read: small letters, no blanks -> what one of them is in the unit of the field."""
    return _YUAN if field in MONEY else _BASIS_POINTS if field in SHARES else {}
