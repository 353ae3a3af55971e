"""What viewers see of villages: nothing about few people, and nothing from which it could be worked out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import liftplan
from liftplan.service.outlines import Outline
from liftplan.service.public.suppress import SMALLEST
from liftplan.service.public.viewing import LINE, few, outline_for, view_for
from liftplan.service.public.write import public_rows
from liftplan.service.roles import Who
from liftplan.service.views import View, VillageLine
from liftplan.service.worker.outline import outline
from liftplan.service.worker.view import view

VIEWER, PLANNER = Who("visitor", "viewer"), Who("office", "planner")


@pytest.fixture(scope="module")
def tiny() -> Outline:
    """The outline of `tiny`: three villages in one township."""
    return outline(liftplan.load("tiny"))


def made(county: Outline, people: list[tuple[int, int, int]]) -> View:
    """A view of a plan with these people lifted, not lifted, out already by village."""
    rest = {"households": 1, "lifted_households": 1, "yuan": 5, "by_department": {}, "by_purpose": {}, "built": ()}
    lines = tuple(
        VillageLine(id=one.id, people=sum(parts), lifted=parts[0], out=parts[2], **rest)  # type: ignore[arg-type]
        for one, parts in zip(county.villages, people, strict=True)
    )
    return View.model_construct(villages=lines, overrides=("households[id=x].income = 1",))


def test_planners_see_everything(tiny: Outline) -> None:
    """Whoever plans sees how many people of each village are lifted, however few."""
    plan = made(tiny, [(3, 40, 0), (30, 40, 0), (50, 60, 70)])
    shown = view_for(PLANNER, plan, tiny)
    assert shown.view == plan
    assert shown.county is not None
    assert (shown.county.people, shown.county.lifted, shown.county.out) == (293, 83, 70)
    assert outline_for(PLANNER, tiny).outline == tiny


def test_a_small_village_is_hidden_from_viewers_with_another_one(tiny: Outline) -> None:
    """The one with a small group, and the smallest other one, as the township's sum is shown; money is."""
    shown = view_for(VIEWER, made(tiny, [(3, 40, 0), (30, 40, 0), (50, 60, 70)]), tiny)
    assert [one.lifted for one in shown.view.villages] == [None, None, 50]
    for one in shown.view.villages[:2]:
        assert {getattr(one, name) for name in LINE} == {None}
        assert one.yuan == 5
    assert {sums.lifted for sums in shown.townships.values() if sums} == {83}
    assert shown.view.overrides == ()


def test_viewers_see_what_public_files_hold(solution: liftplan.Solution) -> None:
    """Rows, townships and the county are left out of pages and of public files alike."""
    county = outline(solution.county)
    shown = view_for(VIEWER, view(solution, on_the_way=False), county)
    *rows, whole = public_rows(solution.tables)
    names = {one.name.en: one.id for one in county.villages}
    lifted = {one.id: one.lifted for one in shown.view.villages}
    assert {names[row[1]]: row[3] for row in rows if row[1] in names} == lifted
    assert (whole[2] is None) == (shown.county is None)


def test_villages_of_few_people_are_hidden_from_viewers(tiny: Outline) -> None:
    """A village with fewer than ten people registered, and the smallest other one, show no number of people."""
    sizes = (SMALLEST - 1, 40, 50)
    villages = tuple(one.model_copy(update={"people": size}) for one, size in zip(tiny.villages, sizes, strict=True))
    shown = outline_for(VIEWER, tiny.model_copy(update={"villages": villages}))
    assert [one.people for one in shown.outline.villages] == [None, None, 50]
    assert [one.households for one in shown.outline.villages][:2] == [None, None]
    assert {sums.people for sums in shown.townships.values() if sums} == {sum(sizes)}


@given(st.integers(0, 30))
def test_few_measures_are_hidden_from_viewers(number: int) -> None:
    """None at all is no group; one to nine are not told."""
    assert few(PLANNER, number) == number
    assert few(VIEWER, number) == (None if 0 < number < SMALLEST else number)
