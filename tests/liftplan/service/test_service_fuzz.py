"""The service against its own description: whatever is sent, it neither fails nor hangs nor answers otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from .servers import Server, serving

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

EXAMPLES = 8
"""For each endpoint."""

SECONDS = 20.0
"""Longest time for one answer."""


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose queue is soon full."""
    store = tmp_path_factory.mktemp("fuzzed") / "store"
    with serving(store, "--queue", "3", "--workers", "1", "--rate", "1000000") as found:
        found.client.get("/v1/counties/tiny/outline").raise_for_status()  # it has begun
        yield found


def test_service_answers_as_it_says(fuzzed: Server) -> None:
    """Every answer to any call, sound or not, has a status and a form that the description names."""
    described = schemathesis.openapi.from_url(f"{fuzzed.address}v1/openapi.json")
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) >= 15
    for operation in operations:
        fuzz(operation)


def fuzz(operation: schemathesis.APIOperation) -> None:
    """Call one endpoint with whatever its description allows."""

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def call(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS, timeout=SECONDS)

    call()


def test_server_is_well_after_all_that(fuzzed: Server) -> None:
    """It still answers, and still solves."""
    assert fuzzed.client.get("/v1/health").json() == {"status": "ok"}
    assert fuzzed.process.poll() is None
