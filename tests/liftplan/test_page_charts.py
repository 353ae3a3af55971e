"""Charts and figures of the page: where bands lie, what fits, which unit an amount is told in."""

from __future__ import annotations

from itertools import pairwise

import pytest

import liftplan
from liftplan.models.messages import m
from liftplan.reports.limits import Limit
from liftplan.reports.page.amounts import common_unit, estimate, money
from liftplan.reports.page.charts.flows import SLOT, Flow, lay_out
from liftplan.reports.page.charts.histogram import histogram
from liftplan.reports.page.charts.sankey import Labels, sankey
from liftplan.reports.page.charts.spreading import spread
from liftplan.reports.page.charts.texts import fitted, width, wrapped
from liftplan.reports.page.facts import Facts, table
from liftplan.reports.page.minimums import minimums

from .pages import Page

FLOWS = [Flow(("a", "x", "p"), "k", 60), Flow(("a", "y", "q"), "k", 30), Flow(("b", "x", "q"), "m", 10)]


def test_bands_cover_their_nodes() -> None:
    """Bands that leave a node are together as thick as the node, and so are those that reach it."""
    layout = lay_out(FLOWS, 300)
    for node in layout.nodes:
        for column, side in ((node.column - 1, "target"), (node.column, "source")):
            touching = [band for band in layout.bands if band.column == column and getattr(band, side) == node.key]
            assert not touching or sum(band.thickness for band in touching) == pytest.approx(node.height)


def test_bands_end_within_their_nodes() -> None:
    """Both ends of a band lie within the nodes that it joins."""
    layout = lay_out(FLOWS, 300)
    nodes = {(node.column, node.key): node for node in layout.nodes}
    for band in layout.bands:
        for column, key, middle in (
            (band.column, band.source, band.start),
            (band.column + 1, band.target, band.end),
        ):
            node = nodes[column, key]
            assert node.top - 0.01 <= middle - band.thickness / 2
            assert middle + band.thickness / 2 <= node.top + node.height + 0.01


def test_nodes_do_not_overlap() -> None:
    """Nodes of a column stand apart by at least a label, within the chart, however many there are."""
    flows = [Flow((f"d{number}", f"p{number % 7}", f"v{number}"), "k", number + 1) for number in range(40)]
    layout = lay_out(flows, 100)
    for column in range(3):
        nodes = sorted((node for node in layout.nodes if node.column == column), key=lambda node: node.top)
        assert all(second.middle - first.middle >= SLOT - 0.01 for first, second in pairwise(nodes))
        assert nodes[0].top >= 0
        assert nodes[-1].top + nodes[-1].height <= layout.height


def test_second_half_can_be_plain() -> None:
    """Without kinds there is one band for each pair of nodes."""
    flows = [Flow(("a", "x", "p"), "k", 60), Flow(("b", "x", "p"), "m", 10)]
    assert len(lay_out(flows, 300).bands) == 4
    plain = lay_out(flows, 300, plain_end=True).bands
    assert sorted((band.column, band.kind, band.amount) for band in plain) == [(0, "k", 60), (0, "m", 10), (1, "", 70)]


def test_chart_without_flows_is_empty() -> None:
    """Nothing to show is no error."""
    assert not lay_out([], 300).nodes


def test_histogram_counts_everyone() -> None:
    """Those below, at and above the limit are in columns of their own, and all are counted."""
    counts: list[tuple[int, int, int]] = []

    def told(number: int, low: int, high: int) -> str:
        counts.append((number, low, high))
        return str(number)

    page = Page(histogram([-5, -1, 0, 0, 0, 1, 24, 240], "rooms", told))
    drawn = [one.text for one in page.all("rect")]
    assert sum(map(int, drawn)) == 8
    assert (2, -5, -1) in counts
    assert (3, 0, 0) in counts
    assert not page.faults


def test_labels_are_cut_to_their_room() -> None:
    """A long name ends with an ellipsis within its room; a short one is left alone."""
    assert fitted("短", 13, 100) == "短"
    cut = fitted("县农村经济发展与扶贫开发领导小组办公室", 13, 100)
    assert cut.endswith("…")
    assert width(cut, 13) <= 100


