"""When the outlines of the built-in counties are found out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, cast

import pytest

import liftplan
from liftplan.service import builtin
from liftplan.service.builtin import AT_ONCE, PAUSE, BuiltIn
from liftplan.service.worker.outline import outline
from liftplan.service.workers import End, Errand, Workers

LATER = "zigui-2011-2015"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A moment without jobs is enough."""
    monkeypatch.setattr(builtin, "QUIET", PAUSE)


class Told:
    """What the workers were told to do; each county is called `tiny` in their answers."""

    def __init__(self) -> None:
        self.done: list[tuple[str, tuple[str, ...], bool]] = []
        self._outline = outline(liftplan.load("tiny")).model_dump(mode="json")

    async def run(
        self,
        errand: Errand,
        tell: Callable[[dict[str, Any]], None],
        _: asyncio.Event,
        *,
        spare: None,
        apart: bool,
        ready: bool,
    ) -> End:
        """Note a task and do it."""
        assert spare is None
        assert ready == (errand.kind == "warm")
        self.done.append((errand.kind, errand.sources, apart))
        for name in errand.sources:
            tell({"county": name, "outline": self._outline})
        await asyncio.sleep(0)
        return End("done")


def looking(act: Callable[[BuiltIn], Coroutine[Any, Any, None]], *, busy: bool) -> list[tuple[str, ...]]:
    """What is described while somebody acts."""
    told = Told()

    async def run() -> None:
        built_in = BuiltIn(cast("Workers", told), 60.0, lambda: busy)
        look = asyncio.create_task(built_in.look())
        await asyncio.sleep(PAUSE)
        await act(built_in)
        await asyncio.sleep(4 * PAUSE)
        look.cancel()
        with suppress(asyncio.CancelledError):
            await look

    asyncio.run(run())
    assert [kind for kind, _, _ in told.done] == ["warm", "describe"][: len(told.done)]
    assert all(apart == (sources == (LATER,)) for _, sources, apart in told.done)
    return [sources for _, sources, _ in told.done]


async def nothing(_: BuiltIn) -> None:
    """Nobody looks."""


async def a_list(built_in: BuiltIn) -> None:
    """Somebody looks at all counties."""
    assert [built_in.known(name) is None for name in (*AT_ONCE, LATER)] == [False, False, True]


async def the_county(built_in: BuiltIn) -> None:
    """Somebody opens the county."""
    assert await built_in.outline(LATER) is not None


def test_nobody_looks_nothing_is_read() -> None:
    """A server that nobody visits reads what the first page begins with."""
    assert looking(nothing, busy=False) == [AT_ONCE]


def test_what_a_list_shows_is_read_when_no_job_runs() -> None:
    """A county that a list shows is read then, and never beside somebody's job."""
    assert looking(a_list, busy=False) == [AT_ONCE, (LATER,)]
    assert looking(a_list, busy=True) == [AT_ONCE]


def test_a_county_that_is_opened_is_read_at_once() -> None:
    """Whoever opens it does not wait for jobs of others."""
    assert looking(the_county, busy=True) == [AT_ONCE, (LATER,)]
