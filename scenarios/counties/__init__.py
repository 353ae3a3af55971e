"""Built-in counties: data that ships with the package."""

from __future__ import annotations

from pathlib import Path

from liftplan.models.county import County
from liftplan.models.files import read_county
from liftplan.models.messages import listed, m
from liftplan.models.problems import InputProblems, Place, Problem

FOLDERS = {"tiny": "tiny", "zigui-2015": "zigui_2015", "zigui-2011-2015": "zigui_2011_2015"}
"""Names of the built-in counties, simplest first, and their folders beside this file."""


def names() -> list[str]:
    """Names that `load` knows, simplest first."""
    return list(FOLDERS)


def load(name: str) -> County:
    """A built-in county by name, validated.

    Raises InputProblems if there is no county of that name.
    """
    if name not in FOLDERS:
        raise InputProblems(
            [
                Problem(
                    code="unknown-county",
                    place=Place(),
                    message=m("There is no built-in county {name}.", name=name),
                    way_out=m("Choose one of: {names}.", names=listed(names())),
                )
            ]
        )
    return read_county(Path(__file__).parent / FOLDERS[name])
