"""Numbers as leaders read them: money in million yuan (English) or 10,000 yuan (万元, Chinese), shares, people."""

from __future__ import annotations

from liftplan.models.messages import Message, language, m

LARGE = {"en": (1_000_000, "million yuan"), "zh": (10_000, "万元")}
"""Each language's large unit: yuan, and its word. They stand together, so that no translation can part them."""


def money(yuan: int) -> Message:
    """An amount with its unit: `398.3 million yuan`, `39,832 万元`; small amounts in whole yuan."""
    if 0 < abs(yuan) * 100 < LARGE[language()][0]:
        return exact(yuan)
    return m("{amount} {unit}", amount=scaled(yuan), unit=unit())


def unit() -> str:
    """The word for the language's large unit, in which `scaled` counts."""
    return LARGE[language()][1]


def scaled(yuan: int) -> str:
    """The amount in the language's large unit, without its word."""
    value = yuan / LARGE[language()][0]
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 1_000 else 0
    return f"{value:,.{digits}f}" if yuan else "0"


def exact(yuan: int) -> Message:
    """An amount in whole yuan with its unit."""
    return m("{amount} yuan", amount=f"{yuan:,}")


def count(number: int) -> str:
    """A whole number with separators."""
    return f"{number:,}"


def estimate(number: float) -> str:
    """An upper estimate: the smaller, the more digits; what rounds to nothing is 0."""
    if number < 0.05:
        return "0"
    return f"{number:,.1f}" if number < 10 else f"{number:,.0f}"
