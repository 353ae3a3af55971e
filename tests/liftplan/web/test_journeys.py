"""What a planner does with the page, in a browser, in both languages: upload, solve, look, ask why, download."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

import liftplan
from liftplan.models.messages import m

from ..service.servers import Server
from .visiting import visiting

pytestmark = pytest.mark.browser

SOLVE = m("Find the best plan")
BOTH = pytest.mark.parametrize("language", ["en", "zh"])


@BOTH
def test_county_is_there_and_solved_with_one_click(browser: Browser, site: Server, language: str) -> None:
    """The first page shows the built-in county; one click on a county leads to its checked plan."""
    with visiting(browser, site.address, language) as visit:
        visit.go("/")
        expect(visit.tab.locator("h1")).to_contain_text({"en": "Zigui", "zh": "秭归"}[language])
        visit.go("/counties/tiny")
        visit.press(SOLVE)
        visit.tab.wait_for_selector("[data-figure=people_lifted]")
        assert visit.figure("people_lifted") == "49"
        expect(visit.tab.locator("html")).to_have_attribute("lang", {"en": "en", "zh": "zh-CN"}[language])
        assert not visit.wrong


@BOTH
def test_problems_are_shown_at_their_cell(browser: Browser, site: Server, tmp_path: Path, language: str) -> None:
    """A workbook with a wrong cell is refused, and the page shows that cell among its neighbours."""
    path = tmp_path / "county.xlsx"
    liftplan.convert("tiny", path)
    book = openpyxl.load_workbook(path)
    book["Funds"]["F3"] = "ninety"
    book.save(path)
    before = site.client.get("/v1/counties").json()
    with visiting(browser, site.address, language) as visit:
        visit.go("/upload")
        visit.tab.set_input_files("input[type=file]", path)
        visit.press(m("Upload and check"))
        cell = visit.tab.locator("td.meant")
        expect(cell).to_have_text("ninety")
        assert visit.tab.locator("thead th.here").inner_text() == "F"
        assert visit.tab.locator("tbody th.here").inner_text() == "3"
        assert "F3" in visit.tab.locator(".problem .place").inner_text()
        assert site.client.get("/v1/counties").json() == before


@BOTH
def test_workbook_goes_in_and_a_plan_comes_out(browser: Browser, site: Server, tmp_path: Path, language: str) -> None:
    """Upload, solve, look at a village and a fund, download the workbook of the plan."""
    path = tmp_path / "own.xlsx"
    liftplan.convert("tiny", path)
    with visiting(browser, site.address, language) as visit:
        visit.go("/upload")
        visit.tab.set_input_files("input[type=file]", path)
        visit.press(m("Upload and check"))
        expect(visit.tab.locator("main")).to_contain_text("own.xlsx")
        visit.press(SOLVE)
        visit.tab.wait_for_selector("[data-figure=people_lifted]")
        visit.tab.locator("a.spot").first.click()
        assert int(visit.figure("lifted")) > 0
        visit.tab.locator(".tabs a").nth(3).click()
        link = visit.tab.locator('a[href$="/plan.xlsx"]')
        link.wait_for()
        with visit.tab.expect_download() as download:
            link.click()
        download.value.save_as(tmp_path / "plan.xlsx")
        assert openpyxl.load_workbook(tmp_path / "plan.xlsx").sheetnames
        county = visit.tab.locator(".trail a").nth(1)
        county.click()
        visit.tab.once("dialog", lambda dialog: dialog.accept())
        visit.press(m("Delete this county"))
        expect(visit.tab.locator("main")).not_to_contain_text("own.xlsx")
        assert not visit.wrong


@BOTH
def test_a_village_says_why_not_more(browser: Browser, site: Server, plan: str, language: str) -> None:
    """One click on a village's page asks why; the answer names the village, and leads to what it names."""
    with visiting(browser, site.address, language) as visit:
        visit.go(f"/plans/{plan}/villages/v03")
        visit.press(m("Why not more?"))
        expect(visit.tab.locator(".reasons h1")).to_contain_text("v03")
        visit.tab.locator(".reasons a").first.click()
        assert visit.tab.locator("h1").is_visible()
        assert visit.tab.url.startswith(f"{site.address}plans/{plan}/")
        assert not visit.wrong
