"""Whether a rule can be given more than it asks for: a plan near the relaxation, or prices that prove the contrary."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from liftplan.solver.certificate import refutation
from liftplan.solver.clock import Clock
from liftplan.solver.compile import Named
from liftplan.solver.diagnose.builder import TRIES, decisions_of, program
from liftplan.solver.diagnose.descent import sites_of
from liftplan.solver.diagnose.drafts import Impossible
from liftplan.solver.diagnose.feasible import QUICK, Judge, Refuted
from liftplan.solver.diagnose.growth import MONEY
from liftplan.solver.diagnose.rules import EVERYBODY, Group, Instance, Kept
from liftplan.solver.engines.highs import Floats
from liftplan.solver.nodes import Leaf
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import Problem

PRICE = 10**8
"""Price of missing a yuan of what is asked for."""

LOST = 4
"""One part in so many of the room may be lost to whole projects; the rest is for whole packages."""

LARGEST = 1e9
"""The largest price of a proof, units."""

PROOF = 30.0
"""Seconds for a proof by prices, which takes one or two where a core is free."""


def roomy(judge: Judge, kept: Kept, asking: Group, room: int) -> Named | Refuted | None:
    """What a plan might do that gives one rule up to `room` yuan more than it asks for; None: nothing was found soon.

    The rule is one row over money. R5 is kept wherever it holds, so that packages of earlier questions fit. Refuted:
    not even what is asked for can be had, proved by the prices of the relaxation.
    """
    compiled = judge.ground.problem(kept | (judge.ground.everything & {Instance("R5", EVERYBODY)}))
    problem = compiled.problem
    row = problem.names.rows.index(tuple(asking.parts[0]))
    rhs, price, upper = problem.rows.rhs.copy(), problem.rows.price.copy(), problem.rows.upper.copy()
    rhs[row] += room
    price[row], upper[row] = PRICE, rhs[row]
    wider = replace(problem, rows=replace(problem.rows, rhs=rhs, price=price, upper=upper))
    limit, cancel, drafts = judge.clock.left(QUICK), judge.clock.cancel, judge.drafts
    nothing = np.zeros(len(problem.flows.cell_village), dtype=np.bool_)
    packages = drafts.packages(wider, TRIES[1].homes, nothing)
    if packages is None:
        return None
    try:
        more = drafts.grown(wider, packages, lambda some: program(wider, some, 0, lean=True), limit, cancel, near=True)
        if more is None:
            return None
        if more.cost * MONEY > room:
            return by_prices(judge, kept, more.duals)
        first, last = more.layout.projects, more.layout.packages
        end = last + len(more.packages.home)
        for point in drafts.descended(more.layout, more.packages, sites_of(wider), room // LOST, limit, cancel):
            built, chosen = point[first:last] > 0.5, point[last:end] > 0.5
            return compiled.named(decisions_of(problem, more.packages, built, chosen))
    except Impossible:
        pass
    return None


def by_prices(judge: Judge, kept: Kept, duals: Floats) -> Refuted | None:
    """Proof that no plan keeps some rules by one set of prices; None if these prices prove nothing.

    duals: (rows,) of a linear relaxation.
    """
    plain: Problem = judge.ground.plain(kept)
    counting = np.where(plain.rows.price != 0, duals, 0.0)
    if not counting.any():
        return None
    oracle, clock = Oracle(plain, 1), Clock(judge.clock.left(PROOF), judge.clock.cancel)
    try:
        leaf = Leaf((), None, counting * (LARGEST / counting.max()), plain=True)
        tree = refutation(plain, oracle, [leaf], lambda: clock.over is not None)
    finally:
        oracle.close()
    return None if tree is None else Refuted(kept, "prices", tree=tree)
