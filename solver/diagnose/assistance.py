"""Whom rules force to be helped, and the money that R5 then asks for at least.

Whoever is helped gets the minimum, by cost lines and a top-up. Of some cells S that top-ups flow into (or whoever can
have none): what a household takes up outside of S is at most its dearest lines there, so that the rest of its minimum
flows into S. Helped are those that R11 and R12 name (and everybody under `every`), and besides as many as a rule needs
to be kept: for money that projects cannot take up, for people who are not lifted without cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from liftplan.solver.diagnose.rules import EVERYBODY, Instance
from liftplan.solver.problem import Bools, Ints, Problem

Where = Literal["all", "payers", "topups"]
"""Cells looked at: all that the households' money flows into; of these the ones that funds of their top-ups may pay;
their top-ups' own."""

WHERE: tuple[Where, ...] = ("all", "topups", "payers")

FORCING = ("R3", "R4", "R6", "R13")
"""Rules over yuan that may need households to be helped."""

_HOUSE = 60
"""Number of the choice among main houses: a household has at most 60 measures, whose groups are counted from 0."""


@dataclass(frozen=True)
class Helped:
    """Households that are helped whatever is decided, and others of which at least so many are."""

    forcing: tuple[Instance, ...]
    """The rule that needs the others; none of those that are named."""
    block: int
    """Of those that are named: their block; else -1."""
    named: Ints
    others: Ints
    fewest: int
    """At least so many of the others."""


@dataclass(frozen=True)
class Asked:
    """What the minimums of some households ask of some cells."""

    helped: Helped
    where: Where
    cells: Bools
    """(cells,)"""
    yuan: int
    """At least so much flows into them."""
    homes: int
    """Households for which a yuan more of the minimum is a yuan more of it."""

    @property
    def instances(self) -> tuple[Instance, ...]:
        """Rules that ask for it."""
        return (Instance("R5", EVERYBODY), *self.helped.forcing)


def asked(problem: Problem) -> Iterator[Asked]:
    """All that minimums ask for; what asks for nothing is left out."""
    for helped in _helped(problem):
        homes, seen = np.concatenate([helped.named, helped.others]), set[bytes]()
        for where in WHERE:
            cells = _cells(problem, homes, where)
            found = _asked(problem, helped, where, cells)
            if found.yuan > 0 and not (where == "payers" and cells.tobytes() in seen):
                yield found
            seen.add(cells.tobytes())


def _helped(problem: Problem) -> Iterator[Helped]:
    homes = problem.households
    sure = surely_helped(problem)
    nobody = np.zeros(0, dtype=np.int64)
    for block in np.unique(homes.block[sure]).tolist():
        yield Helped((), block, np.flatnonzero(sure & (homes.block == block)), nobody, 0)
    if not homes.minimum.any():
        return
    able = problem.measures.high > 0
    lifted, free = passing(problem, able), passing(problem, able & ~_costly(problem))
    helpable = sure | (lines_at_most(problem, np.ones(len(problem.flows.cell_village), dtype=np.bool_)) > 0)
    for number, (rule, subject) in enumerate(problem.names.rows):
        if problem.rows.rhs[number] > 0 and rule in {*FORCING, "R10"}:
            gives, least = _persons(problem, number, free) if rule == "R10" else _money(problem, number)
            gives[~(lifted if rule == "R10" else helpable)] = 0
            others = np.flatnonzero((gives > 0) & ~sure)
            most = np.cumsum(-np.sort(-gives[others]))
            least -= int(gives[sure].sum())
            if least > 0 and len(others):
                fewest = min(len(others), int(np.searchsorted(most, least)) + 1)
                forcing = (Instance(rule, subject),)
                yield Helped(forcing, -1, np.flatnonzero(sure & (gives > 0)), others, fewest)


def surely_helped(problem: Problem) -> Bools:
    """(households,) those that are helped in every plan: named as such, or by a measure that must be taken."""
    homes, measures = problem.households, problem.measures
    sure = homes.always_assisted.copy()
    sure[measures.household[_costly(problem) & (measures.low > 0)]] = True
    found: Bools = sure & (homes.minimum > 0)
    return found


def _money(problem: Problem, row: int) -> tuple[Ints, int]:
    """(households,) yuan that each can add to a row over yuan if it is helped, and what projects leave of it."""
    arcs, coef = problem.rows.arcs.of(row)
    homes, projects = problem.households, problem.projects
    nothing = np.zeros(len(homes.block), dtype=np.int64)
    if not bool((coef == 1).all()):
        return nothing, 0
    inside = np.zeros(len(problem.flows.cell_village), dtype=np.bool_)
    inside[problem.flows.arc_cell[arcs]] = True
    owner, index = projects.lines.owner_of_entry(), projects.lines.index
    counted = inside[index] & (projects.high[owner] > 0)
    costs = np.zeros(len(projects.block), dtype=np.int64)
    np.add.at(costs, owner[counted], projects.lines.value[counted])
    built = _dearest(np.zeros(len(costs), dtype=np.int64), costs, projects.group, 1)
    left = int(problem.rows.rhs[row]) - int(built[0])
    if left <= 0:
        return nothing, 0
    topped = (homes.topup_cell >= 0) & inside[homes.topup_cell]
    direct = lines_at_most(problem, inside)
    return np.where(topped, np.maximum(direct, homes.minimum), direct), left


