"""Calls that are turned away before they reach the pages: people get a page, programs an object."""

from __future__ import annotations

import pytest

from .servers import Server

PAGE = {"accept": "text/html,application/xhtml+xml"}


def large(server: Server, **headers: str) -> tuple[int, str, str]:
    """Status, kind and content of the answer to an upload that is too large."""
    answer = server.client.post("/upload", files={"file": ("a.xlsx", b"0" * 2_000_000)}, headers=headers)
    return answer.status_code, answer.headers["content-type"], answer.text


def test_an_upload_that_is_too_large_is_told_on_a_page(strict: Server) -> None:
    """In the language of the browser, with the way back."""
    status, kind, text = large(strict, **PAGE, **{"accept-language": "zh-CN"})
    assert (status, kind) == (413, "text/html; charset=utf-8")
    assert '<html lang="zh-CN">' in text
    assert 'href="/"' in text


def test_programs_get_an_object(strict: Server) -> None:
    """Whoever asks for no page gets the problems."""
    status, kind, text = large(strict)
    assert (status, kind) == (413, "application/json")
    assert '"code": "size"' in text


@pytest.mark.parametrize(
    ("headers", "status"), [({"host": "evil.example"}, 421), ({"origin": "https://evil.example"}, 403)]
)
def test_other_sites_and_names_are_told_on_a_page(strict: Server, headers: dict[str, str], status: int) -> None:
    """A browser that came by another name, or from another site, sees why; with the security headers."""
    answer = strict.client.post("/counties/tiny/solve", headers={**PAGE, **headers})
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert answer.headers["x-frame-options"] == "DENY"


def test_the_interface_for_programs_never_answers_with_pages(strict: Server) -> None:
    """Addresses of `/v1` answer with objects, whatever is accepted."""
    answer = strict.client.get("/v1/jobs", headers={**PAGE, "host": "evil.example"})
    assert answer.json()["problems"][0]["code"] == "host"
