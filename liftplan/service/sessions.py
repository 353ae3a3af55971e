"""Who is logged in with a browser: a cookie names a session, which ends with its token, its time or the server."""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass, replace
from time import monotonic

from fastapi.requests import HTTPConnection

from liftplan.service.asgi import Scope, header
from liftplan.service.roles import Who
from liftplan.service.tokens import Kept, Tokens

SESSION = "liftplan_session"
LANGUAGE = "liftplan_language"
"""Names of cookies."""

UNUSED, LONGEST = 12 * 3_600.0, 7 * 86_400.0
"""Seconds after its last use, and after its beginning, that a session ends."""

MOST = 10_000
"""Sessions at the same time; the oldest goes first."""


@dataclass(frozen=True)
class Session:
    """One browser that is logged in."""

    kept: Kept
    """Its token, as it is kept: without the secret."""
    begun: float
    used: float
    """Monotonic seconds of its beginning and of its last use."""

    def over(self, now: float) -> bool:
        """True if it was not used for too long, or lasts too long."""
        return now - self.used > UNUSED or now - self.begun > LONGEST


class Sessions:
    """The sessions of one server; of each only a digest of its name is kept."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._open: dict[bytes, Session] = {}
        self._lock = threading.Lock()

    def begin(self, token: str) -> str | None:
        """Log in with a token. Returns the session's name, for the cookie; None if the token is nobody's."""
        if self._tokens.who(token) is None:
            return None
        found = token.split("_")[1]
        kept = next((one for one in self._tokens.listed() if one.id == found), None)
        if kept is None:
            return None
        name, now = secrets.token_urlsafe(32), monotonic()
        with self._lock:
            self._open[_mark(name)] = Session(kept, now, now)
            while len(self._open) > MOST:
                self._open.pop(next(iter(self._open)))
        return name

    def who(self, name: str) -> Who | None:
        """Whose session it is; None if it is over, or its token was removed."""
        mark, now, known = _mark(name), monotonic(), self._tokens.listed()
        with self._lock:  # at once: calls of one browser come together, and none may undo its logout
            session = self._open.pop(mark, None)
            if session is None or session.over(now) or session.kept not in known:
                return None
            self._open[mark] = replace(session, used=now)
        return Who(session.kept.name, session.kept.role)

    def end(self, name: str) -> None:
        """Log out."""
        with self._lock:
            self._open.pop(_mark(name), None)


def cookie(scope: Scope, name: str) -> str | None:
    """A cookie of a call; None if it has none of this name. Other programs' cookies beside it may say anything."""
    return HTTPConnection(scope).cookies.get(name)


def from_own_page(scope: Scope) -> bool:
    """Whether a browser says that a page of this server makes the call; `Guard` has refused all other pages."""
    return header(scope, "origin") is not None or header(scope, "sec-fetch-site") == "same-origin"


def _mark(name: str) -> bytes:
    return hashlib.sha256(name.encode("utf-8", "replace")).digest()
