"""Whether the other files of a plan folder say what its `plan.json` says."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from liftplan.models.county import County
from liftplan.models.files import read_county
from liftplan.models.files.texts import Unreadable, decoded
from liftplan.models.messages import LANGUAGES, Message, m, speaking
from liftplan.models.plan import Plan
from liftplan.models.planfiles import COUNTY_FILE, LEDGER_COLUMNS, LEDGER_FILE, ledger_text
from liftplan.models.planreading import plan_path
from liftplan.models.problems import InputProblems, Place
from liftplan.models.reasons import csv_reason, system_reason
from liftplan.solver.check import Violation

Cells = Sequence[str]

KEY = tuple(LEDGER_COLUMNS.index(name) for name in ("fund", "item", "purpose"))
"""Columns that tell a ledger line from all others."""

SHOWN = 100
"""At most so many differences are listed; the last one says how many more there are."""


def folder_violations(path: Path, plan: Plan, county: County) -> list[Violation]:
    """What is wrong with `ledger.csv` beside a plan; its county is the one that the plan was made for.

    Parameters
    ----------
    path
        The plan folder, whose ledger must be there, or a `plan.json`, which may stand alone.
    plan, county
        What was read.
    """
    file = plan_path(path).with_name(LEDGER_FILE)
    if not file.is_file():
        missing = m("The plan folder has no {file}.", file=LEDGER_FILE)
        return [_violation(LEDGER_FILE, missing)] if path.is_dir() else []
    try:
        text = decoded(file.read_bytes(), Place(file=str(file)))
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except Unreadable as error:
        _, _, reason, _ = error.problem
        return [_violation(LEDGER_FILE, m("It cannot be read: {reason}", reason=reason))]
    except OSError as error:
        return [_violation(LEDGER_FILE, m("It cannot be read: {reason}.", reason=system_reason(error)))]
    except csv.Error as error:
        return [_violation(LEDGER_FILE, m("It cannot be read: {reason}.", reason=csv_reason(error)))]
    found: list[Violation] = []
    for name in LANGUAGES:  # one name in the file is in the language of whoever solved
        differing = list(_differences(rows, _expected(plan, county, name)))
        if not differing:
            return []
        found = differing if not found or len(differing) < len(found) else found
    more = len(found) - SHOWN
    if more > 0:
        found = [*found[:SHOWN], _violation(LEDGER_FILE, m("{count} more differences.", count=more))]
    return found


def county_violations(path: Path, plan: Plan) -> list[Violation]:
    """What is wrong with `county.zip` beside a plan, if there is one: it must be the county of the plan."""
    file = plan_path(path).with_name(COUNTY_FILE)
    if not file.exists():
        return []
    try:
        digest = read_county(file).digest
    except InputProblems as error:
        return [_violation(COUNTY_FILE, problem.message) for problem in error.problems]
    if digest == plan.county.digest:
        return []
    message = m(
        "It holds another county than the plan's: {value} instead of {limit}.",
        value=digest,
        limit=plan.county.digest,
    )
    return [Violation(COUNTY_FILE, COUNTY_FILE, message, digest, plan.county.digest)]


def _expected(plan: Plan, county: County, language: str) -> list[Cells]:
    """The rows that `ledger.csv` should have, written in a language."""
    with speaking(language):
        return list(csv.reader(io.StringIO(ledger_text(plan.ledger, county), newline="")))


def _differences(rows: Sequence[Cells], expected: Sequence[Cells]) -> Iterator[Violation]:
    """Rows by line (the header is line 1), each against the plan's line of the same fund, item and purpose."""
    if not rows or tuple(rows[0]) != LEDGER_COLUMNS:
        yield from _differ(1, "", _told(rows[0] if rows else ()), _told(LEDGER_COLUMNS))
        return
    wanted = {_key(row): row for row in expected[1:]}
    found = [(line, row, _key(row)) for line, row in enumerate(rows[1:], start=2) if any(row)]
    seen: set[tuple[str, ...]] = set()
    for line, row, key in found:
        if key not in wanted or key in seen:
            message = m("Line {line} is not in the plan: {value}.", line=line, value=_told(row))
            yield Violation(LEDGER_FILE, LEDGER_FILE, message, _told(row), None)
            continue
        seen.add(key)
        if len(row) != len(LEDGER_COLUMNS):
            yield from _differ(line, "", _told(row), _told(wanted[key]))
            continue
        for column, value, limit in zip(LEDGER_COLUMNS, row, wanted[key], strict=True):
            yield from _differ(line, column, value, limit)
    for key in (key for key in wanted if key not in seen):
        message = m("A line of the plan is missing: {limit}.", limit=_told(wanted[key]))
        yield Violation(LEDGER_FILE, LEDGER_FILE, message, None, _told(wanted[key]))
    if len(found) == len(wanted) == len(seen):
        moved = [(line, row, other) for (line, row, key), other in zip(found, wanted, strict=True) if key != other]
        for line, row, other in moved[:1]:  # the rest follows from it
            yield from _differ(line, "", _told(row), _told(wanted[other]))


def _differ(line: int, column: str, value: str, limit: str) -> Iterator[Violation]:
    if value == limit:
        return
    if column:
        message = m(
            "Line {line}, column {column}: {value}; the plan has {limit}.",
            line=line,
            column=column,
            value=value,
            limit=limit,
        )
    else:
        message = m("Line {line}: {value}; the plan has {limit}.", line=line, value=value, limit=limit)
    yield Violation(LEDGER_FILE, LEDGER_FILE, message, value, limit)


def _key(row: Cells) -> tuple[str, ...]:
    return tuple(row[place] if place < len(row) else "" for place in KEY)


def _told(row: Cells) -> str:
    return ",".join(row)


def _violation(file: str, message: Message) -> Violation:
    return Violation(file, file, message, None, None)
