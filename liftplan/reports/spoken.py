"""Values that hold names: made on first use, once in each language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from liftplan.models.messages import language

T = TypeVar("T")


class Spoken(Generic[T]):
    """A property made on first use and kept, once in each language; it is kept in the owner's `__dict__`."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __get__(self, owner: Any, kind: type | None = None) -> T:
        """The value in the current language."""
        kept: dict[str, Any] = vars(owner)
        name = f"{self._make.__name__} {language()}"
        if name not in kept:
            kept[name] = self._make(owner)
        found: T = kept[name]
        return found
