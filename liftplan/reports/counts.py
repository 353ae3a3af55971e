"""How many: counts with what they count, one of them told apart from many."""

from __future__ import annotations

from math import ceil, floor

from liftplan.models.messages import Message, m

NEARLY = 1e-6
"""People by which a proved bound may be off a whole number of them."""


def persons(count: int) -> Message:
    """Members of a household, or of several."""
    return m("1 person") if count == 1 else m("{count} persons", count=f"{count:,}")


def households(count: int) -> Message:
    """Households."""
    return m("1 household") if count == 1 else m("{count} households", count=f"{count:,}")


def slots(count: int) -> Message:
    """Places of a site."""
    return m("1 slot") if count == 1 else m("{count} slots", count=f"{count:,}")


def workers(count: int) -> Message:
    """Able members of a household."""
    return m("1 worker") if count == 1 else m("{count} workers", count=f"{count:,}")


def items(count: int) -> Message:
    """Projects, measures or both."""
    return m("1 item") if count == 1 else m("{count} items", count=f"{count:,}")


def people(count: int) -> Message:
    """People who leave poverty."""
    return m("1 person") if count == 1 else m("{people} people", people=f"{count:,}")


def leaving(count: int) -> Message:
    """So many people leave poverty."""
    if count == 1:
        return m("1 person leaves poverty")
    return m("{people} people leave poverty", people=f"{count:,}")


def homes_leaving(count: int, homes: int) -> Message:
    """So many people, in so many households, leave poverty."""
    if count == 1:
        return m("1 person in 1 household leaves poverty")
    return m("{people} in {households} leave poverty", people=people(count), households=households(homes))


def cost_lines(count: int) -> Message:
    """Cost lines of projects and measures."""
    return m("1 cost line") if count == 1 else m("{lines} cost lines", lines=f"{count:,}")


def at_most(bound: float, scored: bool = False) -> float:
    """What a proved upper bound allows: people are whole, points of a score are not."""
    return bound if scored else floor(bound + NEARLY)


def at_least(bound: float, scored: bool = False) -> float:
    """What a proved lower bound asks for: people are whole, points of a score are not."""
    return bound if scored else ceil(bound - NEARLY)
