"""Who calls: found out before anything of the call's content is read."""

from __future__ import annotations

import asyncio

from liftplan.models.messages import m
from liftplan.service.asgi import CALLS, Application, Receive, Scope, Send, answer, header, state_of
from liftplan.service.refusals import Refusal, spoken
from liftplan.service.roles import LOCAL, Who
from liftplan.service.tokens import Tokens

OPEN = "/v1/health"
"""The path that needs no token: whether the server is up."""


class Access:
    """Notes in a call's state who calls, and in which language to answer; refuses callers that it does not know."""

    def __init__(self, inner: Application, tokens: Tokens, *, asked: bool) -> None:
        """asked: whether tokens are asked for; if not, whoever calls is `LOCAL`."""
        self._inner = inner
        self._tokens = tokens
        self._asked = asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call through, or refuse it."""
        if scope["type"] not in CALLS:
            await self._inner(scope, receive, send)
            return
        state = state_of(scope)
        state["language"] = spoken(header(scope, "accept-language"))
        state["who"] = who = await self._who(scope) if self._asked else LOCAL
        if who is None and scope["path"] != OPEN:
            way_out = m("Send it as {header}.", header="Authorization: Bearer TOKEN")
            refusal = Refusal(401, "token", m("This server asks for a token."), way_out)
            content = refusal.content(state["language"])
            await answer(scope, send, 401, content, [(b"www-authenticate", b"Bearer")])
            return
        await self._inner(scope, receive, send)

    async def _who(self, scope: Scope) -> Who | None:
        kind, _, token = (header(scope, "authorization") or "").partition(" ")
        if kind.lower() != "bearer" or not token.strip():
            return None
        return await asyncio.to_thread(self._tokens.who, token.strip())
