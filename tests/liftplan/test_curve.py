"""Curves: every point what the same solve finds alone, in order, as a table, JSON and a page."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

import liftplan
from liftplan.models.problems import InputProblems
from liftplan.reports.curves.chart import lowest_shown

from .program import Inside


@pytest.fixture(scope="module")
def curve() -> liftplan.Curve:
    """People of `tiny` over its money, from too little to more than enough."""
    return liftplan.curve("tiny", "money", "90%", "120%", 9, threads=1)


def test_points_are_what_single_solves_find(curve: liftplan.Curve) -> None:
    """Begun with a neighbour's plan or not."""
    for point in (curve.points[0], curve.points[4], curve.points[-1]):
        alone = liftplan.solve(liftplan.under("tiny", overrides=[point.override]), threads=1)
        assert (point.status, point.people) == (alone.status, alone.people_lifted if alone.has_plan else None)
        assert point.digest == alone.county.digest


def test_more_money_never_lifts_fewer(curve: liftplan.Curve) -> None:
    """People at less money are at most the bound at more."""
    found = [point for point in curve.points if point.people is not None]
    assert len(curve.points) == 9
    assert [point.value for point in curve.points] == sorted({point.value for point in curve.points})
    for less, more in pairwise(found):
        assert less.people is not None
        assert more.bound is not None
        assert less.people <= more.bound


def test_less_than_too_little_is_not_solved_again(curve: liftplan.Curve) -> None:
    """More money is never worse: what has no plan with more has none with less."""
    least, more = curve.points[:2]
    assert (least.status, more.status) == ("infeasible", "infeasible")
    assert least.seconds == 0 < more.seconds


def test_several_processes_find_what_one_finds(curve: liftplan.Curve) -> None:
    """At the points that they share, which are the first five at least."""
    both = liftplan.curve("tiny", "money", "90%", "120%", 7, workers=2)
    alone = {point.value: (point.status, point.people, point.digest) for point in curve.points}
    shared = [point for point in both.points if point.value in alone]
    assert len(both.points) == 7
    assert len(shared) >= 5
    assert all((point.status, point.people, point.digest) == alone[point.value] for point in shared)


def test_without_enough_money_there_is_no_plan_and_that_is_proved(curve: liftplan.Curve) -> None:
    """Such a point has no people and no bound."""
    first = curve.points[0]
    assert (first.status, first.people, first.bound) == ("infeasible", None, None)


def test_the_command_tells_what_python_tells(curve: liftplan.Curve, call: Inside, place: Path) -> None:
    """And writes the same as files, in whole or not at all."""
    line = ["curve", "tiny", "--from", "90%", "--points", "9", "--threads", "1", "--out", "here"]
    code, told = call.json(*line)
    assert code == 0
    assert [(one["value"], one["people"]) for one in told["points"]] == [
        (one.value, one.people) for one in curve.points
    ]
    assert json.loads((place / "here/curve.json").read_text(encoding="utf-8"))["over"] == "money"
    assert call.json(*line)[1]["problems"][0]["code"] == "out-exists"


@pytest.mark.parametrize(
    ("least", "highest", "lowest"), [(25_734, 26_950, 25_195), (49, 51, 47), (10, 51, 0), (0, 1, 0)]
)
def test_people_begin_where_the_curve_can_be_seen(least: int, highest: int, lowest: int) -> None:
    """A little below the least where all are far above 0; otherwise at 0."""
    assert lowest_shown(least, highest) == lowest


def test_the_page_has_a_mark_for_each_point_and_both_languages(curve: liftplan.Curve) -> None:
    """A ring on the axis where there is no plan; nothing from outside."""
    page = curve.page()
    body = page[: page.index('lang="zh-CN"', page.index("<main"))]
    none = sum(point.people is None for point in curve.points)
    assert body.count('class="none"') == none
    assert body.count("<circle") == len(curve.points)
    assert page.count("<main") == 2
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"start": "120%", "stop": "80%"}, "curve-values"),
        ({"start": "much"}, "curve-values"),
        ({"points": 1}, "curve-points"),
        ({"over": "gold"}, "curve-over"),
        ({"scenario": "separate"}, "scenario-separate"),
    ],
)
def test_what_means_nothing_is_refused(options: dict[str, object], code: str) -> None:
    """Before anything is solved."""
    with pytest.raises(InputProblems) as caught:
        liftplan.curve("tiny", **options)  # type: ignore[arg-type]
    assert caught.value.problems[0].code == code
