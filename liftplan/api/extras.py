"""Parts of liftplan that need further packages: imported when they are asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, Place, Problem


def part(module: str, extra: str) -> Any:
    """A module of liftplan that needs what an extra installs.

    Raises
    ------
    InputProblems
        If a package of the extra is missing.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == "liftplan":
            raise
        message = m("The package {name} is not installed.", name=error.name)
        way_out = m("Install it with: {command}", command=f'pip install "liftplan[{extra}]"')
        raise InputProblems([Problem("extra-missing", Place(), message, way_out)]) from None
