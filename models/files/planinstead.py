"""What is said when a plan is given where a county is wanted."""

from __future__ import annotations

from pathlib import Path

from liftplan.models.files.texts import Unreadable
from liftplan.models.messages import m
from liftplan.models.planfiles import COUNTY_FILE, PLAN_FILE
from liftplan.models.problems import Place


def plan_instead(file: str | Path) -> Unreadable:
    """The problem of a plan folder, or of a file of one; its county is named if it is there."""
    folder = Path(file) if Path(file).is_dir() else Path(file).parent
    message = m("This is a plan, not a county.")
    if (folder / COUNTY_FILE).is_file():
        way_out = m("Its county is {file}.", file=folder / COUNTY_FILE)
    else:
        way_out = m("Name the county that it was made for; `liftplan new county.xlsx` writes one to fill in.")
    return Unreadable("form", Place(file=str(file)), message, way_out)


def beside_a_plan(file: Path) -> bool:
    """Whether a file lies in a plan folder."""
    return (file.parent / PLAN_FILE).is_file()
