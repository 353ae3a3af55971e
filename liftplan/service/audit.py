"""The audit log: who did what, one JSON object a line."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

from liftplan.service.asgi import Application, Event, Receive, Scope, Send, header, state_of

MOST_BYTES = 16 * 2**20
"""A file that is larger is put aside, and a new one begun."""

KEPT = 20
"""Files put aside that are kept."""


class AuditLog:
    """The file `audit.jsonl`; older ones are `audit.1.jsonl` (the newest of them) and so on."""

    def __init__(self, folder: Path, *, most_bytes: int = MOST_BYTES) -> None:
        self._path = folder / "audit.jsonl"
        self._most = most_bytes
        self._lock = threading.Lock()

    def write(self, **facts: object) -> None:
        """Append one line: the time and these facts."""
        line = json.dumps({"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **facts}) + "\n"
        with self._lock:
            if self._path.exists() and self._path.stat().st_size > self._most:
                self._put_aside()
            with self._path.open("a", encoding="ascii") as file:
                file.write(line)

    def _put_aside(self) -> None:
        for number in range(KEPT - 1, 0, -1):
            older = self._path.with_name(f"audit.{number}.jsonl")
            if older.exists():
                older.replace(self._path.with_name(f"audit.{number + 1}.jsonl"))
        self._path.replace(self._path.with_name("audit.1.jsonl"))


class Audit:
    """Writes a line for every call that changes something, hands out a file, or is refused."""

    def __init__(self, inner: Application, log: AuditLog) -> None:
        self._inner = inner
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a call on and note how it ended."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        status = 500

        async def sending(event: Event) -> None:
            nonlocal status
            if event["type"] == "http.response.start":
                status = event["status"]
            await send(event)

        try:
            await self._inner(scope, receive, sending)
        finally:
            if self._worth(scope, status):
                self._note(scope, status)

    @staticmethod
    def _worth(scope: Scope, status: int) -> bool:
        changes = scope["method"] not in {"GET", "HEAD", "OPTIONS"}
        return changes or "/files/" in scope["path"] or status in {401, 403, 421, 429} or status >= 500

    def _note(self, scope: Scope, status: int) -> None:
        who = state_of(scope).get("who")
        client = scope.get("client")
        self._log.write(
            who=None if who is None else who.name,
            role=None if who is None else who.role,
            address=client[0] if client else None,
            method=scope["method"],
            path=scope["path"][:300],
            status=status,
            agent=(header(scope, "user-agent") or "")[:120],
        )
