"""What every page is put in: one HTML document with both languages that needs nothing outside itself."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from importlib.resources import files

from liftplan.models.messages import language
from liftplan.reports.page.html import Html, el

SPOKEN = {"en": ("en", "English"), "zh": ("zh-CN", "中文")}
"""Language -> its HTML tag, its own name."""


def document(title: str, bodies: Sequence[Html], style: str, script: str) -> str:
    """A whole HTML document; the current language is the one that is seen first.

    title: in the current language. bodies: a `body_of` of each language. style, script: their texts.

    It asks for nothing outside itself: its content security policy allows nothing.
    """
    first = language()
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'"
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", Html(style)),
    )
    body = el("body", _switch(first), bodies, el("script", Html(script)))
    return "<!DOCTYPE html>\n" + el("html", head, body, lang=SPOKEN[first][0]) + "\n"


def body_of(content: Sequence[Html], titles: Mapping[str, str], first: str) -> Html:
    """The content in the current language; hidden unless it is the `first` to be seen. titles: of each language."""
    code = language()
    return el("main", content, lang=SPOKEN[code][0], hidden=code != first, data_title=titles[code])


def asset(name: str, package: str = "liftplan.reports.page") -> str:
    """The text of a style sheet or script that lies beside the page's modules."""
    return (files(package) / name).read_text(encoding="utf-8")


def _switch(first: str) -> Html:
    """Buttons for the languages; the script shows them."""
    buttons = [
        el(
            "button",
            name,
            type="button",
            lang=tag,
            data_language=tag,
            aria_pressed="true" if code == first else "false",
        )
        for code, (tag, name) in SPOKEN.items()
    ]
    return el("div", buttons, class_="switch", role="group", aria_label="Language / 语言", hidden=True)


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
