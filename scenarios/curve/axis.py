"""The quantity that a curve runs over: where it is in a county, and the override that sets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from liftplan.models.county import County
from liftplan.models.messages import listed, m
from liftplan.models.problems import InputProblems, Place, Problem

MONEY, FUND, MINIMUM, LINE = "money", "fund", "minimum", "poverty_line"

MOST = 10**12
"""Yuan that any quantity may be at most."""

DIGITS = 9
"""Decimals of the factor that scales all money."""


@dataclass(frozen=True)
class Axis:
    """A quantity in whole yuan (the poverty line: yuan a person a year)."""

    name: str
    """As it was asked for: `money`, `fund:ID`, `minimum:R4.poverty`, `poverty_line`."""
    selector: str
    """What an override sets."""
    present: int
    """Its value in the county as it is."""
    scaled: bool = False
    """All that is selected is multiplied; `present` is the sum."""

    def override(self, value: int) -> str:
        """The override that makes the quantity `value`; where it scales, as near as rounding to whole yuan allows."""
        if self.scaled:
            return f"{self.selector} x {value / self.present:.{DIGITS}f}"
        return f"{self.selector} = {value}"


def axis_of(county: County, over: str) -> Axis:
    """The quantity that a name stands for.

    `money` is all money that may be allocated, `fund:ID` one fund, `minimum:R3`, `minimum:R4.ROW` and `minimum:R5` a
    minimum, `poverty_line` the line of all years planned.

    Raises
    ------
    InputProblems
        If the county has no such quantity.
    """
    kind, _, rest = over.partition(":")
    funds = county["funds"]
    if kind in {MONEY, FUND}:
        refuse_budgets(county)
    if over == MONEY:
        open_ = funds["integrable"]
        return _positive(Axis(over, "funds[integrable=true].amount", int(funds["amount"][open_].sum()), scaled=True))
    if kind == FUND and rest:
        amounts = dict(zip(funds["id"].tolist(), funds["amount"].tolist(), strict=True))
        if rest not in amounts:
            raise _unknown(over, [f"{FUND}:{name}" for name in amounts])
        return Axis(over, f"funds[id={rest}].amount", int(amounts[rest]))
    if kind == MINIMUM and rest:
        return _minimum(county, over, rest)
    if over == LINE:
        return Axis(over, LINE, county.head.poverty_line[county.head.years[0]])
    raise _unknown(over, [MONEY, f"{FUND}:ID", f"{MINIMUM}:R3", f"{MINIMUM}:R4.ROW", f"{MINIMUM}:R5", LINE])


def several(county: County, names: Sequence[str]) -> Axis:
    """Some funds together, or all money that may be allocated if none is named. Raises `InputProblems`."""
    if not names:
        return axis_of(county, MONEY)
    amounts = [axis_of(county, f"{FUND}:{name}").present for name in names]
    chosen = "|".join(dict.fromkeys(names))
    total = sum(dict(zip(names, amounts, strict=True)).values())
    return _positive(Axis(f"{FUND}:{chosen}", f"funds[id={chosen}].amount", total, scaled=True))


def refuse_budgets(county: County) -> None:
    """Raise `InputProblems` where a fund's amounts are given year by year: there is no one amount to change."""
    if len(county["budgets"]):
        message = m("The funds of this county have amounts of their own for single years.")
        way_out = m("Change them with overrides and `liftplan run`.")
        raise InputProblems([Problem("curve-budgets", Place(table="budgets"), message, way_out)])


def _minimum(county: County, over: str, rest: str) -> Axis:
    policy = county.policy
    known = {"R3": ("policy.R3.minimum", policy.R3.minimum), "R5": ("policy.R5.minimum", policy.R5.minimum)}
    known |= {f"R4.{row.id}": (f"policy.R4.rows[{row.id}].minimum", row.minimum) for row in policy.R4.rows}
    if rest not in known:
        raise _unknown(over, [f"{MINIMUM}:{name}" for name in known])
    return Axis(over, *known[rest])


def _positive(axis: Axis) -> Axis:
    if axis.present == 0:
        message = m("There is no money that may be allocated.")
        raise InputProblems([Problem("curve-nothing", Place(column="over"), message, m("Look at the funds."))])
    return axis


def _unknown(over: str, known: list[str]) -> InputProblems:
    near = get_close_matches(over, known, n=3, cutoff=0.5)
    message = m("The county has no quantity {name}.", name=over)
    return InputProblems(
        [Problem("curve-over", Place(column="over"), message, m("Use {names}.", names=listed(near or known)))]
    )
