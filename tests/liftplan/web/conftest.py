"""Patience, and the plan of `tiny`, for all tests that look at pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ..service.servers import PATIENCE, Server


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    """What a test expects of a page may take as long as a job does."""
    expect.set_options(timeout=1_000 * PATIENCE)


@pytest.fixture(scope="session")
def plan(site: Server) -> str:
    """The id of a plan of `tiny`, the county as it stands."""
    job = site.over(site.ask(county="tiny")["id"])
    assert job["outcome"]["people_lifted"] == 49
    return str(job["id"])
