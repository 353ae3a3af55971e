"""Branch and price against enumeration, to its end and cut off anywhere: bounds hold, leaves cover all plans."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest

from liftplan.models.problems import InternalError
from liftplan.solver.clock import Clock
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.progress import Cancel
from liftplan.solver.search import Search
from liftplan.solver.settings import Settings

from ..thorough import many, some
from .whole import Plans, settled_problem

PARTS = some(range(10), 2)
PER_PART = 8
STOPS = (1, 2, 3, 5, 8, 13, 21, 34, 55)
"""Numbers of events after which a search is cancelled."""


@cache
def plans_of(seed: int) -> Plans:
    """A problem with all its plans."""
    return Plans(settled_problem(seed, blocks=2, homes=3, sites=4, most_measures=6))


def seeds(part: int) -> list[int]:
    """One part of all problems."""
    return list(range(part * PER_PART, (part + 1) * PER_PART))


@dataclass
class Run:
    """A search with what it said on the way."""

    plans: Plans
    search: Search
    bounds: list[int | None]
    """At every event."""
    values: list[int | None]
    """Objective of the best plan at every event."""

    @property
    def better(self) -> np.ndarray:
        """(plans,) plans that would still improve the best one."""
        best = self.search.best
        kept = self.plans.keeps
        return kept if best is None else kept & (self.plans.objective >= best.objective + self.search.step)


def run(seed: int, *, stop: int | None = None, gap: float = 0.0) -> Run:
    """Search a problem; stop: cancel at this event."""
    plans, cancel = plans_of(seed), Cancel()
    bounds: list[int | None] = []
    values: list[int | None] = []

    def listen(_: str, search: Search) -> None:
        bounds.append(search.bound)
        values.append(None if search.best is None else search.best.objective)
        if len(bounds) == stop:
            cancel.set()

    settings = Settings(gap=gap, threads=1, reproducible=True)
    search = Search(plans.problem, Oracle(plans.problem, 1), settings, Clock(None, cancel), listen)
    search.run()
    return Run(plans, search, bounds, values)


@cache
def finished(seed: int) -> Run:
    """A search to its end."""
    return run(seed)


@cache
def cut_off(seed: int) -> list[Run]:
    """The same search cancelled ever later, down to its end."""
    return [run(seed, stop=stop) for stop in STOPS if stop < len(finished(seed).bounds)]


@pytest.mark.parametrize("part", PARTS)
def test_a_search_ends_with_the_best_plan(part: int) -> None:
    """The plan found is the best of all; where there is none, that is proved."""
    for seed in seeds(part):
        done = finished(seed)
        best = done.search.best
        assert (None if best is None else best.objective) == done.plans.best(), seed
        assert done.search.infeasible == (best is None), seed


@pytest.mark.parametrize("part", PARTS)
def test_a_search_ends_with_a_proof(part: int) -> None:
    """Bound and plan are less than a step apart."""
    for seed in seeds(part):
        search = finished(seed).search
        if search.best is not None:
            assert search.bound is not None
            assert 0 <= search.bound - search.best.objective < search.step, seed


@pytest.mark.parametrize("part", PARTS)
def test_the_optimum_lies_between_plan_and_bound_at_every_event(part: int) -> None:
    """No plan on the way is better than the best of all, and no bound is below it."""
    for seed in seeds(part):
        done = finished(seed)
        best = done.plans.best()
        for bound, value in zip(done.bounds, done.values, strict=True):
            assert bound is None or best is None or bound >= best, seed
            assert value is None or (best is not None and value <= best), seed


@pytest.mark.parametrize("part", PARTS)
def test_plans_only_get_better(part: int) -> None:
    """From event to event the value of the plan kept does not fall."""
    for seed in seeds(part):
        known = [value for value in finished(seed).values if value is not None]
        assert known == sorted(known), seed


@pytest.mark.parametrize("part", PARTS)
def test_bounds_only_get_better(part: int) -> None:
    """From event to event the bound does not rise, nor is it forgotten: each one that was shown holds."""
    for seed in seeds(part):
        bounds = finished(seed).bounds
        known = [bound for bound in bounds if bound is not None]
        assert known == sorted(known, reverse=True), seed
        assert bounds == [None] * (len(bounds) - len(known)) + known, seed


@pytest.mark.parametrize("part", PARTS)
def test_a_search_cut_off_has_a_valid_bound(part: int) -> None:
    """Wherever it is cancelled: the bound is not below the best plan, and a plan that exists is not ruled out."""
    for seed in seeds(part):
        best = plans_of(seed).best()
        for cut in cut_off(seed):
            bound = cut.search.bound
            assert bound is None or best is None or bound >= best, seed
            assert not (cut.search.infeasible and best is not None), seed


@pytest.mark.parametrize("part", PARTS)
def test_the_leaves_share_out_all_plans(part: int) -> None:
    """Wherever a search is cancelled: every plan lies in exactly one leaf, open ones among them."""
    for seed in seeds(part):
        for cut in [*cut_off(seed), finished(seed)]:
            leaves = [cut.plans.under(leaf.fixings) for leaf in cut.search.tree.all_leaves()]
            assert (np.sum(leaves, axis=0) == 1).all() or not len(cut.plans.objective), seed


@pytest.mark.parametrize("part", PARTS)
def test_no_better_plan_is_above_the_bound_of_its_leaf(part: int) -> None:
    """Plans that would improve the best one are worth at most their leaf's bound; none is in a leaf without one."""
    for seed in seeds(part):
        for cut in [*cut_off(seed), finished(seed)]:
            for leaf in cut.search.tree.leaves:
                best = cut.plans.best(cut.better & cut.plans.under(leaf.fixings))
                assert best is None or (leaf.bound is not None and best <= leaf.bound), seed


