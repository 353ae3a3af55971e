"""Saving a plan to its folder."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from liftplan.api.failure import save_failure
from liftplan.models.county import County
from liftplan.models.files import write_county
from liftplan.models.messages import Message, language, m
from liftplan.models.plan import Plan
from liftplan.models.planfiles import PAGE_FILE, WORKBOOK_FILE, refuse_folder, write_plan_folder
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason
from liftplan.reports.frames import PlanTables
from liftplan.reports.page import summary_page
from liftplan.reports.workbook import plan_workbook
from liftplan.solver.result import Result

Make = Callable[[Plan, County, PlanTables], bytes]

REPORTS: dict[str, Make] = {
    WORKBOOK_FILE: plan_workbook,
    PAGE_FILE: lambda plan, county, tables: summary_page(plan, county, tables).encode(),
}
"""Files of a plan folder that people read, and what makes them."""


@dataclass(frozen=True)
class Saved:
    """A plan folder written."""

    folder: Path
    """Absolute."""
    warnings: tuple[Problem, ...] = ()
    """Files for people that could not be made: the folder is without them."""


def save_plan(plan: Plan, county: County, result: Result, folder: Path, *, overwrite: bool = False) -> Saved:
    """Write a plan folder, complete or not at all; raises `InputProblems` if it cannot be.

    A file for people that cannot be made costs nobody the plan: what repeats the fault is saved, the folder goes
    without that file, and `warnings` say so.
    """
    ready(folder, overwrite=overwrite)
    with tempfile.TemporaryDirectory(prefix="liftplan-") as place:
        packed = Path(place) / "county.zip"
        write_county(county, packed)
        content = packed.read_bytes()
    reports, warnings = read_by_people(plan, county)
    facts = run_facts(result)
    return Saved(
        write_plan_folder(plan, county, content, facts, folder, reports=reports, overwrite=overwrite), warnings
    )


def read_by_people(plan: Plan, county: County) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The files of a plan folder that people read, in the current language: name -> content; and what went wrong."""
    tables = PlanTables(plan, county)
    reports: dict[str, bytes] = {}
    warnings = []
    for name, make in REPORTS.items():
        try:
            reports[name] = make(plan, county, tables)
        except Exception as error:  # noqa: BLE001 - whatever it is, the plan is worth more
            facts = {"file": name, "language": language()}
            warnings.append(_lost(name, error, save_failure(error, facts, county, plan=plan)))
    return reports, tuple(warnings)


def _lost(name: str, error: Exception, folder: Path | None) -> Problem:
    """The warning about a file that could not be made."""
    kind = type(error).__name__
    message = m(
        "{file} could not be made, a fault of liftplan ({kind}); the plan itself is whole.", file=name, kind=kind
    )
    if folder is None:
        return Problem("report", Place(file=name), message, m("Please report what you did."), warning=True)
    way_out = m("What repeats it is saved in {folder}; please send it with your report.", folder=folder)
    return Problem("report", Place(file=name), message, way_out, warning=True)


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
    refuse_unwritable(folder)
    refuse_folder(folder.absolute(), overwrite=overwrite)


def refuse_unwritable(folder: Path) -> None:
    """Raise `InputProblems` if nothing can be written where the folder should be, whatever it is."""
    folder = folder.absolute()
    nearest = next((path for path in (folder.parent, *folder.parent.parents) if os.path.lexists(path)), folder.parent)
    if not nearest.is_dir():
        raise _refused("plan-folder-inside-file", nearest, m("This is a file; no folder can be made inside it."))
    try:  # the system's word on permissions is not enough: a file system may refuse whatever it says
        Path(tempfile.mkdtemp(prefix=".liftplan-", dir=nearest)).rmdir()
    except OSError as error:
        message = m("Nothing can be written here: {reason}.", reason=system_reason(error))
        raise _refused("plan-folder-write", nearest, message) from None


def _refused(code: str, place: Path, message: Message) -> InputProblems:
    return InputProblems([Problem(code, Place(file=str(place)), message, m("Name another folder with --out."))])
