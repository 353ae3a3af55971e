"""The scenarios that a server offers by name: the built-in ones; files are not opened for a request."""

from __future__ import annotations

import liftplan
from liftplan.models.messages import listed, m
from liftplan.service.refusals import Refusal


def names() -> tuple[str, ...]:
    """Names of the built-in scenarios."""
    return liftplan.library()


def known(asked: tuple[str, ...]) -> None:
    """Raise `Refusal` unless every scenario asked for is offered."""
    offered = names()
    for name in asked:
        if name not in offered:
            message = m("There is no scenario {name}.", name=name)
            way_out = m("Use one of {names}.", names=listed(offered))
            raise Refusal(422, "scenario-unknown", message, way_out, place="scenario")
