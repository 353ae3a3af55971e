"""One run of the program: read the line, do the job, show how it ended."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

from liftplan.api.failure import Failed, reproducible
from liftplan.cli.app import parse
from liftplan.cli.common import Common, split
from liftplan.cli.interrupts import raising
from liftplan.cli.outcome import BAD_INPUT, CANCELLED, INTERNAL, Outcome, invalid
from liftplan.cli.printing import held_stdout, show
from liftplan.models.collecting import collect_seldom
from liftplan.models.messages import LANGUAGES, Message, listed, m, speaking
from liftplan.models.problems import InputProblems, LiftplanError, Place, Problem


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit.

    Parameters
    ----------
    arguments
        Without the program's name; None: those of the process.
    """
    collect_seldom()
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run the program. Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    common, rest = split(arguments, os.environ)
    with speaking(common.language), raising(), held_stdout() as out:
        return show(outcome_of(replace(common, out=out), rest), common, out)


def outcome_of(common: Common, arguments: Sequence[str]) -> Outcome:
    """Do what a command line asks for; whatever happens becomes an outcome."""
    try:
        if common.wrong_language is not None:
            way_out = m("Use one of {names}.", names=listed(LANGUAGES))
            message = m("There is no language {name}.", name=common.wrong_language or "--lang")
            return invalid([Problem("usage", Place(), message, way_out)])
        with reproducible({"arguments": list(arguments)}):
            return parse(arguments)(common)
    except InputProblems as error:
        return invalid(error.problems)
    except KeyboardInterrupt:
        message = m("Cancelled. There is no plan, and nothing was written.")
        return Outcome(CANCELLED, "unknown", "cancelled", [Problem("cancelled", Place(), message, Message(""))])
    except Failed as failure:
        return internal(failure)
    except LiftplanError as error:
        return Outcome(
            BAD_INPUT, "invalid", problems=[Problem("refused", Place(), m("{text}", text=error), Message(""))]
        )


def internal(failure: Failed) -> Outcome:
    """The end after an internal error."""
    if failure.folder is None:
        way_out = m("It could not be saved; please report what you did.")
    else:
        way_out = m("What repeats it is saved in {folder}; please send it with your report.", folder=failure.folder)
    message = m("Internal error ({kind}). This is a fault of liftplan.", kind=type(failure.__cause__).__name__)
    details = {"reproducer": None if failure.folder is None else str(failure.folder)}
    return Outcome(INTERNAL, "error", problems=[Problem("internal", Place(), message, way_out)], details=details)
