"""Security headers of every answer; docs/service.md lists them."""

from __future__ import annotations

from liftplan.service.asgi import Application, Event, Receive, Scope, Send

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: its own files, nothing else, nothing written inside it."""

SECURITY_HEADERS: dict[str, str] = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cache-control": "no-store",
}
"""Header -> value; what the application says of a header itself stays."""


class Headers:
    """Adds the headers."""

    def __init__(self, inner: Application) -> None:
        self._inner = inner
        self._added = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a call on; its answer gets the headers."""

        async def sending(event: Event) -> None:
            if event["type"] == "http.response.start":
                present = {name.lower() for name, _ in event.get("headers", ())}
                added = [(name, value) for name, value in self._added if name not in present]
                event = {**event, "headers": [*event.get("headers", ()), *added]}
            await send(event)

        await self._inner(scope, receive, sending)
