"""The first visitor's way with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

import liftplan

from ..service.servers import Server
from .visiting import Visit, visiting

pytestmark = pytest.mark.browser

MOST_TABS = 150
"""Presses of the key within which everything on a page is reached."""

SEEN = "element => parseFloat(getComputedStyle(element).outlineWidth) >= 2"
"""Whoever has the keyboard sees where it is."""


def reach(visit: Visit, selector: str) -> None:
    """Go with Tab to what a selector names, from the beginning of the page."""
    target = visit.tab.locator(selector).first
    target.wait_for()
    for _ in range(MOST_TABS):
        visit.tab.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            assert target.evaluate(SEEN)
            return
    raise AssertionError(f"{selector} is not reached on {visit.tab.url}")


def enter(visit: Visit, selector: str) -> None:
    """Go to a link or button and use it."""
    reach(visit, selector)
    visit.tab.keyboard.press("Enter")


def test_the_whole_way_needs_no_mouse(browser: Browser, site: Server, tmp_path: Path) -> None:
    """Solve, lower the transport budget by 10 %, compare, download: with Tab, Enter, Space and arrows."""
    with liftplan.new(tmp_path / "own.xlsx").open("rb") as book:
        county = site.client.post("/v1/counties", files={"file": book}).raise_for_status().json()["id"]
    with visiting(browser, site.address) as visit:
        visit.go(f"/counties/{county}")
        enter(visit, "form[action$='/solve'] button.main")
        visit.tab.wait_for_selector("[data-figure=people_lifted]")
        first = visit.tab.url.rpartition("/")[2]
        enter(visit, "nav a[href$='/change']")
        reach(visit, "input[data-of='share.transport']")
        for _ in range(200):
            if visit.tab.input_value("input[name='share.transport']") == "90":
                break
            visit.tab.keyboard.press("ArrowLeft")
        expect(visit.tab.locator("[data-changes] code")).to_have_text("funds[department=transport].amount x 0.9")
        enter(visit, "aside button.main")
        visit.tab.wait_for_url("**/plans/j-*")
        visit.tab.wait_for_selector("[data-figure=people_lifted]")
        second = visit.tab.url.rpartition("/")[2]
        assert second != first
        site.over(second)
        visit.tab.wait_for_selector("[data-live], [data-writing]", state="detached")  # it is not loaded again
        visit.go(f"/compare?jobs={second}")
        reach(visit, f'input[value="{first}"]')
        visit.tab.keyboard.press("Space")
        enter(visit, "main button.main")
        visit.tab.wait_for_selector(".sides")
        with visit.tab.expect_download() as download:
            enter(visit, 'a[href$="/comparison.xlsx"]')
        download.value.save_as(tmp_path / "comparison.xlsx")
        assert openpyxl.load_workbook(tmp_path / "comparison.xlsx").sheetnames
        assert not visit.wrong
