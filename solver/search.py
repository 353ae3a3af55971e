"""Branch and price: the root, then the nodes of highest bound, until bound and plan meet or a limit is reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.problems import InternalError
from liftplan.solver.benders import Held, close
from liftplan.solver.clock import Clock
from liftplan.solver.closing import MEETING, Closing
from liftplan.solver.columns import Column, columns_of, reweighed
from liftplan.solver.dive import Landed, dive, landed_at
from liftplan.solver.engines.highs import Floats
from liftplan.solver.exact import MOST, solve_whole
from liftplan.solver.generation import MISSING, Generated, Limits, generate, priced_at, steer
from liftplan.solver.incumbent import Incumbent, realised
from liftplan.solver.ledger.errors import LimitReached
from liftplan.solver.master import Master, Mixture
from liftplan.solver.merging import Merging
from liftplan.solver.nodes import (
    WHOLE,
    Fixing,
    Kept,
    Leaf,
    Node,
    branching,
    deciding,
    feasibility,
    fractions,
    restricted,
    spread,
)
from liftplan.solver.oracle.oracle import Answer, Effort, Oracle, total_bound
from liftplan.solver.oracle.pricing import Prices
from liftplan.solver.packing import LATER_SECONDS, WORTH_LOOKING, Packing
from liftplan.solver.problem import Bools, Decisions, Problem, everything, reachable
from liftplan.solver.pseudocosts import Pseudocosts
from liftplan.solver.settings import Settings
from liftplan.solver.start import first_prices
from liftplan.solver.tree import UNBOUNDED, Tree

WHOLE_AFTER = {20: 3.0, 150: 15.0, 600: 60.0}
"""After how many nodes a small problem goes to the integer solver, and for how many seconds."""

LAST_SECONDS = 60.0
"""The same once the tree is done and bound and plan have not met."""

DIVES = 8
"""Every so many nodes a dive looks for a plan."""

MISSING_ROWS = 32
"""Every so many nodes the rows left out are looked at."""

DIVE_TOLERANCE, DIVE_GAP = 0.2, 0.05
"""Persons within which a step of a dive is near enough to its prices, or a part of the gap asked for."""

ROOT_NEAR = 3.0
"""Persons that the first dive may cost before prices are adapted to it, and each time that they are."""

DIVE_LOSS = 0.3
"""Persons that a step of a later dive may cost before others are tried."""

DIVE_ROUNDS = 8
"""Rounds of column generation a step of a dive may take."""

NEAR_TIES = {1: ((0.5, False), (1.0, True)), 64: ((2.0, True),)}
"""After how many nodes sets of projects are put together anew: persons that a set may be worse than the best, and
whether each block takes one plan as it is, which is quicker where there are many sets."""

FEW_COLUMNS = 500
"""Columns that a master may have in any case."""

AIM = 0.1
"""Part of the gap asked for within which the root's bound and mixture are to meet: a plan may lose the rest."""

SPARE = 1.0
"""Persons: columns that lose a little too much for a better plan still help to find prices."""

ROUGH = Limits(1.0, shares=0)
"""How exactly the root is looked at before the rows that matter are known."""

TRIALS = 6
"""Split projects whose two values are tried in the master before a node is split."""

TRIAL_STEPS = 60
"""Simplex steps of a trial at most."""

MOST_DROP = 20.0
"""Persons: what a value costs that leaves no plan in the master."""

DEAREST = 1e8
"""Persons per scaled unit of artificial shortfall at which it is not made dearer any more."""

Progress = Callable[[str, "Search"], None]
"""Called with the stage after every step."""


@dataclass(frozen=True)
class Together:
    """Multipliers that show a bound together, as cuts over sets of projects."""

    bound: int
    """Units."""
    asked: tuple[Floats, ...]
    """(rows,) each, the root's first."""


