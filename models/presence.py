"""Whether something is at a path, where the system may refuse to look."""

from __future__ import annotations

from pathlib import Path

from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason

LONGEST_SHOWN = 120
"""Most characters of a path that is told."""


def is_there(path: Path) -> bool:
    """Whether a file or folder is at the path. Raises `InputProblems` if the system does not even look."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a zero byte in it
        return False
    except OSError as error:
        raise unreachable(error, str(path)) from error
    return True


def unreachable(error: OSError, path: str) -> InputProblems:
    """What the system says of a path, as a problem."""
    shown = path if len(path) <= LONGEST_SHOWN else f"{path[: LONGEST_SHOWN - 1]}…"
    message = m("Cannot be read: {reason}.", reason=system_reason(error))
    return InputProblems(
        [Problem("unreadable", Place(file=shown), message, m("Check the name, and that you may read it."))]
    )
