"""Who calls, and what that caller may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from liftplan.models.messages import m
from liftplan.service.refusals import Refusal

Role = Literal["viewer", "planner", "admin"]

ROLES: tuple[Role, ...] = ("viewer", "planner", "admin")
"""Roles, each may do what those before it may: viewers look at results without households, planners upload and solve,
admins also delete what others made."""


@dataclass(frozen=True)
class Who:
    """A caller."""

    name: str
    """Name of the token; `local` where none is asked for."""
    role: Role

    def may(self, role: Role) -> bool:
        """True if the caller may do what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


LOCAL = Who("local", "admin")
"""Whoever sits at this machine, where no token is asked for."""


def owned(who: Who, owner: str) -> None:
    """Raise `Refusal` unless the caller made something, or is an admin."""
    if not (who.may("admin") or who.name == owner):
        message = m("Only {owner} or an admin may do this.", owner=owner)
        raise Refusal(403, "owner", message, m("Ask one of them."))
