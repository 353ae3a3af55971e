"""The tables of a comparison, in the current language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from liftplan.models.messages import Message, joined, labelled, m
from liftplan.reports.comparison.changes import inputs
from liftplan.reports.comparison.grids import Grid, GridRow, Label
from liftplan.reports.comparison.names import LETTERS, Names
from liftplan.reports.comparison.order import unproved
from liftplan.reports.words import REASONS, RESULTS
from liftplan.scenarios.compare import Compared, Line
from liftplan.scenarios.compare.money import By as MoneyBy
from liftplan.scenarios.compare.people import NO_GROUP
from liftplan.scenarios.compare.people import By as PeopleBy

FIGURES: dict[str, Message] = {
    "people_lifted": m("people lifted"),
    "people_possible": m("people lifted, R8 kept"),
    "people_kept": m("people lifted, R8 and R5 kept"),
    "households_lifted": m("households lifted"),
    "people_registered": m("people registered"),
    "people_already_out": m("people already out"),
    "available_yuan": m("money that may be allocated, yuan"),
    "fee_yuan": m("fees, yuan"),
    "ledger_yuan": m("allocated, yuan"),
    "left_yuan": m("left over, yuan"),
    "leveraged_yuan": m("other money drawn in, yuan"),
    "yuan_per_person": m("yuan a person lifted"),
    "projects_built": m("projects built"),
    "padding": m("of them padding"),
    "measures_taken": m("measures taken"),
    "topup_yuan": m("household development grants, yuan"),
    "ledger_lines": m("ledger lines"),
}
"""Words for the figures of whole plans."""

STATES: dict[str, Message] = {**RESULTS, "built": m("built"), "not_built": m("not built")}
"""What becomes of projects and households."""

MONEY_TITLES: dict[MoneyBy, Message] = {
    "channel": m("Money by channel"),
    "department": m("Money by department"),
    "purpose": m("Money by purpose"),
    "fund": m("Money by fund"),
    "township": m("Money by township"),
    "village": m("Money by village"),
}
"""Titles of tables of allocated money."""

PEOPLE_TITLES: dict[PeopleBy, Message] = {
    "township": m("People by township"),
    "village": m("People by village"),
    "group": m("People by household group"),
}
"""Titles of tables of people lifted."""

HEADS: dict[str, Message] = {
    "channel": m("channel"),
    "department": m("department"),
    "purpose": m("purpose"),
    "fund": m("fund"),
    "township": m("township"),
    "village": m("village"),
    "group": m("household group"),
}
"""Heads of what rows are."""

VILLAGE = (Label("village", m("village id"), identifier=True), Label("name", m("village")))
TOWNSHIP = Label("township", m("township"))


class Content:
    """Every table of a comparison."""

    def __init__(self, compared: Compared, *, only_differences: bool = False) -> None:
        self.compared = compared
        self.only_differences = only_differences
        self.names = Names(compared)

    def shown(self, grid: Grid) -> Grid:
        """The table as it is shown: without the rows in which the sides agree, if only differences are asked for."""
        return grid.differing if self.only_differences else grid

    @cached_property
    def totals(self) -> Grid:
        """Figures of whole plans."""
        labels = (Label("figure", m("figure"), identifier=True), Label("name", m("figure")))
        rows = [GridRow((line.key[0], str(FIGURES[line.key[0]])), line.values) for line in self.compared.totals]
        return Grid("totals", m("Figures"), labels, tuple(rows), note=unproved(self.compared))

    @cached_property
    def inputs(self) -> Grid:
        """Inputs that differ, every row."""
        return inputs(self.compared, self.names)

    def people(self, by: PeopleBy) -> Grid:
        """People lifted."""
        return self._counted(f"people_by_{by}", PEOPLE_TITLES[by], by, self.compared.people(by))

    def households(self, by: PeopleBy) -> Grid:
        """Households lifted."""
        return self._counted(f"households_by_{by}", m("Households lifted"), by, self.compared.households(by))

    def money(self, by: MoneyBy) -> Grid:
        """Ledger yuan."""
        return self._keyed(f"money_by_{by}", MONEY_TITLES[by], by, self.compared.money(by))

    @cached_property
    def projects(self) -> Grid:
        """Projects that are built on one side and not on another, or that one side does not have."""
        labels = (*VILLAGE, Label("project", m("project id"), identifier=True), Label("project_name", m("project")))
        rows = [
            GridRow((village, self._village(village), key, self.names.projects[key]), line.values)
            for line in self.compared.project_states
            for village, key in [line.key]
            if line.differs
        ]
        return Grid("projects", m("Projects that changed hands"), labels, tuple(rows), "text", words=_state)

    @cached_property
    def households_changed(self) -> Grid:
        """Households that fare differently."""
        labels = (*VILLAGE, Label("household", m("household")))
        rows = [
            GridRow((village, self._village(village), household), line.values)
            for line in self.compared.household_states
            for village, household in [line.key]
            if line.differs
        ]
        return Grid("households", m("Households that changed hands"), labels, tuple(rows), "text", words=_state)

    @cached_property
    def unspent(self) -> Grid:
        """Yuan left in each fund that has any on a side, and why; ring-fenced money is missing, not left."""
        labels = (*self._labels("fund"), Label("why", m("why"), remark=True))
        reasons = {line.key: line.values for line in self.compared.reasons}
        nothing = (None,) * len(self.compared.sides)
        rows = [
            GridRow((fund, self.names.funds[fund], self._why(reasons.get(line.key, nothing), line.values)), line.values)
            for line, fund in _one(self.compared.left_over)
            if any(line.values)
        ]
        return Grid("left_over", m("Money left over, and why"), labels, tuple(rows), total=True)

    @cached_property
    def prices(self) -> Grid:
        """Prices of rules, dearest first."""
        labels = (
            Label("rule", m("rule"), remark=True),
            Label("subject", m("where"), identifier=True),
            Label("name", m("where")),
        )
        lines = sorted(self.compared.prices, key=lambda line: -max(price or 0.0 for price in line.values))
        rows = [
            GridRow((self.names.rule(rule), subject, self.names.subject(subject)), line.values)
            for line in lines
            for rule, subject in [line.key]
        ]
        note = m(
            "Upper estimates from the proofs, for small changes of one rule alone; where none stands, none is above 0."
        )
        title = m("People for 10,000 yuan more, or less of a minimum")
        return Grid("prices", title, labels, tuple(rows), "price", note=note)

    def _counted(self, name: str, title: Message, by: PeopleBy, lines: Iterable[Line]) -> Grid:
        if by == "group":
            note = self._noted(m("A household of several groups counts in each of them."))
            rows = [
                GridRow((key if key != NO_GROUP else str(m("no group")),), line.values) for line, key in _one(lines)
            ]
            return Grid(name, title, (Label("group", HEADS["group"]),), tuple(rows), note=note)
        return self._keyed(name, title, by, lines, note=self._noted())

    def _noted(self, note: Message | None = None) -> Message | None:
        """What is to be said of figures of people: that a difference is not proved, then the note."""
        first = unproved(self.compared)
        return m("{first} {second}", first=first, second=note) if first and note else first or note

    def _keyed(
        self, name: str, title: Message, by: MoneyBy | PeopleBy, lines: Iterable[Line], *, note: Message | None = None
    ) -> Grid:
        rows = [GridRow(self._texts(by, key), line.values) for line, key in _one(lines)]
        return Grid(name, title, self._labels(by), tuple(rows), total=True, note=note)

    def _labels(self, by: MoneyBy | PeopleBy) -> tuple[Label, ...]:
        if by == "township":
            return (TOWNSHIP,)
        if by == "village":
            return (*VILLAGE, TOWNSHIP)
        return Label(by, IDS[by], identifier=True), Label("name", HEADS[by])

    def _texts(self, by: MoneyBy | PeopleBy, key: str) -> tuple[str, ...]:
        names = self.names
        if by == "township":
            return (key,)
        if by == "village":
            return key, names.villages[key], names.townships[key]
        known = {
            "channel": names.channels,
            "department": names.departments,
            "purpose": names.purposes,
            "fund": names.funds,
        }
        return key, known[by][key]

    def _village(self, village: str) -> str:
        return self.names.villages.get(village, village)

    def _why(self, reasons: Sequence[str | None], left: Sequence[Any]) -> str:
        """Why money is left: once if all sides that have any say the same; an outcome of no optimum says nothing."""
        told = {
            letter: str(REASONS[reason])
            for letter, reason, yuan in zip(LETTERS, reasons, left, strict=False)
            if yuan and reason
        }
        if len(set(told.values())) <= 1 and len(told) in (0, sum(map(bool, left))):
            return next(iter(told.values()), "")
        return str(joined(labelled(letter, why) for letter, why in told.items()))


IDS: dict[str, Message] = {
    "channel": m("channel id"),
    "department": m("department id"),
    "purpose": m("purpose id"),
    "fund": m("fund id"),
}
"""Heads of ids."""


def _state(value: str) -> str:
    return str(STATES[value])


def _one(lines: Iterable[Line]) -> Iterable[tuple[Line, str]]:
    """Lines whose key has one part, with it."""
    return [(line, line.key[0]) for line in lines]
