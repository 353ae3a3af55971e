"""Blocks at the plan's prices: what each household would rather have, with and without a project."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.explain.case import Case
from liftplan.solver.oracle.data import NONE
from liftplan.solver.oracle.pricing import Prices
from liftplan.solver.problem import Bools, Ints


@dataclass(frozen=True)
class Best:
    """Each household's best package, (households of the block,)."""

    value: Ints
    """Units of 2^shift; NONE where nothing is allowed."""
    take: Ints
    """Measures as bits, direct effects left out."""


def best_packages(case: Case, block: int, built: Bools, prices: Prices | None = None) -> Best:
    """The best packages of a block under some projects. built: (projects of the block,)."""
    view = case.oracle.views[block]
    prices = prices or case.prices
    found = view.options(prices, view.terms(prices), built.astype(np.int64))
    has = np.diff(found.start) > 0
    first = np.where(has, found.start[:-1], 0)
    if not has.any():
        return Best(np.full(view.size, NONE), np.zeros(view.size, dtype=np.int64))
    return Best(np.where(has, found.options[1, first], NONE), np.where(has, found.options[2, first], 0))


def forced(case: Case, *, lift: bool) -> Prices:
    """The plan's prices with every household made to be lifted, or not to be."""
    priced = case.prices.priced
    size = len(priced.lift_low)
    ones, none = np.ones(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    changed = priced._replace(lift_low=ones) if lift else priced._replace(lift_low=none, lift_high=none)
    return Prices(case.prices.shift, case.prices.rows, case.prices.cells, case.prices.fixed, changed)


def built_in(case: Case, block: int) -> Bools:
    """(projects of the block,) what the plan builds."""
    return case.decisions.built[case.oracle.views[block].projects].copy()


@dataclass(frozen=True)
class Gain:
    """What lifting a household would bring at the prices, its projects being those of the plan."""

    household: str
    persons: int
    worth: float
    net: float
    """Worth less what its money would do elsewhere, less what is better for it if it is not lifted."""


def gains(case: Case, block: int) -> dict[str, Gain]:
    """Households of a block that the plan does not lift and its projects let be lifted, by id."""
    view = case.oracle.views[block]
    built = built_in(case, block)
    lifted = best_packages(case, block, built, forced(case, lift=True)).value
    other = best_packages(case, block, built, forced(case, lift=False)).value
    found = {}
    for place in range(view.size):
        name = case.problem.names.households[view.households.start + place]
        if name in case.lifted or name in case.out or lifted[place] == NONE:
            continue
        home = view.households.start + place
        base = int(other[place]) if other[place] != NONE else 0
        worth = case.persons(int(case.prices.priced.lift[home]))
        net = case.persons(int(lifted[place]) - base)
        found[name] = Gain(name, case.facts.homes[name].persons, worth, net)
    return found
