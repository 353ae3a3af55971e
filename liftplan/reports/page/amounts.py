"""Numbers as leaders read them: money in million yuan (English) or 10,000 yuan (万元, Chinese), shares, people."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.models.messages import Message, language, m


@dataclass(frozen=True)
class Unit:
    """A unit of money: yuan, and the word for it. They stand together, so that no translation can part them."""

    yuan: int
    word: Message | str

    def figure(self, yuan: int) -> str:
        """The amount in this unit, without its word."""
        value = yuan / self.yuan
        digits = 0 if self.yuan == 1 or not yuan else 2 if abs(value) < 10 else 1 if abs(value) < 1_000 else 0
        return f"{value:,.{digits}f}"


WHOLE = Unit(1, m("yuan"))
"""Whole yuan."""

LARGE = {"en": Unit(1_000_000, "million yuan"), "zh": Unit(10_000, "万元")}
"""Each language's large unit."""

ENOUGH = 10
"""A figure of so many large units, or more, is one whose parts are told in them too."""


def unit(yuan: int) -> Unit:
    """The unit in which an amount is told: the language's large one from one of it on."""
    large = LARGE[language()]
    return large if abs(yuan) >= large.yuan else WHOLE


def common_unit(total: int) -> Unit:
    """The unit in which the parts of a total are told, all in the same."""
    return unit(total // ENOUGH)


def money(yuan: int) -> Message:
    """An amount with its unit: `398.3 million yuan`, `39,832 万元`, `686,600 yuan`."""
    own = unit(yuan)
    return m("{amount} {unit}", amount=own.figure(yuan), unit=own.word)


def exact(yuan: int) -> Message:
    """An amount in whole yuan with its unit."""
    return m("{amount} {unit}", amount=WHOLE.figure(yuan), unit=WHOLE.word)


def count(number: int) -> str:
    """A whole number with separators."""
    return f"{number:,}"


def estimate(number: float) -> str:
    """An upper estimate: the smaller, the more digits; what rounds to nothing is 0."""
    if number < 0.05:
        return "0"
    return f"{number:,.1f}".removesuffix(".0") if number < 10 else f"{number:,.0f}"
