"""Working in a thread, so that signals reach the main thread at once even while compiled code runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import TypeVar

Answer = TypeVar("Answer")


def aside(work: Callable[[], Answer]) -> Answer:
    """Run `work` in a thread, in this thread's language, and wait for it. Returns, or raises, what it does."""
    answers: list[Answer] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised again in the waiting thread
            errors.append(error)

    thread = threading.Thread(target=copy_context().run, args=(run,), name="liftplan-solve", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.1)
    if errors:
        raise errors[0]
    return answers[0]
