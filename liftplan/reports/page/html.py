"""HTML and SVG from Python: everything that is not markup already is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any, TypeAlias

from liftplan.models.messages import Message

EMPTY = frozenset({"meta", "rect", "path", "line", "circle", "col", "input"})
"""Elements that are written without an end tag when they have no content."""


class Html(str):
    """Text that is markup already."""

    __slots__ = ()

    def __html__(self) -> str:
        """Templates take it as it is."""
        return str(self)


Child: TypeAlias = "Html | Message | str | int | Iterable[Child] | None"
"""What elements hold: markup as it is; texts and numbers escaped; None is nothing."""


def el(tag: str, *children: Child, **attributes: Any) -> Html:
    """An element. `class_` is the class, other underscores are hyphens; None and False leave an attribute out."""
    named = "".join(_attribute(name, value) for name, value in attributes.items())
    inside = join(*children)
    if not inside and tag in EMPTY:
        return Html(f"<{tag}{named}/>")
    return Html(f"<{tag}{named}>{inside}</{tag}>")


def join(*children: Child) -> Html:
    """Several pieces, one after the other."""
    return Html("".join(_text(child) for child in children))


def _text(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Html):
        return child
    if isinstance(child, str | Message | int):
        return escape(str(child), quote=False).replace(" %", "\u00a0%")  # never a line that begins with the sign
    return "".join(_text(inner) for inner in child)


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    text = f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else escape(str(value))
    return f' {name}="{text}"'
