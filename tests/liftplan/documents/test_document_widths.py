"""Widths of tables' columns: they add up, numbers and words stay whole, what is left over is shared."""

from __future__ import annotations

import pytest

from liftplan.reports.documents.fitting import MARGIN, NARROW, POINT, fitted

POINTS = 10.5
"""Size of the letters."""


def widths(heads: list[str], *rows: list[str | None], numbers: str = "", strong: bool = False) -> list[float]:
    """Columns of a table 156 mm wide; `numbers`: an n for each column of numbers, anything else for one of texts."""
    kinds = [kind == "n" for kind in numbers.ljust(len(heads))]
    return fitted(heads, rows, [strong] * len(rows), kinds, [1.0] * len(heads), 156.0, POINTS)


@pytest.mark.parametrize(
    "row",
    [
        ["茶叶基地", "351,300"],
        ["义务教育寄宿生生活补助" * 8, "398,341,390"],
        ["Cooperative and processing " * 12, "1"],
        ["x" * 300, "9" * 60],
    ],
)
def test_widths_add_up(row: list[str | None]) -> None:
    """The table is as wide as the text, however much or little stands in it."""
    found = widths(["任务", "金额"], row, numbers=" n")
    assert sum(found) == pytest.approx(156.0)
    assert min(found) > 0


def test_sums_are_never_broken() -> None:
    """A bold amount has its line to itself, beside texts that would take all the room."""
    text: list[str | None] = ["县交通运输局负责的通村公路硬化工程" * 2] * 3
    found = widths(["一", "二", "三", "金额"], [*text, "398,341,390"], numbers="   n", strong=True)
    assert found[3] >= len("398,341,390") * NARROW * 1.1 * POINTS * POINT + MARGIN - 1e-9


def test_words_are_never_broken() -> None:
    """In English a column is as wide as its longest word, that of its head too; ids stay whole in Chinese."""
    found = widths(["Remarks", "Measures", "户编号"], ["", "Household development grant, " * 9, "v01-h0030"])
    assert found[0] >= len("Remarks") * NARROW * POINTS * POINT + MARGIN - 1e-9
    assert found[2] >= len("v01-h0030") * NARROW * POINTS * POINT + MARGIN - 1e-9


def test_cells_over_several_columns_ask_for_nothing() -> None:
    """A line that heads others is as wide as the table anyway."""
    long = "财政专项扶贫发展资金" * 5
    assert widths(["村", "金额"], [long, None], ["新寨村", "1"]) == widths(["村", "金额"], ["新寨村", "1"])


def test_room_is_shared_as_told() -> None:
    """What nobody needs goes to the columns in the parts that they ask for."""
    found = fitted(["一", "二"], [["甲", "乙"]], [False], [False, False], [3.0, 1.0], 100.0, POINTS)
    assert found[0] - found[1] == pytest.approx((100.0 - 2 * (POINTS * POINT + MARGIN)) / 2)
