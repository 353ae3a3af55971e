"""Who calls: found out before anything of the call's content is read."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from liftplan.models.messages import LANGUAGES, m
from liftplan.service.asgi import CALLS, Application, Receive, Scope, Send, answer, header, state_of
from liftplan.service.refusals import Refusal, spoken
from liftplan.service.roles import LOCAL, Who
from liftplan.service.sessions import LANGUAGE, SESSION, Sessions, cookie, from_own_page
from liftplan.service.tokens import Tokens

LOGIN = "/login"
"""The page that asks for a token."""

OPEN = ("/v1/health", LOGIN)
"""Paths that need no token: whether the server is up, and the login."""

OPEN_FOLDERS = ("/static/", "/language/")
"""Paths under these need none either: what the login page is made of."""

READING = ("GET", "HEAD")


class Access:
    """Notes in a call's state who calls, and in which language to answer; refuses callers that it does not know.

    Programs name a token, browsers the session that a token began. A call of a browser that changes something must
    say that it comes from a page of this server.
    """

    def __init__(self, inner: Application, tokens: Tokens, sessions: Sessions, *, asked: bool) -> None:
        """asked: whether tokens are asked for; if not, whoever calls is `LOCAL`."""
        self._inner = inner
        self._tokens = tokens
        self._sessions = sessions
        self._asked = asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call through, or refuse it."""
        if scope["type"] not in CALLS:
            await self._inner(scope, receive, send)
            return
        state = state_of(scope)
        state["language"] = language_of(scope)
        state["who"] = who = await self._who(scope) if self._asked else LOCAL
        if who is None and scope["path"] not in OPEN and not scope["path"].startswith(OPEN_FOLDERS):
            await self._turn_away(scope, send)
            return
        await self._inner(scope, receive, send)

    async def _turn_away(self, scope: Scope, send: Send) -> None:
        """Show a browser that wants a page, or sends a form after its session ended, to the login; refuse others."""
        path, reading = scope["path"], scope.get("method") in READING
        page = scope["type"] == "http" and not path.startswith("/v1")
        if page and (reading or "text/html" in (header(scope, "accept") or "")):
            query = scope["query_string"].decode("ascii", "replace")
            wanted = quote(path) + (f"?{query}" if query else "") if reading else "/"
            target = f"{LOGIN}?next={quote(wanted, safe='')}"
            await answer(scope, send, 303, {}, [(b"location", target.encode("ascii"))])
            return
        way_out = m("Send it as {header}.", header="Authorization: Bearer TOKEN")
        refusal = Refusal(401, "token", m("This server asks for a token."), way_out)
        content = refusal.content(state_of(scope)["language"])
        await answer(scope, send, 401, content, [(b"www-authenticate", b"Bearer")])

    async def _who(self, scope: Scope) -> Who | None:
        kind, _, token = (header(scope, "authorization") or "").partition(" ")
        if kind.lower() == "bearer" and token.strip():
            return await asyncio.to_thread(self._tokens.who, token.strip())
        session = cookie(scope, SESSION)
        if session is None or not (scope.get("method") in READING or from_own_page(scope)):
            return None
        return await asyncio.to_thread(self._sessions.who, session)


def language_of(scope: Scope) -> str:
    """The language that was chosen on the page; else the first that the caller accepts."""
    chosen = cookie(scope, LANGUAGE)
    return chosen if chosen in LANGUAGES else spoken(header(scope, "accept-language"))
