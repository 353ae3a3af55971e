"""Instant arithmetic: what each rule needs at least beside the most that it can get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from liftplan.solver.diagnose.assistance import Where, asked, passing
from liftplan.solver.diagnose.capacities import capacities, floors
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.rules import Group
from liftplan.solver.problem import Bools, Ints, Problem

Kind = Literal["money", "topups", "absorb", "committed", "share", "people", "slots", "maximum"]
"""What limits: money of the funds, of those that pay top-ups, what items can take up, the amount behind commitments, a
share, people, places."""


MINIMUMS = frozenset({"R3", "R4", "R6", "R13"})
"""Rules that ask for yuan over flows, as they stand."""


@dataclass(frozen=True)
class Figure:
    """One comparison: what is needed at least, and the most there can be."""

    rule: str
    key: str
    """Fund, row of a rule, demand ..., as in `Group.key`."""
    where: str
    """Village or project that it is about; "" for the whole county."""
    kind: Kind
    needs: int
    most: int
    unit: Literal["yuan", "person", "slot"] = "yuan"

    @property
    def room(self) -> int:
        """What is left; negative where it cannot be."""
        return self.most - self.needs


class _Sums:
    """Sums over arcs and cells that figures are made of."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cap, self.floor = capacities(problem), floors(problem)
        rows = problem.names.rows
        self.money = {subject: -int(problem.rows.rhs[row]) for row, (rule, subject) in enumerate(rows) if rule == "R1"}
        self.funds = problem.names.funds

    def takes(self, arcs: Ints) -> int:
        """Yuan that the cells of some arcs can take up."""
        return int(self.cap[np.unique(self.problem.flows.arc_cell[arcs])].sum())

    def each(self, arcs: Ints) -> dict[str, int]:
        """Fund -> yuan that it has, no more than its own of some arcs can carry."""
        found = {}
        for fund in np.unique(self.problem.flows.arc_fund[arcs]).tolist():
            most = self.takes(arcs[self.problem.flows.arc_fund[arcs] == fund])
            found[self.funds[fund]] = min(self.money.get(self.funds[fund], most), most)
        return found

    def has(self, arcs: Ints) -> int:
        """Yuan that the funds of some arcs have, none more than its arcs can carry."""
        return sum(self.each(arcs).values())


def figures(ground: Ground) -> tuple[Figure, ...]:
    """Every comparison of a county, those that cannot be first, then by room."""
    problem = ground.problem(ground.everything).problem
    sums = _Sums(problem)
    place = {name: row for row, name in enumerate(problem.names.rows)}
    found: list[Figure] = []
    for group in ground.groups:
        found += _of(group, sums, place, ground)
    found += _forced(sums)
    found += _slots(problem)
    return tuple(sorted(found, key=lambda one: (one.room >= 0, one.room / max(1, one.needs), one.rule, one.key)))


def paying(ground: Ground, group: Group) -> dict[str, int]:
    """Fund -> most yuan that it can pay towards a group of rules over money (`MINIMUMS`), in all its places.

    Empty for other rules.
    """
    if group.rule not in MINIMUMS:
        return {}
    problem = ground.problem(ground.everything).problem
    arcs = [problem.rows.arcs.of(row)[0] for row in _numbers(problem, group)]
    return _Sums(problem).each(np.unique(np.concatenate(arcs)))


def amount_of(ground: Ground, group: Group) -> int:
    """What a group of rules that are rows of the flat problem asks for, or allows, in all its places: row units."""
    problem = ground.compiled(ground.everything).problem
    return sum(abs(int(problem.rows.rhs[row])) for row in _numbers(problem, group))


def _numbers(problem: Problem, group: Group) -> list[int]:
    place = {name: row for row, name in enumerate(problem.names.rows)}
    return [place[part] for part in group.parts]


