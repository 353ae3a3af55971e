"""How pages look and answer in a browser: width, languages, keyboard, paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from ..service.servers import Server
from .visiting import visiting

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("across", [390, 1280])
def test_pages_fit_the_screen(browser: Browser, site: Server, plan: str, across: int, scheme: str) -> None:
    """No page is wider than the screen, asks for anything elsewhere, or has an error."""
    paths = ["/", "/upload", "/plans", "/counties/zigui-2015", f"/plans/{plan}"]
    paths += [f"/plans/{plan}/{rest}" for rest in ("villages", "villages/v01", "funds", "funds/special_poverty")]
    paths += [f"/plans/{plan}/{rest}" for rest in ("projects/v01-p01", "households/v01-h0001", "downloads")]
    with visiting(browser, site.address, "zh" if scheme == "dark" else "en", across, scheme) as visit:
        for path in paths:
            visit.go(path)
            assert visit.tab.evaluate("document.documentElement.scrollWidth") <= across, path
        assert not visit.wrong


def test_a_county_that_is_still_read_appears_by_itself(browser: Browser, site: Server) -> None:
    """The first page begins without the county of five years, and shows it once the server has read it."""
    with visiting(browser, site.address) as visit:
        visit.go("/")
        card = visit.tab.locator("#zigui-2011-2015")
        expect(card).not_to_have_attribute("data-awaited", "")
        expect(card).to_contain_text("households")
        assert not visit.wrong


def test_nobody_who_leaves_is_called_back(browser: Browser, site: Server) -> None:
    """A page that would load itself again waits while its reader leaves it, and does so once they stayed."""
    with visiting(browser, site.address) as visit:
        visit.go("/upload")
        visit.tab.evaluate("document.documentElement.dataset.mark = 1")
        script = visit.tab.evaluate("document.querySelector('script[type=module]').src.replace('page.js', 'again.js')")
        leave = "async (at) => { dispatchEvent(new Event('beforeunload')); (await import(at)).again(); }"
        visit.tab.evaluate(leave, script)
        visit.tab.wait_for_timeout(500)
        assert visit.tab.locator("html[data-mark]").count() == 1
        visit.tab.wait_for_selector("html:not([data-mark])")
        assert not visit.wrong


def test_language_is_chosen_and_kept(browser: Browser, site: Server) -> None:
    """The switch leads back to the same page in the other language, and later pages keep it."""
    with visiting(browser, site.address) as visit:
        visit.go("/upload")
        visit.tab.click("a[hreflang=zh-CN]")
        assert visit.tab.url.endswith("/upload")
        visit.go("/plans")
        assert visit.tab.evaluate("document.documentElement.lang") == "zh-CN"
        assert not visit.wrong


def test_tables_sort_by_keyboard(browser: Browser, site: Server, plan: str) -> None:
    """A column's head is a button: with the keyboard it sorts the rows, the sum stays last."""
    with visiting(browser, site.address) as visit:
        visit.go(f"/plans/{plan}/villages")
        heads = visit.tab.locator("th button.sort")
        heads.nth(2).focus()
        visit.tab.keyboard.press("Enter")
        rows = visit.tab.locator("tbody tr td:nth-child(3)").all_inner_texts()
        assert rows[:-1] == sorted(rows[:-1], key=int, reverse=True)
        assert visit.tab.locator("th[aria-sort=descending]").count() == 1
        assert int(rows[-1]) == sum(map(int, rows[:-1]))


def test_the_first_tab_skips_to_the_content(browser: Browser, site: Server) -> None:
    """Whoever uses the keyboard comes to the content without going through the menu."""
    with visiting(browser, site.address) as visit:
        visit.go("/plans")
        visit.tab.keyboard.press("Tab")
        assert visit.tab.evaluate("document.activeElement.className") == "skip"
        visit.tab.keyboard.press("Enter")
        visit.tab.wait_for_url("**/plans#content")


def test_households_are_filtered(browser: Browser, site: Server, plan: str) -> None:
    """Of a village's households one sees those of one result, or those whose id one types."""
    with visiting(browser, site.address) as visit:
        visit.go(f"/plans/{plan}/villages/v01")
        rows = visit.tab.locator("#households tbody tr:visible")
        whole = rows.count()
        for key in ("poor", "out"):
            visit.tab.uncheck(f"[data-keep={key}]")
        lifted = rows.count()
        assert 0 < lifted <= whole
        assert rows.count() == visit.tab.locator("#households tr[data-kind=lifted]").count()
        visit.tab.fill("[data-find]", "h0001")
        assert rows.count() <= 1


def test_a_plan_is_printed_without_menu(browser: Browser, site: Server, plan: str) -> None:
    """On paper there is the plan: no menu, no buttons."""
    with visiting(browser, site.address) as visit:
        visit.go(f"/plans/{plan}/villages/v01")
        visit.tab.emulate_media(media="print")
        assert not visit.tab.locator(".top").is_visible()
        assert not visit.tab.locator("main form").first.is_visible()
        assert visit.tab.locator("h1").is_visible()


def test_everything_is_open_on_paper(browser: Browser, site: Server) -> None:
    """What is folded on the screen is printed, and is folded again afterwards; an editor prints what it asks for."""
    with visiting(browser, site.address) as visit:
        visit.go("/counties/tiny")
        assert visit.tab.locator("main details[open]").count() == 0
        visit.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert visit.tab.locator("main details:not([open])").count() == 0
        visit.tab.evaluate("dispatchEvent(new Event('afterprint'))")
        assert visit.tab.locator("main details[open]").count() == 0
        visit.go("/counties/tiny/scenario")
        visit.tab.emulate_media(media="print")
        assert visit.tab.locator("input[name='share.transport']").is_visible()
        assert not visit.tab.locator("form button.main").first.is_visible()
