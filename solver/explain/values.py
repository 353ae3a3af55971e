"""What explanations are made of: frozen values that become JSON field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Value:
    """Base of every frozen value of an explanation."""

    def as_json(self) -> dict[str, Any]:
        """Field by field: numbers, texts, lists and objects only."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, Value):
        return value.as_json()
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
