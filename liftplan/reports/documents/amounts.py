"""Money, dates and blanks as official documents write them; nothing is rounded, so that all documents agree."""

from __future__ import annotations

import re

from liftplan.models.messages import Message, language, m

BLANK = "________"
"""What stands where the county gave nothing: to be filled in by hand."""

TEN_THOUSAND = 10_000
"""Yuan in one 万元."""

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def yuan(amount: int) -> str:
    """Whole yuan for tables: 1,234,567."""
    return f"{amount:,}"


def count(number: int) -> str:
    """A whole number with separators."""
    return f"{number:,}"


def told(amount: int) -> str:
    """An amount in a sentence, to the yuan: `8,629,370 yuan`; in Chinese 862.937万元."""
    if language() != "zh" or abs(amount) < TEN_THOUSAND:
        return str(m("{amount} yuan", amount=yuan(amount)))
    whole, rest = divmod(abs(amount), TEN_THOUSAND)
    digits = f".{rest:04d}".rstrip("0").rstrip(".")
    return f"{'-' if amount < 0 else ''}{whole:,}{digits}万元"


def or_blank(text: str) -> str:
    """A text that the county gave, or a blank."""
    return text.strip() or BLANK


def date(text: str) -> str:
    """An ISO date as the reader's language writes it; a blank if there is none."""
    found = _DATE.fullmatch(text.strip())
    if found is None or language() != "zh":
        return or_blank(text)
    year, month, day = (int(part) for part in found.groups())
    return f"{year}年{month}月{day}日"


def blank_date() -> Message:
    """A date to be filled in."""
    return m("________ (date)")
