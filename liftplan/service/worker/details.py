"""Writing a plan line by line for the pages that show it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from json import JSONEncoder
from pathlib import Path
from typing import Any

import pandas as pd

from liftplan.models.county import County
from liftplan.models.tables import Table
from liftplan.reports.frames import PlanTables
from liftplan.service.details import SCHEMA, SCHEMA_OF_LINES

LEDGER = ("fund", "village", "household", "item", "kind", "purpose", "yuan")

FACTS = JSONEncoder(ensure_ascii=False).encode
"""A row's facts as they are kept, with the fields of their model in `liftplan.service.details`; there are as many rows
as measures taken, so that they are checked when they are read."""

Said = dict[str, str]
"""A name in both languages."""


def write_lines(tables: PlanTables, path: Path) -> None:
    """Write the database of a plan's ledger; there must be none yet."""
    with _made(path, SCHEMA_OF_LINES) as base:
        base.executemany("insert into ledger values (?, ?, ?, ?, ?, ?, ?)", _records(tables.ledger, *LEDGER))


def write_details(tables: PlanTables, county: County, path: Path) -> None:
    """Write the database of what becomes of projects, households and measures; there must be none yet."""
    with _made(path, SCHEMA) as base:
        for table, rows in (
            ("projects", _projects(tables, county)),
            ("households", _households(tables)),
            ("taken", _taken(tables, county)),
        ):
            base.executemany(f"insert into {table} values (?, ?, ?)", rows)


@contextmanager
def _made(path: Path, schema: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("pragma journal_mode = off")
        base.execute("pragma synchronous = off")  # a job that ends early is begun again in an empty folder
        base.executescript(schema)
        yield base


def _projects(tables: PlanTables, county: County) -> Iterator[tuple[str, str, str]]:
    costs: dict[str, int] = {}
    for item, yuan in zip(county["costs"]["item"].tolist(), county["costs"]["yuan"].tolist(), strict=True):
        costs[item] = costs.get(item, 0) + yuan
    frame = tables.projects
    built = {row[0]: row[1:] for row in _records(frame, "project", "yuan", "users", "padding")}
    table = county["projects"]
    columns = (table[name].tolist() for name in ("village", "leveraged", "mode"))
    for (one, name), village, leveraged, mode in zip(_names(table).items(), *columns, strict=True):
        yuan, users, padding = built.get(one, (0, 0, False))
        facts = {
            "id": one,
            "village": village,
            "name": name,
            "cost": costs.get(one, 0),
            "yuan": yuan,
            "leveraged": leveraged,
            "mode": mode,
            "built": one in built,
            "padding": padding,
            "users": users,
        }
        yield one, village, FACTS(facts)


def _households(tables: PlanTables) -> Iterator[tuple[str, str, str]]:
    columns = ("household", "village", "persons", "income", "lifted", "already_out", "measures", "yuan", "topup")
    for one, village, persons, income, lifted, out, measures, yuan, topup, share in _records(
        tables.households, *columns, "project_share"
    ):
        facts = {
            "id": one,
            "village": village,
            "persons": persons,
            "income": income,
            "result": "lifted" if lifted else "out" if out else "poor",
            "measures": measures,
            "yuan": yuan,
            "topup": topup,
            "project_share": share,
        }
        yield one, village, FACTS(facts)


def _taken(tables: PlanTables, county: County) -> Iterator[tuple[str, str, str]]:
    names, needs = _names(county["measures"]), _names(county["needs"])
    for one, household, gain, meets, yuan in _records(
        tables.measures, "measure", "household", "income_gain", "meets", "yuan"
    ):
        met = [needs.get(need) or _said(need, "") for need in meets]
        yield one, household, FACTS({"id": one, "name": names[one], "income_gain": gain, "meets": met, "yuan": yuan})


def _names(table: Table) -> dict[str, Said]:
    """Id -> name of the rows of a table."""
    columns = (table[name].tolist() for name in ("id", "name", "name_en"))
    return {one: _said(name, name_en) for one, name, name_en in zip(*columns, strict=True)}


def _said(name: str, name_en: str) -> Said:
    return {"en": name_en or name, "zh": name}


def _records(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a frame as plain values."""
    return zip(*(frame[name].tolist() for name in columns), strict=True)
