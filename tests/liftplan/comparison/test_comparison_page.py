"""`comparison.html`: figures are the plans', it needs nothing outside itself, and it names no household."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import liftplan
from liftplan.models.plan import Plan
from liftplan.models.tables import Table
from liftplan.reports.comparison import Content, comparison_page
from liftplan.reports.comparison.page import grouped, villages
from liftplan.reports.comparison.page.slope import Slope, slope_chart
from liftplan.reports.comparison.page.tiles import Tile, tile_map
from liftplan.reports.words import CHANNEL_SIGNS
from liftplan.scenarios.compare import Compared, Side

from ...scenarios.compare.smaller import without_village
from ..pages import TAGS, Page

SETTINGS: dict[str, Any] = {"time_limit": None, "threads": 1}


@pytest.fixture(scope="module")
def sides(solution: liftplan.Solution) -> tuple[Side, ...]:
    """`tiny` and its pooled scenario."""
    return liftplan.compare(solution, liftplan.solve("tiny", scenario="pooled", **SETTINGS)).compared.sides


def plan_of(one: Side) -> Plan:
    """The plan of a side that has one."""
    assert one.plan is not None
    return one.plan


def page_of(*sides: Side, only_differences: bool = False) -> Page:
    """The page in the current language."""
    return Page(comparison_page(Content(Compared(sides), only_differences=only_differences)))


@pytest.fixture(scope="module")
def page(sides: tuple[Side, ...]) -> Page:
    """The page of the two, in English first."""
    return page_of(*sides)


@pytest.fixture(scope="module")
def unequal(sides: tuple[Side, ...]) -> Page:
    """A page of three plans; the county of the second lacks a village."""
    other = liftplan.solve(without_village(sides[0].county, "v03"), **SETTINGS)
    return page_of(sides[0], Side("other", other.county, other.plan, "proved"), sides[1])


def told(page: Page, part: str, language: str = "en") -> str:
    """The text of a section."""
    return page.all("section", id=f"{language}-{part}")[0].text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_people_are_the_plans(page: Page, sides: tuple[Side, ...], language: str) -> None:
    """Each side's people, and how many more the second lifts, in both languages."""
    lifted = [side.decided.totals.people_lifted for side in sides]
    cards = [one.text for one in page.all(class_="asked") if one.inside("main", lang=TAGS[language])]
    assert [any(str(count) in text for text in cards) for count in lifted] == [True, True]
    (more,) = [one.text for one in page.all(data_figure="more") if one.inside("main", lang=TAGS[language])]
    assert more == f"+{lifted[1] - lifted[0]}"


def test_bars_of_a_group_are_in_proportion(page: Page, sides: tuple[Side, ...]) -> None:
    """A bar a side, as long as its people; the letter stands beside the colour."""
    bars = [
        one for one in page.all("rect") if one.inside("section", id="en-people") and one.inside("div", class_="groups")
    ]
    widths = [float(one.attributes["width"]) for one in bars]
    first, other = (side.decided.totals.people_lifted for side in sides)
    assert widths == [pytest.approx(1000 * first / other, abs=0.1), 1000]
    letters = [one.text for one in page.all("i") if one.inside("div", class_="groups")]
    assert letters[:2] == ["A", "B"]


def test_bands_have_every_yuan_of_each_plan(page: Page, sides: tuple[Side, ...]) -> None:
    """Each side has its flow chart, with its whole ledger in both halves."""
    for tag in TAGS.values():
        charts = [one for one in page.all("svg", class_="sankey") if one.inside("main", lang=tag)]
        bands = [[one for one in page.all("path") if chart in one.around] for chart in charts]
        yuan = [sum(int(one.attributes["data-y"]) for one in inside) for inside in bands]
        assert yuan == [2 * side.decided.totals.ledger_yuan for side in sides]


def test_every_village_has_a_line_and_a_tile(page: Page, sides: tuple[Side, ...]) -> None:
    """Lines tell both values; tiles are grouped by township and tell the change."""
    lines = [one.text for one in page.all("title") if one.inside("svg", class_="slope")]
    tiles = [one.text for one in page.all("span") if one.attributes.get("class", "").startswith("tile ")]
    table = sides[0].county["villages"]
    for village, name in zip(table["id"].tolist(), table["name_en"].tolist(), strict=True):
        first, other = (side.decided.totals.people_by_village[village] for side in sides)
        assert f"{name}: {first} → {other}" in lines
        change = f"+{other - first}" if other > first else str(other - first).replace("-", "−")
        assert any(text == f"{name}{first} → {other}{change}" for text in tiles)


