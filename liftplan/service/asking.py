"""What endpoints depend on, if they ask for a role."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Request

from liftplan.models.messages import m
from liftplan.service.refusals import Refusal
from liftplan.service.roles import Role, Who


def asking(role: Role) -> Callable[[Request], Who]:
    """What an endpoint depends on, if it asks for a role: the caller, or a refusal."""

    def check(request: Request) -> Who:
        who: Who = request.state.who
        if not who.may(role):
            message = m("This asks for the role {role}; the token {name} has not got it.", role=role, name=who.name)
            raise Refusal(403, "role", message, m("Ask whoever runs the server for another token."))
        return who

    return check
