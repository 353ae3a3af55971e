"""The interface between server and application (ASGI), as far as the layers around the application need it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, TypeAlias

Scope: TypeAlias = MutableMapping[str, Any]
Event: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Event]]
Send: TypeAlias = Callable[[Event], Awaitable[None]]
Application: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

CALLS = ("http", "websocket")
"""Kinds of scope that come from outside."""


def headers_named(scope: Scope, name: str) -> list[str]:
    """Every value of a header; bytes that are no ASCII become `?`."""
    wanted = name.lower().encode()
    return [value.decode("ascii", "replace") for key, value in scope.get("headers", ()) if key.lower() == wanted]


def header(scope: Scope, name: str) -> str | None:
    """The only value of a header; None if it is missing, "" if it stands twice (no browser sends that)."""
    values = headers_named(scope, name)
    return None if not values else values[0] if len(values) == 1 else ""


def state_of(scope: Scope) -> dict[str, Any]:
    """What the layers know of one request: `who` calls, the name of the `route` for the audit."""
    state: dict[str, Any] = scope.setdefault("state", {})
    return state


async def answer(
    scope: Scope, send: Send, status: int, content: Any, headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    """Send a JSON answer without asking the application; a websocket is closed."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    body = json.dumps(content).encode()
    first = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*first, *headers]})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