def test_only_what_differs_can_be_shown(page: Page, sides: tuple[Side, ...]) -> None:
    """Equal rows are marked for the page's switch, which the option turns on."""
    same = [one for one in page.all("tr", class_="same") if one.inside("section", id="en-figures")]
    assert len(same) == sum(not line.differs for line in Compared(sides).totals)
    only = page_of(*sides, only_differences=True)
    assert ["checked" in one.attributes for one in only.all("input")] == [True, True]
    assert ["checked" in one.attributes for one in page.all("input")] == [False, False]


def test_a_village_of_one_plan_is_not_there_on_the_other(unequal: Page) -> None:
    """It is told where it is, never as 0."""
    tiles = [one.text for one in unequal.all("span", class_="tile alone") if one.inside("main", lang="en")]
    assert tiles
    assert all("only in" in text for text in tiles)
    assert "whole row" in told(unequal, "inputs")


def test_pairs_of_several_plans_are_told(unequal: Page) -> None:
    """Three plans make three pairs, and a map for each plan against the first."""
    rows = [one for one in unequal.all("tr") if one.inside("section", id="en-order") and one.inside("tbody")]
    assert len(rows) == 3
    maps = [one for one in unequal.all("div", class_="map") if one.inside("main", lang="en")]
    assert len(maps) == 2


def test_stated_bounds_are_told_as_such(sides: tuple[Side, ...]) -> None:
    """A bound that was not proved here is never told as proved."""
    stated = [Side(side.name, side.county, side.decided, "stated") for side in sides]
    text = page_of(*stated).all("section", class_="opening")[0].text
    assert "so say the bounds that the plans state" in text
    assert "this is proved" not in text.lower()


def test_differences_smaller_than_the_gaps_are_marked(page: Page, sides: tuple[Side, ...]) -> None:
    """Beside figures of people, and only where the order is open."""
    loose = plan_of(sides[0]).model_copy(update={"objective_bound": plan_of(sides[1]).objective + 1.0})
    opened = page_of(Side("loose", sides[0].county, loose, "proved"), sides[1])
    for part in ("figures", "people", "villages"):
        assert "A − B: not proved" in told(opened, part)
        assert "not proved" not in told(page, part)


def test_bands_tell_their_channel_by_a_sign(page: Page, sides: tuple[Side, ...]) -> None:
    """Those that are thick enough, in the first half; the legend has the same signs."""
    (chart, _) = [one for one in page.all("svg", class_="sankey") if one.inside("main", lang="en")]
    signs = [one.text for one in page.all("text", class_="sign") if chart in one.around]
    channels = sides[0].decided.totals.by_channel
    assert set(signs) == {CHANNEL_SIGNS[key] for key, yuan in channels.items() if yuan}
    legends = [one.text for one in page.all("span", class_="legend") if one.inside("section", id="en-money")]
    assert all(any(sign in text for text in legends) for sign in CHANNEL_SIGNS.values())


def test_short_tables_that_no_chart_shows_are_on_paper(page: Page) -> None:
    """People by household group, money by channel and by purpose."""
    titles = [one.text for one in page.all("summary") if one.inside("details", class_="printed")]
    assert titles[:3] == ["By household group", "Money by channel", "Money by purpose"]


@pytest.mark.parametrize("which", ["page", "unequal"])
def test_page_is_well_formed_and_needs_nothing_outside(which: str, request: pytest.FixtureRequest) -> None:
    """Elements nest, ids are unique, addresses exist within the page, no style or address of another place."""
    page: Page = request.getfixturevalue(which)
    assert not page.faults
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    for one in page.elements:
        assert not {"src", "srcset", "action", "data", "style", "onclick"} & set(one.attributes)
        assert one.attributes.get("href", f"#{ids[0]}")[1:] in ids
        assert one.attributes.get("aria-labelledby", ids[0]) in ids
    assert "@import" not in page.source
    assert "url(" not in page.source
    (policy,) = page.all("meta", http_equiv="Content-Security-Policy")
    assert policy.attributes["content"].startswith("default-src 'none';")


