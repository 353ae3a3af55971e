"""Every package of every household of a block, enumerated without the core."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from liftplan.solver.problem import Bools, Ints, Problem

MOST = 200_000
"""Packages of one household that are enumerated."""


class TooMany(Exception):
    """A household has more packages than are enumerated."""


@dataclass(frozen=True)
class Listing:
    """The packages of a block, grouped by household and set of projects ("sets", ascending by household).

    A package takes the direct effects of the projects that it needs. Where others would lift the household, the same
    package is listed again with the projects that bring them.
    """

    first_home: int
    homes: int
    start: Ints
    """(packages + 1,) first entry of `measures`; every package has at least one entry, -1 for none."""
    measures: Ints
    home: Ints
    """(packages,) household within the block."""
    yuan: Ints
    lifted: Bools
    touched: Bools
    """(packages,) whether anything is taken that could be refused."""
    set_start: Ints
    """(sets + 1,) first package of each set."""
    set_home: Ints
    entry_start: Ints
    """(sets + 1,) first entry of `entry_share`; every set has at least one entry, -1 for none."""
    entry_share: Ints
    """Place in the block's shares."""
    share_home: Ints
    share_project: Ints
    """(shares,) household and project, both within the block: every project that a household's measures may need."""


def closure(problem: Problem) -> list[frozenset[int]]:
    """Per project: it and everything it requires, directly or not."""
    known: dict[int, frozenset[int]] = {}

    def of(project: int) -> frozenset[int]:
        if project not in known:
            direct = problem.projects.requires.of(project)[0].tolist()
            known[project] = frozenset([project]).union(*(of(other) for other in direct))
        return known[project]

    return [of(project) for project in range(len(problem.projects.block))]


def listing(problem: Problem, needed: list[frozenset[int]], low: int, high: int, first_project: int) -> Listing:
    """Enumerate the households low .. high - 1 of a block. needed: the closures of projects."""
    packages: list[tuple[int, tuple[int, ...], int, bool, bool]] = []
    sets: list[tuple[int, int, int]] = []
    entries: list[list[int]] = []
    share_home: list[int] = []
    share_project: list[int] = []
    for home in range(low, high):
        own = problem.households.measures.of(home)[0].tolist()
        uses = {m: frozenset().union(*(needed[p] for p in problem.measures.requires.of(m)[0].tolist())) for m in own}
        projects = sorted(frozenset().union(*uses.values())) if uses else []
        place = {project: len(share_home) + index for index, project in enumerate(projects)}
        share_home += [home - low] * len(projects)
        share_project += [project - first_project for project in projects]
        groups: dict[frozenset[int], list[tuple[tuple[int, ...], int, bool, bool]]] = {}
        for taken, wanted, yuan, lifted in _household(problem, home, own, uses):
            groups.setdefault(wanted, []).append((taken, yuan, lifted, bool(taken)))
        for wanted, members in groups.items():
            sets.append((len(packages), home - low, len(entries)))
            entries.append(sorted(place[project] for project in wanted) or [-1])
            packages += [(home - low, *member) for member in members]
    counts = [max(1, len(package[1])) for package in packages]
    return Listing(
        low,
        high - low,
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.array([measure for package in packages for measure in (package[1] or (-1,))], dtype=np.int64),
        np.array([package[0] for package in packages], dtype=np.int64),
        np.array([package[2] for package in packages], dtype=np.int64),
        np.array([package[3] for package in packages], dtype=np.bool_),
        np.array([package[4] for package in packages], dtype=np.bool_),
        np.array([first for first, _, _ in sets] + [len(packages)], dtype=np.int64),
        np.array([home for _, home, _ in sets], dtype=np.int64),
        np.concatenate([[0], np.cumsum([len(entry) for entry in entries])]).astype(np.int64),
        np.array([share for entry in entries for share in entry], dtype=np.int64),
        np.array(share_home, dtype=np.int64),
        np.array(share_project, dtype=np.int64),
    )


def _household(
    problem: Problem, home: int, own: list[int], uses: dict[int, frozenset[int]]
) -> list[tuple[tuple[int, ...], frozenset[int], int, bool]]:
    """Packages of one household: measures without direct effects, projects needed, yuan, whether it lifts."""
    table, households = problem.measures, problem.households
    gap, needs = int(households.income_gap[home]), int(households.needs[home])
    labour = int(households.labour[home])
    effects = [m for m in own if table.automatic[m] and (table.high[m] or table.low[m])]
    effects = [m for m in effects if table.gain[m] > 0 or int(table.meets[m]) & needs]
    found: list[tuple[tuple[int, ...], frozenset[int], int, int]] = [((), frozenset(), 0, 0)]
    for m in own:
        if table.automatic[m]:
            continue
        yuan, work = int(table.lines.of(m)[1].sum()), int(table.labour[m])
        group, house = int(table.group[m]), bool(table.house[m])
        for taken, wanted, cost, busy in list(found):
            clash = busy + work > labour or any(
                (group >= 0 and int(table.group[other]) == group) or (house and table.house[other]) for other in taken
            )
            if not clash:
                found.append(((*taken, m), wanted | uses[m], cost + yuan, busy + work))
        if len(found) > MOST:
            raise TooMany
    packages = []
    for taken, wanted, cost, _ in found:
        here = [m for m in effects if uses[m] <= wanted]
        lifted = _lifts(problem, gap, needs, [*taken, *here])
        packages.append((taken, wanted, cost, lifted))
        further = [m for m in effects if not uses[m] <= wanted]
        if lifted or not further or not _lifts(problem, gap, needs, [*taken, *here, *further]):
            continue
        for size in range(1, len(further) + 1):
            for some in combinations(further, size):
                wider = wanted.union(*(uses[m] for m in some))
                if _lifts(problem, gap, needs, [*taken, *(m for m in effects if uses[m] <= wider)]):
                    packages.append((taken, wider, cost, True))
    return packages


def _lifts(problem: Problem, gap: int, needs: int, taken: list[int]) -> bool:
    met = 0
    for m in taken:
        met |= int(problem.measures.meets[m])
    return needs & ~met == 0 and sum(int(problem.measures.gain[m]) for m in taken) >= gap
