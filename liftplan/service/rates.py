"""How many calls one caller may make."""

from __future__ import annotations

import math
from collections import OrderedDict
from time import monotonic

from liftplan.models.messages import m
from liftplan.service.asgi import Application, Receive, Scope, Send, answer, state_of
from liftplan.service.refusals import Refusal

MOST_CALLERS = 10_000
"""Callers remembered."""


class Rates:
    """Refuses with 429 what one caller asks beyond so many calls a minute; after a pause as many are allowed at once.

    A caller is a token; before login, and without tokens, an address.
    """

    def __init__(self, inner: Application, per_minute: int) -> None:
        self._inner = inner
        self._most = float(per_minute)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call through, or refuse it."""
        if scope["type"] == "http":
            wait = self.wait(self._caller(scope))
            if wait:
                message = m("Too many requests: at most {limit} a minute.", limit=int(self._most))
                way_out = m("Try again in {seconds} s.", seconds=math.ceil(wait))
                content = Refusal(429, "rate", message, way_out).content(state_of(scope).get("language", "en"))
                await answer(scope, send, 429, content, [(b"retry-after", str(math.ceil(wait)).encode())])
                return
        await self._inner(scope, receive, send)

    def wait(self, caller: str) -> float:
        """Count one call. Returns 0, or the seconds after which a caller may call again."""
        now = monotonic()
        before, left = self._left.pop(caller, (now, self._most))
        left = min(self._most, left + (now - before) * self._most / 60)
        allowed = left >= 1
        self._left[caller] = (now, left - 1 if allowed else left)
        if len(self._left) > MOST_CALLERS:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) * 60 / self._most

    @staticmethod
    def _caller(scope: Scope) -> str:
        who, client = state_of(scope).get("who"), scope.get("client")
        return f"token {who.name}" if who is not None else f"address {client[0] if client else ''}"
