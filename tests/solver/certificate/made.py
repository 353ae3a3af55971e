"""Parts of certificates made at random: valid in form, with no thought of what they prove."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.certificate.blocks import Sites
from liftplan.solver.certificate.form import LEAF, NOTHING, Branch, Certificate, Decided, Leaf, Prices, packed
from liftplan.solver.certificate.packages import Listing, closure, listing
from liftplan.solver.nodes import Fixing, restricted
from liftplan.solver.problem import HARD, Ints, Problem

SHIFTS = (0, 3, 20, 40)


def random_prices(problem: Problem, rng: np.random.Generator, shift: int) -> dict[int, int]:
    """Multipliers of rows in units of 2^shift: some none, some so large that cells have negative prices."""
    rows = problem.rows
    persons = rng.choice([0.0, 1e-6, 1e-5, 1e-4, 3e-4], len(rows.rhs)) * rng.random(len(rows.rhs))
    unit = np.where(np.diff(rows.arcs.start) > 0, UNITS_PER_PERSON, UNITS_PER_PERSON * 3000.0)
    values = (persons * unit).astype(np.int64) >> shift
    return {row: value for row, value in enumerate(values.tolist()) if value}


def multipliers(problem: Problem, shift: int, prices: dict[int, int]) -> list[int]:
    """(rows,) the multipliers in units that a certificate's prices stand for: at most the price of a soft row."""
    soft = {row: price >> shift for row, price in enumerate(problem.rows.price.tolist()) if price != HARD}
    return [min(prices.get(row, 0), soft.get(row, 2**70)) << shift for row in range(len(problem.rows.rhs))]


def random_shares(size: int, rng: np.random.Generator) -> tuple[int, Ints]:
    """Unit (a power of two) and shares of any magnitude up to a hundred persons, in units, multiples of it."""
    unit = int(rng.choice([0, 10, 33]))
    values = rng.random(size) * 10.0 ** rng.uniform(8, 16, size) * (rng.random(size) < rng.random())
    return unit, values.astype(np.int64) >> unit << unit


@dataclass(frozen=True)
class Site:
    """A block and what the prover knows of it."""

    problem: Problem
    block: int
    span: slice
    sites: Sites
    listed: Listing

    def start(self, fixings: tuple[Fixing, ...]) -> Ints | None:
        """What fixings leave open."""
        projects = restricted(self.problem, fixings).projects
        return self.sites.start(projects.low[self.span], projects.high[self.span])


def site(problem: Problem, block: int) -> Site:
    """Read one block."""
    needed = closure(problem)
    first, last = np.searchsorted(problem.projects.block, [block, block + 1]).tolist()
    low, high = np.searchsorted(problem.households.block, [block, block + 1]).tolist()
    span = slice(first, last)
    return Site(problem, block, span, Sites(problem, needed, span), listing(problem, needed, low, high, first))


def random_tree(sites: Sites, start: Ints | None, rng: np.random.Generator, eager: float) -> tuple[int, ...]:
    """A tree in preorder that branches on a random open project, with probability `eager` where one is left."""
    if start is None:
        return (NOTHING,)
    open_ = np.flatnonzero(start == -1)
    if not len(open_) or rng.random() >= eager:
        return (LEAF,)
    choice = int(rng.choice(open_))
    below = [random_tree(sites, sites.decide(start, choice, built), rng, eager) for built in (False, True)]
    return (choice, *below[0], *below[1])


def random_fixing(problem: Problem, rng: np.random.Generator) -> Fixing:
    """Any decision."""
    sizes = {"project": len(problem.projects.block), "lift": len(problem.households.block)}
    kind = str(rng.choice(["project", "lift", "measure"]))
    size = sizes.get(kind, len(problem.measures.household))
    if not size:
        return random_fixing(problem, rng)
    return Fixing(kind, int(rng.integers(size)), int(rng.integers(2)))  # type: ignore[arg-type]


class Maker:
    """Writes a whole certificate of a problem at random, and remembers which parts of all plans it bounds how."""

    def __init__(self, problem: Problem, rng: np.random.Generator) -> None:
        self.problem, self.rng = problem, rng
        self.sites = [site(problem, block) for block in range(problem.blocks)]
        self.prices: list[Prices] = []
        self.shares: list[str] = []
        self.parts: list[tuple[tuple[Fixing, ...], int]] = []
        """(fixings, which of the prices)"""

    def certificate(self) -> Certificate:
        """Prices, shares, decided projects now and then, a tree over all plans."""
        for _ in range(2):
            shift = int(self.rng.choice(SHIFTS))
            rows = tuple(random_prices(self.problem, self.rng, shift).items())
            self.prices.append(Prices(shift=shift, rows=rows))
        decided = self._decided() if self.rng.random() < 0.5 else None
        always = () if decided is None else tuple(Fixing("project", one, value) for one, value in decided.projects)
        nodes = self._nodes((), always, depth=int(self.rng.integers(0, 3)))
        return Certificate(prices=tuple(self.prices), shares=tuple(self.shares), decided=decided, nodes=tuple(nodes))

    def _nodes(self, fixings: tuple[Fixing, ...], always: tuple[Fixing, ...], depth: int) -> list[Branch | Leaf]:
        if depth == 0:
            index = int(self.rng.integers(len(self.prices)))
            self.parts.append(((*fixings, *always), index))
            trees = [self._tree(block, (*fixings, *always)) for block in range(self.problem.blocks)]
            return [Leaf(prices=index, trees=tuple(trees), shares=self._new_shares())]
        one = random_fixing(self.problem, self.rng)
        below = [
            node
            for value in (0, 1)
            for node in self._nodes((*fixings, Fixing(one.kind, one.index, value)), always, depth - 1)
        ]
        return [Branch(kind=one.kind, index=one.index), *below]

    def _decided(self) -> Decided:
        index = int(self.rng.integers(len(self.prices)))
        count = int(self.rng.integers(1, 3))
        projects = [
            (int(self.rng.integers(len(self.problem.projects.block))), int(self.rng.integers(2))) for _ in range(count)
        ]
        flips = []
        for project, value in projects:
            flip = (Fixing("project", project, 1 - value),)
            self.parts.append((flip, index))
            flips.append(self._tree(int(self.problem.projects.block[project]), flip))
        trees = [self._tree(block, ()) for block in range(self.problem.blocks)]
        return Decided(
            prices=index,
            shares=self._new_shares(),
            trees=tuple(trees),
            projects=tuple(projects),
            flips=tuple(flips),
        )

    def _tree(self, block: int, fixings: tuple[Fixing, ...]) -> tuple[int, ...]:
        own = self.sites[block]
        return random_tree(own.sites, own.start(fixings), self.rng, float(self.rng.random()))

    def _new_shares(self) -> tuple[int, ...]:
        for own in self.sites:
            unit, values = random_shares(len(own.listed.share_home), self.rng)
            self.shares.append(packed(values, unit))
        return tuple(range(len(self.shares) - len(self.sites), len(self.shares)))
