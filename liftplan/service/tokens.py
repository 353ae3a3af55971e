"""Tokens: made by `liftplan token`, kept as hashes, checked at each call."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from liftplan.models.base import Frozen
from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.service.roles import LOCAL, Role, Who

FILE = "tokens.json"
PREFIX = "liftplan"
COST = {"n": 2**14, "r": 8, "p": 1}
"""Parameters of scrypt: 16 MiB and about 50 ms a check."""

Name = Annotated[str, Field(pattern=r"^[\w.\-]{1,64}$")]


class Kept(Frozen):
    """What is kept of a token: never the token itself."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    """Public part, by which it is found."""
    name: Name
    """Whose it is."""
    role: Role
    """What it may do."""
    created: str
    """Time, ISO 8601."""
    salt: str
    """Hexadecimal."""
    hash: str
    """scrypt of the secret part, hexadecimal."""


class Tokens:
    """The tokens of one server; changes of the file are seen at once."""

    def __init__(self, store: Path) -> None:
        self._path = store / FILE
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._kept: dict[str, Kept] = {}
        self._known: dict[bytes, Who] = {}

    def listed(self) -> list[Kept]:
        """What is kept, by name. Raises `InputProblems` if the file cannot be read."""
        with self._lock:
            self._refresh()
            return sorted(self._kept.values(), key=lambda one: one.name)

    def add(self, name: str, role: Role) -> str:
        """Make a token. Returns it: it is shown once and kept nowhere. Raises `InputProblems` if the name is taken."""
        if any(one.name == name for one in self.listed()):
            message = m("There is a token named {name} already.", name=name)
            raise InputProblems([Problem("token-exists", Place(), message, m("Choose another name, or remove it."))])
        if name.lower() == LOCAL.name:
            message = m("{name} cannot be the name of a token.", name=name)
            way_out = m("So whoever sits at this machine is called. Choose another name.")
            raise InputProblems([Problem("token-name", Place(), message, way_out)])
        found, secret, salt = secrets.token_hex(8), secrets.token_urlsafe(32), secrets.token_bytes(16)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            kept = Kept(id=found, name=name, role=role, created=now, salt=salt.hex(), hash=_hash(secret, salt))
        except ValidationError:
            message = m("{name} cannot be the name of a token.", name=name)
            way_out = m("Use letters, digits, `_`, `-` and `.`, at most 64.")
            raise InputProblems([Problem("token-name", Place(), message, way_out)]) from None
        self._write([*self.listed(), kept])
        return f"{PREFIX}_{found}_{secret}"

    def remove(self, name: str) -> None:
        """Forget a token. Raises `InputProblems` if there is none of this name."""
        kept = self.listed()
        if all(one.name != name for one in kept):
            message = m("There is no token named {name}.", name=name)
            raise InputProblems([Problem("token-missing", Place(), message, m("Look at the list."))])
        self._write([one for one in kept if one.name != name])

    def who(self, token: str) -> Who | None:
        """Whose token it is; None if it is nobody's. A wrong secret costs as much time as a right one."""
        prefix, _, rest = token.partition("_")
        found, _, secret = rest.partition("_")
        mark = hashlib.sha256(token.encode("utf-8", "replace")).digest()
        with self._lock:
            self._refresh()
            if mark in self._known:
                return self._known[mark]
            kept = self._kept.get(found) if prefix == PREFIX else None
        salt = bytes.fromhex(kept.salt) if kept else b"no such token"
        fits = hmac.compare_digest(_hash(secret, salt), kept.hash if kept else "")
        if kept is None or not fits:
            return None
        who = Who(kept.name, kept.role)
        with self._lock:
            if self._kept.get(found) == kept:
                self._known[mark] = who
        return who

    def _refresh(self) -> None:
        """Read the file again if it changed; whoever was let in by it before is forgotten."""
        try:
            facts = self._path.stat()
        except FileNotFoundError:
            self._stamp, self._kept, self._known = None, {}, {}
            return
        stamp = (facts.st_mtime_ns, facts.st_ino)
        if stamp == self._stamp:
            return
        try:
            read = json.loads(self._path.read_text(encoding="utf-8"))
            kept = [Kept.model_validate(one) for one in read["tokens"]]
        except (ValueError, KeyError, TypeError) as error:
            message = m("The tokens cannot be read: {reason}.", reason=type(error).__name__)
            way_out = m("Remove the file, and make the tokens again.")
            raise InputProblems([Problem("token-file", Place(file=str(self._path)), message, way_out)]) from None
        self._stamp, self._kept, self._known = stamp, {one.id: one for one in kept}, {}

    def _write(self, kept: list[Kept]) -> None:
        content = json.dumps({"tokens": [one.model_dump() for one in kept]}, ensure_ascii=False, indent=1) + "\n"
        self._path.parent.mkdir(parents=True, exist_ok=True)
        made = self._path.with_name(f".{secrets.token_hex(4)}-{FILE}")
        opened = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(content)
        made.replace(self._path)


def _hash(secret: str, salt: bytes) -> str:
    return hashlib.scrypt(secret.encode("utf-8", "replace"), salt=salt, **COST).hex()
