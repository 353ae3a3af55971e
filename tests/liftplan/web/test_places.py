"""The schematic map of a county."""

from __future__ import annotations

import pytest

import liftplan
from liftplan.models.messages import speaking
from liftplan.service.outlines import Outline
from liftplan.service.public.viewing import outline_for, view_for
from liftplan.service.roles import LOCAL
from liftplan.service.views import View, VillageLine
from liftplan.service.worker.outline import outline
from liftplan.web.places import MOST_TILES, SMALLEST, Field, fields


@pytest.fixture(scope="module")
def tiny() -> Outline:
    """The outline of `tiny`: three villages in one township."""
    return outline(liftplan.load("tiny"))


def line(village: str, people: int, lifted: int, out: int) -> VillageLine:
    """What a village gets, as far as the map shows it."""
    rest = {"households": 1, "lifted_households": 1, "yuan": 0, "by_department": {}, "by_purpose": {}, "built": ()}
    return VillageLine(id=village, people=people, lifted=lifted, out=out, **rest)  # type: ignore[arg-type]


def drawn(county: Outline, gets: dict[str, VillageLine] | None = None) -> list[Field]:
    """The map as somebody sees it who may see everything."""
    if gets is None:
        return fields(county, outline_for(LOCAL, county).townships)
    view = View.model_construct(villages=tuple(gets.values()), overrides=())
    return fields(county, view_for(LOCAL, view, county).townships, gets)


def test_townships_add_their_villages_up(tiny: Outline) -> None:
    """People of a township are those of its villages; who is out already is not among those concerned."""
    gets = {one.id: line(one.id, one.people, 3, 1) for one in tiny.villages}
    (township,) = drawn(tiny, gets)
    assert township.people == tiny.sizes.people
    assert township.lifted == 9
    assert township.concerned == tiny.sizes.people - 3
    assert [tile.id for tile in township.tiles] == [one.id for one in tiny.villages]


def test_without_a_plan_nobody_is_lifted(tiny: Outline) -> None:
    """The map of a county shows people only."""
    (township,) = drawn(tiny)
    assert township.lifted is None
    assert not any("fill-lifted" in tile.drawing for tile in township.tiles)


def test_a_tile_is_filled_as_far_as_people_are_lifted(tiny: Outline) -> None:
    """A village of which three quarters are lifted is filled from the bottom to three quarters."""
    gets = {one.id: line(one.id, 8, 6, 0) for one in tiny.villages}
    tile = drawn(tiny, gets)[0].tiles[0]
    assert '<rect class="fill-lifted" x="0" y="25" width="100" height="75"/>' in tile.drawing
    assert "75" in tile.words


def test_names_are_in_the_readers_language(tiny: Outline) -> None:
    """Tiles are named as the reader calls the villages."""
    with speaking("zh"):
        assert drawn(tiny)[0].tiles[0].name == tiny.villages[0].name.zh
    assert drawn(tiny)[0].tiles[0].name == tiny.villages[0].name.en


def test_empty_villages_are_still_seen(tiny: Outline) -> None:
    """A village without registered people has the smallest tile, and no division by nobody."""
    empty = tiny.model_copy(update={"villages": tuple(one.model_copy(update={"people": 0}) for one in tiny.villages)})
    tile = drawn(empty, {one.id: line(one.id, 0, 0, 0) for one in empty.villages})[0].tiles[0]
    assert f'width="{SMALLEST:.0f}"' in tile.drawing


def test_of_very_many_villages_townships_are_drawn(tiny: Outline) -> None:
    """A map of more villages than one can see has townships only; their people still add up."""
    many = tiny.model_copy(update={"villages": tiny.villages * (MOST_TILES // 3 + 1)})
    (township,) = drawn(many)
    assert township.tiles == ()
    assert township.people == tiny.sizes.people * (MOST_TILES // 3 + 1)
