"""What becomes of each project and each household: built or lifted on one side and not on the other."""

from __future__ import annotations

from typing import Literal

from liftplan.scenarios.compare.lines import Key
from liftplan.scenarios.compare.sides import Side

ProjectState = Literal["built", "not_built"]
HouseholdState = Literal["lifted", "poor", "out"]
"""`out`: it passes with nothing done."""


def projects(side: Side) -> dict[Key, ProjectState]:
    """(village, project) -> what becomes of it."""
    built, table = set(side.decided.projects), side.county["projects"]
    keys = zip(table["village"].tolist(), table["id"].tolist(), strict=True)
    return {key: "built" if key[1] in built else "not_built" for key in keys}


def households(side: Side) -> dict[Key, HouseholdState]:
    """(village, household) -> what becomes of it."""
    lifted, out, table = set(side.decided.lifted), set(side.decided.already_out), side.county["households"]
    keys = zip(table["village"].tolist(), table["id"].tolist(), strict=True)
    return {key: "lifted" if key[1] in lifted else "out" if key[1] in out else "poor" for key in keys}
