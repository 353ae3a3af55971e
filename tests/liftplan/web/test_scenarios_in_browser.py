"""What if: scenarios edited, run, stopped, compared, drawn and mended in a browser."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

import liftplan
from liftplan.models.messages import m

from ..service.servers import Server
from .visiting import Visit, visiting

pytestmark = pytest.mark.browser

SOLVE = m("Find the best plan")
BOTH = pytest.mark.parametrize("language", ["en", "zh"])


def lower_transport(visit: Visit) -> None:
    """In the editor: the transport budget by 10 %, seen among the changes, and run."""
    visit.tab.fill('input[name="share.transport"]', "90")
    expect(visit.tab.locator("[data-changes] code")).to_have_text(
        "funds[department=transport].amount x 0.9", timeout=60_000
    )
    visit.press(SOLVE)


@BOTH
def test_a_first_visitor_comes_through(browser: Browser, site: Server, tmp_path: Path, language: str) -> None:
    """Upload, solve, lower the transport budget by 10 %, compare, download."""
    path = tmp_path / f"own-{language}.xlsx"
    liftplan.new(path)
    with visiting(browser, site.address, language) as visit:
        visit.go("/upload")
        visit.tab.set_input_files("input[type=file]", path)
        visit.press(m("Upload and check"))
        visit.press(SOLVE)
        visit.tab.wait_for_selector("[data-figure=people_lifted]")
        first = visit.tab.url.rpartition("/")[2]
        visit.press(m("Change something"))
        lower_transport(visit)
        visit.tab.wait_for_selector("[data-figure=people_lifted]")
        second = visit.tab.url.rpartition("/")[2]
        assert first != second
        visit.press(m("Compare"))
        expect(visit.tab.locator(f'input[value="{second}"]')).to_be_checked(timeout=120_000)
        visit.tab.check(f'input[value="{first}"]')
        visit.tab.click("main button.main")
        visit.tab.wait_for_selector(".sides")
        sides = visit.tab.locator(".sides .asked").all_inner_texts()
        figures = [site.job(one)["outcome"]["people_lifted"] for one in (first, second)]
        assert sorted("".join(filter(str.isdigit, text)) for text in sides) == sorted(map(str, figures))
        with visit.tab.expect_download() as download:
            visit.tab.click('a[href$="/comparison.xlsx"]')
        download.value.save_as(tmp_path / "comparison.xlsx")
        assert openpyxl.load_workbook(tmp_path / "comparison.xlsx").sheetnames
        assert not visit.wrong


@BOTH
def test_what_clashes_is_mended_by_a_button(browser: Browser, site: Server, language: str) -> None:
    """With less for roads tiny has no plan; the page says what clashes, and a repair leads to a plan."""
    with visiting(browser, site.address, language) as visit:
        visit.go("/counties/tiny/scenario")
        lower_transport(visit)
        visit.press(m("Find out what clashes"))
        visit.tab.wait_for_selector(".choke")
        assert visit.tab.locator(".clash").count() >= 1
        visit.tab.locator(".card form button.main").first.click()
        visit.tab.wait_for_selector("[data-figure=people_lifted]")
        assert int(visit.figure("people_lifted")) > 0
        assert "repair-" in visit.tab.locator(".plan-name").inner_text()
        assert not visit.wrong


@BOTH
def test_a_run_is_seen_and_stopped(browser: Browser, site: Server, language: str) -> None:
    """Plan and bound are drawn while the county is solved; stopped, the best plan so far is shown."""
    with visiting(browser, site.address, language) as visit:
        visit.go(f"/counties/{site.unproved()}/scenario")
        visit.tab.click("aside summary")
        visit.tab.select_option("select[name=gap]", "0")
        visit.tab.fill("textarea[name=more]", {"en": "poverty_line + 1", "zh": "poverty_line + 2"}[language])
        visit.press(SOLVE)
        visit.tab.wait_for_selector(".line-of-plan", state="attached", timeout=300_000)
        visit.tab.wait_for_selector("[data-live-plan] .line-of-bound", state="attached")  # on the page of a first plan
        people = int(visit.figure("people").replace(",", ""))
        assert people > 0
        assert int(visit.figure("bound").replace(",", "")) > 0  # after prices of soft rules
        visit.press(m("Stop and take the best plan so far"))
        visit.tab.wait_for_selector("[data-figure=people_lifted]")
        assert int(visit.figure("people_lifted").replace(",", "")) >= people
        assert site.over(visit.tab.url.rpartition("/")[2])["state"] == "cancelled"
        assert not visit.wrong


@BOTH
def test_a_curve_is_drawn_as_its_points_come(browser: Browser, site: Server, language: str) -> None:
    """Points appear while they are solved; the finished chart has as many as were asked for, and so has the table."""
    with visiting(browser, site.address, language) as visit:
        visit.go(f"/counties/{site.unproved()}/curves")  # tiny's points are there before anyone can look
        visit.tab.fill("input[name=start]", "100%")
        visit.tab.fill("input[name=stop]", {"en": "125%", "zh": "126%"}[language])
        visit.tab.select_option("select[name=points]", "5")
        visit.press(m("Draw the curve"))
        visit.tab.wait_for_selector(".live-lines circle", state="attached")
        visit.tab.wait_for_selector(".curve-chart")
        assert visit.tab.locator(".curve-chart circle").count() == visit.tab.locator("tbody tr").count() == 5
        assert not visit.wrong


def test_only_differences_are_left(browser: Browser, site: Server, plan: str) -> None:
    """The switch of a comparison hides the rows in which the plans agree, and shows them again."""
    other = site.over(site.ask(county="tiny", scenario=["pooled"])["id"])["id"]
    made = site.over(site.ask(kind="compare", jobs=[plan, other])["id"])["id"]
    with visiting(browser, site.address) as visit:
        visit.go(f"/compare/{made}")
        same = visit.tab.locator("#en-figures tr.same")
        assert same.first.is_visible()
        visit.tab.check("[data-only]")
        assert not same.first.is_visible()
        assert visit.tab.locator("#en-figures tbody tr:visible").count() > 0
        visit.tab.uncheck("[data-only]")
        assert same.first.is_visible()
        assert not visit.wrong


def test_sliders_obey_the_keyboard(browser: Browser, site: Server) -> None:
    """An arrow key moves a department's slider: its share, its funds and the lines follow; a fund may differ."""
    with visiting(browser, site.address) as visit:
        visit.go("/counties/tiny/scenario")
        part = visit.tab.locator("[data-department=transport]")
        part.locator(".slide").focus()
        visit.tab.keyboard.press("ArrowLeft")
        assert part.locator("input[type=number]").input_value() == "99"
        expect(part.locator("[data-sum]")).to_have_text("89,100", timeout=60_000)
        part.locator(".fold").focus()
        visit.tab.keyboard.press("Enter")
        part.locator("[data-fund]").first.fill("50%")
        expect(part.locator("[data-sum]")).to_have_text("44,550", timeout=60_000)
        expect(visit.tab.locator("[data-changes] li")).to_have_count(2, timeout=60_000)
        assert not visit.wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("across", [390, 1280])
def test_pages_of_scenarios_fit_the_screen(browser: Browser, site: Server, plan: str, across: int, scheme: str) -> None:
    """None of these pages is wider than the screen, asks for anything elsewhere, or has an error."""
    other = site.over(site.ask(county="tiny", scenario=["pooled"])["id"])["id"]
    compared = site.over(site.ask(kind="compare", jobs=[plan, other])["id"])["id"]
    clash = site.over(site.ask(kind="diagnose", county="tiny", overrides=["policy.R3.minimum x 10"])["id"])["id"]
    paths = ["/counties/zigui-2015/scenario", f"/counties/tiny/scenario?from={other}", "/counties/tiny/feasibility"]
    paths += ["/counties/tiny/curves", "/compare", f"/compare/{compared}", f"/counties/tiny/feasibility/{clash}"]
    with visiting(browser, site.address, "zh" if scheme == "dark" else "en", across, scheme) as visit:
        for path in paths:
            visit.go(path)
            assert visit.tab.evaluate("document.documentElement.scrollWidth") <= across, path
        assert not visit.wrong
