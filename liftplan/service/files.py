"""The files of a job that may be fetched: a fixed list, so that no path ever comes from a request."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from liftplan.models.messages import m
from liftplan.models.planfiles import COUNTY_FILE, LEDGER_FILE, PAGE_FILE, PLAN_FILE, RUN_FILE, WORKBOOK_FILE
from liftplan.service.jobs import PLAN
from liftplan.service.public.names import PUBLIC_CSV, PUBLIC_WORKBOOK
from liftplan.service.refusals import missing
from liftplan.service.roles import Role, Who

FileName = Literal[
    "summary.html",
    "public-villages.csv",
    "public-villages.xlsx",
    "plan.xlsx",
    "ledger.csv",
    "plan.json",
    "county.zip",
    "run.json",
    "plan.zip",
    "diagnosis.json",
    "diagnosis.html",
    "comparison.json",
    "comparison.html",
    "comparison.xlsx",
    "curve.json",
    "curve.html",
    "explanation.json",
]

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Offered:
    """A file: who may have it, where it is in the job's folder, what it is."""

    role: Role
    path: str
    media: str


FILES: dict[FileName, Offered] = {
    "summary.html": Offered("planner", f"{PLAN}/{PAGE_FILE}", "text/html; charset=utf-8"),
    PUBLIC_CSV: Offered("viewer", PUBLIC_CSV, "text/csv; charset=utf-8"),
    PUBLIC_WORKBOOK: Offered("viewer", PUBLIC_WORKBOOK, SHEET),
    "plan.xlsx": Offered("planner", f"{PLAN}/{WORKBOOK_FILE}", SHEET),
    "ledger.csv": Offered("planner", LEDGER_FILE, "text/csv; charset=utf-8"),
    "plan.json": Offered("planner", f"{PLAN}/{PLAN_FILE}", "application/json"),
    "county.zip": Offered("planner", f"{PLAN}/{COUNTY_FILE}", "application/zip"),
    "run.json": Offered("planner", f"{PLAN}/{RUN_FILE}", "application/json"),
    "plan.zip": Offered("planner", "plan.zip", "application/zip"),
    "diagnosis.json": Offered("planner", "diagnosis.json", "application/json"),
    "diagnosis.html": Offered("planner", "diagnosis.html", "text/html; charset=utf-8"),
    "comparison.json": Offered("planner", "comparison.json", "application/json"),
    "comparison.html": Offered("planner", "comparison.html", "text/html; charset=utf-8"),
    "comparison.xlsx": Offered("planner", "comparison.xlsx", SHEET),
    "curve.json": Offered("planner", "curve.json", "application/json"),
    "curve.html": Offered("planner", "curve.html", "text/html; charset=utf-8"),
    "explanation.json": Offered("planner", "explanation.json", "application/json"),
}
"""Name -> file. Those that name households, or tell of few people, ask for a planner. `ledger.csv` has its formulas
escaped; in `plan.zip` it is as `verify` reads it."""


def offered(folder: Path, who: Who) -> list[tuple[FileName, int]]:
    """Names and sizes of the files that a caller may have."""
    there = [(name, folder / one.path) for name, one in FILES.items() if who.may(one.role)]
    return [(name, path.stat().st_size) for name, path in there if path.is_file()]


def found(folder: Path, name: FileName) -> Path:
    """The path of a file. Raises `Refusal` if the job left none."""
    path = folder / FILES[name].path
    if not path.is_file():
        raise missing(m("This job has no file {name}.", name=name))
    return path
