"""Sets of projects listed, cut and closed over, against enumeration: nothing is lost, and the gap is closed."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.benders import Held, close
from liftplan.solver.benders.cuts import GRAIN, Cut, Cuts
from liftplan.solver.benders.tree import Combinations
from liftplan.solver.certificate import Proof, joint_certificate
from liftplan.solver.clock import Clock
from liftplan.solver.closing import Closing
from liftplan.solver.generation import Generated, priced_at
from liftplan.solver.incumbent import realise
from liftplan.solver.nodes import Node
from liftplan.solver.oracle.data import NONE
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.oracle.pricing import price
from liftplan.solver.problem import Decisions, Problem
from liftplan.solver.progress import Cancel
from liftplan.solver.search import Search
from liftplan.solver.settings import Settings

from ..thorough import many, some
from .brute import Worth
from .cases import PARTS, SHARP, ask, cases
from .sets import NOTHING, best_of, choices, cut_at, every_set, plans_of, random_duals

SEEDS = some(range(60), 3)


def random_cuts(problem: Problem, rng: np.random.Generator, count: int) -> Cuts:
    """Cuts over all sets at some random prices."""
    return cut_at(problem, [random_duals(problem, rng) for _ in range(count)])


@pytest.mark.parametrize("part", PARTS)
def test_all_choices_worth_enough_are_listed(part: int) -> None:
    """Each choice within the slack of its block's bound is there, once, and no other one."""
    rng = np.random.default_rng(part)
    for own in cases(part):
        oracle = Oracle(own.problem, 1)
        for number, asked in enumerate(own.asked):
            answers = ask(oracle, own, number, SHARP)
            slack = int(rng.integers(0, 10**15))
            listed = oracle.listed(price(own.problem, asked, 0), answers, slack, 1_000)
            assert listed is not None
            for block, answer, sets in zip(own.blocks, answers, listed, strict=True):
                if block.forbids:
                    continue
                least = (answer.bound or 0) - slack
                worth = zip(choices(own.problem, block).tolist(), block.values(Worth(own.problem, asked)), strict=True)
                near = [built for built, value in worth if value is not None and value >= least]
                assert sorted(sets.tolist()) == sorted(near if answer.bound is not None else []), own.seed


@pytest.mark.parametrize("part", PARTS)
def test_choices_are_worth_what_their_best_plans_are(part: int) -> None:
    """At any prices, whatever they were listed at."""
    for own in cases(part):
        oracle = Oracle(own.problem, 1)
        sets = [choices(own.problem, block) for block in own.blocks]
        for asked in own.asked:
            values = oracle.values(price(own.problem, asked, 0), sets)
            for block, found in zip(own.blocks, values, strict=True):
                if not block.forbids:
                    exact = [NONE if one is None else one for one in block.values(Worth(own.problem, asked))]
                    assert found.tolist() == exact, own.seed


def test_too_many_choices_are_not_listed() -> None:
    """A block with more of them than allowed gives no list at all, rather than some of them."""
    counts = []
    for own in cases(0):
        oracle = Oracle(own.problem, 1)
        answers = ask(oracle, own, 0, SHARP)
        prices = price(own.problem, own.asked[0], 0)
        listed = oracle.listed(prices, answers, 10**17, 1_000)
        assert listed is not None
        counts.append(max(map(len, listed)))
        if counts[-1] > 1:
            assert oracle.listed(prices, answers, 10**17, counts[-1] - 1) is None
    assert max(counts) > 4


