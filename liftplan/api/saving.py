"""Saving a plan to its folder."""

from __future__ import annotations

import os
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from liftplan.models.county import County
from liftplan.models.files import write_county
from liftplan.models.messages import Message, m
from liftplan.models.plan import Plan
from liftplan.models.planfiles import PAGE_FILE, WORKBOOK_FILE, refuse_folder, write_plan_folder
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.reports.frames import PlanTables
from liftplan.reports.page import summary_page
from liftplan.reports.workbook import plan_workbook
from liftplan.solver.result import Result


def save_plan(plan: Plan, county: County, result: Result, folder: Path, *, overwrite: bool = False) -> Path:
    """Write a plan folder, complete or not at all. Returns it, absolute; raises `InputProblems` if it cannot be."""
    ready(folder, overwrite=overwrite)
    with tempfile.TemporaryDirectory(prefix="liftplan-") as place:
        packed = Path(place) / "county.zip"
        write_county(county, packed)
        content = packed.read_bytes()
    reports = read_by_people(plan, county)
    return write_plan_folder(plan, county, content, run_facts(result), folder, reports=reports, overwrite=overwrite)


def read_by_people(plan: Plan, county: County) -> dict[str, bytes]:
    """The files of a plan folder that people read, in the current language: name -> content."""
    tables = PlanTables(plan, county)
    return {
        WORKBOOK_FILE: plan_workbook(plan, county, tables),
        PAGE_FILE: summary_page(plan, county, tables).encode(),
    }


def run_facts(result: Result) -> dict[str, Any]:
    """What `run.json` says: how long it took, on what machine."""
    return {
        "liftplan": version("liftplan"),
        "machine": platform.machine(),
        "platform": platform.platform(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "seconds": round(result.seconds, 3),
        "stages": {stage: round(seconds, 3) for stage, seconds in result.stages.items()},
    }


def ready(folder: Path, *, overwrite: bool) -> None:
    """Raise `InputProblems` if a plan folder cannot be written here; asked before a solve, so that none is in vain."""
    folder = folder.absolute()
    nearest = next((path for path in (folder.parent, *folder.parent.parents) if os.path.lexists(path)), folder.parent)
    if not nearest.is_dir():
        raise _refused("plan-folder-inside-file", nearest, m("This is a file; no folder can be made inside it."))
    try:  # the system's word on permissions is not enough: a file system may refuse whatever it says
        Path(tempfile.mkdtemp(prefix=".liftplan-", dir=nearest)).rmdir()
    except OSError as error:
        message = m("Nothing can be written here: {reason}.", reason=error.strerror or error)
        raise _refused("plan-folder-write", nearest, message) from None
    refuse_folder(folder, overwrite=overwrite)


def _refused(code: str, place: Path, message: Message) -> InputProblems:
    return InputProblems([Problem(code, Place(file=str(place)), message, m("Name another folder with --out."))])
