"""The sides of a conflict that no fund's money is in: places, workers, one of several, a household's limits, people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from liftplan.models.base import Row
from liftplan.models.messages import Message, m
from liftplan.models.rows import Household, Measure, Project
from liftplan.reports.conflicts.content import Content
from liftplan.reports.conflicts.page.demanded import cost, items, wanted
from liftplan.reports.conflicts.page.sides import Block, Sides, other_rules, together
from liftplan.reports.counts import items as things
from liftplan.reports.counts import people, slots, workers
from liftplan.reports.page.amounts import exact
from liftplan.solver.diagnose.conflicts import Conflict

Limit = tuple[str, int, dict[str, int], Callable[[int], Message]]
"""What limits: its name, how much there is, what each item wants of it, how an amount is told."""


def counted(content: Content, conflict: Conflict) -> Sides | None:
    """What there is of something that cannot be bought, against what is wanted of it; None where nothing is known."""
    rules = {group.rule for group in conflict.groups}
    if conflict.proof.money is not None:
        return None
    if rules == {"R10"}:
        return _people(content, conflict)
    limits: Iterable[Limit] = ()
    if "R9" in rules and rules <= {"R5", "R9", "R11", "R12"}:
        limits = _maximum(content, conflict)
    elif all(wanted(group) for group in conflict.groups):
        limits = _structure(content, items(content, conflict))
    for name, most, uses, told in limits:
        if sum(uses.values()) > most:
            return _sides(name, most, uses, told)
    return None


def _sides(name: str, most: int, uses: dict[str, int], told: Callable[[int], Message]) -> Sides:
    means = (Block(name, most, "plain"),) if most else ()
    needs = together((Block(use, amount, "exact") for use, amount in uses.items()), other_rules)
    asked = sum(uses.values())
    why = m("needed: {asked}; possible at most: {most}; short: {short}", asked=told(asked), most=told(most),
            short=told(asked - most))  # fmt: skip
    return Sides(means, tuple(needs), why, told=told)


def _people(content: Content, conflict: Conflict) -> Sides | None:
    """R10: the place where too few can be lifted at all."""
    places = {part.subject for group in conflict.groups for part in group.parts}
    for figure in content.diagnosis.figures:
        if figure.rule == "R10" and figure.where in places and figure.room < 0:
            asking = m("{what}, {where}", what=content.names.short(conflict.groups[0]),
                       where=content.names.place(figure.where))  # fmt: skip
            return _sides(str(m("people who can be lifted at all")), figure.most, {str(asking): figure.needs}, people)
    return None


def _maximum(content: Content, conflict: Conflict) -> Iterator[Limit]:
    """R9: a household's maximum against its minimum, or against what must be done for it."""
    maximum = next(group for group in conflict.groups if group.rule == "R9")
    policy, name = content.county.policy, str(content.names.short(maximum))
    for group in conflict.groups:
        if group.rule == "R5":
            yield name, policy.R9.maximum, {str(content.names.short(group)): policy.R5.minimum}, exact
    named = items(content, conflict)
    measures = _measures(content, [*named])
    if len({row.household for row in measures}) == 1:
        yield name, policy.R9.maximum, {named[row.id]: cost(content.county, row.id) for row in measures}, exact


def _structure(content: Content, named: Mapping[str, str]) -> Iterator[Limit]:
    """Places of a site, workers and main houses of a household, alternatives."""
    measures, projects = _measures(content, [*named]), _projects(content, [*named])
    if len(measures) == len(named):
        yield from _of_household(content, measures, named)
    if len(projects) == len(named) and len({row.village for row in projects}) == 1:
        yield from _alternatives(projects, named)


def _of_household(content: Content, measures: list[Measure], named: Mapping[str, str]) -> Iterator[Limit]:
    sites = {row.uses_slot for row in measures}
    each = dict.fromkeys(named.values(), 1)
    for row in _projects(content, [*sites]) if len(sites) == 1 else ():
        yield str(m("places of {site}", site=content.names.item(row.id))), row.slots, each, slots
    if len({row.household for row in measures}) != 1:
        return
    home = measures[0].household
    able = sum(row.labour for row in _named(content, "households", [home]) if isinstance(row, Household))
    busy = {named[row.id]: row.labour for row in measures}
    yield str(m("workers of household {name}", name=home)), able, busy, workers
    if all(row.main_house for row in measures):
        yield str(m("main houses of household {name}", name=home)), 1, each, things
    yield from _alternatives(measures, named)


def _alternatives(rows: Sequence[Measure | Project], named: Mapping[str, str]) -> Iterator[Limit]:
    """One of a group, where all are of the same."""
    groups = {row.alternative_group for row in rows}
    if len(groups) == 1 and "" not in groups:
        yield str(m("one of the alternatives {name}", name=groups.pop())), 1, dict.fromkeys(named.values(), 1), things


def _measures(content: Content, names: Sequence[str]) -> list[Measure]:
    return [row for row in _named(content, "measures", names) if isinstance(row, Measure)]


def _projects(content: Content, names: Sequence[str]) -> list[Project]:
    return [row for row in _named(content, "projects", names) if isinstance(row, Project)]


def _named(content: Content, table: str, names: Sequence[str]) -> Iterator[Row]:
    whole = content.county[table]
    return whole.take(np.flatnonzero(np.isin(whole["id"], names))).rows()
