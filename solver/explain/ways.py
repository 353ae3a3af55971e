"""Ways out of poverty for one household: every package of its measures, by enumeration, with its cost and its price."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from liftplan.models.policy import LEDGER_TOPUP
from liftplan.solver.certificate.packages import TooMany, listing
from liftplan.solver.columns import hard_topups, weigh
from liftplan.solver.explain.case import Case
from liftplan.solver.explain.money import Line, cost, cost_lines, line
from liftplan.solver.explain.values import Value
from liftplan.solver.problem import HARD, Ints


@dataclass(frozen=True)
class Way(Value):
    """One package of measures that lifts a household, with the projects that it needs and the plan does not build.

    `worth`, `cost` and `net` hold at the margin, at the plan's prices, and count from what the household gets now.
    """

    measures: tuple[str, ...]
    """Measures to take, direct effects of projects included."""
    projects: tuple[str, ...]
    """Projects to build that the plan does not build, with all that they require."""
    direct_yuan: int
    topup_yuan: int
    project_yuan: int
    lines: tuple[Line, ...]
    """Cost lines of all this that the plan does not pay yet."""
    worth: float
    """People (points) that lifting the household counts."""
    cost: float
    """What its money, and whatever else is scarce, would do elsewhere, in people; projects included."""

    @property
    def yuan(self) -> int:
        """Everything together: measures, top-up and projects."""
        return self.direct_yuan + self.topup_yuan + self.project_yuan

    @property
    def net(self) -> float:
        """Worth less cost; below 0 the money does more elsewhere."""
        return round(self.worth - self.cost, 9)

    def as_json(self) -> dict[str, object]:
        """Field by field, with the sums."""
        return {**super().as_json(), "yuan": self.yuan, "net": self.net}


@dataclass(frozen=True)
class Package:
    """One package: measures that could be refused, projects needed, money, and what it is worth at the prices."""

    taken: tuple[int, ...]
    wanted: frozenset[int]
    direct: int
    topup: int
    lifted: bool
    value: int
    """Units of 2^shift, projects left out."""


@dataclass(frozen=True)
class Ways:
    """The ways out of one household. One that needs an alternative of what is built comes after all that do not."""

    cheapest: Way | None
    """At least yuan."""
    favoured: Way | None
    """The one that the plan's prices favour, of those that alternatives and full sites do not stop; else the
    cheapest."""
    now: float
    """What the household gets now is worth, at the prices: lifted or not, less its cost."""
    counted: bool
    """Whether all packages were enumerated; False: there are too many."""


def packages(case: Case, home: int) -> Iterator[Package]:
    """Every package of a household that no rule on it forbids. Raises `TooMany`."""
    problem, priced = case.problem, case.prices.priced
    households, measures = problem.households, problem.measures
    found = listing(problem, case.closure, home, home + 1, 0)
    projects = found.share_project.tolist()
    owner = np.repeat(np.arange(len(found.set_home)), np.diff(found.set_start))
    own = households.measures.of(home)[0]
    musts = {int(one) for one in own[(measures.low[own] > 0) & ~measures.automatic[own]]}
    for number in range(len(found.home)):
        taken = tuple(m for m in found.measures[found.start[number] : found.start[number + 1]].tolist() if m >= 0)
        if not musts <= set(taken) or any(not measures.high[m] for m in taken):
            continue
        direct, lifted = int(found.yuan[number]), bool(found.lifted[number])
        entries = found.entry_share[found.entry_start[owner[number]] : found.entry_start[owner[number] + 1]].tolist()
        wanted = frozenset(projects[entry] for entry in entries if entry >= 0)
        value = sum(int(priced.measure[m]) for m in taken) + (int(priced.lift[home]) if lifted else 0)
        for topup in _topups(case, home, direct):
            extra = _money(case, home, direct, topup, touched=bool(taken))
            if extra is not None:
                yield Package(taken, wanted, direct, topup, lifted, value + extra)


def _topups(case: Case, home: int, direct: int) -> tuple[int, ...]:
    """Top-ups that R5 leaves a package: all that lacks where it is hard, none of it or all where it is soft."""
    households = case.problem.households
    one = np.array([home], dtype=np.int64)
    hard = int(hard_topups(case.problem, one, np.array([direct], dtype=np.int64))[0])
    payable = int(households.topup_cell[home]) >= 0
    if hard:
        return (hard,) if payable else ()
    assisted = direct > 0 or bool(households.always_assisted[home])
    lacks = max(0, int(households.minimum[home]) - direct) if assisted else 0
    return (0, lacks) if lacks and payable else (0,)


def _money(case: Case, home: int, direct: int, topup: int, *, touched: bool) -> int | None:
    """What R5 and R9 add to a package's value at the prices; None: R9 forbids it."""
    households, priced, shift = case.problem.households, case.prices.priced, case.prices.shift
    value = -int(priced.topup[home]) * topup
    if touched or topup:
        value += int(households.touch_worth[home]) >> shift
    if not (direct > 0 or households.always_assisted[home]):
        return value
    short = max(0, int(households.minimum[home]) - direct - topup)
    value -= short * (max(0, int(households.minimum_price[home])) >> shift)
    maximum = int(households.maximum[home])
    over = max(0, direct + topup - maximum) if maximum >= 0 else 0
    if over and households.maximum_price[home] == HARD:
        return None
    return value - over * (max(0, int(households.maximum_price[home])) >> shift)


