"""`summary.html` of a county with 48 villages, as a browser shows and prints it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import liftplan

from .pages import TAGS, page_of, visit

MEGABYTE = 1_000_000
SHEETS = 5


@pytest.fixture(scope="module")
def wide() -> liftplan.Solution:
    """A plan for 48 villages in twelve townships, with few households."""
    county = liftplan.generate(villages=48, households_per_village=20, tightness=3.0, seed=3, names="zigui")
    return liftplan.solve(county, gap=0.2, time_limit=60, threads=1)


@pytest.fixture(scope="module")
def written(wide: liftplan.Solution, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page as a file, in English first."""
    path = tmp_path_factory.mktemp("page") / "summary.html"
    path.write_text(page_of(wide.plan, wide.county).source, encoding="utf-8")
    return path


def test_page_of_48_villages_is_small(written: Path) -> None:
    """Less than a megabyte, both languages together."""
    assert written.stat().st_size < MEGABYTE
    assert 'id="en-township-11"' in written.read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("across", [390, 1280])
def test_page_opens_from_a_file(browser: Browser, written: Path, across: int, scheme: str) -> None:
    """No errors, no requests, nothing wider than the screen, in both languages."""
    tab, wrong = visit(browser, written, across, scheme)
    for tag in TAGS.values():
        tab.click(f"button[data-language='{tag}']")
        assert tab.evaluate("document.documentElement.lang") == tag
        assert tab.locator("main:visible").get_attribute("lang") == tag
        assert tab.evaluate("document.documentElement.scrollWidth") <= across
    assert not wrong
    tab.close()


@pytest.mark.browser
def test_browser_shows_the_plans_figures(browser: Browser, written: Path, wide: liftplan.Solution) -> None:
    """What a reader sees are the plan's people and money."""
    tab, wrong = visit(browser, written, 1280)
    totals = wide.plan.totals
    assert tab.locator("[data-figure=people_lifted]:visible").inner_text() == f"{totals.people_lifted:,}"
    assert f"{totals.ledger_yuan:,} yuan" in tab.locator("dl.figures:visible").inner_text()
    assert not wrong
    tab.close()


@pytest.mark.browser
def test_townships_open_to_their_villages(browser: Browser, written: Path) -> None:
    """A township's name in the chart opens its own chart; pointing at a band tells who pays what for what."""
    tab, wrong = visit(browser, written, 1280)
    name = tab.locator("#en-money svg a").first
    target = str(name.get_attribute("href"))
    name.click()
    own = tab.locator(target)
    own.locator("svg").wait_for(state="visible")
    own.locator("path").first.dispatch_event("mouseover")
    words = str(own.locator("path title").first.text_content())
    assert re.fullmatch(r".+ → .+: [\d,]+ yuan", words)
    assert not wrong
    tab.close()


@pytest.mark.browser
@pytest.mark.parametrize("tag", TAGS.values())
def test_small_tables_fit_a_telephone(browser: Browser, written: Path, tag: str) -> None:
    """Tables of few columns show all of them at 390 pixels, without scrolling sideways."""
    tab, _ = visit(browser, written, 390)
    tab.click(f"button[data-language='{tag}']")
    wide = "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.innerText)"
    assert tab.locator(".few:visible").count() >= 2
    assert tab.locator(".few:visible").evaluate_all(wide) == []
    tab.close()


@pytest.mark.browser
def test_labels_of_the_chart_are_whole(browser: Browser, written: Path) -> None:
    """No name of a department or purpose of the built-in counties is cut."""
    tab, _ = visit(browser, written, 1280)
    assert "Interest subsidy and mutual fund" in " ".join(tab.locator("#en-money .sankey text").all_text_contents())
    assert tab.locator("#en-money > figure [data-name]").count() == 0
    tab.close()


@pytest.mark.browser
def test_paper_needs_no_pointing(browser: Browser, written: Path) -> None:
    """Printed, the villages are there without opening their township, and nothing asks to open or to point."""
    tab, _ = visit(browser, written, 1280)
    village, hint = tab.locator("#en-people li [data-place]").first, tab.locator("#en-money .hint")
    assert (village.is_visible(), hint.is_visible()) == (False, True)
    tab.emulate_media(media="print")
    assert (village.is_visible(), hint.is_visible()) == (True, False)
    tab.close()


@pytest.mark.browser
def test_page_prints_on_few_sheets(browser: Browser, written: Path) -> None:
    """A4, in a handful of sheets."""
    tab, _ = visit(browser, written, 1280)
    content = tab.pdf(prefer_css_page_size=True, print_background=True)
    assert 1 < len(re.findall(rb"/Type\s*/Page\b", content)) <= SHEETS
    tab.close()
