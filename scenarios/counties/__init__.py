"""Built-in counties: data that ships with the package."""

from __future__ import annotations

from pathlib import Path

from liftplan.models.county import County
from liftplan.models.files import read_county
from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.scenarios.counties.five_years import five_years

_FOLDERS = {"tiny": "tiny", "zigui-2015": "zigui_2015"}
_FIVE_YEARS = "zigui-2011-2015"


def names() -> list[str]:
    """Names that `load` knows, simplest first."""
    return [*_FOLDERS, _FIVE_YEARS]


def load(name: str) -> County:
    """A built-in county by name, validated.

    Raises InputProblems if there is no county of that name.
    """
    here = Path(__file__).parent
    if name == _FIVE_YEARS:
        return five_years(read_county(here / _FOLDERS["zigui-2015"]))
    if name not in _FOLDERS:
        raise InputProblems(
            [
                Problem(
                    code="unknown-county",
                    place=Place(),
                    message=m("There is no built-in county {name}.", name=name),
                    way_out=m("Choose one of: {names}.", names=", ".join(names())),
                )
            ]
        )
    return read_county(here / _FOLDERS[name])
