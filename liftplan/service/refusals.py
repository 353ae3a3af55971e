"""Refusals: what a caller is told when something cannot be done, in the shape of the command line's problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from liftplan.models.base import Frozen
from liftplan.models.messages import LANGUAGES, Message, m
from liftplan.models.reasons import quoted


class Told(Frozen):
    """One problem, in the caller's language."""

    code: str
    """Stable name."""
    place: str
    """Where: file, sheet, cell; table, row, column; or the field of the request."""
    message: str
    """What is wrong: the rule and both values."""
    way_out: str
    """What to do."""


class Refused(Frozen):
    """Why a request was refused."""

    problems: tuple[Told, ...]
    """All problems at once."""


class Refusal(Exception):
    """A request that cannot be done."""

    def __init__(
        self,
        status: int,
        code: str,
        message: Message,
        way_out: Message | None = None,
        *,
        place: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.way_out = way_out or Message("")
        self.place = place
        self.headers = dict(headers or {})

    def content(self, language: str) -> dict[str, Any]:
        """The answer's content."""
        told = {
            "code": self.code,
            "place": self.place,
            "message": self.message.text(language),
            "way_out": self.way_out.text(language),
        }
        return {"problems": [told]}


def spoken(accepted: str | None) -> str:
    """The language to answer in: the first that the caller accepts and that is offered."""
    for part in (accepted or "").split(","):
        tag = part.partition(";")[0].strip().lower().partition("-")[0]
        if tag in LANGUAGES:
            return tag
    return "en"


def misread(errors: Sequence[Any], language: str) -> dict[str, Any]:
    """What is told of a request that does not have the form asked for."""
    told = [
        {
            "code": "request",
            "place": ".".join(str(part) for part in one["loc"]),
            "message": m("The request cannot be understood: {reason}.", reason=quoted(one["msg"])).text(language),
            "way_out": m("See {command}.", command="/v1/openapi.json").text(language),
        }
        for one in errors
    ]
    return {"problems": told}


def missing(what: Message) -> Refusal:
    """The answer for something that is not there, or that the caller may not know of."""
    return Refusal(404, "missing", what, m("Look at the list."))
