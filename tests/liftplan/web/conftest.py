"""One server, and the plan of `tiny`, for all tests that look at pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

import liftplan

from ..service.servers import PATIENCE, Server, serving


@pytest.fixture(scope="session", autouse=True)
def kernels() -> None:
    """Kernels compiled, so that no job's time goes into that."""
    liftplan.warm()


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    """What a test expects of a page may take as long as a job does."""
    expect.set_options(timeout=1_000 * PATIENCE)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on this machine, as `liftplan serve` starts it."""
    with serving(tmp_path_factory.mktemp("site") / "store") as found:
        yield found


@pytest.fixture(scope="session")
def plan(site: Server) -> str:
    """The id of a plan of `tiny`, the county as it stands."""
    job = site.over(site.ask(county="tiny")["id"])
    assert job["outcome"]["people_lifted"] == 49
    return str(job["id"])
