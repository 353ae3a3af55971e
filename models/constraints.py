"""What a column may hold, taken from the annotations of its row schema, so that check and schema cannot disagree."""

from __future__ import annotations

import typing
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from liftplan.models.base import BP, Row
from liftplan.models.messages import Message, m
from liftplan.models.tables import Kind, kinds


@dataclass(frozen=True)
class Constraint:
    """What one field may be."""

    kind: Kind
    low: int | None
    """Least value of an `int`."""
    high: int | None
    """Largest value of an `int`."""
    choices: tuple[str, ...]
    """All values of a text, or of the entries of a list; () = not a fixed list."""
    identifier: bool
    """True if a text, or each entry of a list, is an identifier."""
    longest: int
    """Most characters of a free text, or of each entry of a list; 0 = any."""
    required: bool
    """True if there is no default."""
    default: Any
    """What a blank means; None if required."""
    texts: TypeAdapter[list[str]] | None
    """The schema's own check of many texts (entries, for a list)."""

    def wrong(self, values: list[str]) -> list[int]:
        """Positions of the texts (entries) that the schema refuses."""
        if self.texts is None:
            return []
        try:
            self.texts.validate_python(values, strict=True)
        except ValidationError as error:
            return sorted({int(one["loc"][0]) for one in error.errors(include_url=False, include_input=False)})
        return []

    def rule(self) -> Message:
        """What is allowed, as a phrase."""
        if self.kind == "bool":
            return m("true or false")
        if self.kind == "float":
            return m("a number")
        if self.kind == "int":
            return between(self.low, self.high)
        if self.choices:
            names = " | ".join(self.choices)
            return m("one of {names}", names=names) if self.kind == "text" else m("some of {names}", names=names)
        if self.identifier and self.kind == "text":
            return m("an identifier of letters, digits, _ - . (at most 64 characters)")
        if self.identifier:
            return m("identifiers of letters, digits, _ - . (at most 64 characters), separated by ;")
        return m("a text of at most {count} characters", count=self.longest)


@cache
def constraints(schema: type[Row]) -> dict[str, Constraint]:
    """Constraint of each field of a row schema."""
    kind = kinds(schema)
    return {name: _constraint(field, kind[name]) for name, field in schema.model_fields.items()}


def _constraint(field: FieldInfo, kind: Kind) -> Constraint:
    hint: Any = field.annotation
    metadata = list(field.metadata)
    if kind == "list":
        hint = typing.get_args(hint)[0]
        metadata = list(getattr(hint, "__metadata__", ()))
    elif kind == "text" and metadata:
        hint = typing.Annotated[(str, *metadata)]
    bare = hint.__origin__ if typing.get_origin(hint) is typing.Annotated else hint
    low, high = limits(metadata)
    longest, identifier = 0, False
    for one in _flattened(metadata):
        if hasattr(one, "max_length"):
            longest = int(one.max_length)
        elif getattr(one, "pattern", None):
            identifier = True
    choices = typing.get_args(bare) if typing.get_origin(bare) is Literal else ()
    required = field.is_required()
    return Constraint(
        kind=kind,
        low=low,
        high=high,
        choices=choices,
        identifier=identifier,
        longest=longest,
        required=required,
        default=None if required else field.get_default(),
        texts=TypeAdapter(list[hint]) if kind in {"text", "list"} else None,
    )


def limits(metadata: Iterable[Any]) -> tuple[int | None, int | None]:
    """Least and largest whole number that the metadata of an annotation allow; None = any."""
    low, high = None, None
    for one in _flattened(list(metadata)):
        if hasattr(one, "ge"):
            low = int(one.ge)
        elif hasattr(one, "gt"):
            low = int(one.gt) + 1
        elif hasattr(one, "le"):
            high = int(one.le)
    return low, high


def between(low: int | None, high: int | None) -> Message:
    """Whole numbers of a range, as a phrase."""
    return m("a whole number from {low} to {high}", low=_shown(low), high=_shown(high))


def _flattened(metadata: list[Any]) -> list[Any]:
    """Constraints, those inside a `Field` included."""
    found: list[Any] = []
    for one in metadata:
        found += one.metadata if isinstance(one, FieldInfo) else [one]
    return found


def _shown(bound: int | None) -> str:
    return "..." if bound is None else f"{bound:,}" if abs(bound) >= BP else str(bound)