@pytest.mark.parametrize("seed", SEEDS)
def test_no_cut_is_below_a_plan(seed: int) -> None:
    """Every plan that keeps the hard rows is worth at most what the cuts say of its projects."""
    plans = plans_of(seed)
    cuts = random_cuts(plans.problem, np.random.default_rng(seed), 4)
    for built in np.unique(plans.built[plans.keeps], axis=0):
        places = cuts.places(built)
        assert places is not None
        best = plans.best((plans.built == built).all(axis=1))
        assert best is None or best <= cuts.worth(places)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_combination_is_found_as_cuts_and_refusals_come(seed: int) -> None:
    """It is the best of all that are tried one by one; its bound is no lower; where none is left, none is there."""
    rng = np.random.default_rng(seed)
    cuts = random_cuts(plans_of(seed).problem, rng, 2)
    goal = best_of(cuts) - int(rng.integers(1, 4)) * UNITS_PER_PERSON
    if goal < NOTHING // 2:
        return
    combinations, oracle = Combinations(cuts, goal), Oracle(plans_of(seed).problem, 1)
    for step in range(40):
        best, chosen = best_of(cuts), combinations.best(goal, lambda: False)
        if chosen is None:
            assert combinations.exhausted
            assert best < goal
            return
        assert goal <= best <= cuts.worth(chosen) + 4 * GRAIN
        assert best <= combinations.bound
        if step % 2:
            cuts.refused.append(chosen)
        else:
            duals = rng.uniform(0, 1e-3, len(plans_of(seed).problem.rows.rhs))
            prices = priced_at(plans_of(seed).problem, duals)
            cuts.add(prices, oracle.values(prices, cuts.sets))
            goal += int(rng.integers(0, 2)) * UNITS_PER_PERSON // 2


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_is_never_cut_off(seed: int) -> None:
    """At the best plan's worth there is a combination, whatever cuts there are."""
    plans = plans_of(seed)
    best = plans.best()
    if best is not None:
        cuts = random_cuts(plans.problem, np.random.default_rng(seed), 4)
        chosen = Combinations(cuts, best).best(best, lambda: False)
        assert chosen is not None
        assert cuts.worth(chosen) >= best


def test_a_search_of_combinations_that_is_stopped_claims_nothing() -> None:
    """It returns none, and does not say that there is none."""
    cuts = random_cuts(plans_of(3).problem, np.random.default_rng(3), 2)
    combinations = Combinations(cuts, best_of(cuts))
    assert combinations.best(best_of(cuts), lambda: True) is None
    assert not combinations.exhausted


def test_twins_are_chosen_alike() -> None:
    """A project and its copy in another block are built both or neither, whatever that costs."""
    sets = [np.array([[0], [1]]), np.array([[0], [1]])]
    free, tied = Cuts(sets), Cuts(sets, ((0, 1),))
    found = []
    for cuts in (free, tied):
        cuts.cuts.append(Cut(10 * GRAIN, np.array([3, 0, 0, 5])))
        chosen = Combinations(cuts, 0).best(0, lambda: False)
        assert chosen is not None
        found.append(cuts.built(chosen).tolist())
    assert found == [[True, False], [False, False]]


