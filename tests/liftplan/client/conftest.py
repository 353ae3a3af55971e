"""A server for all tests of the client that need no other, and clients of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import liftplan
from liftplan.client import Service

from ..service.servers import Server, serving


@pytest.fixture(scope="session", autouse=True)
def kernels() -> None:
    """Kernels compiled, so that no job's time goes into that."""
    liftplan.warm()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on this machine, as `liftplan serve` starts it."""
    with serving(tmp_path_factory.mktemp("server") / "store") as found:
        yield found


@pytest.fixture
def service(server: Server) -> Iterator[Service]:
    """A client of it."""
    with Service(server.address) as found:
        yield found
