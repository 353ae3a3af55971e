"""Long work of a tool: in a thread, telling how far it is, and stopped when nobody waits for it any more."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from mcp.server.mcpserver import Context

from liftplan.reports.steps import sentence
from liftplan.solver.progress import Cancel, Event, Listener

Answer = TypeVar("Answer")

Tell = Callable[[str], None]
"""Takes a step of the work in words."""


class Stopped(Exception):
    """Raised by work that nobody waits for any more, where it cannot end otherwise."""


PAUSE = 0.5
"""Seconds between two looks at how far the work is."""


async def watched(work: Callable[[Tell, Cancel], Answer], context: Context[Any, Any]) -> Answer:
    """Do work in a thread and report its steps as progress.

    When the client cancels the call, or goes away, the work is asked to stop; it ends in its own thread, writes what it
    has, and nobody is told.

    Parameters
    ----------
    work
        Takes what its steps are told to, and a switch to look at.
    context
        The call.
    """
    cancel, news, begin = Cancel(), deque[str](maxlen=1), monotonic()
    task = asyncio.create_task(asyncio.to_thread(work, news.append, cancel))
    task.add_done_callback(_looked_at)
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=PAUSE)
            if news:
                await context.report_progress(monotonic() - begin, message=news.popleft())
        return task.result()
    finally:
        cancel.set()


def events(tell: Tell) -> Listener:
    """A listener that tells events in words."""

    def listen(event: Event) -> None:
        tell(sentence(event))

    return listen


def _looked_at(task: asyncio.Task[Any]) -> None:
    """Take the outcome of work that nobody waits for, so that the loop does not complain of it."""
    if not task.cancelled():
        task.exception()