@pytest.mark.parametrize("part", PARTS)
def test_better_plans_decide_decided_projects_alike(part: int) -> None:
    """Projects decided for good are so in every plan that would improve the best one."""
    for seed in seeds(part):
        for cut in [*cut_off(seed), finished(seed)]:
            assert (cut.plans.under(cut.search.decided) | ~cut.better).all(), seed


def test_the_searches_above_branch_and_decide() -> None:
    """Among them are trees of more than ten nodes, problems without a plan, and projects decided for good."""
    done = [finished(seed) for part in PARTS for seed in seeds(part)]
    assert sum(one.search.nodes > 10 for one in done) >= many(3, 2)
    assert sum(one.search.infeasible for one in done) >= many(10, 2)
    assert sum(bool(one.search.decided) for one in done) >= many(20, 3)
    assert sum(len(cut_off(seed)) for part in PARTS for seed in seeds(part)) >= many(100, 2)


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_a_gap_asked_for_ends_the_search(seed: int) -> None:
    """The plan is within the gap of the bound, and the best of all within the gap of the plan."""
    done = run(seed, gap=0.1)
    best, bound, optimum = done.search.best, done.search.bound, done.plans.best()
    if best is not None:
        room = max(0.1 * max(10**14, best.objective), done.search.step)
        assert bound is not None
        assert optimum is not None
        assert bound - best.objective <= room
        assert optimum - best.objective <= room


def started(seed: int, above: int) -> Search:
    """A search that begins with the best plan, which claims to be worth `above` units more than it is."""
    best = finished(seed).search.best
    assert best is not None
    problem = plans_of(seed).problem
    settings = Settings(gap=0, threads=1, reproducible=True)
    search = Search(problem, Oracle(problem, 1), settings, Clock(None, None), lambda *_: None)
    search.offer(replace(best, objective=best.objective + above))
    return search


def test_the_master_is_worth_the_plan_that_it_mixes() -> None:
    """From the first round on its value is not below the plan that a search begins with, or the search ends there."""
    planned = [seed for part in PARTS[:2] for seed in seeds(part) if finished(seed).search.best is not None]
    assert len(planned) >= 8
    for seed in planned:
        started(seed, 0).run()
        with pytest.raises(InternalError, match=r"the master's value \S+ is below a plan worth"):
            started(seed, 10**14 * 10**4).run()
