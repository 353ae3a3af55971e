"""Visiting pages with a browser: what went wrong on the way is noted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from liftplan.models.messages import Message

from ..service.servers import PATIENCE

LOCALES = {"en": "en-US", "zh": "zh-CN"}
"""Languages, and what a browser calls them."""


@dataclass
class Visit:
    """A tab, and what went wrong in it: messages of the console, errors, requests to elsewhere."""

    tab: Tab
    address: str
    language: str
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the server."""
        self.tab.goto(self.address.rstrip("/") + path)

    def press(self, words: Message) -> None:
        """Click the button or link that says so in the visitor's language."""
        text = words.text(self.language)
        self.tab.locator("main").get_by_text(text, exact=True).first.click()

    def says(self, words: Message) -> bool:
        """Whether the page says so in the visitor's language."""
        return words.text(self.language).replace(" %", "\u00a0%") in self.tab.locator("main").inner_text()

    def figure(self, name: str) -> str:
        """A figure of the page."""
        return self.tab.locator(f"[data-figure={name}]").first.inner_text()


@contextmanager
def visiting(
    browser: Browser, address: str, language: str = "en", across: int = 1280, scheme: Any = "light"
) -> Iterator[Visit]:
    """A visitor of a server."""
    context = browser.new_context(
        viewport={"width": across, "height": 900}, locale=LOCALES[language], color_scheme=scheme
    )
    visit = Visit(context.new_page(), address, language)
    visit.tab.set_default_timeout(1_000 * PATIENCE)
    visit.tab.on("console", lambda message: visit.wrong.append(message.text))
    visit.tab.on("pageerror", lambda error: visit.wrong.append(str(error)))
    visit.tab.on("request", lambda one: None if one.url.startswith(address) else visit.wrong.append(one.url))
    try:
        yield visit
    finally:
        context.close()
