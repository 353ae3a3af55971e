"""A server that allows little."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .servers import Server, serving


@pytest.fixture(scope="session")
def strict(tmp_path_factory: pytest.TempPathFactory, kernels: None) -> Iterator[Server]:  # noqa: ARG001
    """A server with tight limits."""
    store = tmp_path_factory.mktemp("strict") / "store"
    with serving(store, "--upload", "1", "--job-seconds", "30", "--workers", "1") as found:
        yield found