def ways_out(case: Case, name: str) -> Ways:
    """The ways out of a household of the county."""
    home = case.home[name]
    built = set(np.flatnonzero(case.decisions.built).tolist())  # stand-ins of demands are projects, too
    taken = [case.measure[m] for m in case.measures_of.get(name, ()) if m in case.taken]
    now = _value_now(case, home, taken)
    best: list[tuple[tuple[bool, int, int, int], Package]] = []
    try:
        for package in packages(case, home):
            if package.lifted and _can_build(case, package.wanted) and _fits(case, package.taken):
                missing = sorted(package.wanted - built)
                yuan = package.direct + package.topup + _project_yuan(case, missing)
                gain = package.value + sum(int(case.prices.priced.project[p]) for p in missing)
                instead = bool(_rivals(case, package.wanted, built))
                best.append(((instead, yuan, -gain, len(package.taken)), package))
    except TooMany:
        return Ways(None, None, case.persons(now), False)
    if not best:
        return Ways(None, None, case.persons(now), True)
    cheapest = min(best, key=lambda pair: (pair[0], pair[1].taken))[1]
    open_now = [pair for pair in best if not pair[0][0] and not full_sites(case, name, _names(case, pair[1].taken))]
    favoured = min(open_now, key=lambda pair: (pair[0][2], pair[0][1], pair[1].taken))[1] if open_now else cheapest
    first = _way(case, name, home, cheapest, built, now)
    second = first if favoured is cheapest else _way(case, name, home, favoured, built, now)
    return Ways(first, second, case.persons(now), True)


def _can_build(case: Case, projects: frozenset[int]) -> bool:
    """Whether none of these is forbidden for good, and no two exclude each other."""
    table = case.problem.projects
    groups = [int(table.group[project]) for project in projects if table.group[project] >= 0]
    allowed = all(table.high[project] > 0 for project in projects)
    return allowed and len(groups) == len(set(groups)) and not projects & case.excluded


def _fits(case: Case, taken: tuple[int, ...]) -> bool:
    """Whether sites have as many slots as a package's measures use, whoever else uses them."""
    used = _sites(case, _names(case, taken))
    return all(count <= case.facts.projects[site].slots for site, count in used.items())


def full_sites(case: Case, name: str, measures: tuple[str, ...]) -> dict[str, int]:
    """Sites whose slots do not reach for a household's measures beside those of others: slots that others use."""
    own = _sites(case, tuple(one for one in case.measures_of.get(name, ()) if one in case.taken))
    wanted = _sites(case, measures)
    others = {site: case.slots_used[site] - own[site] for site in wanted}
    return {site: used for site, used in others.items() if used + wanted[site] > case.facts.projects[site].slots}


def _sites(case: Case, measures: tuple[str, ...]) -> Counter[str]:
    """Site -> slots that measures use."""
    return Counter(slot for one in measures if (slot := case.options[one].slot))


def _names(case: Case, measures: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(case.problem.names.measures[one] for one in measures)


def _rivals(case: Case, wanted: frozenset[int], built: set[int]) -> set[int]:
    """Built projects that exclude one that is wanted, and all that require them."""
    group = case.problem.projects.group
    groups = {int(group[project]) for project in wanted - built} - {-1}
    if not groups:
        return set()
    rivals = {project for project in built if int(group[project]) in groups}
    return {project for project in built if case.closure[project] & rivals}


def _project_yuan(case: Case, projects: list[int]) -> int:
    return sum(int(case.problem.projects.lines.of(project)[1].sum()) for project in projects)


def _value_now(case: Case, home: int, taken: list[int]) -> int:
    """What the plan gives a household, at the prices, units of 2^shift; projects left out."""
    problem, priced = case.problem, case.prices.priced
    one, owner = np.array([home], dtype=np.int64), np.zeros(len(taken), dtype=np.int64)
    topup: Ints = case.decisions.topup[one]
    weighed = weigh(problem, one, np.array(taken, dtype=np.int64), owner, topup)
    refusable = [m for m in taken if not problem.measures.automatic[m]]
    value = sum(int(priced.measure[m]) for m in refusable)
    value += int(priced.lift[home]) if bool(weighed.lifted[0]) else 0
    return value + (_money(case, home, int(weighed.direct[0]), int(topup[0]), touched=bool(refusable)) or 0)


def _way(case: Case, name: str, home: int, package: Package, built: set[int], now: int) -> Way:
    names = case.problem.names
    missing = sorted(package.wanted - built)
    sites = (built | set(missing)) - _rivals(case, package.wanted, built)
    own = case.problem.households.measures.of(home)[0].tolist()
    effects = [
        m
        for m in own
        if case.problem.measures.automatic[m]
        and case.problem.measures.high[m]
        and set(case.problem.measures.requires.of(m)[0].tolist()) <= sites
    ]
    measures = tuple(sorted(names.measures[m] for m in {*package.taken, *effects}))
    projects = tuple(sorted(names.projects[p] for p in missing if ":" not in names.projects[p]))
    new = [m for m in measures if m not in case.taken]
    lines = [*cost_lines(case, projects), *cost_lines(case, new)]
    more = package.topup - int(case.decisions.topup[home])
    if more > 0:
        lines.append(line(case, LEDGER_TOPUP + name, case.county.policy.R5.purpose, more))
    worth = int(case.prices.priced.lift[home])
    gain = package.value + sum(int(case.prices.priced.project[p]) for p in missing) - now
    return Way(
        measures,
        projects,
        package.direct,
        package.topup,
        sum(cost(case, project) for project in projects),
        tuple(lines),
        case.persons(worth),
        case.persons(worth - gain),
    )
