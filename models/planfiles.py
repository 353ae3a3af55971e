"""The plan folder: `plan.json`, `ledger.csv`, `county.zip`, `run.json` and reports, written at once or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.placing import folder_made
from liftplan.models.plan import LedgerLine, Plan
from liftplan.models.policy import LEDGER_TOPUP
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason

PLAN_FILE = "plan.json"
LEDGER_FILE = "ledger.csv"
COUNTY_FILE = "county.zip"
RUN_FILE = "run.json"
WORKBOOK_FILE = "plan.xlsx"
PAGE_FILE = "summary.html"

LEDGER_COLUMNS = (
    "fund",
    "fund_name",
    "department",
    "department_name",
    "village",
    "village_name",
    "household",
    "item",
    "item_name",
    "purpose",
    "purpose_name",
    "yuan",
)
"""Columns of `ledger.csv`; names are the county's own."""

_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
"""Made once: a plan has a hundred thousand entries. They look as digests are taken of them."""


def write_plan_folder(
    plan: Plan,
    county: County,
    county_zip: bytes,
    run: Mapping[str, Any],
    out: Path,
    *,
    reports: Mapping[str, bytes] | None = None,
    overwrite: bool = False,
) -> Path:
    """Write a plan folder; it appears complete, or not at all.

    Parameters
    ----------
    plan, county
        The plan and its county (for the names in `ledger.csv`).
    county_zip
        The county as `county.zip` holds it.
    run
        What `run.json` says: times, machine, versions; anything JSON can hold.
    out
        The folder. An existing plan folder is replaced, whole, only with `overwrite`; nothing else ever is.
    reports
        Further files, name -> content: what people read.

    Returns
    -------
    Path
        The folder written, absolute.

    Raises
    ------
    InputProblems
        If `out` is in the way, or cannot be written.
    """
    out = out.resolve()
    refuse_folder(out, overwrite=overwrite)
    files = {
        PLAN_FILE: plan_text(plan).encode(),
        LEDGER_FILE: ledger_text(plan.ledger, county).encode("utf-8-sig"),
        COUNTY_FILE: county_zip,
        RUN_FILE: (json.dumps(dict(run), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(),
        **(reports or {}),
    }
    try:
        with folder_made(out) as made:
            for name, content in files.items():
                (made / name).write_bytes(content)
    except OSError as error:
        message = m("The folder cannot be written: {reason}.", reason=system_reason(error))
        raise _refused("plan-folder-write", out, message) from error
    return out


def refuse_folder(out: Path, *, overwrite: bool) -> None:
    """Raise `InputProblems` if a plan folder may not be written at `out`; ask before a long solve."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not (out.is_dir() and (out / PLAN_FILE).is_file()):
        raise _refused("plan-folder-other", out, m("There is something else than a plan folder here."))
    if not overwrite:
        raise _refused("plan-folder-exists", out, m("There is a plan folder here already."))


def plan_text(plan: Plan) -> str:
    """The text of `plan.json`: sorted keys, one entry of a list or mapping (so one ledger line) a line of text."""
    parts = [f"{_json(name)}: {_opened(value)}" for name, value in sorted(plan.model_dump(mode="json").items())]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def ledger_text(ledger: Iterable[LedgerLine], county: County) -> str:
    """The text of `ledger.csv`; ids that the county does not have stay without names."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(LEDGER_COLUMNS)
    names = {
        table: dict(zip(county[table]["id"].tolist(), county[table]["name"].tolist(), strict=True))
        for table in ("funds", "departments", "villages", "purposes", "projects", "measures")
    }
    owners = dict(zip(county["funds"]["id"].tolist(), county["funds"]["department"].tolist(), strict=True))
    project_village = dict(zip(county["projects"]["id"].tolist(), county["projects"]["village"].tolist(), strict=True))
    household_village = dict(
        zip(county["households"]["id"].tolist(), county["households"]["village"].tolist(), strict=True)
    )
    households = dict(zip(county["measures"]["id"].tolist(), county["measures"]["household"].tolist(), strict=True))
    development = m("household development grant").text()
    for fund, item, purpose, yuan in ledger:
        topup = item.startswith(LEDGER_TOPUP)
        household = item.removeprefix(LEDGER_TOPUP) if topup else households.get(item, "")
        village = household_village.get(household) or project_village.get(item, "")
        department = owners.get(fund, "")
        writer.writerow(
            (
                fund,
                names["funds"].get(fund, ""),
                department,
                names["departments"].get(department, ""),
                village,
                names["villages"].get(village, ""),
                household,
                item,
                development if topup else names["projects"].get(item) or names["measures"].get(item, ""),
                purpose,
                names["purposes"].get(purpose, ""),
                yuan,
            )
        )
    return text.getvalue()


def _refused(code: str, out: Path, message: Message) -> InputProblems:
    way_out = m("Name another folder with --out; --overwrite replaces a plan folder.")
    return InputProblems([Problem(code, Place(file=str(out)), message, way_out)])


def _opened(value: Any) -> str:
    """A value with each entry on its own line."""
    if isinstance(value, dict) and value:
        return "{\n" + ",\n".join(f"{_json(key)}: {_json(entry)}" for key, entry in sorted(value.items())) + "\n}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(_json(entry) for entry in value) + "\n]"
    return _json(value)


def _json(value: Any) -> str:
    return _ENCODER.encode(value)