@dataclass
class Search:
    """State of one solve of one problem. `bound` is proved at any time; `best` is a plan in whole yuan."""

    problem: Problem
    oracle: Oracle
    settings: Settings
    clock: Clock
    progress: Progress
    start: Floats | None = None
    """(rows,) multipliers to begin with, persons per row unit; None: those of the best single price of money."""
    best: Incumbent | None = None
    nodes: int = 0
    infeasible: bool = False
    supposed: bool = False
    """Whether `merging` leaves out what cost nothing in an earlier plan; looked at where the gap is not reached so."""
    merging: Merging = field(init=False)
    master: Master = field(init=False)
    tree: Tree = field(default_factory=Tree)
    duals: Floats = field(default_factory=lambda: np.zeros(0))
    """(rows,) multipliers of the root's bound, persons per row unit."""
    decided: tuple[Fixing, ...] = ()
    """Projects that every better plan builds or leaves alike, shown at the root's prices: true in the whole tree."""
    together: Together | None = None
    """What shows the best bound over sets of projects."""
    _kept: Kept = field(init=False)
    _root: tuple[Prices, list[Answer]] | None = None
    _decided_at: int | None = None
    _center: Generated | None = None
    """What column generation found at the root."""
    _costs: Pseudocosts = field(init=False)
    _packing: Packing = field(init=False)
    _plan: list[Column] = field(default_factory=list)
    """The best plan as the master has it, a column per block."""
    _fixings: tuple[Fixing, ...] = ()
    """What the master is restricted to."""
    _current: int | None = None
    _confined: bool = False
    """Whether the tree holds only what closing the gap over sets has left."""
    _cap: int | None = None
    """Bound that no leaf shows, by the integer solver or over sets of projects, units."""
    _lowest: int | None = None
    """The least bound proved so far, units: each of them holds, whatever is decided later."""
    _value: float = 1.0
    _slimmed: int = 0
    """Columns after the last time that the master was made smaller."""

    def __post_init__(self) -> None:
        self.merging = Merging(self.problem)
        self.master = Master(self.problem, self.merging)
        self.duals = np.zeros(len(self.problem.rows.rhs))
        self._packing = Packing(self)
        self._costs = Pseudocosts(len(self.problem.projects.block))
        self._kept = Kept(self.problem, self.oracle.static.blocks, self.master.columns)

    @property
    def bound(self) -> int | None:
        """Proved upper bound over all plans, units; None: nothing yet. Raises InternalError if a plan is above it."""
        proved = self._of_tree
        known = [bound for bound in (proved, self._cap, self._lowest) if bound is not None]
        self._lowest = bound = min(known) if known else None
        if bound is not None and self.best is not None and bound < self.best.objective:
            raise InternalError(f"the bound {bound} is below a plan worth {self.best.objective}")
        return bound

    @property
    def of_leaves(self) -> int | None:
        """The bound that leaves prove, open ones among them, units; None: nothing yet, or not all plans lie in them."""
        return None if self._confined else self._of_tree

    @property
    def _of_tree(self) -> int | None:
        parts = [bound for bound in (self.tree.highest, self.tree.closed, self._current) if bound is not None]
        if self.best is not None and parts and self.decided:
            # the tree below holds only what is better by a step
            parts.append(self.best.objective + self.step - self.problem.granularity)
        proved = max(parts) if parts else None
        return None if proved is None or proved >= UNBOUNDED else reachable(self.problem, proved)

    @property
    def proved(self) -> int:
        """The bound; before there is one, that nobody can do better than everything worth anything, units."""
        bound = self.bound
        return reachable(self.problem, everything(self.problem)) if bound is None else bound

    @property
    def step(self) -> int:
        """A better plan is better by at least this, units (as far as it matters)."""
        return max(self.problem.granularity, MEETING)

    def near_enough(self, bound: int | None = None) -> bool:
        """Whether the gap asked for is reached; bound: by this one instead of the best."""
        bound = self.bound if bound is None else bound
        if self.best is None or bound is None:
            return False
        width = bound - self.best.objective
        return width < self.step or width <= self.settings.gap * max(UNITS_PER_PERSON, self.best.objective)

    def offer(self, candidate: Incumbent | None) -> bool:
        """Keep a plan if it is the best."""
        if candidate is None or (self.best is not None and candidate.objective <= self.best.objective):
            return False
        self.best = candidate
        self._plan = columns_of(self.problem, self.oracle.static.blocks, candidate.decisions)
        self.master.add(self._plan)
        self.progress("plan", self)
        return True

    def root(self, start: Floats) -> Generated | None:
        """Only bound the root, from multipliers (rows,); None: proved that there is no plan."""
        self.nodes = 1
        return self._bound(self._enter(()), Node((), None, start, start))

    def run(self) -> None:
        """Search until the gap is reached, everything is closed, or the clock says stop."""
        prices = self.start
        if prices is None:
            prices = first_prices(self.problem, self.oracle, self.master, self._over)
        self.tree.push(Node((), None, prices, prices))
        while self.tree and not self._over():
            node = self.tree.pop()
            if self._cut(node.bound):
                self.tree.close(Leaf(node.fixings, node.bound, node.duals))
                continue
            self._current = UNBOUNDED if node.bound is None else node.bound
            self._visit(node)
            self._current = None
            self.progress("branch" if self.nodes > 1 else "prices", self)
            if self.nodes in WHOLE_AFTER and not self.near_enough():
                self._solve_whole(WHOLE_AFTER[self.nodes])
            if self.near_enough() or self.infeasible:
                return
        if not self.tree and not self._over():
            self.infeasible = self.best is None and self.tree.closed is None
            if not self.infeasible and not self.near_enough():
                # what prices and whole packages cannot tell apart
                self._solve_whole(LAST_SECONDS)

    def _over(self) -> bool:
        return self.clock.over is not None

    def _cut(self, bound: int | None) -> bool:
        """Whether a node with this bound cannot hold a better plan."""
        return self.best is not None and bound is not None and bound < self.best.objective + self.step

    def _visit(self, node: Node) -> None:
        """Bound a node, look for plans in it, and split it."""
        self.nodes += 1
        problem = self._enter(node.fixings)
        found = self._bound(problem, node)
        if found is None or found.bound is None:
            return
        self._current = found.bound
        if self.nodes == 1:
            self.duals, self._lowest = found.duals, reachable(self.problem, found.bound)
        confined = self._confined
        if not self._cut(found.bound) and not self.near_enough():
            self._look(node, found)
        if self._confined > confined or self.nodes == 0:
            return
        if self.near_enough() or self._over():
            self.tree.push(Node(node.fixings, found.bound, found.duals, found.center))
            return
        if self._cut(found.bound):
            self.tree.close(Leaf(node.fixings, found.bound, found.duals))
            return
        if self.nodes == 1:
            self._root = self._root or self._exactly(problem, found.duals)
        self._decide()
        self._split(problem, node, found)
        if self.nodes == 1 or len(self.master.columns) > 2 * max(FEW_COLUMNS, self._slimmed):
            self._slim()

    def _look(self, node: Node, found: Generated) -> None:
        """Look for plans below a node."""
        left_out = self.merging.left_out
        settled = self._look_first(node, found)
        if self.nodes == 1 and self._rows_matter(left_out):
            # the root again, with them: other projects suit them
            self.tree.push(Node((), found.bound, found.duals, found.center))
            self.nodes = 0
            return
        if self.nodes == 1 and not settled and not self.enough():
            self._once_more(node, found)
        if settled or (self.nodes == 1 and self._closes()):
            return
        for slack, plain in NEAR_TIES.get(self.nodes, ()):
            if not self.near_enough():
                self.round(self._combined(slack, plain))

    def _look_first(self, node: Node, found: Generated) -> bool:
        """Look at the mixture's own plans, or where a dive from it ends; whether there is no more to look for here."""
        columns = self.master.columns
        if fractions(self.problem, self.oracle.static.blocks, columns, found.mixture).whole:
            if found.mixture.missing < MISSING:
                self.propose(self._packing.whole(found.mixture))
            return True
        landed = landed_at(self.problem, columns, found)
        if landed is not None:
            self.round(landed)
            return True
        if self.nodes == 1:
            self._center = found
            self._dive_first(node, found)
        elif self._dives_late():
            self.round(self._dive(node, found, loss=DIVE_LOSS))
        return False

    def _dive_first(self, node: Node, found: Generated) -> None:
        """Dive from the root, and look for packages where that ends; where there is no plan yet, wherever that is."""
        left_out = self.merging.left_out
        landed = self._first_landing(node, found)
        if landed is not None and landed.found.value >= found.value * (1 - WORTH_LOOKING):
            # its own prices may be next to nothing, and those tell no packages apart
            self.round(landed, found.center)
        if self.best is None and (self.merging.left_out == left_out).all():
            self.round(landed)

    def _first_landing(self, node: Node, found: Generated) -> Landed | None:
        """Where a dive from the root ends."""
        return self._dive(node, found, near=self._root_near)

    def _once_more(self, node: Node, found: Generated) -> None:
        """Another look at the root, should the first have been a rough one."""

    def _rows_matter(self, left_out: Bools) -> bool:
        """Whether rows matter that the root was looked at without ((rows,)): a first plan broke them, or they cost.

        What was supposed of them is looked at once, where the gap was not reached so.
        """
        if self.enough():
            return False
        supposed, self.supposed = self.supposed, False
        if supposed:
            self._enter(())
            self.merging.take_back(self.master.missed())
        return (supposed or self.best is None) and bool((left_out & ~self.merging.left_out).any())

    def _closes(self) -> bool:
        """Close the gap over sets of projects, where they are few enough; False: go on in other ways.

        Small problems go to the integer solver.
        """
        found = self._center
        if self._confined or found is None or found.bound is None or len(self.problem.measures.household) <= MOST:
            return False
        if self.enough():
            return True
        self._root = self._root or self._exactly(self._enter(()), found.duals)
        closing = Closing(self, found)
        held = close(closing, found.duals, *self._root)
        if held is not None and self.best is not None:
            closing.insist(held)
            if not self.near_enough():
                self._confine(held)
        return (held is not None and self.best is not None) or self.enough()

    def _confine(self, held: Sequence[Held]) -> None:
        """Go on only among plans that build one of these choices: nothing else is better than the best plan."""
        self._confined = True
        self.tree = Tree(closed=self.goal - 1)
        for one in held:
            self.tree.push(Node(deciding(one.built), one.bound, one.duals, one.duals))

    @property
    def goal(self) -> int:
        """What a better plan is worth at least, units; 0 before there is one."""
        return 0 if self.best is None else self.best.objective + self.step

    def enough(self) -> bool:
        """Whether the gap asked for is reached, or the search has to end."""
        return self.near_enough() or self._over()

    def lower(self, bound: int, asked: Sequence[Floats]) -> None:
        """Take note of a proved bound, units, which no leaf of the tree shows.

        asked: (rows,) multipliers that together show it, the root's first.
        """
        bound = reachable(self.problem, bound)
        if self._cap is None or bound < self._cap:
            self._cap, self.together = bound, Together(bound, tuple(asked))
        self.progress("sets", self)

    def _dives_late(self) -> bool:
        """Now and then; not where sets put together are better and money is merged, which makes those quick."""
        return self.nodes % DIVES == 0 and (self.best is None or not self.merging.left_out.any())

    def _split(self, problem: Problem, node: Node, found: Generated) -> None:
        """Open the two halves of a node, or close it where nothing is left to decide."""
        split = fractions(self.problem, self.oracle.static.blocks, self.master.columns, found.mixture)
        choice = branching(self.problem, problem, split)
        if choice is None:
            self._settle(node, found)
            return
        kind, index = choice
        if kind == "project":
            index = self._sharpest(split.built, index)
        for value in (0, 1):
            self.tree.push(Node((*node.fixings, Fixing(kind, index, value)), found.bound, found.duals, found.center))

    def _sharpest(self, built: Floats, otherwise: int) -> int:
        """The split project whose two values cost most, as the master sees it or has seen it before."""
        split = np.flatnonzero(np.minimum(built, 1 - built) > WHOLE)
        if len(split) <= 1:
            return otherwise
        scores = self._costs.scores(split, built[split])
        likely = split[np.argsort(-scores, kind="stable")[:TRIALS]].tolist()
        tried = [(one, value) for one in likely if not self._costs.reliable(one) for value in (0, 1)]
        fixings = [
            spread(self.problem, (*self._fixings, Fixing("project", project, value))) for project, value in tried
        ]
        drops = self.master.drops([self._kept.allowed(one) for one in fixings], TRIAL_STEPS)
        for (project, value), drop in zip(tried, drops, strict=True):
            self._costs.saw(project, value, float(built[project]), min(max(0.0, drop), MOST_DROP))
        return int(split[np.argmax(self._costs.scores(split, built[split]))])

    def _settle(self, node: Node, found: Generated) -> None:
        """Close a node in which everything is decided: its plan, once proved best for its decisions, is its bound."""
        bound = found.bound
        try:
            plan = self._realised(self._packing.whole(found.mixture), None)
        except LimitReached:
            pass
        else:
            self.offer(plan)
            soft = bool((self.problem.households.minimum_price > 0).any())  # top-ups are still open then
            if not soft and plan is None:
                bound = None
            elif not soft and plan is not None and plan.final and bound is not None:
                bound = min(bound, plan.objective)
        self.tree.close(Leaf(node.fixings, bound, found.duals))

    def _enter(self, fixings: tuple[Fixing, ...]) -> Problem:
        """The problem under fixings; the master allows only the columns that keep them."""
        self._fixings = spread(self.problem, (*fixings, *self.decided))
        self.master.allow(self._kept.allowed(self._fixings))
        return restricted(self.problem, self._fixings)

    def _slim(self) -> None:
        """Leave out the columns of which no plan that is better than the best consists, as far as the root shows."""
        if self.best is None or self.bound is None:
            return
        self._enter(())
        mixture, columns = self.master.solve(), self.master.columns
        slack = max(0.0, mixture.value - self.best.objective / UNITS_PER_PERSON) + SPARE
        master = Master(self.problem, self.merging, penalty=self.master.penalty)
        master.add([columns[index] for index in np.flatnonzero(mixture.losses <= slack)])
        master.add(self._plan)
        self.master, self._slimmed = master, len(master.columns)
        self._kept = Kept(self.problem, self.oracle.static.blocks, master.columns)

    def _exactly(self, problem: Problem, duals: Floats) -> tuple[Prices, list[Answer]]:
        """Prices with every block searched to the end, as far as that goes."""
        prices = priced_at(problem, duals, self.oracle.room(problem))
        tolerance = self.step // (1000 * max(1, problem.blocks)) >> prices.shift
        return prices, self.oracle.ask(prices, Effort(tolerance, nodes=1000), range(problem.blocks))

    def _decide(self) -> None:
        """Decide projects whose other value leaves, at the root's prices, no plan better than the best."""
        if self._root is None or self.best is None or self._decided_at == self.best.objective or self._over():
            return
        prices, answers = self._root
        bound = total_bound(prices, answers)
        self._decided_at = self.best.objective
        if bound is not None:
            slack = (bound - self.best.objective - self.step >> prices.shift) + 1
            known = {fixing.index for fixing in self.decided}
            pairs = self.oracle.decided(prices, answers, slack, known, self._over)
            self.decided += tuple(Fixing("project", index, value) for index, value in pairs)

    def _bound(self, problem: Problem, node: Node, before: Generated | None = None) -> Generated | None:
        """Column generation at a node; None: proved to hold no plan, and closed. before: what to go on with, if any."""
        start = node.start
        inherited = None if node.bound is None else (node.bound, node.duals)
        if self.nodes == 1 and self.merging.left_out.any() and not self.supposed:
            start, before = self._roughly(problem, start), None
        while True:
            limits = self._limits()
            found = generate(problem, self.oracle, self.master, start, limits, self._report, inherited, before)
            before = None
            if found.bound is None:
                self.tree.close(Leaf(node.fixings, None, found.duals))
                return None
            if self._looks_for_rows() and self.merging.take_back(self.master.missed()):
                inherited, start = (found.bound, found.duals), self.master.solve().duals
                continue
            if found.mixture.missing < MISSING or self._cut(found.bound) or self.enough():
                return found
            if self._impossible(problem, node):
                return None
            if self._over() or self.master.penalty > DEAREST:
                # what is missing then is the engine's rounding; the bound holds all the same
                return found
            inherited = found.bound, found.duals
            self.master.raise_penalty(10.0)
            start = self.master.solve().duals

    def _roughly(self, problem: Problem, start: Floats) -> Floats:
        """Multipliers (rows,) near the root's, once the rows that matter there are back: sharper ones would be lost."""
        near = steer(problem, self.oracle, self.master, start, ROUGH, self._over)
        if near is not None and not self._over():
            self.merging.take_back(self.master.missed())
        return start if near is None else near.center

    def _looks_for_rows(self) -> bool:
        """Whether a converged node is to be held against all rows: now and then; the root is before it is sharp."""
        return self.nodes % MISSING_ROWS == 0 and not self._over()

    def _limits(self) -> Limits:
        """How far a node is taken: as far as its bound can still decide something."""
        value = max(1.0, self._value if self.best is None else self.best.objective / UNITS_PER_PERSON)
        aim = self._aim(value)
        least = 0.05 * min(1.0, self.step / UNITS_PER_PERSON)
        cutoff = None if self.best is None else self.best.objective + self.step
        return Limits(max(aim, least) if self.nodes == 1 else least, cutoff=cutoff)

    def _aim(self, value: float) -> float:
        """Persons between a root's bound and its mixture that the gap asked for leaves room for, about."""
        return AIM * self.settings.gap * value

    def _report(self, bound: int | None, mixture: Mixture) -> bool:
        self._value = mixture.value
        self._require(mixture)
        if bound is not None and self._current is not None:
            self._current = min(self._current, bound)
        self.progress("prices", self)
        return self.enough()

    def _require(self, mixture: Mixture) -> None:
        """Master value >= plan, in every round of every node that holds the plan: its columns are among those mixed."""
        if self.best is None or not self._kept.holds(self._plan, self._fixings):
            return
        plan = self.best.objective / UNITS_PER_PERSON
        if mixture.value < plan - 1e-6 * max(1.0, abs(plan)):
            raise InternalError(f"the master's value {mixture.value} is below a plan worth {plan}")

    def _impossible(self, problem: Problem, node: Node) -> bool:
        """Phase one: whether prices prove that no plan of a node keeps the hard rows. Its columns go to the master."""
        plain = feasibility(problem)
        first = Master(plain, phase_one=True)
        kept = self._kept.allowed(spread(self.problem, (*node.fixings, *self.decided)))
        first.add([self.master.columns[index] for index in np.flatnonzero(kept)])
        old = len(first.columns)
        duals = first.solve().duals
        found = generate(plain, self.oracle, first, duals, Limits(1e-7, cutoff=0), lambda *_: self._over())
        if found.bound is None or found.bound < 0:
            self.tree.close(Leaf(node.fixings, None, found.duals, plain=True))
            return True
        blocks = self.oracle.static.blocks
        self.master.add([reweighed(self.problem, blocks, column) for column in first.columns[old:]])
        return False

    def _dive(
        self, node: Node, found: Generated, *, near: float = DIVE_TOLERANCE, loss: float = np.inf
    ) -> Landed | None:
        """Projects by diving from a node's mixture. near: persons that a step may cost at its prices."""
        limits = replace(
            self._limits(),
            tolerance=self._dive_tolerance,
            rounds=DIVE_ROUNDS,
            shares=0,
            cutoff=self._dive_cutoff(found),
        )

        def visit(fixings: tuple[Fixing, ...], above: Generated) -> Generated | None:
            if self._over():
                return None
            problem = self._enter(fixings)
            return steer(problem, self.oracle, self.master, above.center, limits, self._over, above, near)

        blocks, columns = self.oracle.static.blocks, self.master.columns
        landed = dive(self.problem, blocks, columns, found, node.fixings, visit, loss=loss)
        if landed is None:
            return None
        if self._dive_tolerance > DIVE_TOLERANCE:
            # where a wide gap is asked for, prices near its own will do
            return replace(landed, found=replace(landed.found, value=landed.found.mixture.value))
        return self._landed(landed.built, landed.found.center)

    @property
    def _dive_tolerance(self) -> float:
        """Persons within which a step of a dive is near enough to its prices: more where a wide gap is asked for."""
        return max(DIVE_TOLERANCE, DIVE_GAP * self.settings.gap * self._value)

    @property
    def _root_near(self) -> float:
        """Persons that the first dive may cost before prices are adapted to it."""
        return ROOT_NEAR

    def _dive_cutoff(self, _: Generated) -> int | None:
        """Units below which a dive from what was found at a node is given up."""
        return self._limits().cutoff

    def _landed(self, built: Bools, center: Floats) -> Landed | None:
        """Prices and a mixture that fit a set of projects, from prices near them."""
        limits = replace(self._limits(), tolerance=self._dive_tolerance / 4, rounds=2 * DIVE_ROUNDS, shares=0)
        below = self.under(built, center, limits)
        return None if below is None else landed_at(self.problem, self.master.columns, below)

    def under(self, built: Bools, center: Floats, limits: Limits) -> Generated | None:
        """Prices and a mixture with projects (projects,) decided, from prices (rows,) near them."""
        return steer(self._enter(deciding(built)), self.oracle, self.master, center, limits, self._over)

    def having(self, built: Bools) -> list[Column]:
        """The master's columns that build just these projects (projects,)."""
        allowed = self._kept.allowed(spread(self.problem, deciding(built)))
        return [self.master.columns[index] for index in np.flatnonzero(allowed)]

    def _combined(self, slack: float, plain: bool) -> Landed | None:
        """Sets of projects that fit together; see `Packing.sets`."""
        if self._center is None or self._over():
            return None
        built = self._packing.sets(self._enter(()), self._center, slack, plain)
        return None if built is None or self._over() else self._landed(built, self._center.center)

    def round(self, landed: Landed | None, duals: Floats | None = None, seconds: float = LATER_SECONDS) -> None:
        """Look for packages with projects that fit together; duals: not at their own prices."""
        self._packing.round(landed, duals, seconds)

    def _realised(self, decisions: Decisions, better_than: int | None) -> Incumbent | None:
        return realised(
            self.problem,
            decisions,
            better_than=better_than,
            time_limit=self.clock.left(10.0),
            repeatable=self.settings.reproducible,
            cancel=self.clock.cancel,
        )

    def pay(self, decisions: Decisions) -> Incumbent | None:
        """A plan of decisions in whole yuan that is better than the best; None where that was not possible."""
        try:
            return self._realised(decisions, None if self.best is None else self.best.objective)
        except LimitReached:
            return None

    def propose(self, decisions: Decisions) -> bool:
        """Pay for decisions in whole yuan; whether the plan is the best."""
        plan = self.pay(decisions)
        if plan is None:
            limit = None if self.settings.reproducible else self.clock.left(10.0)
            self.merging.take_back_clashing(decisions, limit, self.clock.cancel)
        return self.offer(plan)

    def _solve_whole(self, seconds: float) -> None:
        """Hand a small problem to the integer solver; its plan and its bound count like any other."""
        if len(self.problem.measures.household) > MOST or self._over():
            return
        found = solve_whole(
            self.problem,
            time_limit=None if self.settings.reproducible else self.clock.left(seconds),
            work_limit=seconds if self.settings.reproducible else None,
            seed=self.settings.seed,
            cancel=self.clock.cancel,
        )
        if found.impossible:
            if self.best is not None:
                raise InternalError("the integer solver rules out a plan that is there")
            self.infeasible = True
            return
        if found.decisions is not None:
            self.propose(found.decisions)
        if found.bound is not None:
            self._cap = found.bound if self._cap is None else min(self._cap, found.bound)
