"""Plans of counties with very many villages: part by part, at prices of the shared rows that are the same in all.

1. A sample of the blocks, with its portion of everything shared (R1, R6, R7, R10, R11, R13), gives prices of the shared
   rows.
2. Each part, with its portion, is taken to its root; the block plans worth having are kept.
3. One linear program over the block plans of all parts says how much of what is shared falls to each part.
4. Each part, with what falls to it and what the parts before it left, is planned as a county of its own. Alone, paying
   common prices for what it uses of the shared, it has an exact bound. The bounds add up to one of the whole: the
   Lagrangian relaxation of the shared rows at these prices. How each is shown is written down as long as the part's
   oracle is there, and makes up a certificate, unless that takes too much of the time so far.

No step holds more than one part's oracle in memory, and each takes time in proportion to the number of parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.problems import InternalError
from liftplan.solver.certificate.form import Certificate
from liftplan.solver.certificate.pieces import of_pieces
from liftplan.solver.clock import HOUSEHOLDS_A_SECOND, Clock
from liftplan.solver.columns import objective_of
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import priced_at
from liftplan.solver.incumbent import Incumbent
from liftplan.solver.memory import give_back
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.parts.bound import PartBound, part_bound
from liftplan.solver.parts.coupling import CommonPrices, portions, priced, used
from liftplan.solver.parts.part import SIZE, Part, part_of, parts_of
from liftplan.solver.parts.root import NEAR, PartMaster, PartRoot, kept_root
from liftplan.solver.parts.together import together
from liftplan.solver.parts.writing import Writing
from liftplan.solver.problem import Decisions, Ints, Problem, reachable
from liftplan.solver.rounding.second import Goal
from liftplan.solver.search import Search
from liftplan.solver.second import improved
from liftplan.solver.settings import Settings
from liftplan.solver.start import first_prices

SAMPLE = 96
"""Blocks of the sample, about."""

SPARE_SHIFT = 5
"""Binary digits by which common prices are coarser than the sample's, so that they are on the grid of every part."""

PART_GAP = 0.5
"""Gap of a part's plan, in terms of the gap asked for."""

SECOND_SECONDS = 2.0
"""Time for level 2 in a part."""

LEAST_GAP = 2e-4
"""Gap below which no part is driven: bounds of parts differ by more."""

Tell = Callable[[str, int | None], None]
"""Called with the stage and the bound of the whole, units, or None before there is one."""


@dataclass(frozen=True)
class Planned:
    """A part with its plan; its problem is made anew where it is needed, as all of them take as much as the whole."""

    blocks: Ints
    """Of the part, ascending."""
    gives: Ints
    """(coupling,) what its plan gives of the coupling rows."""
    plan: Incumbent


@dataclass(frozen=True)
class Outcome:
    """What was found and proved of the whole."""

    bound: int | None
    """Units."""
    duals: Floats
    """(rows,) multipliers that prove it, persons per row unit."""
    parts: tuple[Planned, ...]
    best: Incumbent | None
    infeasible: bool = False
    over: Literal["time", "cancelled"] | None = None
    """What ended it early."""
    certificate: Certificate | None = None
    """Proves the bound again; None where there was no time for it, none was wanted or none of sensible size does."""


def search_parts(
    problem: Problem,
    settings: Settings,
    threads: int,
    goal: Goal | None,
    clock: Clock,
    tell: Tell,
    size: int = SIZE,
    *,
    certified: bool = True,
) -> Outcome:
    """Search a problem part by part, as far as the clock lets.

    goal: of level 2; None: only level 1. tell: called after every step. size: blocks of a part, about. certified:
    whether the bound is to have a certificate. Raises InternalError if a plan is above its bound.
    """
    run = _Parts(problem, settings, threads, goal, clock, tell, size, certified)
    common = run.prices()
    roots = None if common is None else run.roots(common)
    given = None if common is None or roots is None else run.given(common)
    planned = None if common is None or roots is None or given is None else run.plans(roots, given)
    best = None if planned is None else _joined(problem, planned)
    if best is not None and (run.bound is None or run.bound < best.objective):
        raise InternalError(f"the bound {run.bound} is below a plan worth {best.objective}")
    return Outcome(run.bound, run.duals, planned or (), best, run.infeasible, run.over, run.certificate)


