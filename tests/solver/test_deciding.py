"""Which engine chooses packages, and that it does not matter for what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from liftplan.scenarios.small import random_small
from liftplan.solver.compile.compile import compile_county
from liftplan.solver.exact import solve_whole
from liftplan.solver.generation import priced_at
from liftplan.solver.incumbent import realise
from liftplan.solver.merging import Merging
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import Decisions, Problem
from liftplan.solver.rounding import deciding
from liftplan.solver.rounding.choice import Alternatives, Chosen, choose
from liftplan.solver.rounding.deciding import decide
from liftplan.solver.rounding.exactly import choose_exactly
from liftplan.solver.rounding.packages import best_packages
from liftplan.solver.rounding.pool import alternatives_of, pool_of

NEAR = 1e-6
"""Relative: floats."""


@cache
def settled(seed: int) -> tuple[Problem, Decisions, Oracle]:
    """A small county, best decisions, and its oracle."""
    problem = compile_county(random_small(seed)).problem
    best = solve_whole(problem, work_limit=5.0).decisions
    assert best is not None
    return problem, best, Oracle(problem, 1)


@cache
def choice(seed: int) -> tuple[Problem, Alternatives]:
    """The packages of a small county with the projects of a best plan."""
    problem, best, oracle = settled(seed)
    prices = priced_at(problem, np.zeros(len(problem.rows.rhs)), oracle.room(problem))
    pool = pool_of(problem, oracle, best.built, prices, 100.0, 50)
    assert pool is not None
    return problem, alternatives_of(problem, best.built, pool)[0]


def asked_of(monkeypatch: pytest.MonkeyPatch, first: Callable[[Chosen | None], Chosen | None]) -> list[str]:
    """Which engines are asked from now on, in order; first: makes HiGHS' answers from its own."""
    asked: list[str] = []

    def floats(*given: Any, **limits: Any) -> Chosen | None:
        asked.append("floats")
        return first(choose(*given, **limits))

    def whole(*given: Any, **limits: Any) -> Chosen | None:
        asked.append("whole")
        return choose_exactly(*given, **limits)

    monkeypatch.setattr(deciding, "choose", floats)
    monkeypatch.setattr(deciding, "choose_exactly", whole)
    return asked


def chosen(seed: int, **limits: Any) -> Chosen:
    """What is decided, by work alone."""
    found = decide(*choice(seed), work_limit=20.0, workers=1, **limits)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(12))
def test_both_engines_find_the_best(seed: int) -> None:
    """In floats, where no plan is known, as in whole numbers; both say that it is."""
    floats, whole = choose(*choice(seed)), choose_exactly(*choice(seed), work_limit=20.0)
    assert floats is not None
    assert whole is not None
    assert floats.value == pytest.approx(whole.value, rel=NEAR)
    assert floats.proved
    assert whole.proved
    assert chosen(seed).value == pytest.approx(whole.value, rel=NEAR)


@pytest.mark.parametrize("seed", [1, 11])
def test_whatever_is_good_ends_a_search_that_may_end_at_once(seed: int) -> None:
    """A choice short of the best is taken, and not called the best."""
    found = chosen(seed, patience=0.0, good=1.0)
    assert 1.0 <= found.value < chosen(seed).value
    assert not found.proved


def test_the_first_choice_is_left_to_floats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a plan to be better than, the other engine is not asked."""
    asked = asked_of(monkeypatch, lambda answer: answer)
    chosen(0)
    assert asked == ["floats"]


def test_what_must_be_better_than_a_plan_is_chosen_in_whole_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Near ties are not left to floats."""
    asked = asked_of(monkeypatch, lambda answer: answer)
    chosen(0, least=1.0)
    assert asked == ["whole"]


def test_nothing_found_in_floats_is_looked_for_in_whole_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The best is found all the same."""
    best = chosen(1).value
    asked = asked_of(monkeypatch, lambda _: None)
    assert chosen(1).value == pytest.approx(best, rel=NEAR)
    assert asked == ["floats", "whole"]


def test_a_poor_choice_in_floats_is_improved_in_whole_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is not good enough, and not proved best, does not end the search."""
    best = chosen(1).value
    poor = chosen(1, patience=0.0, good=1.0)
    asked = asked_of(monkeypatch, lambda _: poor)
    assert chosen(1, good=best).value == pytest.approx(best, rel=NEAR)
    assert asked == ["floats", "whole"]


def test_a_poor_choice_is_kept_where_nothing_better_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """What floats found is not lost to another engine that finds nothing in its time."""
    poor = chosen(1, patience=0.0, good=1.0)
    asked_of(monkeypatch, lambda _: poor)
    monkeypatch.setattr(deciding, "choose_exactly", lambda *_, **__: None)
    assert chosen(1) is poor


def test_amounts_too_large_for_whole_numbers_go_to_floats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where whole sums overflow, what must be better than a plan is chosen in floats."""
    best = chosen(0).value

    def overflowing(*_: Any, **__: Any) -> Chosen | None:
        raise OverflowError

    monkeypatch.setattr(deciding, "choose_exactly", overflowing)
    assert chosen(0, least=1.0).value == pytest.approx(best, rel=NEAR)


def test_many_packages_go_to_floats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above a number of packages the other engine is not asked, whatever is looked for."""
    asked = asked_of(monkeypatch, lambda answer: answer)
    monkeypatch.setattr(deciding, "MOST_EXACTLY", 1)
    chosen(0, least=1.0)
    assert asked == ["floats"]


def test_good_is_not_good_enough_without_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no time is told after which it will do, the best is looked for."""
    best = chosen(1).value
    poor = chosen(1, patience=0.0, good=1.0)
    asked = asked_of(monkeypatch, lambda _: poor)
    assert chosen(1, good=1.0).value == pytest.approx(best, rel=NEAR)
    assert asked == ["floats", "whole"]


def test_floats_may_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever could not pay what they chose asks for whole numbers."""
    asked = asked_of(monkeypatch, lambda answer: answer)
    chosen(0, floats=False)
    assert asked == ["whole"]


def test_packages_that_cannot_be_paid_are_chosen_anew_in_whole_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A choice in floats may lack part of a yuan: before other packages are looked at, whole numbers choose."""
    problem, best, oracle = settled(0)
    plan = realise(problem, best)
    asked = asked_of(monkeypatch, lambda answer: answer)
    answers = iter([None, plan])
    merging = Merging(problem, np.zeros(len(problem.rows.rhs), dtype=np.bool_))
    monkeypatch.setattr(Merging, "take_back_clashing", lambda *_: False)
    found = best_packages(
        problem,
        oracle,
        best.built,
        np.zeros(len(problem.rows.rhs)),
        merging,
        lambda _: next(answers),
        slack=100.0,
        most=50,
        work_limit=20.0,
    )
    assert found is plan
    assert asked == ["floats", "whole"]