def test_no_household_is_on_the_page(sides: tuple[Side, ...]) -> None:
    """Neither ids of households nor of measures appear, whatever differs and whatever has a price."""
    first, other = sides
    table = first.county["households"]
    homes = table["id"].tolist()
    county = first.county.with_tables(households=table.replace(income=table["income"] + 1))
    demands = {"sense": ["must"], "target": ["household"], "id": [homes[0]]}
    county = county.with_tables(demands=Table.from_columns(county["demands"].schema, demands))
    changes = {"rule_prices": {f"R5 {homes[1]}": 1.0}, "overrides": (f"must household {homes[2]}",)}
    changed = Side("changed", county, plan_of(other).model_copy(update=changes), "proved")
    source = page_of(first, changed).source
    assert not [key for key in (*homes, *first.county["measures"]["id"].tolist()) if key in source]


def test_names_are_escaped(sides: tuple[Side, ...]) -> None:
    """Names that are markup appear as text, in charts and tables alike."""
    wicked = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"
    changes = {}
    for name in ("villages", "funds", "departments", "purposes", "projects"):
        table = sides[0].county[name]
        names = np.array([f"{wicked}{number}" for number in range(len(table))], dtype=object)
        columns = {**table.columns, "name": names, "name_en": names}
        changes[name] = Table(table.schema, {**columns, "township": names} if name == "villages" else columns)
    page = page_of(Side(wicked, sides[0].county.with_tables(**changes), sides[0].decided, "proved"), sides[1])
    assert not page.faults
    assert len(page.all("script")) == 1
    assert not page.all("img")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_language_of_the_reader_comes_first(sides: tuple[Side, ...], language: str) -> None:
    """Both languages are on the page; the current one is shown."""
    with liftplan.speaking(language):
        page = page_of(*sides)
    hidden = {one.attributes["lang"]: "hidden" in one.attributes for one in page.all("main")}
    assert hidden == {tag: tag != TAGS[language] for tag in TAGS.values()}


def test_same_comparison_gives_the_same_page(page: Page, sides: tuple[Side, ...]) -> None:
    """Nothing on the page depends on time or machine."""
    assert page_of(*sides).source == page.source


def test_many_villages_are_drawn_by_township(sides: tuple[Side, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond what charts can bear, lines and tiles are townships; groups of bars are the largest."""
    monkeypatch.setattr(villages, "MOST_SLOPES", 2)
    monkeypatch.setattr(villages, "MOST_VILLAGES", 2)
    monkeypatch.setattr(grouped, "MOST_GROUPS", 1)
    page = page_of(*sides)
    assert not page.faults
    township = sides[0].county["villages"]["township"][0]
    lines = [one.text for one in page.all("title") if one.inside("svg", class_="slope")]
    assert [text.startswith(township) for text in lines] == [True, True]
    assert "smaller ones are in the tables" in told(page, "money")


def test_slopes_say_more_less_same_and_missing() -> None:
    """Direction is told by class, dash and sign, not by colour alone."""
    values = {"up": (1, 3), "down": (3, 1), "level": (2, 2), "new": (None, 2)}
    drawn = Page(slope_chart([Slope(name, pair) for name, pair in values.items()], "people"))
    kinds = [one.attributes["class"] for one in drawn.all("g")]
    assert sorted(kinds) == ["slope-alone", "slope-less", "slope-more", "slope-same"]
    texts = [one.text for one in drawn.all("text")]
    assert {"3 up +2", "1 down −2", "2 level", "2 new"} <= set(texts)


def test_shades_of_tiles_follow_the_legend() -> None:
    """Three shades of more and of less; fewer where the largest change is small; 0 has its own."""
    tiles = [Tile(str(change), 10, 10 + change) for change in (-9, -3, 0, 3, 4, 9)]
    drawn = Page(tile_map({"t": tiles}, ("A", "B"), "map"))
    classes = [one.attributes["class"] for one in drawn.all("span") if one.attributes["class"].startswith("tile ")]
    assert classes == ["tile less-3", "tile less-1", "tile even", "tile more-1", "tile more-2", "tile more-3"]
    small = Page(tile_map({"t": [Tile("a", 1, 2)]}, ("A", "B"), "map"))
    assert [one.text for one in small.all("span") if one.attributes["class"].startswith("shade ")] == ["−1", "0", "+1"]
