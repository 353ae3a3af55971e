"""Translatable texts: kept with their values, rendered in the reader's language."""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Iterator
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


class Listed(Message):
    """Names or words of one kind, the comma of lists between them; `values` holds them by their numbers."""

    def text(self, language: str = "") -> str:
        """The list in `language`."""
        language = language or _current.get()
        comma = Message(self.template, (("others", ""), ("last", ""))).text(language)
        return comma.join(part.text(language) if isinstance(part, Message) else str(part) for _, part in self.values)


class Named(Message):
    """What a thing is called: `template` in its own language, `values` in English."""

    def text(self, language: str = "") -> str:
        """The name in `language`."""
        ((_, english),) = self.values
        return english if english and (language or _current.get()) == "en" else self.template


def named(name: str, name_en: str) -> Message:
    """A thing's name, which tables give in their own language and perhaps in English."""
    return Named(name, (("name_en", name_en),))


def listed(parts: Iterable[object]) -> Message:
    """Names or words of one kind within a line, as the reader's language separates them."""
    template = m("{others}, {last}", others="", last="").template
    return Listed(template, tuple((str(number), part) for number, part in enumerate(parts)))


def joined(parts: Iterable[str | Message]) -> Message:
    """Clauses that make one line, with the commas of the reader's language; at least one."""
    first, *rest = parts
    return m("{first}, {rest}", first=first, rest=joined(rest)) if rest else m("{text}", text=first)


def labelled(label: str | Message, text: str | Message) -> Message:
    """Label and text, with the colon of the reader's language."""
    return m("{label}: {text}", label=label, text=text)


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