def _persons(problem: Problem, row: int, free: Bools) -> tuple[Ints, int]:
    """(households,) people who count in a row of R10 only if they are helped, and how many of them it needs.

    free: (households,) those that can be lifted without cost.
    """
    homes = problem.households
    own = homes.rows.index == row
    people = np.zeros(len(homes.block), dtype=np.int64)
    np.add.at(people, homes.rows.owner_of_entry()[own], homes.rows.value[own])
    return np.where(free, 0, people), int(problem.rows.rhs[row]) - int(people[free].sum())


def passing(problem: Problem, taken: Bools) -> Bools:
    """(households,) whether some measures (measures,) would lift them, all taken together."""
    homes, measures = problem.households, problem.measures
    gain, met = np.zeros(len(homes.block), dtype=np.int64), np.zeros(len(homes.block), dtype=np.int64)
    np.add.at(gain, measures.household[taken], measures.gain[taken])
    np.bitwise_or.at(met, measures.household[taken], measures.meets[taken])
    found: Bools = (gain >= homes.income_gap) & (homes.needs & ~met == 0)
    return found


def _cells(problem: Problem, homes: Ints, where: Where) -> Bools:
    """(cells,) where the money of some households is looked at."""
    flows, lines = problem.flows, problem.measures.lines
    topups = np.zeros(len(flows.cell_village), dtype=np.bool_)
    topups[problem.households.topup_cell[homes][problem.households.topup_cell[homes] >= 0]] = True
    if where == "topups":
        return topups
    owner = lines.owner_of_entry()
    theirs = np.zeros(len(problem.households.block), dtype=np.bool_)
    theirs[homes] = True
    mine = (theirs[problem.measures.household] & _able(problem))[owner]
    cells = topups.copy()
    cells[lines.index[mine]] = True
    if where == "payers":
        funds = np.unique(flows.arc_fund[topups[flows.arc_cell]])
        payable = np.zeros_like(cells)
        payable[flows.arc_cell[np.isin(flows.arc_fund, funds)]] = True
        cells &= payable
    return cells


def _asked(problem: Problem, helped: Helped, where: Where, cells: Bools) -> Asked:
    homes = problem.households
    fits = (homes.topup_cell < 0) | cells[homes.topup_cell]
    theirs = np.zeros(len(homes.block), dtype=np.bool_)
    theirs[helped.named] = theirs[helped.others] = True
    rest = homes.minimum - lines_at_most(problem, ~cells, theirs)
    needs = np.where(fits, np.maximum(0, rest), 0)
    yuan = int(needs[helped.named].sum()) + int(np.sort(needs[helped.others])[: helped.fewest].sum())
    return Asked(helped, where, cells, yuan, int((fits & (rest >= 0))[helped.named].sum()))


def lines_at_most(problem: Problem, inside: Bools, homes: Bools | None = None) -> Ints:
    """(households,) yuan of cost lines in some cells at most: of alternatives and of main houses only the dearest.

    homes: (households,) those that are counted, all others have 0; None: all.
    """
    measures, lines = problem.measures, problem.measures.lines
    taken = _able(problem) if homes is None else _able(problem) & homes[measures.household]
    counted = inside[lines.index]
    costs = np.zeros(len(measures.household), dtype=np.int64)
    np.add.at(costs, lines.owner_of_entry()[counted], lines.value[counted])
    some = np.flatnonzero(taken & (costs > 0))
    choice = np.where((measures.group < 0) & measures.house, _HOUSE, measures.group)
    return _dearest(measures.household[some], costs[some], choice[some], len(problem.households.block))


def _costly(problem: Problem) -> Bools:
    """(measures,) whether it has a cost line, so that whoever takes it is helped."""
    found = np.zeros(len(problem.measures.household), dtype=np.bool_)
    found[problem.measures.lines.owner_of_entry()] = True
    return found


def _able(problem: Problem) -> Bools:
    """(measures,) whether it can be taken at all."""
    measures = problem.measures
    found: Bools = (measures.high > 0) & (measures.labour <= problem.households.labour[measures.household])
    return found


def _dearest(owner: Ints, costs: Ints, choice: Ints, owners: int) -> Ints:
    """(owners,) sum of costs; of those of one owner with one choice (>= 0) only the dearest."""
    total = np.zeros(owners, dtype=np.int64)
    alone, choices = choice < 0, int(choice.max(initial=0)) + 1
    np.add.at(total, owner[alone], costs[alone])
    pairs, place = np.unique(owner[~alone] * choices + choice[~alone], return_inverse=True)
    largest = np.zeros(len(pairs), dtype=np.int64)
    np.maximum.at(largest, place, costs[~alone])
    np.add.at(total, pairs // choices, largest)
    return total
