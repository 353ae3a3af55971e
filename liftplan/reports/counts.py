"""How many: counts with what they count, one of them told apart from many."""

from __future__ import annotations

from liftplan.models.messages import Message, m


def persons(count: int) -> Message:
    """Members of a household, or of several."""
    return m("1 person") if count == 1 else m("{count} persons", count=f"{count:,}")


def households(count: int) -> Message:
    """Households."""
    return m("1 household") if count == 1 else m("{count} households", count=f"{count:,}")


def slots(count: int) -> Message:
    """Places of a site."""
    return m("1 slot") if count == 1 else m("{count} slots", count=f"{count:,}")


def people(count: int) -> Message:
    """People who leave poverty."""
    return m("1 person") if count == 1 else m("{people} people", people=f"{count:,}")