def test_units_go_with_their_language() -> None:
    """398,316,290 yuan are 398.3 million yuan, and 39,832 times 10,000 yuan; small amounts stay whole."""
    assert str(money(398_316_290)) == "398.3 million yuan"
    assert str(money(686_600)) == "686,600 yuan"
    with liftplan.speaking("zh"):
        assert str(money(398_316_290)) == "39,832 万元"
        assert str(money(686_600)) == "68.7 万元"
        assert str(money(9_999)) == "9,999 元"


def test_parts_of_a_sum_have_one_unit() -> None:
    """Small counties are told in whole yuan throughout, large ones in the large unit."""
    assert common_unit(9_000_000).figure(20_000) == "20,000"
    assert common_unit(398_316_290).figure(20_000) == "0.02"


def test_estimates_are_as_fine_as_they_are_small() -> None:
    """Tenths below ten, whole above, and nothing where it rounds to nothing."""
    assert [estimate(value) for value in (0.01, 0.25, 4.0, 9.96, 52.07, 1234.5)] == [
        "0",
        "0.2",
        "4",
        "10",
        "52",
        "1,234",
    ]


@pytest.mark.parametrize("name", ["Housing and construction bureau", "Society (enterprises and partner units)"])
def test_names_of_departments_are_not_cut(name: str) -> None:
    """The side of a chart has room for the longest department's name and its amount."""
    names = {(0, "a"): name, (1, "x"): "Roads", (2, "p"): "村"}
    chart = sankey(
        [Flow(("a", "x", "p"), "k", 25_100_000)], Labels("chart", names, common_unit(398_000_000).figure), 300
    )
    assert f">{name}<" in chart
    assert "…" not in chart


def test_shares_differ_by_percentage_points(solution: liftplan.Solution) -> None:
    """How far a share is from its limit is told in percentage points, amounts in yuan."""
    share = Limit("R7", "r", "industry", "f", "Fund", 7810, 5000, "bp", "hard")
    money_limit = Limit("R5", "", "least", "", "", 9000, 8000, "yuan", "hard")
    facts = Facts(solution.plan, solution.county, solution.tables)
    facts.__dict__["limits"] = [share, money_limit]
    page = minimums(facts)
    assert page is not None
    assert "28.1 percentage points above it" in page
    assert "1,000 yuan above it" in page


def test_tables_wider_than_any_screen_say_so() -> None:
    """Many columns get smaller letters, and the caption says that one may scroll."""
    caption = m("Whole yuan")
    narrow, wide = (table([str(at) for at in range(n)], [["a"] * n], caption=caption) for n in (12, 13))
    assert "scroll sideways" not in narrow
    assert "scroll sideways" in wide
    assert 'class="scroll many full"' in wide


def test_labels_are_spread_without_changing_their_order() -> None:
    """Labels keep the least distance and the bounds, and those with room stay where they are."""
    wanted = [10.0, 11.0, 12.0, 60.0, 99.0]
    placed = spread(wanted, [10.0] * 4, 0.0, 100.0)
    assert placed == sorted(placed)
    assert min(after - before for before, after in pairwise(placed)) >= 10 - 1e-9
    assert placed[0] >= 0
    assert placed[-1] <= 100
    assert placed[3:] == [60.0, 99.0]
    assert sum(placed[:3]) / 3 == pytest.approx(11.0)
    crowded = spread([50.0] * 11, [10.0] * 10, 0.0, 100.0)
    assert crowded == pytest.approx([10.0 * step for step in range(11)])


def test_labels_of_different_height_are_spread() -> None:
    """Each keeps its own distance from the next; without room they go on below."""
    placed = spread([10.0, 10.0, 10.0], [20.0, 40.0], 0.0, 50.0)
    assert placed == [0.0, 20.0, 60.0]


@pytest.mark.parametrize(
    "text, lines",
    [
        ("Village road fund", ["Village road fund"]),
        ("Agricultural comprehensive development", ["Agricultural", "comprehensive de…"]),
        ("农业综合开发资金", ["农业综合开", "发资金"]),
    ],
)
def test_long_names_go_on_in_a_second_line(text: str, lines: list[str]) -> None:
    """Words stay whole, Chinese is parted anywhere, and what does not fit into two lines is cut."""
    room = width(lines[0], 10.0) + 1
    room = max(room, 100.0) if " " in text else room
    assert wrapped(text, 10.0, room) == lines
    assert all(width(line, 10.0) <= room for line in lines)
