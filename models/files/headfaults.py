"""What is wrong with a field of head or policy, and the way out."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from liftplan.models.constraints import between, limits
from liftplan.models.files.cells import MOST_YUAN, shown
from liftplan.models.files.numbers import remedy
from liftplan.models.messages import Message, listed, m
from liftplan.models.nearest import Nearest
from liftplan.models.reasons import quoted

_WHOLE = ("int_", "greater_than", "less_than")
"""Beginnings of the kinds of faults of whole numbers."""


def code_of(kind: str) -> str:
    """Code of a problem, by the kind of the fault."""
    return {"missing": "field-missing", "extra_forbidden": "field-unknown"}.get(kind, "value")


def told(schema: type[BaseModel], path: Sequence[Any], fault: Any) -> tuple[Message, Message]:
    """What is wrong with the field at a path, and the way out. fault: as pydantic lists it."""
    kind, field = fault["type"], str(path[-1]) if path else ""
    if kind == "missing":
        return m("The field {field} is missing.", field=field), m("Add it.")
    if kind == "extra_forbidden":
        return m("There is no field {field} here.", field=field), _other_field(schema, path, field)
    choices = re.findall(r"'([^']*)'", fault.get("ctx", {}).get("expected", ""))
    rule = _rule(schema, path, fault, choices)
    if kind.startswith(_WHOLE):
        yuan = field != "price" and (limits(_at(schema, path)[1])[1] or 0) >= MOST_YUAN
        way_out = remedy(_plain(fault["input"]), yuan=yuan) or _way_out(kind, fault["input"], choices)
    else:
        way_out = _way_out(kind, fault["input"], choices)
    value = fault["input"]
    written = f'"{value}"' if kind.startswith(_WHOLE) and isinstance(value, str) and value.isdigit() else _plain(value)
    return m("{value} is not {rule}.", value=shown(written), rule=rule), way_out


def _other_field(schema: type[BaseModel], path: Sequence[Any], field: str) -> Message:
    known = list(_at(schema, path[:-1])[0].model_fields)
    if field.isdigit():
        return m("Write numbers without commas between their digits: a comma ends the value.")
    near = Nearest(known)(field)
    return m("Did you mean {name}?", name=near) if near else m("Use one of {names}.", names=listed(known))


def _rule(schema: type[BaseModel], path: Sequence[Any], fault: Any, choices: Sequence[str]) -> Message:
    kind = fault["type"]
    if kind.startswith(_WHOLE):
        low, high = limits(_at(schema, path)[1])
        return m("a whole number") if low is None and high is None else between(low, high)
    if kind.startswith(("tuple_", "list_")):
        return m("a list, as in [a, b]")
    if kind.startswith(("model_", "dict_")):
        return m("a list of fields with values, as in {example}", example="{a: 1, b: 2}")
    if kind == "string_pattern_mismatch" and path and path[-1] == "digest":
        return m("a digest of 64 hexadecimal digits")
    rules = {
        "literal_error": m("one of {names}", names=" | ".join(choices)),
        "string_pattern_mismatch": m("an identifier of letters, digits, _ - . (at most 64 characters)"),
        "string_type": m("a text; a number that is a name stands between quotation marks"),
        "bool_type": m("true or false"),
        "too_short": m("a list with at least one entry"),
        "too_long": m("a list with fewer entries"),
    }
    if kind.startswith(("float_", "finite_")):
        return m("a number")
    return rules.get(kind) or m("allowed: {reason}", reason=quoted(fault["msg"]))


def _way_out(kind: str, value: Any, choices: Sequence[str]) -> Message:
    if value is None:
        return m("Write a value, or leave the field out.")
    if near := Nearest(choices)(str(value)) if choices else "":
        return m("Did you mean {name}?", name=near)
    return m("Write true or false.") if kind == "bool_type" else m("Correct the value.")


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _at(schema: type[BaseModel], path: Sequence[Any]) -> tuple[Any, Sequence[Any]]:
    """Type and metadata of the field at a path; entries of lists and values of dictionaries are on it."""
    hint: Any = schema
    metadata: Sequence[Any] = ()
    for part in path:
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            if part not in hint.model_fields:
                return hint, ()
            hint, metadata = hint.model_fields[part].annotation, hint.model_fields[part].metadata
        else:
            arguments = typing.get_args(hint)
            hint, metadata = _entry(hint, arguments, part), ()
        if typing.get_origin(hint) is typing.Annotated:
            hint, metadata = hint.__origin__, hint.__metadata__
    return hint, metadata


def _entry(hint: Any, arguments: tuple[Any, ...], part: Any) -> Any:
    """Type of an entry of a list or dictionary; of a tuple of fixed length each entry has its own."""
    if not arguments:
        return hint
    if typing.get_origin(hint) is dict:
        return arguments[1]
    return arguments[part] if Ellipsis not in arguments and part in range(len(arguments)) else arguments[0]
