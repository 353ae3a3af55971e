"""Refusals that never reach the application, for people: a browser that asked for a page is answered with one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from liftplan.service.access import language_of
from liftplan.service.asgi import Application, Event, Receive, Scope, Send, header, state_of

Painter: TypeAlias = Callable[[Scope, int, str, str], bytes]
"""Page of a refusal: call, status, message, way out."""


class Browsers:
    """Puts refusals on a page, where a page was asked for; programs get them as they are."""

    def __init__(self, inner: Application, painter: Callable[[], Painter | None]) -> None:
        """painter: called at each refusal; None: this server has no pages."""
        self._inner = inner
        self._painter = painter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a call on; its refusal is put on a page."""
        wants = scope["type"] == "http" and "text/html" in (header(scope, "accept") or "")
        if not wants or scope["path"].startswith("/v1"):
            await self._inner(scope, receive, send)
            return
        held: Event | None = None
        body = b""

        async def sending(event: Event) -> None:
            nonlocal held, body
            if event["type"] == "http.response.start" and _refuses(event):
                held = event
            elif held is None:
                await send(event)
            else:
                body += event.get("body", b"")
                if not event.get("more_body", False):
                    for part in self._painted(scope, held, body):
                        await send(part)

        await self._inner(scope, receive, sending)

    def _painted(self, scope: Scope, start: Event, body: bytes) -> tuple[Event, Event]:
        painter = self._painter()
        if painter is not None:
            state = state_of(scope)
            state.setdefault("language", language_of(scope))
            state.setdefault("who", None)
            problem: dict[str, Any] = json.loads(body)["problems"][0] if body else {"message": "", "way_out": ""}
            page = painter(scope, start["status"], problem["message"], problem["way_out"])
            kept = [pair for pair in start["headers"] if pair[0] not in {b"content-type", b"content-length"}]
            kind = (b"content-type", b"text/html; charset=utf-8")
            start = {**start, "headers": [kind, (b"content-length", str(len(page)).encode()), *kept]}
            body = b"" if scope["method"] == "HEAD" else page
        return start, {"type": "http.response.body", "body": body}


def _refuses(start: Event) -> bool:
    return start["status"] >= 400 and (b"content-type", b"application/json") in start["headers"]
