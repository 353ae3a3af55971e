"""Level 2 against enumeration: it costs nothing of level 1, gets no worse, and its bound is a bound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from liftplan.scenarios.counties import load
from liftplan.solver.clock import Clock
from liftplan.solver.incumbent import Incumbent, realise
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.progress import Cancel
from liftplan.solver.rounding.second import Goal, second_value
from liftplan.solver.search import Search
from liftplan.solver.second import Second, second_level
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve
from liftplan.solver.value import objective_units, violated_rows

from .whole import Plans, settled_problem

SEEDS = range(80)
GOALS: tuple[Goal, ...] = ("least_money", "most_needs")
SETTINGS = Settings(gap=0, threads=1, reproducible=True)


@dataclass
class Case:
    """A problem with a plan, and what level 2 made of it."""

    plans: Plans
    goal: Goal
    before: Incumbent
    second: Second

    def sign(self) -> int:
        """1 where less of the goal is better."""
        return 1 if self.goal == "least_money" else -1

    def value(self, best: Incumbent) -> int:
        """Of the goal."""
        return second_value(self.plans.problem, best.decisions, self.goal)

    def truth(self, least: int) -> int:
        """The best of the goal among plans worth at least `least` (units)."""
        among = self.plans.keeps & (self.plans.objective >= least)
        values = self.plans.money if self.goal == "least_money" else self.plans.needs_met()
        return self.sign() * int((self.sign() * values[among]).min())


@cache
def searched(seed: int) -> tuple[Plans, Search]:
    """A problem with all its plans, searched to the end."""
    plans = Plans(settled_problem(seed, homes=3, most_measures=4))
    search = Search(plans.problem, Oracle(plans.problem, 1), SETTINGS, Clock(None, None), lambda *_: None)
    search.run()
    return plans, search


@cache
def case(seed: int, goal: Goal, cancelled: bool = False) -> Case | None:
    """Level 2 after the best plan of level 1, or every third time after any plan; None where there is none."""
    plans, search = searched(seed)
    problem, before, cancel = plans.problem, search.best, Cancel()
    if before is None:
        return None
    if seed % 3 == 0:
        some = np.random.default_rng(seed).choice(np.flatnonzero(plans.keeps))
        before = realise(problem, plans.decisions(int(some)))
        assert before is not None
    if cancelled:
        cancel.set()
    found = second_level(
        problem,
        goal,
        before,
        search.oracle,
        search.master.columns,
        search.duals,
        search.merging,
        SETTINGS,
        Clock(None, cancel),
    )
    return Case(plans, goal, before, found)


def cases(goal: Goal) -> list[Case]:
    """All of one goal."""
    return [own for seed in SEEDS if (own := case(seed, goal)) is not None]


@pytest.mark.parametrize("goal", GOALS)
def test_level_1_is_kept(goal: Goal) -> None:
    """The plan after level 2 is worth at least as much as before, exactly, and keeps the hard rows."""
    for own in cases(goal):
        best, problem = own.second.best, own.plans.problem
        assert best.objective >= own.before.objective
        assert best.objective == objective_units(problem, best.decisions, best.flows)
        assert not len(violated_rows(problem, best.decisions, best.flows))


@pytest.mark.parametrize("goal", GOALS)
def test_the_goal_never_gets_worse(goal: Goal) -> None:
    """Not more money than before, not fewer needs met."""
    for own in cases(goal):
        assert own.sign() * own.value(own.second.best) <= own.sign() * own.value(own.before)


@pytest.mark.parametrize("goal", GOALS)
def test_no_plan_is_beyond_the_bound(goal: Goal) -> None:
    """Among all plans worth at least as much in level 1 none has less money (more needs met) than the bound."""
    for own in cases(goal):
        if own.second.bound is not None:
            assert own.sign() * own.second.bound <= own.sign() * own.truth(own.second.best.objective)


@pytest.mark.parametrize("goal", GOALS)
def test_what_the_goal_counts_is_what_enumeration_counts(goal: Goal) -> None:
    """Money and person-needs of plans are those of their definition."""
    for own in cases(goal):
        values = own.plans.money if goal == "least_money" else own.plans.needs_met()
        for plan in np.random.default_rng(0).integers(0, len(values), 5).tolist():
            assert second_value(own.plans.problem, own.plans.decisions(plan), goal) == values[plan]


@pytest.mark.parametrize("goal", GOALS)
def test_level_2_does_something(goal: Goal) -> None:
    """Of the cases above it improves some, and bounds nearly all, some of them sharply."""
    own = cases(goal)
    assert len(own) >= 30
    assert sum(one.value(one.second.best) != one.value(one.before) for one in own) >= 3
    assert sum(one.second.bound is not None for one in own) >= 0.9 * len(own)
    assert sum(one.second.bound == one.truth(one.second.best.objective) for one in own) >= 3


@pytest.mark.parametrize("goal", GOALS)
def test_a_cancelled_level_2_leaves_the_plan_as_it_is(goal: Goal) -> None:
    """Without time there is neither a change nor a bound."""
    for seed in range(20):
        own = case(seed, goal, cancelled=True)
        if own is not None:
            assert own.second.best is own.before
            assert own.second.bound is None


def test_level_2_begins_when_the_bound_has_its_certificate() -> None:
    """Level 2 takes whatever time is left: a proof comes first."""
    stages: list[str] = []
    solve(load("tiny"), Settings(threads=1), listener=lambda event: stages.append(event.stage))
    assert stages.index("certificate") < stages.index("second level")
