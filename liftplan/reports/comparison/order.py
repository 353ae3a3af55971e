"""How sure the order of two sides is, in words."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.models.messages import Message, labelled, m
from liftplan.reports.comparison.grids import MINUS
from liftplan.reports.comparison.names import LETTERS
from liftplan.scenarios.compare import Compared, Pair

PROVED = 0.005
"""Points that are shown as 0."""


@dataclass(frozen=True)
class Verdict:
    """One pair as tables show it."""

    pair: Pair
    name: str
    """`A − B`."""
    words: Message
    """What is proved, shortly."""
    sentence: Message
    """The same as a sentence."""


def verdicts(compared: Compared) -> list[Verdict]:
    """What is proved of every two sides."""
    names = [side.name for side in compared.sides]
    return [
        Verdict(
            pair,
            f"{LETTERS[pair.first]} {MINUS} {LETTERS[pair.second]}",
            _words(pair),
            _sentence(pair, names[pair.first], names[pair.second]),
        )
        for pair in compared.pairs
    ]


def unproved(compared: Compared) -> Message | None:
    """Which differences are smaller than the proved gaps, if any is."""
    found = [one.name for one in verdicts(compared) if one.pair.order == "open" and one.pair.unit != "none"]
    if not found:
        return None
    return m("{pairs}: not proved, the difference is smaller than the gaps.", pairs=", ".join(found))


def basis(compared: Compared) -> Message | None:
    """Who says the bounds, if it is the plans alone."""
    stated = [letter for letter, side in zip(LETTERS, compared.sides, strict=False) if side.proof == "stated"]
    if not stated:
        return None
    return m(
        "The bounds of {names} are those that the plans state; they were not proved again (--certificate does).",
        names=", ".join(stated),
    )


def amount(value: float | None) -> str:
    """People or points, with a minus sign that can be seen."""
    if value is None:
        return ""
    text = f"{abs(value):,.2f}" if abs(value - round(value)) >= PROVED else f"{abs(round(value)):,}"
    return f"{MINUS}{text}" if value < 0 and text != "0" else text


def _words(pair: Pair) -> Message:
    if pair.unit == "none":
        return m("not comparable: they count differently")
    if pair.order == "open":
        return m("not proved: smaller than the gaps")
    if pair.order == "equal":
        what = m("both reach the same")
    else:
        what = m("{name} reaches more", name=LETTERS[pair.first if pair.order == "first" else pair.second])
    return labelled(m("by the stated bounds") if pair.stated else m("proved"), what)


def _sentence(pair: Pair, first: str, second: str) -> Message:
    more, less = (first, second) if pair.people >= 0 else (second, first)
    if pair.people:
        plans = m("{more} lifts {count} people more than {less}.", more=more, less=less, count=f"{abs(pair.people):,}")
    else:
        plans = m("{more} and {less} lift equally many people.", more=more, less=less)
    return m("{plans} {proof}", plans=plans, proof=_proof(pair, first, second))


def _proof(pair: Pair, first: str, second: str) -> Message:
    if pair.unit == "none":
        return m("Their objectives count differently, so that no bound compares them.")
    turned = (pair.lowest or 0) + (pair.highest or 0) < 0
    ends = (-(pair.highest or 0), -(pair.lowest or 0)) if turned else (pair.lowest or 0, pair.highest or 0)
    values: dict[str, Message | str] = {
        "sure": _sure(pair),
        "more": second if turned else first,
        "less": first if turned else second,
        "lowest": amount(ends[0]),
        "highest": amount(ends[1]),
    }
    if pair.order == "equal":
        return m("At their best they reach the same: {sure}.", sure=values["sure"])
    if pair.unit == "score":
        return m("At their best, {more} scores {lowest} to {highest} more than {less}: {sure}.", **values)
    if ends[0] == ends[1]:
        return m("At their best, {more} lifts exactly {lowest} people more than {less}: {sure}.", **values)
    return m("At their best, {more} lifts {lowest} to {highest} people more than {less}: {sure}.", **values)


def _sure(pair: Pair) -> Message:
    if pair.order == "open":
        return m("which is better is not proved")
    return m("so say the bounds that the plans state") if pair.stated else m("this is proved")
