"""Standard output, kept clean: what other libraries write to it goes to standard error."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import zip_longest
from pathlib import Path
from typing import TextIO

from rich.console import Console, RenderableType

from liftplan.cli.common import Common
from liftplan.cli.outcome import INTERNAL, OK, Outcome
from liftplan.models.messages import labelled, m
from liftplan.models.problems import Problem
from liftplan.models.reasons import system_reason

PLAIN_WIDTH = 110
"""Width of tables that do not go to a terminal."""


@contextmanager
def held_stdout() -> Iterator[TextIO]:
    """Yield the real standard output; inside the block descriptor 1, C libraries included, is standard error."""
    stream = sys.stdout
    if stream is None:  # closed by whoever called
        with Path(os.devnull).open("w", encoding="utf-8") as nothing:
            yield nothing
        return
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        descriptor = -1
    if descriptor != 1:
        yield stream
        return
    stream.flush()
    saved = os.dup(1)
    with suppress(OSError):  # standard error may be closed
        os.dup2(2, 1)
    real = os.fdopen(saved, "w", encoding=stream.encoding, errors="backslashreplace")
    try:
        yield real
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        with suppress(OSError, ValueError):  # it is closed if it could not be written
            real.flush()
            os.dup2(saved, 1)
        with suppress(OSError):
            real.close()


def show(outcome: Outcome, common: Common, out: TextIO) -> int:
    """Print an outcome as JSON or for people. Returns the exit code."""
    try:
        if common.json:
            out.write(json.dumps(outcome.as_json(common.command), allow_nan=False) + "\n")
        elif common.quiet and outcome.line:
            out.write(outcome.line + "\n")
        elif outcome.text is not None:
            _write(outcome.text, out)
        out.flush()
    except OSError as error:
        with suppress(OSError):
            out.close()
        if error.errno not in {errno.EPIPE, errno.EINVAL}:  # Windows says EINVAL for a closed pipe
            complain(str(m("Standard output cannot be written: {reason}.", reason=system_reason(error))))
            return outcome.code if outcome.code != OK else INTERNAL
    if not common.json:
        for problem, later in zip_longest(outcome.problems, outcome.problems[1:]):
            place = str(problem.place)
            kind = m("warning") if problem.warning else m("problem")
            told = labelled(place, problem.message) if place else problem.message
            again = _told(outcome, problem, common)
            if not again:
                complain(str(labelled(kind, told)))
            if str(problem.way_out) and (later is None or later.way_out != problem.way_out):  # once for several
                complain(str(problem.way_out) if again else f"  {problem.way_out}")
    return outcome.code


def _told(outcome: Outcome, problem: Problem, common: Common) -> bool:
    """Whether standard output has said already what a problem says: it is the outcome itself."""
    if not outcome.line or not (common.quiet or outcome.text is not None):
        return False
    return str(problem.message) == outcome.line or (common.quiet and problem is outcome.ending)


def _write(text: RenderableType, out: TextIO) -> None:
    """Write text or tables: as wide as the terminal, elsewhere without colours and trailing blanks."""
    if isinstance(text, str):
        out.write(text.rstrip("\n") + "\n")
    elif out.isatty():
        Console(file=out, highlight=False, markup=False, emoji=False).print(text, crop=False)
    else:
        plain = Console(file=io.StringIO(), width=PLAIN_WIDTH, highlight=False, markup=False, emoji=False)
        with plain.capture() as captured:
            plain.print(text, crop=False)
        out.write("".join(line.rstrip() + "\n" for line in captured.get().splitlines()))


def complain(line: str) -> None:
    """A line on standard error, if there is one."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