def _of(group: Group, sums: _Sums, place: dict[tuple[str, str], int], ground: Ground) -> Iterator[Figure]:
    rows = sums.problem.rows
    match group.rule:
        case rule if rule in MINIMUMS:
            numbers = [place[part] for part in group.parts]
            least = [int(rows.rhs[row]) for row in numbers]
            arcs = [rows.arcs.of(row)[0] for row in numbers]
            together = np.unique(np.concatenate(arcs))
            money, all_taken = sums.has(together), sums.takes(together)
            if group.by_village or money < all_taken:  # otherwise the next says it
                yield Figure(group.rule, group.key, "", "money", sum(least), money)
            rooms = [sums.takes(own) - asked for own, asked in zip(arcs, least, strict=True)]
            at = int(np.argmin(rooms))
            where = group.parts[at].village if group.by_village else ""
            yield Figure(group.rule, group.key, where, "absorb", least[at], sums.takes(arcs[at]))
        case "R7":
            yield from _share(group, sums, place, ground)
        case "R1":
            committed = _committed(ground, group.key)
            if committed:
                yield Figure("R1", group.key, "", "committed", committed, sums.money[group.key])
        case "R5":
            yield from _minimums(sums)
        case "R9":
            homes = sums.problem.households
            if homes.minimum.any():
                yield Figure("R9", "", "", "maximum", int(homes.minimum.max()), int(homes.maximum.max()))
        case "R10":
            yield from _people(group, sums, place)


def _share(group: Group, sums: _Sums, place: dict[tuple[str, str], int], ground: Ground) -> Iterator[Figure]:
    """R7: what the fund must pay outside or inside the purposes, against what the share allows."""
    arcs, coef = sums.problem.rows.arcs.of(place[group.parts[0]])
    fund = group.key.partition("/")[0]
    good = arcs[coef > 0]
    inside = min(sums.takes(good), sums.money.get(fund, sums.takes(good))) if len(good) else 0
    gain = int(coef.max(initial=0))
    loss = -int(coef.min(initial=0))
    most = inside if not loss else inside + inside * gain // loss
    yield Figure("R7", group.key, "", "share", _committed(ground, fund), min(most, sums.money.get(fund, most)))


def _committed(ground: Ground, fund: str) -> int:
    table = ground.county["commitments"]
    if ground.county.policy.R11.enforce != "hard" or not len(table):
        return 0
    own: Bools = table["fund"] == fund
    return int(table["yuan"][own].sum())


def _minimums(sums: _Sums) -> Iterator[Figure]:
    """R5 for everybody who must be helped, each household in one sum only: all of it, and what top-ups must pay."""
    problem = sums.problem
    every = sorted(asked(problem), key=lambda one: -one.yuan)
    wheres: tuple[tuple[Kind, Where], ...] = (("money", "all"), ("topups", "topups"))
    for kind, where in wheres:
        counted, needs = np.zeros(len(problem.households.block), dtype=np.bool_), 0
        cells = np.zeros(len(problem.flows.cell_village), dtype=np.bool_)
        for one in every:
            homes = np.concatenate([one.helped.named, one.helped.others])
            if one.where == where and not counted[homes].any():
                counted[homes] = True
                cells |= one.cells
                needs += one.yuan
        if needs:
            yield Figure("R5", "", "", kind, needs, sums.has(np.flatnonzero(cells[problem.flows.arc_cell])))


def _people(group: Group, sums: _Sums, place: dict[tuple[str, str], int]) -> Iterator[Figure]:
    """R10: people who pass if everything is done for them, whatever it costs."""
    problem, homes = sums.problem, sums.problem.households
    able = passing(problem, problem.measures.high > 0)
    owner = homes.rows.owner_of_entry()
    worst: Figure | None = None
    for part in group.parts:
        mine = (homes.rows.index == place[part]) & able[owner]
        needs = int(problem.rows.rhs[place[part]])
        one = Figure("R10", "", part.subject, "people", needs, int(homes.rows.value[mine].sum()), "person")
        worst = one if worst is None or one.room < worst.room else worst
    if worst is not None:
        yield worst


def _forced(sums: _Sums) -> Iterator[Figure]:
    """R11 and R12: all that must be done, against the money of the funds that may pay it."""
    forced = np.flatnonzero(sums.floor > 0)
    if len(forced):
        arcs = np.flatnonzero(np.isin(sums.problem.flows.arc_cell, forced))
        yield Figure("R12", "", "", "money", int(sums.floor.sum()), sums.has(arcs))


def _slots(problem: Problem) -> Iterator[Figure]:
    """R8: places of a site against measures that must be taken there."""
    measures, projects = problem.measures, problem.projects
    forced = measures.low[measures.rows.owner_of_entry()] > 0
    for row, (rule, subject) in enumerate(problem.names.rows):
        if rule == "R8":
            needs = -int(measures.rows.value[(measures.rows.index == row) & forced].sum())
            most = int(projects.rows.value[projects.rows.index == row].sum())
            if needs:
                yield Figure("R8", subject, "", "slots", needs, most, "slot")
