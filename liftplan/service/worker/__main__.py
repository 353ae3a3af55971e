"""`python -m liftplan.service.worker BYTES`: get ready, then do one task after the other, each within so much memory.

A line of JSON on standard input is a task, or asks for the end of one; the end of the input means that the server is
gone. Lines of JSON on standard output tell what happens. Nothing is pickled.
"""

from __future__ import annotations

import gc
import io
import json
import os
import queue
import sys
import tempfile
import threading
from typing import Any, TextIO

import liftplan
from liftplan.models.collecting import keep_what_is_there
from liftplan.models.messages import m
from liftplan.models.problems import InputProblems
from liftplan.service.texts import Noted
from liftplan.service.worker.caps import cap_memory, give_way, memory_now
from liftplan.service.worker.runners import RUNNERS
from liftplan.service.worker.shelf import Shelf
from liftplan.service.worker.task import Task, Teller, Unsound

Inbox = queue.Queue[tuple[dict[str, Any], liftplan.Cancel]]


def main() -> None:
    """Do tasks until the server ends."""
    cap_memory(int(sys.argv[1]))
    give_way()
    keep_what_is_there()
    inbox: Inbox = queue.Queue()
    threading.Thread(target=_listen, args=(inbox,), daemon=True).start()
    teller, shelf = Teller(_own_output().write), Shelf()
    while True:
        given, cancel = inbox.get()
        teller.say(begun=given["number"])
        os.chdir(given["folder"])
        teller.begin()
        sources = tuple(given["sources"])
        end = _end(given["kind"], Task(sources, given["asked"], given["limits"], teller, cancel, shelf))
        os.chdir(tempfile.gettempdir())  # the task's folder may go
        gc.collect()
        teller.say(**end, memory=memory_now())


def _end(kind: str, task: Task) -> dict[str, Any]:
    """Do a task; whatever happens becomes its end."""
    try:
        return {"end": "done", "outcome": RUNNERS[kind](task)}
    except Unsound as error:
        return _told("invalid", list(error.problems))
    except InputProblems as error:
        return _told("invalid", [Noted.of(problem) for problem in error.problems])
    except MemoryError:
        message = m("There was not enough memory for this job.")
        return _told("failed", [Noted.plain("memory", message, m("Ask whoever runs the server."))])
    except Exception as error:  # noqa: BLE001  the server must be told of whatever it is
        kind = type(error.__cause__ or error).__name__
        message = m("Internal error ({kind}). This is a fault of liftplan.", kind=kind)
        return _told("failed", [Noted.plain("internal", message, m("Please report what you did."))])


def _told(end: str, problems: list[Noted]) -> dict[str, Any]:
    return {"end": end, "problems": [one.model_dump(mode="json") for one in problems]}


def _listen(inbox: Inbox) -> None:
    """Take tasks and the words that end them; without a server there is nobody to work for."""
    cancels: dict[int, liftplan.Cancel] = {}
    for line in sys.stdin:
        given = json.loads(line)
        if "stop" in given:
            cancels[given["stop"]].set()
        else:
            cancels = {given["number"]: liftplan.Cancel()}
            inbox.put((given, cancels[given["number"]]))
    os._exit(1)


def _own_output() -> TextIO:
    """Standard output for the teller alone: whatever a library prints goes to standard error."""
    own = os.dup(1)
    os.dup2(2, 1)
    return io.TextIOWrapper(os.fdopen(own, "wb", buffering=0), encoding="ascii", write_through=True)


if __name__ == "__main__":
    main()
