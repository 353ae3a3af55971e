"""A client of the server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from liftplan.client import Service

from ..service.servers import Server


@pytest.fixture
def service(server: Server) -> Iterator[Service]:
    """A client of it."""
    with Service(server.address) as found:
        yield found
