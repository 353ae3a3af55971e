"""Numbers and truth values as people type them into cells."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from liftplan.models.messages import Message, m

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_SHORTENED = re.compile(r"[0-9]e[+-]?[0-9]", re.IGNORECASE)
_UNITS = {"万": 10**4, "万元": 10**4, "亿": 10**8, "亿元": 10**8, "元": 1, "%": 100}
_TRUE = {"true", "yes", "y", "1", "是", "√", "对"}
_FALSE = {"false", "no", "n", "0", "否", "×", "不"}

LONGEST = 40
"""Most characters of a number."""


def whole_number(text: str) -> int | None:
    """The whole number that a cell holds, or None.

    Full-width digits, signs and commas count as plain ones; thousands may be grouped; `1200.0` is 1200, as spreadsheets
    write it. `1.2E+06` is refused: spreadsheets write so what they no longer show in full.
    """
    value = exact(text)
    return int(value) if value is not None and value == value.to_integral_value() else None


def exact(text: str) -> Decimal | None:
    """The number that a cell holds, to the last digit, or None; what `whole_number` refuses as shortened is None."""
    return None if _SHORTENED.search(text) else _decimal(tidy(text))


def number(text: str) -> float | None:
    """The number that a cell holds, or None; never infinite."""
    value = _decimal(tidy(text))
    return None if value is None else float(value)


def truth(text: str) -> bool | None:
    """The truth value that a cell holds, or None."""
    word = tidy(text).casefold()
    return True if word in _TRUE else False if word in _FALSE else None


def tidy(text: str) -> str:
    """A cell in plain width, without blanks around it."""
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()


def remedy(text: str, *, yuan: bool = False) -> Message | None:
    """How to write what somebody tried to write as a whole number; None if that cannot be told.

    yuan: it is an amount, of which a fraction may be one in 10,000 yuan.
    """
    plain = tidy(text)
    if _SHORTENED.search(plain):
        return m("Write all digits; a spreadsheet has shortened the number.")
    for unit, factor in _UNITS.items():
        value = _decimal(plain.removesuffix(unit).strip()) if plain.endswith(unit) else None
        if value is not None and value * factor == (value * factor).to_integral_value():
            return m("Write it without a unit: {number}.", number=int(value * factor))
    value = _decimal(plain)
    if value is None or value == value.to_integral_value():
        return None
    number, larger = int(value.to_integral_value()), value * _UNITS["万元"]
    if yuan and abs(value) < _UNITS["万元"] and larger == larger.to_integral_value():
        return m(
            "Write whole yuan: {number}, or {larger} if it is in 10,000 yuan (万元).", number=number, larger=int(larger)
        )
    return m("Round it to a whole number: {number}.", number=number) if number else None


def _decimal(plain: str) -> Decimal | None:
    if len(plain) > LONGEST or "_" in plain:
        return None
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() and value.adjusted() < LONGEST else None
