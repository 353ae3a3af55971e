"""What watches a question that takes many solves, and tells each in one line."""

from __future__ import annotations

from collections.abc import Callable

from liftplan.reports.frontiers.content import share
from liftplan.reports.steps import amount_told, level_told, point_told
from liftplan.scenarios.curve import Point
from liftplan.scenarios.frontier import Level


def after_points(tell: Callable[[str], object]) -> Callable[[int, int, Point | None], None]:
    """What watches a curve and tells its points."""

    def watch(done: int, count: int, point: Point | None) -> None:
        if point is not None:
            tell(str(point_told(done, count, point.value, point.people)))

    return watch


def after_amounts(tell: Callable[[str], object]) -> Callable[[int, Point], None]:
    """What watches the search for a goal and tells the amounts it tries."""

    def watch(done: int, point: Point) -> None:
        tell(str(amount_told(done, point.value, point.people)))

    return watch


def after_levels(tell: Callable[[str], object]) -> Callable[[int, int, Level | None], None]:
    """What watches a frontier and tells its levels."""

    def watch(done: int, count: int, level: Level | None) -> None:
        if level is not None:
            tell(str(level_told(done, count, share(level.share_bp), level.people)))

    return watch
