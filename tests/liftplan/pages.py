"""Reading a page in tests: its elements, as html.parser sees them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

import liftplan
from liftplan.models.plan import Plan
from liftplan.reports.frames import PlanTables
from liftplan.reports.page import summary_page

TAGS = {"en": "en", "zh": "zh-CN"}
"""Languages and their tags in HTML."""


@dataclass(eq=False, repr=False)
class Element:
    """An element with its attributes, its text (that of its descendants included) and the elements around it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    around: tuple[Element, ...] = ()

    def fits(self, tag: str, attributes: dict[str, str]) -> bool:
        """True if it has this tag ("" is any) and these attributes (`data_x` for `data-x`)."""
        return (not tag or self.tag == tag) and all(
            self.attributes.get(name.rstrip("_").replace("_", "-")) == value for name, value in attributes.items()
        )

    def inside(self, tag: str = "", **attributes: str) -> bool:
        """True if an element around it fits."""
        return any(other.fits(tag, attributes) for other in self.around)


@dataclass(eq=False, repr=False)
class Page(HTMLParser):
    """A parsed page; `faults` lists end tags that do not fit."""

    source: str
    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []
        self.feed(self.source)
        self.close()
        self.faults += [f"<{one.tag}> stays open" for one in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        element = Element(tag, {name: value or "" for name, value in attrs}, around=tuple(self._open))
        self.elements.append(element)
        self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, around=tuple(self._open)))

    def handle_endtag(self, tag: str) -> None:
        """An element ends; it must be the one that began last."""
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> after {[one.tag for one in self._open]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Text belongs to every element around it."""
        for element in self._open:
            element.text += data

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """Elements that fit, in order."""
        return [one for one in self.elements if one.fits(tag, attributes)]


def page_of(plan: Plan, county: liftplan.County) -> Page:
    """The page in the current language."""
    return Page(summary_page(plan, county, PlanTables(plan, county)))


def chromium() -> str:
    """The browser; the test fails in one line if there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("chromium is missing: make system-packages, or NO_BROWSER=1", pytrace=False)
    return found


def visit(browser: Browser, path: Path, across: int, scheme: Any = "light") -> tuple[Tab, list[str]]:
    """The page in a tab, and what went wrong: messages of the console, errors, requests to elsewhere."""
    tab = browser.new_page(viewport={"width": across, "height": 900}, color_scheme=scheme)
    wrong: list[str] = []
    tab.on("console", lambda message: wrong.append(message.text))
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("request", lambda request: None if request.url == path.as_uri() else wrong.append(request.url))
    tab.goto(path.as_uri())
    return tab, wrong
