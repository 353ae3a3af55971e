"""Texts and problems that outlive the process that wrote them: kept in all languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from liftplan.models.base import Frozen
from liftplan.models.messages import Message, speaking
from liftplan.models.problems import Problem
from liftplan.service.excerpts import Excerpt
from liftplan.service.refusals import Told

LANGUAGES_KEYS = {"en", "zh"}


class Text(Frozen):
    """A text in every language offered."""

    en: str
    """English."""
    zh: str
    """Chinese."""

    @classmethod
    def of(cls, message: Message | str) -> Text:
        """A message in both languages."""
        if isinstance(message, str):
            return cls(en=message, zh=message)
        return cls(en=message.text("en"), zh=message.text("zh"))

    def spoken(self, language: str) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en


class Noted(Frozen):
    """A problem of an input or a job, kept."""

    code: str
    place: Text
    message: Text
    way_out: Text
    warning: bool = False
    excerpt: Excerpt | None = None
    """The cells around it."""

    @classmethod
    def of(cls, problem: Problem, excerpt: Excerpt | None = None) -> Noted:
        """A problem in both languages."""
        places = {}
        for name in ("en", "zh"):
            with speaking(name):
                places[name] = str(problem.place)
        return cls(
            code=problem.code,
            place=Text(**places),
            message=Text.of(problem.message),
            way_out=Text.of(problem.way_out),
            warning=problem.warning,
            excerpt=excerpt,
        )

    @classmethod
    def plain(cls, code: str, message: Message, way_out: Message | None = None) -> Noted:
        """A problem without a place."""
        empty = Text(en="", zh="")
        return cls(code=code, place=empty, message=Text.of(message), way_out=Text.of(way_out or Message("")))

    def told(self, language: str) -> Told:
        """The problem in one language."""
        return Told(
            code=self.code,
            place=self.place.spoken(language),
            message=self.message.spoken(language),
            way_out=self.way_out.spoken(language),
        )


def told(problems: Iterable[Noted], language: str, *, warnings: bool = False) -> tuple[Told, ...]:
    """Problems, or warnings, in one language."""
    return tuple(one.told(language) for one in problems if one.warning == warnings)


def spoken_in(content: Any, language: str) -> Any:
    """JSON content with every text in one language."""
    if isinstance(content, dict):
        if content.keys() == LANGUAGES_KEYS:
            return content[language]
        return {key: spoken_in(value, language) for key, value in content.items()}
    return [spoken_in(value, language) for value in content] if isinstance(content, list) else content
