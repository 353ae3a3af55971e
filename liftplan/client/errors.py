"""What goes wrong with a server: one exception, with all problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from liftplan.models.messages import Message, m
from liftplan.models.problems import LiftplanError, Place, Problem


class ServiceError(LiftplanError):
    """What was asked of a server was not done; `problems` say why, all of them, each with its way out."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{problem} {problem.way_out}".strip() for problem in self.problems))


class Refused(ServiceError):
    """The server refused a request. `status` is that of HTTP: 401 asks for a token, 404 knows no such thing, ..."""

    def __init__(self, status: int, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.status = status


class Unreachable(ServiceError):
    """No server answered, or not within the time limit of a call."""


class JobFailed(ServiceError):
    """A job ended without a result."""


def problems_of(told: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    """Problems as a server tells them, in the language that was asked for."""
    return tuple(
        Problem(
            code=str(one.get("code", "")),
            place=Place(file=str(one.get("place", ""))),
            message=_said(one.get("message", "")),
            way_out=_said(one.get("way_out", "")),
        )
        for one in told
    )


def _said(text: object) -> Message:
    return m("{text}", text=text) if text else Message("")
