"""A plan line by line, kept beside its figures in two small databases: who pays what for whom.

Whoever asks decides what a caller may see: lines, projects and sums of villages name no household; `household`,
`households` and `taken` do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from liftplan.models.base import Frozen
from liftplan.models.messages import m
from liftplan.service.refusals import Refusal
from liftplan.service.texts import Text

LINES, DETAILS = "lines.sqlite3", "details.sqlite3"
"""The databases of a job's plan, in the job's folder: its ledger, which the first page needs; everything else."""

SCHEMA_OF_LINES = """
create table ledger (fund text, village text, household text, item text, kind text, purpose text, yuan integer);
create index ledger_fund on ledger (fund);
create index ledger_village on ledger (village);
create index ledger_household on ledger (household);
"""
"""The table of the ledger."""

SCHEMA = """
create table projects (id text primary key, village text, facts text);
create index projects_village on projects (village);
create table households (id text primary key, village text, facts text);
create index households_village on households (village);
create table taken (id text primary key, household text, facts text);
create index taken_household on taken (household);
"""
"""Tables; `facts` are JSON objects of the models below."""

Kind = Literal["project", "measure", "topup"]


class Paid(Frozen):
    """Money of one fund for one purpose in one village."""

    fund: str
    purpose: str
    village: str
    kind: Kind
    yuan: int


class ProjectFacts(Frozen):
    """A candidate project, and what became of it."""

    id: str
    village: str
    name: Text
    cost: int
    """Whole yuan, if it is built."""
    yuan: int
    """Whole yuan that funds pay."""
    leveraged: int
    mode: str
    built: bool
    padding: bool
    """Built without users, because a minimum forces spending."""
    users: int
    """Household measures taken that need it."""


class HouseholdFacts(Frozen):
    """A household, and what becomes of it."""

    id: str
    village: str
    persons: int
    income: int
    """Yuan a person a year."""
    result: Literal["lifted", "poor", "out"]
    measures: int
    """Taken, that cost something."""
    yuan: int
    topup: int
    project_share: int


class TakenFacts(Frozen):
    """A measure taken for a household."""

    id: str
    name: Text
    income_gain: int
    """Yuan a household a year."""
    meets: tuple[Text, ...]
    """Needs."""
    yuan: int


class Details:
    """Reading the databases of one plan."""

    def __init__(self, folder: Path) -> None:
        """folder: the job's. Reading raises `Refusal` while there are no details of its plan."""
        self._folder = folder

    def paid(self, *, fund: str = "", village: str = "", household: str = "") -> list[Paid]:
        """Sums by fund, purpose, village and kind; of one fund, village or household if one is named."""
        wanted = {"fund": fund, "village": village, "household": household}
        asked = {name: value for name, value in wanted.items() if value}
        where = " and ".join(f"{name} = :{name}" for name in asked) or "true"
        query = (
            f"select fund, purpose, village, kind, sum(yuan) from ledger where {where}"
            " group by fund, purpose, village, kind order by sum(yuan) desc, fund, purpose, village, kind"
        )
        return [Paid(**dict(zip(Paid.model_fields, row, strict=True))) for row in self._rows(query, asked, LINES)]

    def items(self, household: str) -> list[tuple[str, str, str, int]]:
        """Item, fund, purpose, yuan of a household's ledger lines."""
        query = "select item, fund, purpose, yuan from ledger where household = :household order by item, fund, purpose"
        return self._rows(query, {"household": household}, LINES)

    def projects(self, village: str) -> list[ProjectFacts]:
        """Candidate projects of a village."""
        rows = self._rows("select facts from projects where village = :village order by id", {"village": village})
        return [ProjectFacts.model_validate_json(facts) for (facts,) in rows]

    def project(self, project: str) -> ProjectFacts | None:
        """A candidate project; None if there is none of this id."""
        rows = self._rows("select facts from projects where id = :id", {"id": project})
        return ProjectFacts.model_validate_json(rows[0][0]) if rows else None

    def funds_of(self, item: str) -> list[tuple[str, str, int]]:
        """Fund, purpose, yuan of an item's ledger lines."""
        query = "select fund, purpose, yuan from ledger where item = :item order by yuan desc, fund, purpose"
        return self._rows(query, {"item": item}, LINES)

    def households(self, village: str) -> list[HouseholdFacts]:
        """Households of a village."""
        rows = self._rows("select facts from households where village = :village order by id", {"village": village})
        return [HouseholdFacts.model_validate_json(facts) for (facts,) in rows]

    def household(self, household: str) -> HouseholdFacts | None:
        """A household; None if there is none of this id."""
        rows = self._rows("select facts from households where id = :id", {"id": household})
        return HouseholdFacts.model_validate_json(rows[0][0]) if rows else None

    def taken(self, household: str) -> list[TakenFacts]:
        """Measures taken for a household."""
        query = "select facts from taken where household = :household order by id"
        return [TakenFacts.model_validate_json(facts) for (facts,) in self._rows(query, {"household": household})]

    def _rows(self, query: str, values: dict[str, Any], file: str = DETAILS) -> list[tuple[Any, ...]]:
        path = self._folder / file
        if not path.is_file():
            message = m("The lines of this plan are still being written.")
            raise Refusal(409, "lines", message, m("Look again in a moment."))
        with _opened(f"{path.absolute().as_uri()}?mode=ro") as base:
            return base.execute(query, values).fetchall()


@contextmanager
def _opened(address: str) -> Iterator[sqlite3.Connection]:
    base = sqlite3.connect(address, uri=True)
    try:
        yield base
    finally:
        base.close()
