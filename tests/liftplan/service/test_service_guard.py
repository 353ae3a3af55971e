"""Host and Origin: who may call a server that asks nobody for a token."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from liftplan.service.guard import Guard
from liftplan.service.settings import Serving

from .servers import Server

HERE = "127.0.0.1:8000"


async def nothing(*_: Any) -> None:
    """The application behind the guard."""


def refused(method: str = "GET", path: str = "/v1/jobs", kind: str = "http", **headers: str) -> str | None:
    """Code of the refusal of a call to a server on this machine, None if it is let through."""
    named = {"host": HERE, **{name.replace("_", "-"): value for name, value in headers.items()}}
    found = [(name.encode(), value.encode()) for name, value in named.items() if value]
    guard = Guard(nothing, Serving(store=Path("store")), 8000)
    refusal = guard.refusal({"type": kind, "method": method, "path": path, "headers": found})
    return None if refusal is None else refusal.code


@pytest.mark.parametrize("host", [HERE, "localhost:8000", "[::1]:8000", "LOCALHOST:8000"])
def test_names_of_this_machine_are_known(host: str) -> None:
    """A call to this machine under any of its own names is let through."""
    assert refused(host=host) is None


@pytest.mark.parametrize(
    "host", ["", "evil.example", "evil.example:8000", "127.0.0.1", "127.0.0.1:8001", "localhost.evil.example:8000"]
)
def test_other_names_are_refused(host: str) -> None:
    """A name that somebody else's DNS points here (rebinding), or another port, is not this server."""
    assert refused(host=host) == "host"


def test_two_hosts_are_refused() -> None:
    """A call with two Host headers is none that a browser makes."""
    guard = Guard(nothing, Serving(store=Path("store")), 8000)
    headers = [(b"host", HERE.encode()), (b"host", b"evil.example")]
    refusal = guard.refusal({"type": "http", "method": "GET", "path": "/", "headers": headers})
    assert refusal is not None
    assert refusal.code == "host"


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:8000", "http://127.0.0.1:8001", "file://"]
)
def test_pages_of_other_sites_are_refused(method: str, origin: str) -> None:
    """An Origin that is not exactly this server is another site, `localhost` beside `127.0.0.1` included."""
    assert refused(method, origin=origin) == "origin"


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_own_page_and_programs_are_let_through(method: str) -> None:
    """The server's own page names its Origin; programs name none."""
    assert refused(method, origin=f"http://{HERE}") is None
    assert refused(method) is None


def test_cross_site_calls_without_origin_are_refused() -> None:
    """What a browser says of where a call comes from counts, even where it sends no Origin."""
    assert refused(sec_fetch_site="cross-site", sec_fetch_mode="no-cors", sec_fetch_dest="image") == "origin"
    assert refused("POST", sec_fetch_site="same-site", sec_fetch_mode="navigate", sec_fetch_dest="document") == "origin"


def test_links_from_elsewhere_open_pages_only() -> None:
    """A link in a mail opens a page, but nothing of the interface for programs, and not inside a frame."""
    link = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
    assert refused(path="/", **link) is None
    assert refused(path="/v1/jobs", **link) == "origin"
    assert refused(path="/", **{**link, "sec_fetch_dest": "iframe"}) == "origin"


def test_websockets_need_an_own_origin() -> None:
    """A websocket without Origin, or of another site, is refused; browsers apply no other protection to them."""
    assert refused(kind="websocket") == "origin"
    assert refused(kind="websocket", origin="http://evil.example") == "origin"
    assert refused(kind="websocket", host="evil.example", origin="http://evil.example") == "host"
    assert refused(kind="websocket", origin=f"http://{HERE}") is None


@pytest.mark.parametrize("name", ["x_forwarded_for", "forwarded", "x_real_ip"])
def test_proxies_are_refused_where_nobody_is_asked_for_a_token(name: str) -> None:
    """A proxy in front of a server without login would let everybody in."""
    assert refused(**{name: "203.0.113.9"}) == "proxy"


def test_server_checks_every_call(server: Server) -> None:
    """The running server refuses a rebound name and another site's page, whatever is called."""
    for path in ("/v1/health", "/v1/jobs", "/v1/openapi.json", "/nowhere"):
        assert httpx.get(server.address + path.lstrip("/"), headers={"host": "evil.example"}).status_code == 421
        assert server.client.get(path, headers={"origin": "http://evil.example"}).status_code == 403
    upgrade = {"connection": "upgrade", "upgrade": "websocket", "origin": "http://evil.example"}
    assert server.client.get("/v1/jobs", headers=upgrade).status_code == 403
