"""Names of things of a county in the current language, with their ids; and amounts with their units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from liftplan.models.county import County, table_rows
from liftplan.models.messages import Message, language, listed, m
from liftplan.models.policy import LEDGER_TOPUP, RULES
from liftplan.models.rows import FundShare
from liftplan.reports.words import shown, yuan

SHOWN = 8
"""At most so many names stand in a line; the others are counted."""

SUBJECTS = ("villages", "funds", "projects", "measures", "purposes")
"""Tables whose rows rules are about."""


@dataclass(frozen=True)
class Paragraph:
    """A sentence and the points below it."""

    text: Message
    points: tuple[Message, ...] = ()

    def __str__(self) -> str:
        return "\n".join([str(self.text), *(f"  - {point}" for point in self.points)])


def para(text: Message, points: Iterable[Message] = ()) -> Paragraph:
    """A sentence and the points below it."""
    return Paragraph(text, tuple(points))


class Names:
    """What ids are called."""

    def __init__(self, county: County) -> None:
        self._county = county
        self._known: dict[str, dict[str, str]] = {}

    def _table(self, table: str) -> dict[str, str]:
        if table not in self._known:
            rows = self._county[table]
            columns = (rows[name].tolist() for name in ("id", "name", "name_en"))
            self._known[table] = {one: shown(name, english) for one, name, english in zip(*columns, strict=True)}
        return self._known[table]

    def of(self, table: str, one: str) -> Message:
        """Name and id."""
        name = self._table(table).get(one, "")
        return m("{name} ({id})", name=name, id=one) if name and name != one else m("{text}", text=one)

    def fund(self, one: str) -> Message:
        """A fund."""
        return self.of("funds", one)

    def village(self, one: str) -> Message:
        """A village."""
        return self.of("villages", one)

    def project(self, one: str) -> Message:
        """A project."""
        return self.of("projects", one)

    def purpose(self, one: str) -> Message:
        """A purpose, without its id."""
        return m("{text}", text=self._table("purposes").get(one, one))

    def need(self, one: str) -> Message:
        """A need, without its id."""
        return m("{text}", text=self._table("needs").get(one, one))

    def department(self, one: str) -> Message:
        """A department, without its id."""
        return m("{text}", text=self._table("departments").get(one, one))

    def item(self, one: str) -> Message:
        """A ledger item: project, measure or top-up."""
        if one.startswith(LEDGER_TOPUP):
            return m("the household's development grant")
        return self.project(one) if one in self._table("projects") else self.of("measures", one)

    def rule(self, number: str) -> Message:
        """A rule by its number and name."""
        return m("{rule} {name}", rule=number, name=RULES[number])

    def subject(self, rule: str, one: str) -> Message:
        """What a rule is about: whatever it names, by name; rows by their own names or what they are about."""
        known = (self._rows(rule), *map(self._table, SUBJECTS), {"county": str(m("the whole county"))})
        parts = [next((names[part] for names in known if names.get(part)), part) for part in one.split("/")]
        return m("{text}", text=" / ".join(parts))

    def _rows(self, rule: str) -> dict[str, str]:
        """Rows of R4 by their names, which the county gives in its own language, or their departments'.

        Shares (R7) go by their purposes, rows of R13 by their fund or department.
        """
        policy = self._county.policy
        match rule:
            case "R4":
                own = {row.id: row.name for row in policy.R4.rows if language() != "en" or row.name.isascii()}
                return {
                    row.id: own.get(row.id) or str(listed(map(self.department, row.departments)))
                    for row in policy.R4.rows
                }
            case "R7":
                shares = table_rows(self._county, "fund_shares")
                return {
                    row.id: str(listed(map(self.purpose, row.purposes))) for row in shares if isinstance(row, FundShare)
                }
            case "R13":
                funds = self._table("funds")
                return {
                    row.id: funds[row.fund] if row.fund else str(self.department(row.department))
                    for row in policy.R13.rows
                }
            case _:
                return {}


def some(names: Iterable[Message]) -> Message:
    """Some names in a line; many are counted."""
    names = list(names)
    if len(names) <= SHOWN:
        return listed(names)
    return m("{names} and {count} more", names=listed(names[:SHOWN]), count=f"{len(names) - SHOWN:,}")


def people(count: float, scored: bool) -> Message:
    """People, or points of a score."""
    whole = abs(count - round(count)) < 1e-6
    text = f"{round(count):,}" if whole else f"{count:,.1f}" if abs(count) >= 10 else f"{count:,.3g}"
    if text == "1":
        return m("1 point") if scored else m("1 person")
    return m("{points} points", points=text) if scored else m("{people} people", people=text)


def money(amount: int) -> Message:
    """Whole yuan."""
    return m("{yuan} yuan", yuan=yuan(amount))
