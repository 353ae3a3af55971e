"""Every package of every household of a block, enumerated without the core."""

from __future__ import annotations

from dataclasses import dataclass

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
    package is listed again with the fewest projects that bring them: more would only cost more.
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
    """Enumerate the households low .. high - 1 of a block. needed: the closures of projects. Raises TooMany."""
    packages: list[tuple[int, tuple[int, ...], int, bool, bool]] = []
    sets: list[tuple[int, int]] = []
    entries: list[list[int]] = []
    share_home: list[int] = []
    share_project: list[int] = []
    for home in range(low, high):
        own = _Household(problem, home, needed)
        first_share = len(share_home)
        share_home += [home - low] * len(own.projects)
        share_project += [project - first_project for project in own.projects]
        groups: dict[int, list[tuple[tuple[int, ...], int, bool]]] = {}
        for taken, wanted, yuan, lifted in own.packages():
            groups.setdefault(wanted, []).append((taken, yuan, lifted))
        for wanted, members in groups.items():
            sets.append((len(packages), home - low))
            entries.append([first_share + place for place in _places(wanted)] or [-1])
            packages += [(home - low, taken, yuan, lifted, bool(taken)) for taken, yuan, lifted in members]
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
        np.array([first for first, _ in sets] + [len(packages)], dtype=np.int64),
        np.array([home for _, home in sets], dtype=np.int64),
        np.concatenate([[0], np.cumsum([len(entry) for entry in entries])]).astype(np.int64),
        np.array([share for entry in entries for share in entry], dtype=np.int64),
        np.array(share_home, dtype=np.int64),
        np.array(share_project, dtype=np.int64),
    )


def _places(bits: int) -> list[int]:
    """Places of the bits that are set."""
    return [place for place in range(bits.bit_length()) if bits >> place & 1]


@dataclass(frozen=True)
class _Measure:
    number: int
    wants: int
    """Bits of the household's projects that it needs."""
    yuan: int
    labour: int
    group: int
    """Bit of its alternatives among the household's; 0: none."""
    house: bool
    gain: int
    meets: int


class _Household:
    """Measures of one household, in plain numbers."""

    def __init__(self, problem: Problem, home: int, needed: list[frozenset[int]]) -> None:
        table, households = problem.measures, problem.households
        own = households.measures.of(home)[0].tolist()
        uses = {m: frozenset().union(*(needed[p] for p in table.requires.of(m)[0].tolist())) for m in own}
        self.projects = sorted(frozenset().union(*uses.values()))
        """Every project that a measure may need."""
        bit = {project: 1 << place for place, project in enumerate(self.projects)}
        group_bit: dict[int, int] = {}
        self._gap, self._needs = int(households.income_gap[home]), int(households.needs[home])
        self._labour = int(households.labour[home])
        self._chosen, self._effects = list[_Measure](), list[_Measure]()
        for m in own:
            group = int(table.group[m])
            one = _Measure(
                m,
                sum(bit[project] for project in uses[m]),
                int(table.lines.of(m)[1].sum()),
                int(table.labour[m]),
                0 if group < 0 else group_bit.setdefault(group, 1 << len(group_bit)),
                bool(table.house[m]),
                int(table.gain[m]),
                int(table.meets[m]),
            )
            if not table.automatic[m]:
                self._chosen.append(one)
            elif (table.high[m] or table.low[m]) and (one.gain > 0 or one.meets & self._needs):
                self._effects.append(one)
        self._all = 0
        for one in self._effects:
            self._all |= one.wants
        self._known: dict[int, list[int]] = {}
        self._effect: dict[int, tuple[int, int]] = {}

    def packages(self) -> list[tuple[tuple[int, ...], int, int, bool]]:
        """Measures without direct effects, projects needed (bits), yuan, whether it lifts. Raises TooMany."""
        # taken, wanted, yuan, labour, groups, houses, gain, met
        found: list[tuple[tuple[int, ...], int, int, int, int, bool, int, int]] = [((), 0, 0, 0, 0, False, 0, 0)]
        for one in self._chosen:
            found += [
                (
                    (*taken, one.number),
                    wanted | one.wants,
                    yuan + one.yuan,
                    labour + one.labour,
                    groups | one.group,
                    house or one.house,
                    gain + one.gain,
                    met | one.meets,
                )
                for taken, wanted, yuan, labour, groups, house, gain, met in found
                if labour + one.labour <= self._labour and not groups & one.group and not (house and one.house)
            ]
            if len(found) > MOST:
                raise TooMany
        packages = []
        for taken, wanted, yuan, _, _, _, gain, met in found:
            packages.append((taken, wanted, yuan, self._lifted(wanted, gain, met)))
            if not packages[-1][3] and self._lifted(wanted | self._all, gain, met):
                packages += [(taken, enough, yuan, True) for enough in self._fewest(wanted, gain, met)]
        return packages

    def _lifted(self, projects: int, gain: int, met: int) -> bool:
        """Whether the household is lifted by what a package brings with the direct effects of projects."""
        more, other = self._brought(projects)
        return gain + more >= self._gap and not self._needs & ~(met | other)

    def _fewest(self, wanted: int, gain: int, met: int) -> list[int]:
        """The fewest projects, those wanted among them, whose direct effects lift it together with a package's own."""
        found = list[int]()
        for wider in self._wider(wanted):
            if self._lifted(wider, gain, met) and all(less & ~wider for less in found):
                found.append(wider)
        return found

    def _wider(self, wanted: int) -> list[int]:
        """Projects with those of more direct effects, sets that others contain before them. Raises TooMany."""
        if wanted not in self._known:
            sets = {wanted}
            for one in self._effects:
                sets |= {some | one.wants for some in sets}
                if len(sets) > MOST:
                    raise TooMany
            self._known[wanted] = sorted(sets - {wanted}, key=lambda bits: (bits.bit_count(), bits))
        return self._known[wanted]

    def _brought(self, projects: int) -> tuple[int, int]:
        """Gain and needs met of the direct effects of projects."""
        if projects not in self._effect:
            here = [one for one in self._effects if not one.wants & ~projects]
            met = 0
            for one in here:
                met |= one.meets
            self._effect[projects] = sum(one.gain for one in here), met
        return self._effect[projects]
