"""The lines of the departments' accounts: ledger lines numbered within their department, and put together by item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from liftplan.models.county import County
from liftplan.reports.frames import PlanTables

KINDS = ("project", "measure", "topup")
"""Kinds of ledger items, in the order in which documents name them."""


@dataclass(frozen=True)
class Line:
    """One ledger line, as its department's account numbers it."""

    number: int
    """Number within the department, from 1: by fund, village, kind and item."""
    department: str
    fund: str
    village: str
    household: str
    """Household of a measure or grant; "" of a project."""
    kind: str
    """One of `KINDS`."""
    item: str
    name: str
    """Name of the item, in the current language; "" of a household development grant."""
    purpose: str
    mode: str
    yuan: int

    @property
    def shared(self) -> tuple[str, ...]:
        """What lines have in common that documents tell as one: measures of one name in one village, not households."""
        what = self.item if self.kind == "project" else self.name
        return self.department, self.fund, self.village, self.kind, what, self.purpose, self.mode


@dataclass(frozen=True)
class Entry:
    """Lines that a document tells as one: a project, or all households of a village that get the same."""

    lines: Sequence[Line]

    @property
    def sample(self) -> Line:
        """Any of the lines: what they share."""
        return self.lines[0]

    @property
    def yuan(self) -> int:
        """Their sum."""
        return sum(line.yuan for line in self.lines)

    @property
    def households(self) -> int:
        """Households that get it; 0 for a project."""
        return len({line.household for line in self.lines if line.household})

    @property
    def numbers(self) -> str:
        """Numbers of the lines in the department's account: `12`, `12-57`."""
        first, last = self.lines[0].number, self.lines[-1].number
        return str(first) if first == last else f"{first}-{last}"


def account_lines(county: County, tables: PlanTables) -> list[Line]:
    """All ledger lines, department by department in the county's order, numbered within each."""
    frame = tables.ledger
    modes = _column(county, "projects", "mode") | _column(county, "measures", "mode")
    departments, funds, villages = (_places(county, name) for name in ("departments", "funds", "villages"))
    items = _places(county, "projects") | _places(county, "measures")
    columns = ("department", "fund", "village", "household", "kind", "item", "item_name", "purpose", "yuan")
    found = [
        Line(0, department, fund, village, household, kind, item, name, purpose, modes.get(item, "grant"), yuan)
        for department, fund, village, household, kind, item, name, purpose, yuan in zip(
            *(frame[column].tolist() for column in columns), strict=True
        )
    ]

    def order(line: Line) -> tuple[object, ...]:
        what = () if line.kind == "project" else (line.name, line.purpose, line.mode)
        place = items.get(line.item, 0)
        return (
            departments[line.department],
            funds[line.fund],
            villages[line.village],
            KINDS.index(line.kind),
            what,
            place,
            line.item,
            line.purpose,
        )

    found.sort(key=order)
    return [
        Line(number, *_rest(line))
        for _, own in groupby(found, key=lambda line: line.department)
        for number, line in enumerate(own, 1)
    ]


def entries(lines: Iterable[Line]) -> list[Entry]:
    """Lines put together where documents tell them as one; the order is that of the lines."""
    return [Entry(tuple(own)) for _, own in groupby(lines, key=lambda line: line.shared)]


def _rest(line: Line) -> tuple[str, str, str, str, str, str, str, str, str, int]:
    """Everything of a line but its number."""
    return (
        line.department,
        line.fund,
        line.village,
        line.household,
        line.kind,
        line.item,
        line.name,
        line.purpose,
        line.mode,
        line.yuan,
    )


def _places(county: County, table: str) -> dict[str, int]:
    """Id -> position in the county's table."""
    return {id_: place for place, id_ in enumerate(county[table]["id"].tolist())}


def _column(county: County, table: str, column: str) -> dict[str, str]:
    """Id -> a column of text."""
    return dict(zip(county[table]["id"].tolist(), county[table][column].tolist(), strict=True))