def _joined(problem: Problem, planned: Sequence[Planned]) -> Incumbent:
    """The parts' plans as one; its objective is added up anew."""
    built = np.zeros(len(problem.projects.block), dtype=np.bool_)
    taken = np.zeros(len(problem.measures.household), dtype=np.bool_)
    topup = np.zeros(len(problem.households.block), dtype=np.int64)
    flows = np.zeros(len(problem.flows.arc_cell), dtype=np.int64)
    for one in planned:
        part, decisions = part_of(problem, one.blocks), one.plan.decisions
        built[part.projects], taken[part.measures] = decisions.built, decisions.taken
        topup[part.households], flows[part.arcs] = decisions.topup, one.plan.flows
    decisions = Decisions(built, taken, topup)
    worth, people = objective_of(problem, decisions)
    plan = Incumbent(decisions, flows, worth, people, False)
    short = np.maximum(0, problem.rows.rhs - used(problem, plan))
    soft = np.flatnonzero(problem.rows.price > 0)
    penalty = sum(
        price * lack for price, lack in zip(problem.rows.price[soft].tolist(), short[soft].tolist(), strict=True)
    )
    return replace(plan, objective=worth - penalty)


class _Parts:
    """One solve."""

    def __init__(
        self,
        problem: Problem,
        settings: Settings,
        threads: int,
        goal: Goal | None,
        clock: Clock,
        tell: Tell,
        size: int,
        certified: bool,
    ) -> None:
        self._problem, self._settings, self._threads = problem, settings, threads
        self._goal, self._tell, self._certified = goal, tell, certified
        self._asked = 0
        self._oracle: Oracle | None = None
        self._clock = clock.counting(self._work) if settings.reproducible else clock
        self._writing = Writing(self._clock, counted=settings.reproducible)
        self._parts = parts_of(problem, size)
        self._portions = portions(problem, self._parts)
        self._coupling = np.flatnonzero(problem.rows.local < 0)
        self._masters: list[PartMaster] = []
        self.bound: int | None = None
        self.duals = np.zeros(len(problem.rows.rhs))
        self.certificate: Certificate | None = None
        self.infeasible = False

    def prices(self) -> CommonPrices | None:
        """Prices of the shared rows from a sample of the blocks."""
        problem = self._problem
        step = max(1, problem.blocks // SAMPLE)
        sample = np.arange(step // 2, problem.blocks, step, dtype=np.int64)
        others = np.setdiff1d(np.arange(problem.blocks, dtype=np.int64), sample)
        part = part_of(problem, sample)
        own = part.asking(portions(problem, [sample, others])[0])
        with self._searching(own, self._settings, self._clock) as search:
            first = first_prices(own, search.oracle, search.master, lambda: self.over is not None)
            found = None if self.over else search.root(first)
            if self.over:
                return None
        prices = first if found is None else found.center  # a sample may have no plan where the county has one
        return self._common(prices[part.coupling], priced_at(own, prices, search.oracle.room(own)).shift)

    def _common(self, duals: Floats, shift: int) -> CommonPrices:
        return CommonPrices.of(duals, self._problem.rows.price[self._coupling], shift + SPARE_SHIFT)

    @property
    def over(self) -> Literal["time", "cancelled"] | None:
        """Why the solve has to stop now, or None."""
        return self._clock.over

    def roots(self, common: CommonPrices) -> list[PartRoot] | None:
        """The root of every part with its portion; None if cut off, or proved that there is no plan."""
        roots: list[PartRoot] = []
        for blocks, portion in zip(self._parts, self._portions, strict=True):
            part = part_of(self._problem, blocks)
            found = self._root(part, part.asking(portion), common)
            if found is None and not self.over:
                found = self._root(part, priced(part, common), common)  # more than its portion, at a price
                self.infeasible = found is None and not self.over
            if found is None:
                return None
            roots.append(found[0])
            self._masters.append(found[1])
            self._tell("prices", None)
        return roots

    def _root(self, part: Part, problem: Problem, common: CommonPrices) -> tuple[PartRoot, PartMaster] | None:
        start = np.zeros(len(part.rows))
        start[part.coupling] = common.duals
        with self._searching(problem, self._settings, self._clock) as search:
            found = search.root(start)
            return None if found is None or self.over else kept_root(part, search, found)

    def given(self, common: CommonPrices) -> list[Ints] | None:
        """Per part, (coupling,) what its rows have to reach; None if it takes too long. Uses up the parts' masters."""
        given = together(self._masters, self._portions, common.duals, self._clock)
        self._masters = []
        return given

    def plans(self, roots: list[PartRoot], given: Sequence[Ints]) -> tuple[Planned, ...] | None:
        """A plan for every part; None if there is none for one of them in time. The bound is proved all the same."""
        # what the parts pay on average makes a sharper bound than the multipliers of the restricted master do
        mean = np.mean([root.duals[root.shared] for root in roots], axis=0)
        common = self._common(mean, max(root.shift for root in roots))
        left = np.zeros(len(self._coupling), dtype=np.int64)
        planned: list[Planned] = []
        bounds: dict[int, PartBound] = {}
        failed = 0
        multipliers = np.zeros(len(self._problem.rows.rhs), dtype=np.int64)
        waiting = dict(enumerate(roots))
        count = len(roots)
        roots.clear()  # each goes when its part has a plan
        while waiting:
            if self.over:
                return None
            number, root = next(iter(waiting.items()))
            del waiting[number]
            part, asked = part_of(self._problem, self._parts[number]), given[number]
            share = self._clock.portion(1.5 / (1 + len(waiting)))
            certified = self._certified and all(one.piece is not None for one in bounds.values())
            plan, proof = self._planned(part, root, asked - left, common, share, number in bounds, certified)
            if proof is not None:
                multipliers[part.rows], bounds[number] = proof.multipliers, proof
            elif number not in bounds:
                self.infeasible = not self.over
                return None
            if plan is not None:
                gives = used(part.problem, plan)[part.coupling]
                left += gives - asked
                planned.append(Planned(part.blocks, gives, plan))
            elif failed <= len(waiting):
                waiting[number] = root  # again, with what all others leave
            failed = 0 if plan is not None else failed + 1
            self._tell("plan", None)
        self._prove(common, multipliers, [bounds[number] for number in range(count)])
        return tuple(planned) if len(planned) == count else None

    def _planned(
        self,
        part: Part,
        root: PartRoot,
        amounts: Ints,
        common: CommonPrices,
        clock: Clock,
        known: bool,
        certified: bool,
    ) -> tuple[Incumbent | None, PartBound | None]:
        """A part's plan, and its bound at common prices.

        amounts: (coupling,) what it has to give. known: the bound is there already. certified: it is to be shown. No
        bound: there is no plan, or no time.
        """
        settings = self._settings.model_copy(update={"gap": max(LEAST_GAP, PART_GAP * self._settings.gap)})
        start = root.duals.copy()
        start[part.coupling] = common.duals
        with self._searching(part.asking(amounts), settings, clock) as search:
            plan = self._plan(search, root, start)
            return plan, None if known else self._bound(part, search, common, certified)

    def _prove(self, common: CommonPrices, multipliers: Ints, bounds: Sequence[PartBound]) -> None:
        """The bound of the whole from those of all parts, with its certificate.

        multipliers: (rows,) in units of 2^shift of the common prices.
        """
        problem, shift = self._problem, common.shift
        constant = -(-problem.constant >> shift) << shift  # rounded up, as a proof does
        total = constant + sum(bound.units for bound in bounds) - common.cost(problem.rows.rhs[self._coupling])
        self.bound = reachable(problem, total)
        self.duals = multipliers.astype(np.float64) * (2.0**shift / UNITS_PER_PERSON)
        pieces = [bound.piece for bound in bounds if bound.piece is not None]
        if len(pieces) == len(bounds):
            self.certificate = of_pieces(multipliers, shift, pieces)

    def _bound(self, part: Part, search: Search, common: CommonPrices, certified: bool) -> PartBound | None:
        """The part's bound at common prices; None if it has no plan, or there is no time."""
        duals = self._at(part, search, common)
        writing = self._writing if certified else None
        return None if duals is None else part_bound(part, search.oracle, duals, common, writing)

    def _at(self, part: Part, search: Search, common: CommonPrices) -> Floats | None:
        """(rows of the part,) multipliers for the bound at common prices; None if there is no plan, or no time."""
        alone = Search(priced(part, common), search.oracle, self._settings, self._clock, lambda *_: None)
        alone.merging.take_back(~search.merging.left_out)
        losses, columns = search.master.solve().losses, search.master.columns
        alone.master.add([columns[index] for index in np.flatnonzero(losses <= NEAR)])
        start = search.duals.copy()
        start[part.coupling] = common.duals
        found = alone.root(start)
        return None if found is None else found.duals

    def _plan(self, search: Search, root: PartRoot, start: Floats) -> Incumbent | None:
        search.merging.take_back(~root.left_out)
        search.master.add(root.columns)
        search.start = start
        search.run()
        if search.best is None or self._goal is None:
            return search.best
        better = improved(
            search.problem, self._goal, search.best, search.oracle, search.duals, search.merging, search.settings,
            search.clock, SECOND_SECONDS,
        )  # fmt: skip
        return better or search.best

    def _work(self) -> float:
        asked = self._asked + (0 if self._oracle is None else self._oracle.asked)
        return asked / HOUSEHOLDS_A_SECOND

    @contextmanager
    def _searching(self, problem: Problem, settings: Settings, clock: Clock) -> Iterator[Search]:
        """A search of a part, whose oracle is there only so long."""
        give_back()  # what the search before took
        self._oracle = Oracle(problem, self._threads)
        try:
            yield Search(problem, self._oracle, settings, clock, lambda *_: None)
        finally:
            self._oracle.close()
            self._asked += self._oracle.asked
            self._oracle = None
