"""The login form, sessions and roles on a server that asks for tokens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from liftplan.service.tokens import Tokens

from ..service.servers import Server, serving

NAMES = ("viewer", "planner", "admin")


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server that asks for tokens, and a token of each role."""
    store = tmp_path_factory.mktemp("asking") / "store"
    tokens = {role: Tokens(store).add(role, role) for role in NAMES}  # type: ignore[arg-type]
    with serving(store, "--login") as found:
        yield found, tokens


@pytest.fixture(scope="module")
def made(asking: tuple[Server, dict[str, str]]) -> str:
    """A plan of `tiny` there."""
    server, tokens = asking
    server.client.headers["authorization"] = f"Bearer {tokens['admin']}"
    job = server.over(server.ask(county="tiny")["id"])
    assert job["outcome"]["people_lifted"] == 49, job
    return str(job["id"])


@contextmanager
def entered(server: Server, token: str) -> Iterator[httpx.Client]:
    """A browser that is logged in."""
    with httpx.Client(base_url=server.address, timeout=60.0, trust_env=False) as client:
        client.headers["origin"] = server.address.rstrip("/")
        answer = client.post("/login", data={"token": token, "next": "/plans"})
        assert answer.status_code == 303
        assert answer.headers["location"] == "/plans"
        yield client


def test_pages_lead_to_the_login(asking: tuple[Server, dict[str, str]]) -> None:
    """Whoever is not logged in sees the login form, whatever page is asked for, and comes back to it afterwards."""
    server, _ = asking
    with httpx.Client(base_url=server.address, trust_env=False) as client:
        for path in ("/", "/plans", "/counties/tiny", "/nothing"):
            answer = client.get(path)
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/login?next=%2F")
        assert client.get("/login").status_code == 200
        assert client.get("/v1/counties").status_code == 401
        assert client.post("/counties/tiny/solve").status_code == 401
        form = client.post("/counties/tiny/solve", headers={"accept": "text/html,*/*;q=0.8"})
        assert (form.status_code, form.headers["location"]) == (303, "/login?next=%2F")


def test_a_wrong_token_is_refused(asking: tuple[Server, dict[str, str]]) -> None:
    """A token that nobody has lets nobody in."""
    server, _ = asking
    with httpx.Client(base_url=server.address, trust_env=False) as client:
        answer = client.post("/login", data={"token": "liftplan_0_0"}, headers={"origin": server.address.rstrip("/")})
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
        assert 'role="alert"' in answer.text


def test_the_session_is_out_of_reach_of_scripts_and_other_sites(asking: tuple[Server, dict[str, str]]) -> None:
    """The cookie is for the server alone, and is sent by its own pages only; it does not hold the token."""
    server, tokens = asking
    with httpx.Client(base_url=server.address, trust_env=False) as client:
        answer = client.post("/login", data={"token": tokens["viewer"]})
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert tokens["viewer"].rsplit("_", 1)[1].lower() not in cookie


def test_a_post_must_say_that_it_comes_from_our_page(asking: tuple[Server, dict[str, str]]) -> None:
    """With the cookie alone, and no word of where it comes from, nothing is changed."""
    server, tokens = asking
    with entered(server, tokens["admin"]) as client:
        del client.headers["origin"]
        assert client.get("/plans").status_code == 200
        assert client.post("/counties/tiny/solve").status_code == 401
        assert client.post("/counties/tiny/solve", headers={"origin": "https://elsewhere.org"}).status_code == 403
        assert client.post("/counties/tiny/solve", headers={"sec-fetch-site": "same-origin"}).status_code == 303


def test_viewers_see_no_household(asking: tuple[Server, dict[str, str]], made: str) -> None:
    """A viewer sees villages and funds, no household, nothing to press, and no file that names households."""
    server, tokens = asking
    with entered(server, tokens["viewer"]) as client:
        for path in (
            f"/plans/{made}",
            f"/plans/{made}/villages/v01",
            f"/plans/{made}/funds",
            "/counties/tiny",
            "/plans",
        ):
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert "-h0" not in answer.text
            assert 'action="/counties' not in answer.text
        assert client.get(f"/plans/{made}/households/v01-h0001").status_code == 403
        assert client.get("/upload").status_code == 403
        assert client.post("/counties/tiny/solve").status_code == 403
        assert client.post(f"/plans/{made}/why", data={"subject": "village", "about": "v01"}).status_code == 403
        downloads = client.get(f"/plans/{made}/downloads").text
        assert "public-villages.csv" in downloads
        assert "plan.xlsx" not in downloads
        assert "summary.html" not in downloads  # it tells how many people of each village leave poverty


def test_planners_see_households(asking: tuple[Server, dict[str, str]], made: str) -> None:
    """A planner sees them, and may ask for plans, but not delete what others made."""
    server, tokens = asking
    with entered(server, tokens["planner"]) as client:
        assert "v01-h0001" in client.get(f"/plans/{made}/villages/v01").text
        assert client.get(f"/plans/{made}/households/v01-h0001").status_code == 200
        assert client.post(f"/jobs/{made}/delete").status_code == 403
        assert client.post("/counties/tiny/solve").status_code == 303


def test_logging_out_ends_the_session(asking: tuple[Server, dict[str, str]]) -> None:
    """After the logout the same cookie lets nobody in."""
    server, tokens = asking
    with entered(server, tokens["planner"]) as client:
        kept = client.cookies["liftplan_session"]
        assert client.post("/logout").headers["location"] == "/login"
        client.cookies.set("liftplan_session", kept)
        assert client.get("/plans").status_code == 303


def test_removing_a_token_ends_its_sessions(asking: tuple[Server, dict[str, str]]) -> None:
    """Whoever loses the token is out at once."""
    server, _ = asking
    token = Tokens(server.store).add("guest", "planner")
    with entered(server, token) as client:
        assert client.get("/plans").status_code == 200
        Tokens(server.store).remove("guest")
        assert client.get("/plans").status_code == 303
