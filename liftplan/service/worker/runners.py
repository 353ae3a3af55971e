"""What the kinds of tasks do, in one registry; `kinds.KINDS` holds what each is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liftplan.service.worker.questions import compare, curve, diagnose, explain
from liftplan.service.worker.reading import describe, read
from liftplan.service.worker.solving import solve, warm
from liftplan.service.worker.task import Task

RUNNERS: dict[str, Callable[[Task], dict[str, Any]]] = {
    "read": read,
    "describe": describe,
    "warm": warm,
    "solve": solve,
    "diagnose": diagnose,
    "compare": compare,
    "curve": curve,
    "explain": explain,
}
"""Kind -> what does it: the outcome is returned, bad input raised as `InputProblems`."""
