"""The small programs that look for plans: which options they are over, and what is done with what they find."""

from __future__ import annotations

import numpy as np

from liftplan.solver.flat.best import Best
from liftplan.solver.flat.plans import FEWEST, MOST, Draws, Effort, by_cpsat, nearest
from liftplan.solver.flat.prices import Pricer
from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.flat.root import Root, root
from liftplan.solver.problem import Bools, Ints
from liftplan.solver.progress import Cancel

from .drawn import hard

EFFORT = Effort(work=0.5, workers=1, seed=0, left=lambda: None)


def _root(problem: FlatProblem) -> tuple[Root, Bools]:
    everything = np.ones(problem.options, dtype=np.bool_)
    return root(problem, Pricer(problem), everything, lambda: False), everything


def _worst(problem: FlatProblem, loss: Ints) -> Ints:
    """(groups,) the option of each group that loses most."""
    spans = zip(problem.start[:-1].tolist(), problem.start[1:].tolist(), strict=True)
    return np.array([first + int(np.argmax(loss[first:last])) for first, last in spans])


def test_draws_are_small_and_leave_every_group_an_option() -> None:
    """Each is over options that are left, at least one of each group, and a few dozen more."""
    problem = hard(1)
    found, left = _root(problem)
    left[np.flatnonzero(found.bound.loss > 0)[::3]] = False
    draws = Draws(problem, found.bound.loss, 0)
    for _ in range(10):
        some = draws.next(left)
        assert some is not None
        assert not (some & ~left).any()
        assert np.logical_or.reduceat(some, problem.start[:-1]).all()
        assert FEWEST <= some.sum() - problem.groups <= MOST + 1


def test_draws_differ_and_repeat() -> None:
    """One after the other they are over other options; with the same seed all come again."""
    problem = hard(1)
    found, left = _root(problem)
    runs = []
    for _ in range(2):
        draws = Draws(problem, found.bound.loss, 7)
        runs.append([np.flatnonzero(some).tolist() for _ in range(4) if (some := draws.next(left)) is not None])
    assert runs[0] == runs[1]
    assert len({tuple(options) for options in runs[0]}) == 4


def test_drawn_options_are_not_always_those_that_lose_least() -> None:
    """Draws of one size differ from the nearest options and from one another, the best of each group apart."""
    problem = hard(1)
    found, left = _root(problem)
    draw = np.random.default_rng(0)
    several = [
        nearest(problem, found.bound.loss, left, 40),
        *(nearest(problem, found.bound.loss, left, 40, draw) for _ in range(2)),
    ]
    assert len({tuple(np.flatnonzero(some).tolist()) for some in several}) == 3
    assert all(some[found.bound.loss == 0].all() for some in several)


def test_every_second_draw_has_what_good_plans_take() -> None:
    """Options of a plan are in, whatever they lose; options that are no longer left stay out."""
    problem = hard(2)
    found, left = _root(problem)
    plan = _worst(problem, found.bound.loss)[:25]
    whole = np.concatenate([plan, problem.start[25:-1]])
    left[whole[0]] = False
    draws = Draws(problem, found.bound.loss, 0)
    draws.learn(whole)
    draws.next(left)
    some = draws.next(left)
    assert some is not None
    assert some[whole[1:]].all()
    assert not some[whole[0]]


def _with_others(problem: FlatProblem, count: int) -> tuple[Ints, list[Ints]]:
    """The plan of least value, and some of the largest ones, each with another option in one group."""
    spans = list(zip(problem.start[:-1].tolist(), problem.start[1:].tolist(), strict=True))
    order = [first + np.argsort(problem.values[first:last], kind="stable") for first, last in spans]
    poor, top = np.array([places[0] for places in order]), np.array([places[-1] for places in order])
    others = []
    for group in range(count):
        other = top.copy()
        other[group] = order[group][-2]
        others.append(other)
    return poor, others


def test_only_the_best_plans_are_combined() -> None:
    """A plan that five better ones have pushed out counts no more."""
    problem = hard(2)
    found, left = _root(problem)
    draws = Draws(problem, found.bound.loss, 0)
    poor, others = _with_others(problem, 5)
    for plan in [poor, *others]:
        draws.learn(plan)
    draws.next(left)
    some = draws.next(left)
    assert some is not None
    assert not some[poor].all()


def test_plan_that_is_learnt_again_counts_once() -> None:
    """A better plan that is found five times leaves room for others."""
    problem = hard(2)
    found, left = _root(problem)
    draws = Draws(problem, found.bound.loss, 0)
    poor, (other,) = _with_others(problem, 1)
    for plan in [poor, *[other] * 5]:
        draws.learn(plan)
    draws.next(left)
    some = draws.next(left)
    assert some is not None
    assert some[poor].all()


def test_no_draw_where_little_is_undecided() -> None:
    """Branch and bound does better alone."""
    problem = hard(1)
    found, _ = _root(problem)
    left = nearest(problem, found.bound.loss, np.ones(problem.options, dtype=np.bool_), 5)
    assert Draws(problem, found.bound.loss, 0).next(left) is None


def test_programs_improve_the_plan() -> None:
    """What a program finds is offered, can be paid, and takes only options it was given."""
    problem = hard(3)
    found, left = _root(problem)
    best = Best(problem, lambda: None)
    best.offer(problem.start[:-1])  # nothing anywhere
    draws = Draws(problem, found.bound.loss, 0)
    for _ in range(4):
        draws.learn(best.choice)
        some = draws.next(left)
        assert some is not None
        choice = by_cpsat(problem, some, best, EFFORT, Cancel())
        assert choice is None or some[choice].all()
    assert best.objective is not None
    assert best.objective > 0.9 * (found.bound.total >> found.prices.shift)
