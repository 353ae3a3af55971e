"""How large a call's content may be: refused as soon as it is seen to be larger, whatever the call says of itself."""

from __future__ import annotations

from contextlib import suppress

from liftplan.models.messages import m
from liftplan.service.asgi import Application, Event, Receive, Scope, Send, answer, header, state_of
from liftplan.service.refusals import Refusal

FORM_BYTES = 64 * 1024
"""What a multipart form may add around a file."""

PLAIN_BYTES = 1024 * 1024
"""Content of calls that upload nothing."""


class TooLarge(Exception):
    """The content is larger than it may be."""


class Sizes:
    """Refuses calls with 413 that send too much."""

    def __init__(self, inner: Application, upload_bytes: int) -> None:
        self._inner = inner
        self._upload = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a call on, counting what it sends."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        form = (header(scope, "content-type") or "").lower().startswith("multipart/form-data")
        most = self._upload + FORM_BYTES if form else PLAIN_BYTES
        said = header(scope, "content-length") or ""
        if said.isdigit() and int(said) > most:
            await self._refuse(scope, send, most)
            return
        seen, begun = 0, False

        async def receiving() -> Event:
            nonlocal seen
            event = await receive()
            seen += len(event.get("body", b""))
            if seen > most:
                raise TooLarge
            return event

        async def sending(event: Event) -> None:
            nonlocal begun
            if begun or seen <= most:  # else it is what the application makes of `TooLarge`
                begun = True
                await send(event)

        with suppress(TooLarge):
            await self._inner(scope, receiving, sending)
        if seen > most and not begun:
            await self._refuse(scope, send, most)

    @staticmethod
    async def _refuse(scope: Scope, send: Send, most: int) -> None:
        message = m("The request is too large: at most {limit} bytes.", limit=f"{most:,}")
        way_out = m("Send less, or ask whoever runs the server.")
        content = Refusal(413, "size", message, way_out).content(state_of(scope).get("language", "en"))
        await answer(scope, send, 413, content, [(b"connection", b"close")])
