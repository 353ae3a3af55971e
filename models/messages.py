"""Translatable texts: kept with their values, rendered in the reader's language."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "zh")
"""Languages offered; English is the language of the source."""

_CATALOGUES = {"zh": "zh_CN"}
_current: ContextVar[str] = ContextVar("liftplan_language", default="en")


@dataclass(frozen=True)
class Message:
    """A text with named values; `str()` renders it in the current language."""

    template: str
    values: tuple[tuple[str, Any], ...] = ()

    def text(self, language: str = "") -> str:
        """The text in `language` (`en`, `zh`; "" = the current one). Values that are messages are rendered too."""
        language = language or _current.get()
        translated = _catalogue(language).gettext(self.template) if self.template else ""
        if not self.values:
            return translated.replace("{{", "{").replace("}}", "}")
        values = {name: value.text(language) if isinstance(value, Message) else value for name, value in self.values}
        return translated.format(**values)

    def __str__(self) -> str:
        return self.text()


def m(template: str, /, **values: Any) -> Message:
    """A translatable message: `m("no fund {name}", name="x")`. The template is what the catalogue is keyed by."""
    return Message(template, tuple(values.items()))


def language() -> str:
    """The current language."""
    return _current.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Render messages in `language` inside the block."""
    token = _current.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _current.reset(token)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language not in _CATALOGUES:
        return gettext.NullTranslations()
    return gettext.translation("liftplan", Path(__file__).parent / "locale", [_CATALOGUES[language]], fallback=True)
