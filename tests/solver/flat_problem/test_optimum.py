"""Flat problems against every choice there is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from liftplan.solver.flat import FlatProof, Option, Source, check_choice, flat_problem, reprove, solve_flat
from liftplan.solver.flat import root as root_stage
from liftplan.solver.flat.flows import pay
from liftplan.solver.flat.prices import Pricer, Prices
from liftplan.solver.flat.tree import Node
from liftplan.solver.progress import Cancel, Event
from liftplan.solver.settings import Settings

from .drawn import best_of_all, drawn, hard, payable

EXACT = Settings(gap=0, time_limit=None)
SEEDS = range(30)


@pytest.mark.parametrize("seed", SEEDS)
def test_optimum_is_that_of_trying_every_choice(seed: int) -> None:
    """Value, status and bound are those of enumeration, with overlapping sources and minimums, and the proof holds."""
    problem = drawn(seed)
    best = best_of_all(problem)
    result = solve_flat(problem, EXACT)
    assert (result.objective, result.bound) == (best, best)
    assert result.status == ("infeasible" if best is None else "optimal")
    assert reprove(problem, result.proof) == best
    assert best is None or not check_choice(problem, result.choice, result.flows, best)


def test_draws_have_both_ends() -> None:
    """The random problems are of both kinds: some have a choice, some have none."""
    found = {best_of_all(drawn(seed, 3)) is None for seed in SEEDS}
    assert found == {True, False}


@pytest.mark.parametrize("seed", SEEDS)
def test_any_prices_bound_every_choice(seed: int) -> None:
    """Prices made up at random, negative ones where there are minimums, never bound below the optimum."""
    problem = drawn(seed, 4)
    best = best_of_all(problem)
    rng = np.random.default_rng(seed)
    for _ in range(20):
        y = rng.integers(-20, 60, len(problem.sources))
        prices = Prices(np.where(problem.minimum > 0, y, np.abs(y)), int(rng.integers(0, 4)))
        bound = reprove(problem, FlatProof(None, Node(0, (prices,))))
        assert best is None or (bound is not None and bound >= best)


@pytest.mark.parametrize("seed", SEEDS)
def test_proof_of_another_problem_is_still_true(seed: int) -> None:
    """Nothing in a proof needs to be believed: applied to a problem with other amounts, it bounds that one."""
    problem = drawn(seed, 4)
    proof = solve_flat(problem, EXACT).proof
    other = replace(problem, amount=problem.amount + 7, minimum=problem.minimum // 2)
    best = best_of_all(other)
    for objective in (None, best):
        bound = reprove(other, replace(proof, objective=objective))
        assert best is None or (bound is not None and bound >= best)


@pytest.mark.parametrize("seed", SEEDS)
def test_payment_or_refusal(seed: int) -> None:
    """A choice is paid exactly if a linear program can pay it; a refusal's plain prices bound it below 0."""
    problem = drawn(seed)
    rng = np.random.default_rng(seed)
    for _ in range(10):
        choice = np.array([rng.integers(*problem.start[group : group + 2]) for group in range(problem.groups)])
        if set(choice.tolist()) & set(problem.barred.tolist()):
            continue
        payment = pay(problem, problem.spent(choice))
        assert (payment.flows is not None) == payable(problem, tuple(choice.tolist()))
        if payment.refusal is not None:
            only = np.zeros(problem.options, dtype=np.bool_)
            only[choice] = True
            assert Pricer(problem).bound(Prices(payment.refusal, 0, plain=True), only).total < 0


def test_group_without_payable_option() -> None:
    """A group all of whose options cost something that nobody pays: there is no choice, and the proof says so."""
    problem = flat_problem([[Option(1, {"road": 2})]], [Source("a", 10, ["house"])])
    result = solve_flat(problem, EXACT)
    assert (result.status, result.bound, result.choice) == ("infeasible", None, ())
    assert reprove(problem, result.proof) is None


def test_minimum_that_makes_a_dear_choice() -> None:
    """A source that must spend takes the option worth less: 10 yuan have to go somewhere."""
    problem = flat_problem([[Option(5), Option(3, {"road": 10})]], [Source("a", 20, ["road"], minimum=10)])
    result = solve_flat(problem, EXACT)
    assert (result.objective, result.choice, result.flows) == (3, (1,), {("a", "road"): 10})


def test_sources_share_a_class_by_need() -> None:
    """Source a alone pays houses, so b has to pay the road: 6 + 4 of 10."""
    groups = [[Option(0), Option(6, {"house": 6})], [Option(0), Option(4, {"road": 4})]]
    problem = flat_problem(groups, [Source("a", 6, ["house", "road"]), Source("b", 4, ["road"])])
    result = solve_flat(problem, EXACT)
    assert result.objective == 10
    assert result.flows == {("a", "house"): 6, ("b", "road"): 4}


def test_problem_without_sources() -> None:
    """Without money the free options are taken."""
    result = solve_flat(flat_problem([[Option(2), Option(7)], [Option(1), Option(9, {"road": 1})]], []), EXACT)
    assert (result.status, result.objective, result.choice) == ("optimal", 8, (1, 0))


def test_column_generation_proves_what_the_whole_relaxation_proves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prices found over few options, others added as they are priced, bound all options as well."""
    problem = hard(3)
    allowed = np.ones(problem.options, dtype=np.bool_)
    pricer = Pricer(problem)
    whole = root_stage.root(problem, pricer, allowed, lambda: False)
    monkeypatch.setattr(root_stage, "SMALL", 10)
    generated = root_stage.root(problem, pricer, allowed, lambda: False)
    worths = [found.bound.total / 2**found.prices.shift for found in (whole, generated)]
    assert worths[0] == pytest.approx(worths[1], rel=1e-7)


def test_time_limit_leaves_a_checked_choice_and_a_proved_bound() -> None:
    """Stopped in between: the choice passes the checker, and the bound is what the proof proves."""
    problem = hard(1)
    result = solve_flat(problem, Settings(gap=0, time_limit=1.0))
    assert result.objective is not None
    assert result.bound is not None
    assert not check_choice(problem, result.choice, result.flows, result.objective)
    assert reprove(problem, result.proof) == result.bound >= result.objective


def test_results_repeat() -> None:
    """The same problem without a time limit: the same choice, flows and number of nodes."""
    first, second = (solve_flat(drawn(5, 8, 6), EXACT) for _ in range(2))
    assert replace(first, seconds=0, stages={}, proof=second.proof) == replace(second, seconds=0, stages={})


def test_gap_is_enough() -> None:
    """A wide gap ends the search at the first choice that is near enough."""
    problem = hard(2)
    result = solve_flat(problem, Settings(gap=0.05, time_limit=60))
    assert result.gap is not None
    assert result.gap <= 0.05
    assert result.stopped_by in {"gap", "proof"}


def test_cancelled_before_it_begins() -> None:
    """A switch that is already set: the solve returns at once, with the bound of the root at best."""
    cancel = Cancel()
    cancel.set()
    result = solve_flat(hard(2), Settings(gap=0), cancel=cancel)
    assert result.stopped_by == "cancelled"
    assert result.seconds < 5


def test_events_close_in() -> None:
    """What a listener hears: plans never get worse, bounds never rise, and no plan is above a bound."""
    heard: list[Event] = []
    solve_flat(drawn(5, 8, 6), EXACT, listener=heard.append)
    plans = [event.objective for event in heard if event.objective is not None]
    bounds = [event.bound for event in heard if event.bound is not None]
    assert plans == sorted(plans)
    assert bounds == sorted(bounds, reverse=True)
    assert plans[-1] <= bounds[-1]
