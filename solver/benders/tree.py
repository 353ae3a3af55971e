"""The best combination of listed sets, as the cuts let it be: branch and bound that grows on with every new cut.

Take one set S of each block so that t is largest, where for every cut  t + sum loss[k, S] x[k, S] <= room. The linear
relaxation steers; what closes a node is exact. With its duals as whole weights w >= 0, W of them on cuts that count,

    t <= ( sum w room - sum over blocks of the least sum of w loss[k, S] over the node's sets ) / W

holds for every combination of the node, whatever the duals were. Nodes are split on projects. A cut that comes later
lowers what an open node is worth; nodes that are closed stay so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.benders.cuts import Cuts
from liftplan.solver.engines.highs import Floats, Lp, LpResult, Matrix
from liftplan.solver.nodes import WHOLE
from liftplan.solver.problem import GRAIN, Bools, Ints
from liftplan.solver.pseudocosts import Pseudocosts

PERSON = UNITS_PER_PERSON // GRAIN
"""Grains."""

NEAR = PERSON // 500
"""Grains within which losses count as whole persons: those at prices of next to nothing."""

BREACH = 10.0
"""Persons that the relaxation pays for breaking a row by one, where the row has no t: so it always has a solution."""

TRIALS, TRIAL_STEPS = 8, 30
"""Projects whose values are tried before a node is split, and simplex steps of a trial."""

MOST_NODES, MOST_CLOSED = 50_000, 5_000
"""Nodes until the search gives up; nodes of a tree that is written down."""

SCALE, LARGEST = 2.0**20, 2.0**60
"""Whole weights that a dual of 1 becomes, less where sums would leave 64 bits."""

NOWHERE = np.iinfo(np.int64).max


@dataclass(frozen=True)
class _Row:
    """t (where it counts) + sum loss x <= room, in grains."""

    loss: Ints
    """(sets,)"""
    room: int
    counts: bool


@dataclass(frozen=True, order=True)
class _Node:
    """Combinations of some of the sets; the best bound first, then the newest."""

    rank: tuple[int, int]
    alive: Bools = field(compare=False)
    """(sets,)"""
    weights: Floats = field(compare=False)
    """(sets,) x of the relaxation."""
    rows: int = field(compare=False)
    """How many there were when it was solved."""

    @property
    def bound(self) -> int:
        """What its combinations are worth at most, units."""
        return -self.rank[0]


@dataclass(frozen=True)
class Closed:
    """A node of a tree that shows that no combination is worth a goal."""

    cuts: dict[int, int]
    """Whole weights of cuts."""
    twins: dict[int, int]
    """Whole weights of pairs of twins, the first less the second, in grains."""
    project: int = -1
    """What is split, left out first; -1: nothing is left."""


class Combinations:
    """Combinations of the sets that some cuts are about, of which those worth a goal are wanted."""

    def __init__(self, cuts: Cuts, goal: int) -> None:
        """goal: units that later goals do not fall below."""
        self._cuts, self._base = cuts, goal
        self._start, self._block = cuts.start, cuts.block
        self._costs = Pseudocosts(int(cuts.project[-1]))
        self._alive = np.ones(len(self._block), dtype=np.bool_)
        self._rows: list[_Row] = []
        self._losses = np.zeros((0, len(self._block)), dtype=np.int64)
        self._seen = [0, 0]
        self._open: list[_Node] = []
        self.nodes = 0
        self._lp = self._relaxation()
        for first, second in cuts.alike():
            self._enter(PERSON * (first - second), 0, counts=False)
            self._enter(PERSON * (second - first), 0, counts=False)
        self._update()
        self._push(self._alive, NOWHERE, goal)

    def best(self, goal: int, stop: Callable[[], bool]) -> Ints | None:
        """(blocks,) places of the best combination, if cuts let it be worth the goal (units).

        None where there is none, or none was found in time: see `exhausted`. A combination is returned again and again
        until a cut or a refusal rules it out.
        """
        self._update()
        while self._open:
            if self._open[0].bound < goal:
                self._open.clear()
                break
            if stop() or self.nodes > MOST_NODES:
                break
            node = heappop(self._open)
            if node.rows < len(self._rows):
                self._push(node.alive & self._alive, node.bound, goal)
                continue
            chosen = self._chosen(node, goal)
            if chosen is not None:
                heappush(self._open, node)
                return chosen
            self._split(node, goal)
        return None

    def closed(self, goal: int, stop: Callable[[], bool]) -> list[Closed] | None:
        """A tree, in preorder, that shows that no combination is worth the goal (units); None: one may be, or no time.

        Meant for combinations of which nothing has been asked yet and none is refused.
        """
        self._update()
        found, stack = list[Closed](), [self._alive]
        while stack:
            if stop() or len(found) > MOST_CLOSED:
                return None
            weights, node, _ = self._solved(stack.pop(), NOWHERE, goal)
            choice = None if node is None else self._sharpest(node)
            if node is not None and choice is None:
                breaks = self._broken(np.flatnonzero(node.alive))
                if breaks is None:
                    return None
                weights = breaks
            found.append(Closed(*self._named(weights), -1 if choice is None else choice[1]))
            if node is not None and choice is not None:
                stack += [self._half(node, *choice[:2], built) for built in (1, 0)]
        return found

    def _broken(self, chosen: Ints) -> Ints | None:
        """(rows,) weight on a row that a combination breaks; None where it keeps them all."""
        for number, row in enumerate(self._rows):
            if row.loss[chosen].sum() > row.room:
                weights: Ints = (np.arange(len(self._rows)) == number).astype(np.int64)
                return weights
        return None

    def _named(self, weights: Ints) -> tuple[dict[int, int], dict[int, int]]:
        """Weights of rows as those of cuts and of twins."""
        pairs = len(self._cuts.twins)
        twins = PERSON * (weights[0 : 2 * pairs : 2] - weights[1 : 2 * pairs : 2])
        cuts = weights[2 * pairs : 2 * pairs + len(self._cuts.cuts)]
        named = [{int(one): int(values[one]) for one in np.flatnonzero(values)} for values in (cuts, twins)]
        return named[0], named[1]

    @property
    def exhausted(self) -> bool:
        """Whether no combination is left, as exact sums prove."""
        return not self._open

    @property
    def bound(self) -> int:
        """What every combination left is worth at most, units; 0 where none is left."""
        return self._open[0].bound if self._open else 0

    def _update(self) -> None:
        """Enter the cuts and refusals that are new."""
        cuts, refused = self._cuts.cuts[self._seen[0] :], self._cuts.refused[self._seen[1] :]
        self._seen = [len(self._cuts.cuts), len(self._cuts.refused)]
        for cut in cuts:
            room = -((self._base - cut.peak) // GRAIN)
            self._alive &= (cut.loss >= 0) & (cut.loss <= room)
            loss = np.where(self._alive, cut.loss, 0)
            whole = bool(((loss + NEAR) % PERSON <= 2 * NEAR).all())
            self._enter(loss, room, counts=not whole or not any(row.counts for row in self._rows))
        for chosen in refused:
            loss = np.zeros(len(self._block), dtype=np.int64)
            loss[chosen] = PERSON
            self._enter(loss, PERSON * (len(chosen) - 1), counts=False)
        if cuts or refused:
            self._losses = np.stack([row.loss for row in self._rows])

    def _relaxation(self) -> Lp:
        """Columns: t, then a weight for each set. Rows: one set of each block."""
        lp, sets = Lp(method="simplex", presolve=False), len(self._block)
        lp.add_cols([-1.0], -np.inf, np.inf)
        lp.add_cols(np.zeros(sets), 0.0, np.inf)
        blocks = np.ones(len(self._start) - 1)
        lp.add_rows(blocks, blocks, Matrix(self._start, 1 + np.arange(sets), np.ones(sets)))
        lp.strategy("dual")
        return lp

    def _enter(self, loss: Ints, room: int, *, counts: bool) -> None:
        """One more row, in persons; a column that breaks it where t does not."""
        entries = np.flatnonzero(loss)
        index, value = 1 + entries, loss[entries] / PERSON
        if counts:
            index, value = np.append(index, 0), np.append(value, 1.0)
        self._lp.add_rows([-np.inf], [room / PERSON], Matrix([0, len(index)], index, value))
        if not counts:
            self._lp.add_cols([BREACH], 0.0, np.inf, Matrix([0, 1], [self._lp.rows - 1], [-1.0]))
        self._rows.append(_Row(loss, room, counts))

    def _solve(self, alive: Bools, steps: int | None = None) -> LpResult:
        self._lp.set_col_bounds(1 + np.arange(len(alive)), 0.0, np.where(alive, np.inf, 0.0))
        return self._lp.solve(iterations=steps)

    def _push(self, alive: Bools, bound: int, goal: int) -> float:
        """Solve a node and keep it open, if it can be worth the goal. Returns the relaxation's t, persons."""
        self.nodes += 1
        _, node, reached = self._solved(alive, bound, goal)
        if node is None:
            return -np.inf
        heappush(self._open, node)
        return reached

    def _solved(self, alive: Bools, bound: int, goal: int) -> tuple[Ints, _Node | None, float]:
        """(rows,) whole weights for some combinations, their node and the relaxation's t, persons.

        No node: none of them is worth the goal, as the weights show. bound: known before, units.
        """
        blocks = len(self._start) - 1
        if len(np.unique(self._block[alive])) < blocks:
            return np.zeros(len(self._rows), dtype=np.int64), None, -np.inf
        result = self._solve(alive)
        weights = self._whole(alive, result.row_duals[blocks:])
        proved = self._proved(alive, weights, bound, goal)
        if proved is None:
            return weights, None, -np.inf
        rank, shares = (-proved[0], -self.nodes), result.x[1 : 1 + len(alive)]
        return weights, _Node(rank, proved[1], shares, len(self._rows)), -result.objective

    def _whole(self, alive: Bools, duals: Floats) -> Ints:
        """(rows,) whole weights near the duals of a node."""
        wanted = np.maximum(0.0, -np.nan_to_num(duals))
        most = float(wanted @ np.abs(self._losses[:, alive]).max(axis=1, initial=1)) * (len(self._start) - 1)
        weights: Ints = np.rint(wanted * min(SCALE, LARGEST / max(1.0, most))).astype(np.int64)
        return weights

    def _proved(self, alive: Bools, weights: Ints, bound: int, goal: int) -> tuple[int, Bools] | None:
        """The bound of a node (units) by whole weights of rows, and the sets that may be part of the goal.

        None: no combination of it is worth the goal. bound: known before.
        """
        used = np.flatnonzero(weights)
        totals = weights[used] @ self._losses[used]
        least = np.minimum.reduceat(np.where(alive, totals, NOWHERE), self._start[:-1])
        spare = sum(int(weights[row]) * self._rows[row].room for row in used) - sum(least.tolist())
        count = sum(int(weights[row]) for row in used if self._rows[row].counts)
        need = -(-(goal - self._base) * count // GRAIN)
        if spare < need:
            return None
        if count:
            bound = min(bound, self._base + spare * GRAIN // count)
        return bound, alive & (totals - least[self._block] <= spare - need)

    def _chosen(self, node: _Node, goal: int) -> Ints | None:
        """The combination that a node's relaxation takes, if it takes one that is worth the goal."""
        tops = np.maximum.reduceat(node.weights, self._start[:-1])
        if (tops < 1 - WHOLE).any():
            return None
        chosen = np.flatnonzero(node.weights > 0.5)
        room = all(row.loss[chosen].sum() <= row.room for row in self._rows if not row.counts)
        return chosen if room and self._cuts.worth(chosen) >= goal else None

    def _split(self, node: _Node, goal: int) -> None:
        """Open the two halves of a node, by a project on which its sets differ."""
        choice = self._sharpest(node)
        if choice is None:
            return  # a single combination, which is not worth the goal
        block, project, share = choice
        value = self._solve(node.alive).objective
        for built in (0, 1):
            reached = self._push(self._half(node, block, project, built), node.bound, goal)
            if np.isfinite(reached) and 0 < share < 1:
                self._costs.saw(project, built, share, max(0.0, -value - reached))

    def _half(self, node: _Node, block: int, project: int, built: int) -> Bools:
        """(sets,) those of a node of which the block's build a project (1), or do not (0)."""
        alive = node.alive.copy()
        builds = self._cuts.sets[block][:, project - self._cuts.project[block]]
        alive[self._start[block] : self._start[block + 1]] &= builds == built
        return alive

    def _sharpest(self, node: _Node) -> tuple[int, int, float] | None:
        """Block, project and share built of the split project whose two values cost most."""
        blocks, projects, shares = self._undecided(node)
        if not len(projects):
            return None
        if len(projects) == 1:
            return int(blocks[0]), int(projects[0]), float(shares[0])
        scores = self._costs.scores(projects, shares)
        likely = np.argsort(-scores, kind="stable")[:TRIALS].tolist()
        tried = [place for place in likely if not self._costs.reliable(int(projects[place]))]
        if tried:
            self._try(node, [(int(blocks[one]), int(projects[one]), float(shares[one])) for one in tried])
        place = max(likely, key=lambda one: self._costs.scores(projects[[one]], shares[[one]])[0])
        return int(blocks[place]), int(projects[place]), float(shares[place])

    def _try(self, node: _Node, candidates: list[tuple[int, int, float]]) -> None:
        """See what a few steps towards either value of some projects (block, project, share built) cost."""
        value = self._solve(node.alive).objective
        basis = self._lp.basis()
        for block, project, share in candidates:
            for built in (0, 1):
                self._lp.set_basis(basis)
                loss = self._solve(self._half(node, block, project, built), TRIAL_STEPS).objective - value
                self._costs.saw(project, built, share, min(max(0.0, loss), BREACH))

    def _undecided(self, node: _Node) -> tuple[Ints, Ints, Floats]:
        """Blocks, projects and shares built of what a node's relaxation splits; else of what its sets differ in."""
        found: list[tuple[int, int, float]] = []
        for weights in (node.weights, node.alive / np.maximum(1, np.bincount(self._block, node.alive))[self._block]):
            for block in np.unique(self._block[node.alive & (weights < 1 - WHOLE)]).tolist():
                span = slice(self._start[block], self._start[block + 1])
                shares = weights[span] @ self._cuts.sets[block]
                split = np.flatnonzero(np.minimum(shares, 1 - shares) > WHOLE).tolist()
                found += [(block, int(self._cuts.project[block]) + one, float(shares[one])) for one in split]
            if found:
                break
        blocks, projects, shares = zip(*found, strict=True) if found else ((), (), ())
        return np.array(blocks, dtype=np.int64), np.array(projects, dtype=np.int64), np.array(shares)