def test_what_counts_in_whole_persons_does_not_hide_what_is_better() -> None:
    """Among combinations that are alike by a cut in whole persons, the one that the other cuts favour is best."""
    cuts = Cuts([np.array([[0], [1]])])
    person = UNITS_PER_PERSON // GRAIN
    cuts.cuts = [Cut(UNITS_PER_PERSON, np.array([person // 2, 10])), Cut(0, np.array([0, 0]))]
    chosen = Combinations(cuts, 0).best(0, lambda: False)
    assert chosen is not None
    assert chosen.tolist() == [1]


def test_what_is_refused_stays_so_among_more_sets() -> None:
    """A combination that is done with is not chosen again, nor once other sets are listed besides."""
    plans = plans_of(3)
    cuts = random_cuts(plans.problem, np.random.default_rng(3), 2)
    chosen = cuts.places(plans.built[0])
    assert chosen is not None
    cuts.refused.append(chosen)
    again = cuts.over([sets[::-1] for sets in cuts.sets])
    assert [again.built(one).tolist() for one in again.refused] == [plans.built[0].tolist()]
    assert not again.cuts


class Closed(Search):
    """A search that closes its gap over sets of projects, small as it is."""

    held: list[Held] | None = None
    by_cuts = False

    def _look(self, node: Node, found: Generated) -> None:
        if self.nodes > 1:
            super()._look(node, found)
            return
        self._center = found
        self.held = close(Closing(self, found), found.duals, *self._exactly(self._enter(()), found.duals))
        self.by_cuts = self.near_enough()
        if self.by_cuts:
            return
        if self.held is None or self.best is None:
            super()._look(node, found)
        else:
            self._confine(self.held)


@cache
def closed(seed: int, stop: int | None = None) -> tuple[Closed, list[int | None]]:
    """A search that was closed at its root, and its bounds on the way; stop: cancelled at this event."""
    problem, cancel = plans_of(seed).problem, Cancel()
    bounds: list[int | None] = []

    def listen(_: str, search: Search) -> None:
        bounds.append(search.bound)
        if len(bounds) == stop:
            cancel.set()

    settings = Settings(gap=0, threads=1, reproducible=True)
    search = Closed(problem, Oracle(problem, 1), settings, Clock(None, cancel), listen)
    search.run()
    return search, bounds


@pytest.mark.parametrize("seed", SEEDS)
def test_closing_finds_the_best_plan_and_proves_it(seed: int) -> None:
    """The plan is the best of all, no bound on the way was below it, and none is left open."""
    search, bounds = closed(seed)
    best = plans_of(seed).best()
    assert (None if search.best is None else search.best.objective) == best
    assert search.infeasible == (best is None)
    for bound in bounds:
        assert bound is None or best is None or bound >= best
    assert best is None or (search.bound is not None and search.bound - best < search.step)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_closing_shows_is_certified(seed: int) -> None:
    """The multipliers that it leaves with its best bound prove that bound again, by enumeration."""
    search, _ = closed(seed)
    if search.together is not None:
        problem, bound = search.problem, search.together.bound
        rounding = problem.blocks * GRAIN
        written = joint_certificate(problem, search.oracle, search.together.asked, bound + rounding)
        assert written is not None
        assert bound <= Proof(problem, written[0]).bound() == written[1] <= bound + rounding


@pytest.mark.parametrize("seed", SEEDS[::4])
def test_closing_cut_off_proves_no_more_than_is_true(seed: int) -> None:
    """Wherever it is cancelled: no bound is below the best plan of all, and a plan that exists is not ruled out."""
    best = plans_of(seed).best()
    for stop in (1, 2, 3, 4, 5, 7, 9, 12):
        search, _ = closed(seed, stop)
        assert search.bound is None or best is None or search.bound >= best, stop
        assert not (search.infeasible and best is not None), stop


def test_nothing_is_shown_once_time_is_over() -> None:
    """A search that has to end learns nothing of what may be better than its plan."""
    problem, cancel = plans_of(3).problem, Cancel()
    search = Search(problem, Oracle(problem, 1), Settings(gap=0), Clock(None, cancel), lambda *_: None)
    duals = np.zeros(len(problem.rows.rhs))
    found = search.root(duals)
    assert found is not None
    prices = priced_at(problem, duals)
    answers = search.oracle.ask(prices, SHARP, range(problem.blocks))
    cancel.set()
    assert close(Closing(search, found), duals, prices, answers) is None


class Hurried(Search):
    """A search that has enough after some looks at whether it has."""

    looks = 0

    def enough(self) -> bool:
        """As told, not as found."""
        self.looks -= 1
        return self.looks < 0


@pytest.mark.parametrize("seed", SEEDS[::5])
def test_what_is_shown_holds_whenever_the_search_has_enough(seed: int) -> None:
    """Either nothing is shown, or every plan better than the best builds one of the choices returned."""
    plans = plans_of(seed)
    kept = np.flatnonzero(plans.keeps)
    if not len(kept):
        return
    worst = kept[np.argmin(plans.objective[kept])]
    decisions = Decisions(plans.built[worst], plans.taken[worst], plans.topup[worst])
    for looks in range(40):
        search = Hurried(
            plans.problem, Oracle(plans.problem, 1), Settings(gap=0, threads=1), Clock(None, None), lambda *_: None
        )
        found = search.root(np.zeros(len(plans.problem.rows.rhs)))
        if found is None or found.bound is None:
            return
        search.offer(realise(plans.problem, decisions))
        search._center, search.looks = found, looks
        held = close(Closing(search, found), found.duals, *search._exactly(search._enter(()), found.duals))
        best = plans.keeps & (plans.objective >= search.goal)
        if held is not None and search.best is not None:
            choices = [one.built.tolist() for one in held]
            assert all(built.tolist() in choices for built in plans.built[best]), looks
        assert search.bound is None or plans.best() is None or search.bound >= (plans.best() or 0), looks


def test_some_gaps_are_closed_by_cuts_alone_and_some_left_to_a_tree() -> None:
    """Among the searches above are both: nothing left to look at, and sets whose households are still open."""
    done = [closed(seed)[0] for seed in SEEDS]
    assert sum(one.by_cuts for one in done) >= many(5, 3)
    assert sum(bool(one.held) for one in done) >= many(10, 3)


def test_every_choice_of_a_plan_is_found_again() -> None:
    """Places and what they build are each other's inverse; what is not listed has no place."""
    problem = plans_of(5).problem
    cuts = Cuts(every_set(problem))
    for built in np.unique(plans_of(5).built, axis=0):
        places = cuts.places(built)
        assert places is not None
        assert cuts.built(places).tolist() == built.tolist()
        assert Cuts([sets[:0] for sets in cuts.sets]).places(built) is None
