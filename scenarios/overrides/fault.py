"""What is wrong with one override: noticed where it is found, turned into a problem where its place is known."""

from __future__ import annotations

from collections.abc import Iterable

from liftplan.models.messages import Message, listed, m
from liftplan.models.nearest import Nearest
from liftplan.models.problems import Place, Problem

FEW = 30
"""So many names are listed when none is near."""


class Fault(Exception):
    """One override that cannot be applied: a code, what is wrong, and the way out."""

    def __init__(self, code: str, message: Message, way_out: Message) -> None:
        super().__init__(code, message, way_out)
        self.code, self.message, self.way_out = code, message, way_out

    def problem(self, text: str, place: Place) -> Problem:
        """The problem of the override with this text, which stands at a place."""
        return Problem(self.code, place, m("{override}: {reason}", override=text, reason=self.message), self.way_out)


def near(name: str, known: Iterable[str]) -> Message:
    """The way out of a name that is not known: the nearest one, or those there are."""
    names = list(known)
    found = Nearest(names)(name)
    if found and found != name:
        return m("Did you mean {name}?", name=found)
    if not names:
        return m("There is none to choose from.")
    shown = listed(names[:FEW])
    if len(names) > FEW:
        return m("Use one of {names} ... ({count} in all).", names=shown, count=len(names))
    return m("Use one of {names}.", names=shown)
