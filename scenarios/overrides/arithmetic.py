"""What an operator does to whole numbers: exact, rounded half up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from liftplan.models.base import BP
from liftplan.models.constraints import between
from liftplan.models.files.numbers import exact, remedy, tidy
from liftplan.models.messages import Message, m
from liftplan.scenarios.overrides.fault import Fault
from liftplan.scenarios.overrides.grammar import Operator

MOST_YUAN = 10**12
"""Largest amount of money; what may be so large is one."""

LATEST_YEAR = 2100
"""Largest calendar year; what may be no larger is one."""


@dataclass(frozen=True)
class Range:
    """What a whole number may be, which also says what it counts."""

    low: int | None
    high: int | None
    share: bool = False
    """It is a share, in basis points."""

    @property
    def yuan(self) -> bool:
        """True of amounts of money."""
        return self.high == MOST_YUAN

    @property
    def year(self) -> bool:
        """True of calendar years."""
        return self.high == LATEST_YEAR

    def holds(self, value: int) -> bool:
        """Whether a value is allowed."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Step:
    """new = numerator / denominator * old + added, rounded half up."""

    numerator: int
    denominator: int
    added: int

    def __call__(self, old: int) -> int:
        """The new value."""
        return (2 * old * self.numerator + self.denominator) // (2 * self.denominator) + self.added

    def rounds(self, old: int) -> bool:
        """Whether the new value is rounded."""
        return (old * self.numerator) % self.denominator != 0


def step(operator: Operator, text: str, allowed: Range) -> Step:
    """What `OP VALUE` does to a whole number. Raises `Fault` for a wrong unit, a fraction, a wrong operator."""
    plain = tidy(text)
    percent = plain.endswith("%")
    number = exact(plain.removesuffix("%").strip())
    if number is None:
        way_out = remedy(text, yuan=allowed.yuan) or m("Write digits only, without a unit.")
        raise Fault("override-value", m("{value} is no number", value=text), way_out)
    value = Fraction(number) / (100 if percent else 1)
    if operator == "x":
        return _factor(value, text, allowed)
    if percent and operator == "=":
        if not (allowed.share and (value * BP).denominator == 1):
            raise Fault("override-value", m("{value} is a share, not a whole number", value=text), _DIGITS)
        return Step(0, 1, int(value * BP))
    if percent:
        if allowed.share or allowed.year:
            factor = 1 + value if operator == "+" else 1 - value
            way_out = m(
                "Write basis points (100 of them are 1 {sign}), or multiply: x {factor}.",
                sign="%",
                factor=shown(factor),
            )
            raise Fault("override-value", m("{value} of a share can mean two things", value=text), way_out)
        return _factor(1 + value if operator == "+" else 1 - value, text, allowed)
    if value.denominator != 1:
        way_out = remedy(text, yuan=allowed.yuan) or _DIGITS
        raise Fault("override-value", m("{value} is no whole number", value=text), way_out)
    return Step(0, 1, int(value)) if operator == "=" else Step(1, 1, int(value) if operator == "+" else -int(value))


_DIGITS = m("Write a whole number.")


def _factor(value: Fraction, text: str, allowed: Range) -> Step:
    if allowed.year:
        raise Fault("override-operator", m("a year cannot be multiplied"), m("Use =, + or -."))
    if value < 0:
        raise Fault("override-value", m("{value} would make the amount negative", value=text), _NOT_NEGATIVE)
    return Step(value.numerator, value.denominator, 0)


_NOT_NEGATIVE = m("Multiply by 0 or more.")


def shown(value: Fraction) -> str:
    """A number with all its decimals, as factors are written."""
    return f"{float(value):.10f}".rstrip("0").rstrip(".")


def stepped(step_: Step, values: Sequence[int], allowed: Range, names: Sequence[str]) -> list[int]:
    """The new values; raises `Fault` if one of them is not allowed. names: what each is of."""
    new = [step_(value) for value in values]
    wrong = [place for place, value in enumerate(new) if not allowed.holds(value)]
    if wrong:
        raise Fault("override-value", _outside(new, wrong, names, between(allowed.low, allowed.high)), _RANGE)
    return new


_RANGE = m("Choose a value that keeps all of them in their range.")


def _outside(new: Sequence[int], wrong: Sequence[int], names: Sequence[str], rule: Message) -> Message:
    value, name = new[wrong[0]], names[wrong[0]]
    if len(wrong) == 1:
        return m("{name} would become {value}, which is not {rule}", name=name, value=value, rule=rule)
    return m(
        "{count} values would leave their range, the first of {name}: {value} is not {rule}",
        count=len(wrong),
        name=name,
        value=value,
        rule=rule,
    )
