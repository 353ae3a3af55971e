"""A project: who uses it and who pays, or who would gain and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.explain.case import Case
from liftplan.solver.explain.demanded import demanded
from liftplan.solver.explain.money import Line, Paid, cost, cost_lines, ledger_lines, uncovered
from liftplan.solver.explain.priced import best_packages, built_in
from liftplan.solver.explain.values import Value
from liftplan.solver.oracle.data import NONE
from liftplan.solver.problem import Bools, Ints

SHOWN = 20
"""Households that are named."""


@dataclass(frozen=True)
class Gainer(Value):
    """A household to which a project is worth something at the plan's prices."""

    household: str
    persons: int
    gain: float
    """People (points), at the margin, at the plan's prices."""
    lifted: bool
    """It would be lifted with the project and is not without it, at those prices."""


@dataclass(frozen=True)
class ProjectFacts(Value):
    """What is to say of a project. Worths hold at the margin, at the plan's prices."""

    project: str
    village: str
    built: bool
    padding: bool
    """Built with no user, because a minimum forces spending."""
    yuan: int
    paid: tuple[Paid, ...]
    users: tuple[str, ...]
    """Households with a measure taken that needs it."""
    thanks_to_it: tuple[str, ...]
    """Households lifted that would not be with what they take without it."""
    served: tuple[str, ...]
    """Projects built that require it."""
    slots_used: int
    slots: int
    demanded: tuple[str, ...]
    """`must project`, `never project`; `committed` where R11 names it."""
    requires: tuple[str, ...]
    """Projects that it requires and the plan does not build."""
    alternatives: tuple[str, ...]
    """Built projects of the same alternative group."""
    unpaid: tuple[str, ...]
    """Purposes of it that no fund may pay."""
    later: bool
    """Built first and refunded in a later year."""
    lines: tuple[Line, ...]
    """Not built: cost lines, its missing requirements included."""
    uncovered_yuan: int
    """Not built: yuan of them that money left over cannot pay."""
    possible: bool
    """Whether any plan may build it."""
    cost: float
    """What its money would do elsewhere, in people; missing requirements included, less what its alternative costs."""
    gain: float
    """What it brings to households, in people, the other projects being those of the plan, but for its alternative."""
    gainers: tuple[Gainer, ...]
    """Households to which it is worth something, the most first."""
    gaining: int
    """How many there are."""

    @property
    def net(self) -> float:
        """Gain less cost."""
        return round(self.gain - self.cost, 9)

    def as_json(self) -> dict[str, object]:
        """Field by field, with the net worth."""
        return {**super().as_json(), "net": self.net}


def explain_project(case: Case, name: str) -> ProjectFacts:
    """What is to say of a project of the county."""
    facts = case.facts
    row, built = facts.projects[name], name in case.built
    index = case.project[name]
    missing = _missing(case, index)
    names = tuple(case.problem.names.projects[one] for one in missing)
    wanted = tuple(one for one in names if one != name and ":" not in one)
    users = _users(case, name)
    lines = () if built else tuple(cost_lines(case, (name, *wanted)))
    found = worth(case, name)
    return ProjectFacts(
        name,
        row.village,
        built,
        name in case.plan.padding,
        cost(case, name),
        ledger_lines(case, (name,)),
        users,
        _thanks(case, name, users),
        tuple(sorted(one for one in case.built if name in facts.projects[one].requires)),
        case.slots_used[name],
        row.slots,
        demanded(case, "project", name),
        () if built else wanted,
        () if built else _rivals(case, name),
        tuple(line.purpose for line in cost_lines(case, (name,)) if not line.payers),
        facts.later(row),
        lines,
        uncovered(case, lines),
        bool(case.problem.projects.high[index]),
        found.cost,
        found.gain,
        found.gainers[:SHOWN],
        len(found.gainers),
    )


@dataclass(frozen=True)
class Balance:
    """What a project costs and brings at the plan's prices, in people (points)."""

    cost: float
    gain: float
    gainers: tuple[Gainer, ...]
    """The most first."""


def dependents(case: Case, name: str) -> frozenset[str]:
    """The project and every project that requires it, directly or not."""
    index = case.project[name]
    return frozenset(case.problem.names.projects[one] for one, needs in enumerate(case.closure) if index in needs)


