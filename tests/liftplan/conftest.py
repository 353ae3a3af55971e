"""A scratch folder, the program in English, one solution of `tiny`, servers and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import liftplan

from .pages import chromium
from .program import Inside
from .service.servers import Server, serving


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, place: Path) -> Inside:  # noqa: ARG001
    """The program inside this process, in English, in an empty folder."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    return Inside(capsys)


@pytest.fixture(scope="session")
def solution() -> liftplan.Solution:
    """The solution of `tiny`."""
    return liftplan.solve("tiny", threads=1)


@pytest.fixture(scope="session")
def saved(solution: liftplan.Solution, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its plan folder in English, to be copied, never changed."""
    with liftplan.speaking("en"):
        return solution.save(tmp_path_factory.mktemp("saved") / "plan")


@pytest.fixture(scope="session")
def kernels() -> None:
    """Kernels compiled, so that no job's time goes into that."""
    liftplan.warm()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, kernels: None) -> Iterator[Server]:  # noqa: ARG001
    """A server on this machine, as `liftplan serve` starts it, for all tests that need no other."""
    with serving(tmp_path_factory.mktemp("server") / "store") as found:
        yield found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, kernels: None) -> Iterator[Server]:  # noqa: ARG001
    """Another one, for all tests that look at pages: no county was uploaded to it but by them."""
    with serving(tmp_path_factory.mktemp("site") / "store") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser, without a window."""
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
