"""Projects and measures as a single department sees them: what they cost, what they need, whom they help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from liftplan.models.county import County
from liftplan.models.policy import PurposeRule
from liftplan.solver.compile.facts import Facts
from liftplan.solver.compile.money import classify
from liftplan.solver.compile.payers import Eligibility


class Cost(NamedTuple):
    """One cost line."""

    purpose: str
    yuan: int
    payers: tuple[str, ...]
    """Funds that may pay it, those with the fewest purposes first."""


@dataclass(frozen=True)
class Item:
    """A project or a measure that may be funded."""

    id: str
    village: str
    household: str
    """"" of a project."""
    costs: tuple[Cost, ...]
    requires: tuple[str, ...]
    """Projects that must be built, the one with its slot included."""
    slot: str
    labour: int
    main_house: bool
    group: str
    """Alternative group, within its village or household."""
    meets: frozenset[str]
    gain: int
    """Yuan a household a year that count in the year planned."""

    @cached_property
    def yuan(self) -> int:
        """What it costs."""
        return sum(cost.yuan for cost in self.costs)


@dataclass(frozen=True)
class Home:
    """A household as a department sees it."""

    persons: int
    needs: frozenset[str]
    labour: int
    out: bool
    """Out of poverty with nothing done."""


@dataclass(frozen=True)
class Register:
    """All that departments can look up."""

    items: Mapping[str, Item]
    """What may be funded at all: nothing that R12 rules out, or that draws its money in a later year."""
    effects: Mapping[str, Item]
    """Direct effects: taken exactly when their projects are built."""
    homes: Mapping[str, Home]
    slots: Mapping[str, int]
    """Project -> its slots."""
    users: Mapping[str, tuple[str, ...]]
    """Project -> measures that require it, direct effects among them."""
    money: Mapping[str, int]
    """Fund -> yuan that it may pay, its fee left out; ring-fenced ones are not here."""
    owners: Mapping[str, str]
    """Fund -> department."""
    push: tuple[str, ...]
    """Villages in push, by identifier."""


def register(county: County) -> Register:
    """The county as departments see it. Each fund pays for its own purposes (R2 fixed), whatever the policy says."""
    policy = county.policy.model_copy(update={"R2": PurposeRule(purpose_rule="fixed")})
    facts = Facts(county.with_policy(policy))
    costs = _costs(facts)
    effects: dict[str, Item] = {}
    items: dict[str, Item] = {}
    for automatic, measure in _measures(facts, costs):
        (effects if automatic else items)[measure.id] = measure
    for project in _projects(facts, costs):
        items[project.id] = project
    users: dict[str, list[str]] = {}
    for measure in (*items.values(), *effects.values()):
        for needed in measure.requires if measure.household else ():
            users.setdefault(needed, []).append(measure.id)
    return Register(
        items,
        effects,
        _homes(facts),
        dict(zip(facts.projects["id"].tolist(), facts.projects["slots"].tolist(), strict=True)),
        {project: tuple(found) for project, found in users.items()},
        {purse.fund.id: purse.cap for purse in facts.purses},
        {purse.fund.id: purse.fund.department for purse in facts.purses},
        tuple(
            village.id
            for village, shut in zip(facts.villages, facts.shut_village.tolist(), strict=True)
            if village.in_push and not shut
        ),
    )


def _costs(facts: Facts) -> dict[int, tuple[Cost, ...]]:
    """Cost lines of each item (row of the project, or number of projects + row of the measure)."""
    lines = classify(facts, Eligibility(facts), np.zeros(len(facts.households), dtype=np.bool_))
    funds = [purse.fund for purse in facts.purses]
    ranked = sorted(range(len(funds)), key=lambda fund: (len(funds[fund].purposes), funds[fund].id))
    payers = [tuple(funds[fund].id for fund in ranked if row[fund]) for row in lines.kind_payers.tolist()]
    purposes = facts.tables["purposes"]["id"].tolist()
    found: dict[int, list[Cost]] = {}
    rows = (lines.item.tolist(), lines.purpose.tolist(), lines.yuan.tolist(), lines.kind.tolist())
    for item, purpose, yuan, kind in zip(*rows, strict=False):
        found.setdefault(item, []).append(Cost(purposes[purpose], yuan, payers[kind]))
    return {item: tuple(costs) for item, costs in found.items()}


def _projects(facts: Facts, costs: Mapping[int, tuple[Cost, ...]]) -> list[Item]:
    banned = {row for row, _ in facts.listed("never", "project", hard=True)}
    table = facts.projects
    modes, years = table["mode"].tolist(), table["acceptance_year"].tolist()
    villages = table["village"].tolist()
    return [
        Item(
            id=name,
            village=villages[row],
            household="",
            costs=costs.get(row, ()),
            requires=table["requires"][row],
            slot="",
            labour=0,
            main_house=False,
            group=table["alternative_group"][row],
            meets=frozenset(),
            gain=0,
        )
        for row, name in enumerate(table["id"].tolist())
        if row not in banned
        and not facts.shut_village[facts.project_village[row]]
        and not (modes[row] == "build_first" and years[row] > facts.year)
    ]


def _measures(facts: Facts, costs: Mapping[int, tuple[Cost, ...]]) -> list[tuple[bool, Item]]:
    """Measures that may be taken, and whether they are direct effects."""
    banned = {row for row, _ in facts.listed("never", "measure", hard=True)}
    first = len(facts.projects)
    villages = facts.households["village"][facts.measure_home].tolist()
    shut, barred = facts.shut_home[facts.measure_home].tolist(), facts.banned_home[facts.measure_home].tolist()
    names = ("id", "household", "requires", "uses_slot", "labour", "main_house", "alternative_group", "meets")
    columns: list[list[Any]] = [facts.measures[name].tolist() for name in names]
    gains = np.where(facts.measures["gain_from_year"] > facts.year, 0, facts.measures["income_gain"]).tolist()
    automatic = facts.automatic.tolist()
    found = []
    for row, (name, household, requires, slot, labour, house, group, meets) in enumerate(zip(*columns, strict=True)):
        if row in banned or (barred if automatic[row] else shut)[row]:
            continue
        needed = requires if not slot or slot in requires else (*requires, slot)
        item = Item(
            id=name,
            village=villages[row],
            household=household,
            costs=costs.get(first + row, ()),
            requires=needed,
            slot=slot,
            labour=labour,
            main_house=house,
            group=group,
            meets=frozenset(meets),
            gain=gains[row],
        )
        found.append((automatic[row], item))
    return found


def _homes(facts: Facts) -> dict[str, Home]:
    table = facts.households
    columns = (table["id"], table["persons"], table["needs"], table["labour"], facts.out)
    return {
        name: Home(persons, frozenset(needs), labour, out)
        for name, persons, needs, labour, out in zip(*(column.tolist() for column in columns), strict=True)
    }
