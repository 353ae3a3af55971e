"""`comparison.html` as a browser shows and prints it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

import liftplan

from ..pages import visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def written(solution: liftplan.Solution, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of `tiny`, its pooled scenario and the example county."""
    settings = {"time_limit": None, "threads": 1}
    others = [liftplan.solve("tiny", scenario="pooled", **settings), liftplan.solve(liftplan.example(), **settings)]
    found = liftplan.compare(solution, *others)
    (path,) = found.save(tmp_path_factory.mktemp("page") / "comparison.html")
    return path


@pytest.mark.parametrize("across", [1280, 390])
def test_page_fits_and_complains_of_nothing(browser: Browser, written: Path, across: int) -> None:
    """In both languages nothing is wider than the screen but what scrolls by itself."""
    tab, wrong = visit(browser, written, across)
    for language in ("zh-CN", "en"):
        tab.click(f'[data-language="{language}"]')
        assert tab.evaluate("document.documentElement.scrollWidth") == across
        outside = """() => [...document.querySelectorAll('main:not([hidden]) svg text')].filter(text => {
            const chart = text.closest('svg').getBoundingClientRect(), box = text.getBoundingClientRect();
            return box.width && (box.left < chart.left - 1 || box.right > chart.right + 1);
        }).map(text => text.textContent)"""
        assert tab.evaluate(outside) == []
    assert wrong == []
    tab.close()


def test_the_switch_hides_equal_rows_in_both_languages(browser: Browser, written: Path) -> None:
    """Only differences: equal rows go, in the other language too, and come back."""
    tab, _ = visit(browser, written, 1280)
    rows = tab.locator("main:not([hidden]) #en-figures tr.same")
    assert rows.first.is_visible()
    tab.check("main:not([hidden]) [data-only]")
    assert not rows.first.is_visible()
    tab.click('[data-language="zh-CN"]')
    assert tab.is_checked("main:not([hidden]) [data-only]")
    assert not tab.locator("#zh-figures tr.same").first.is_visible()
    tab.uncheck("main:not([hidden]) [data-only]")
    assert tab.locator("#zh-figures tr.same").first.is_visible()
    tab.close()


def test_page_prints_on_a4(browser: Browser, written: Path, tmp_path: Path) -> None:
    """The printed page is A4 upright."""
    tab, _ = visit(browser, written, 1280)
    tab.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    content = (tmp_path / "page.pdf").read_bytes()
    assert b"/MediaBox [0 0 594.95996 841.91998]" in content
    tab.close()
