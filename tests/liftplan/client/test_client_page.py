"""The examples of docs/client.md and docs/service.md run as they stand, but for the server's address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import liftplan

from ..examples import examples, ran
from ..service.servers import Server, serving

HERE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that knows no jobs yet, so that each example's job is worked on."""
    with serving(tmp_path_factory.mktemp("server") / "store") as found:
        yield found


def addressed(text: str, server: Server) -> str:
    """An example that speaks to this server."""
    return text.replace("Service()", f'Service("{HERE}")').replace(HERE, server.address.rstrip("/"))


def test_the_first_example_of_the_client(server: Server, place: Path) -> None:
    """It prints the people that its comment says, after steps, and leaves a plan that `verify` accepts."""
    out = ran(addressed(examples("client.md", "python")[0], server), cwd=place)
    assert "\n51\n" in out
    assert re.match(r"\[\d+\.\d s\] reading the county\n", out)
    assert liftplan.verify(place / "plan").accepted


def test_the_other_examples_of_the_client(server: Server, place: Path) -> None:
    """Plans are compared and explained; a workbook is uploaded, solved and deleted."""
    _, questions, upload = (addressed(text, server) for text in examples("client.md", "python"))
    out = ran(questions, cwd=place)
    assert liftplan.explain(liftplan.solve("tiny", threads=1), village="v01").text in out
    assert [line.split()[-1] for line in out.splitlines()[-2:]] == ["49", "52"]
    assert ran(upload, cwd=place).splitlines()[-1] == "optimal"


def test_the_examples_of_the_service(server: Server, place: Path) -> None:
    """With curl: a job is asked for, followed to its end, and its plan fetched; a workbook is uploaded."""
    liftplan.new(place / "my.xlsx")
    for text in examples("service.md", "bash"):
        ran(addressed(text, server), shell=True, cwd=place)
    assert liftplan.verify(place / "plan").accepted
    (python,) = examples("service.md", "python")
    assert ran(addressed(python, server), cwd=place) == "49\n"