def _places(case: Case, name: str) -> Ints:
    """Numbers of the project and of what requires it."""
    return np.array([case.project[one] for one in dependents(case, name)], dtype=np.int64)


def _missing(case: Case, index: int) -> list[int]:
    """The project with all that it requires and the plan does not build."""
    return sorted(one for one in case.closure[index] if not case.decisions.built[one])


def _users(case: Case, name: str) -> tuple[str, ...]:
    """Households that take a measure that needs the project directly."""
    taken = (case.options[one] for one in case.needed_by.get(name, ()) if one in case.taken)
    return tuple(sorted({option.household for option in taken}))


def _thanks(case: Case, name: str, users: tuple[str, ...]) -> tuple[str, ...]:
    """Households lifted that pass no more once everything that needs the project is taken away."""
    gone = dependents(case, name)
    homes = set(users)
    for project in gone & case.built:
        homes |= set(_users(case, project))
    found = []
    for household in sorted(homes & case.lifted):
        own = [case.options[one] for one in case.measures_of[household] if one in case.taken]
        kept = [one for one in own if not gone & set(one.requires)]
        met = {need for one in kept for need in one.meets}
        if not case.facts.passes(case.facts.homes[household], sum(one.gain for one in kept), met):
            found.append(household)
    return tuple(found)


def _rivals(case: Case, name: str) -> tuple[str, ...]:
    """Built projects that exclude it."""
    row, others = case.facts.projects[name], case.facts.projects
    if not row.alternative_group:
        return ()
    group = (row.village, row.alternative_group)
    return tuple(sorted(one for one in case.built if (others[one].village, others[one].alternative_group) == group))


def worth(case: Case, name: str) -> Balance:
    """What a project, with its missing requirements and in place of its alternative, costs and brings at the prices."""
    index, built = case.project[name], name in case.built
    block = int(case.problem.projects.block[index])
    first = case.oracle.views[block].projects.start
    with_it, without = built_in(case, block), built_in(case, block)
    with_it[np.array(_missing(case, index), dtype=np.int64) - first] = True
    for rival in () if built else _rivals(case, name):
        with_it[_places(case, rival) - first] = False
    if built:
        without[_places(case, name) - first] = False
    gains = case.prices.priced.project[first : first + len(with_it)]
    changed = with_it if not built else with_it & (np.arange(len(with_it)) == index - first)
    price = -sum(gains[changed].tolist()) + (0 if built else sum(gains[without].tolist()))
    more, less = best_packages(case, block, with_it), best_packages(case, block, without)
    lifting = _lifting(case, block, with_it, more.take) & ~_lifting(case, block, without, less.take)
    both = (more.value != NONE) & (less.value != NONE)
    change = np.where(both, more.value - less.value, 0)
    found = []
    for place in np.flatnonzero(change > 0).tolist():
        household = case.problem.names.households[case.oracle.views[block].households.start + place]
        gain = case.persons(int(change[place]))
        found.append(Gainer(household, case.facts.homes[household].persons, gain, bool(lifting[place])))
    found.sort(key=lambda one: (-one.gain, one.household))
    return Balance(case.persons(price), case.persons(sum(change.tolist())), tuple(found))


def _lifting(case: Case, block: int, built: Bools, take: Ints) -> Bools:
    """(households of the block,) whether packages lift, direct effects included."""
    view, problem = case.oracle.views[block], case.problem
    full = view.with_effects(case.prices, built.astype(np.int64), take)
    lifted = np.zeros(view.size, dtype=np.bool_)
    for place in range(view.size):
        home = view.households.start + place
        first = int(problem.households.measures.start[home])
        own = [first + bit for bit in range(int(full[place]).bit_length()) if int(full[place]) >> bit & 1]
        met = 0
        for measure in own:
            met |= int(problem.measures.meets[measure])
        gain = sum(int(problem.measures.gain[measure]) for measure in own)
        needs, gap = int(problem.households.needs[home]), int(problem.households.income_gap[home])
        lifted[place] = needs & ~met == 0 and gain >= gap and (needs != 0 or gap > 0)
    return lifted
