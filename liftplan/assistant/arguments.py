"""Arguments of a call that a tool does not take, in words: which, and what it takes instead."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from liftplan.models.messages import Message, listed, m
from liftplan.models.nearest import Nearest

LONGEST = 60
"""Characters of a value that are repeated."""

Schema = Mapping[str, Any]
"""The JSON schema of a tool's arguments."""


def unknown(given: Mapping[str, Any], schema: Schema) -> Iterator[str]:
    """Lines about arguments that the tool does not have."""
    known = list(schema.get("properties", {}))
    for name in given:
        if name not in known:
            near = Nearest(known)(name)
            way_out = m("Did you mean {name}?", name=near) if near else m("Use one of {names}.", names=listed(known))
            message = m("There is no argument {name}.", name=name)
            yield f"{message} {way_out if known else ''}".strip()


def refused(error: ValidationError, given: Mapping[str, Any], schema: Schema) -> Iterator[str]:
    """Lines about arguments with values that are not taken."""
    told: set[str] = set()
    for one in error.errors(include_url=False, include_context=False):
        name = str(one["loc"][0]) if one["loc"] else ""
        if name in told:
            continue
        told.add(name)
        own = schema.get("properties", {}).get(name, {})
        if name not in given:
            message = m("The argument {name} is missing.", name=name)
        else:
            message = m("The argument {name} cannot be {value}.", name=name, value=_short(given[name]))
        yield f"{message} {_taken(own)}".strip()


def _taken(schema: Schema) -> Message:
    """What an argument takes."""
    if "enum" in schema:
        return m("Use one of {names}.", names=listed(map(str, schema["enum"])))
    low, high = schema.get("minimum"), schema.get("maximum", schema.get("exclusiveMaximum"))
    if low is not None and high is not None:
        if schema.get("type") == "integer":
            return m("Give a whole number from {low} to {high}.", low=f"{low:,}", high=f"{high:,}")
        return m("Give a number from {low} to {high}.", low=f"{low:,}", high=f"{high:,}")
    return m("It is: {text}", text=schema.get("description", schema.get("type", "")))


def _short(value: Any) -> str:
    """A value as it was given, cut if it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."
