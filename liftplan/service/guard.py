"""Who may be spoken for: the Host of every call must be a name of this server, its Origin this server itself.

A page of another site cannot call the service (cross-site), not even under a name of its own that resolves to this
machine (DNS rebinding): its Host, or its Origin, is not one of ours.
"""

from __future__ import annotations

from liftplan.models.messages import m
from liftplan.service.access import language_of
from liftplan.service.asgi import CALLS, Application, Receive, Scope, Send, answer, header, headers_named
from liftplan.service.refusals import Refusal
from liftplan.service.settings import LOOPBACK_NAMES, Serving

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
"""Headers by which a proxy says that the call comes from elsewhere."""

READING = ("GET", "HEAD")


class Guard:
    """Lets through only calls that are meant for this server and come from its own pages, or from no page at all."""

    def __init__(self, inner: Application, serving: Serving, port: int) -> None:
        """port: the one really listened on."""
        self._inner = inner
        self._serving = serving
        self._hosts = frozenset(host.lower() for host in _hosts(serving, port))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call through, or refuse it."""
        if scope["type"] in CALLS:
            refusal = self.refusal(scope)
            if refusal is not None:
                language = language_of(scope)
                await answer(scope, send, refusal.status, refusal.content(language))
                return
        await self._inner(scope, receive, send)

    def refusal(self, scope: Scope) -> Refusal | None:
        """Why a call is refused; None if it is not."""
        host = (header(scope, "host") or "").lower()
        if host not in self._hosts:
            message = m("This server is not known under the name {name}.", name=host or "-")
            way_out = m("Start it with {option} for each name that browsers use.", option="--hostname")
            return Refusal(421, "host", message, way_out)
        if not self._serving.asks_for_tokens and any(headers_named(scope, name) for name in FORWARDED):
            message = m("The call came through a proxy, but this server asks nobody for a token.")
            way_out = m("Start it with {option} for each name that browsers use.", option="--hostname")
            return Refusal(421, "proxy", message, way_out)
        if not self._own_page(scope, host):
            message = m("The call comes from a page of another site.")
            return Refusal(403, "origin", message, m("Open the page of this server itself."))
        return None

    def _own_page(self, scope: Scope, host: str) -> bool:
        origin = header(scope, "origin")
        if origin is not None:
            return origin.lower() in {f"http://{host}", f"https://{host}"}
        if scope["type"] == "websocket":
            return False  # every browser names the origin of a websocket
        site = header(scope, "sec-fetch-site")
        if site in {None, "same-origin", "none"}:
            return True
        navigating = header(scope, "sec-fetch-mode") == "navigate" and header(scope, "sec-fetch-dest") == "document"
        return scope["method"] in READING and navigating and not scope["path"].startswith("/v1")


def _hosts(serving: Serving, port: int) -> list[str]:
    """Values of the Host header under which this server is meant; without a port where it is that of http."""
    names = list(LOOPBACK_NAMES) if serving.local else [f"[{serving.host}]" if ":" in serving.host else serving.host]
    own = [f"{name}:{port}" for name in names] + (names if port == 80 else [])
    return [*own, *serving.hostnames]
