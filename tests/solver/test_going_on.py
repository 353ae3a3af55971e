"""Column generation that goes on with another one, and a search that goes on from an earlier plan."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.scenarios.generator import Knobs
from liftplan.scenarios.generator import generate as county_of
from liftplan.solver import generation
from liftplan.solver import search as searching
from liftplan.solver.clock import Clock
from liftplan.solver.compile import compile_county
from liftplan.solver.dive import Landed
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import Generated, Limits, generate, steer
from liftplan.solver.informed import WIDE_AIM, WIDE_DIVE, WIDE_LOSS, WIDE_NEAR, Informed
from liftplan.solver.master import Master
from liftplan.solver.nodes import Node
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import Problem
from liftplan.solver.search import AIM, DIVE_GAP, DIVE_TOLERANCE, ROOT_NEAR, Search
from liftplan.solver.settings import Settings

LIMITS = Limits(0.01)


@cache
def county() -> Problem:
    """Small, with money that is short."""
    return compile_county(county_of(Knobs(seed=1, villages=8))).problem


def started(problem: Problem, oracle: Oracle, master: Master, rounds: int) -> Generated:
    """A generation that is stopped after some rounds."""
    left = iter(range(rounds - 1))
    start = np.zeros(len(problem.rows.rhs))
    return generate(problem, oracle, master, start, LIMITS, lambda *_: next(left, None) is None)


def test_going_on_asks_other_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked last is not asked again: the next prices are nearer to the master's."""
    problem, asked = county(), []
    oracle, master = Oracle(problem, 1), Master(county())
    priced = generation.priced_at

    def heard(of: Problem, duals: generation.Floats, *given: object) -> object:
        asked.append(duals.copy())
        return priced(of, duals, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(generation, "priced_at", heard)
    before = started(problem, oracle, master, 6)
    seen = list(asked)
    generate(problem, oracle, master, before.center, LIMITS, lambda *_: True, before=before)
    assert len(asked) == len(seen) + 1
    assert not any(np.array_equal(asked[-1], old) for old in seen)


def test_going_on_ends_where_one_generation_does() -> None:
    """In two parts as in one: bound and mixture meet at the same value."""
    problem = county()
    oracle, master = Oracle(problem, 1), Master(problem)
    before = started(problem, oracle, master, 6)
    parts = generate(problem, oracle, master, before.center, LIMITS, lambda *_: False, before=before)
    start = np.zeros(len(problem.rows.rhs))
    whole = generate(problem, Oracle(problem, 1), Master(problem), start, LIMITS, lambda *_: False)
    assert parts.bound is not None
    assert whole.bound is not None
    assert abs(parts.bound - whole.bound) <= 3 * LIMITS.tolerance * UNITS_PER_PERSON
    assert abs(parts.mixture.value - whole.mixture.value) <= 3 * LIMITS.tolerance


def informed(gap: float, expected: float) -> Informed:
    """A search of a county that is expected to lift so many."""
    problem = county()
    search = Informed(problem, Oracle(problem, 1), Settings(gap=gap, threads=1), Clock(60.0, None), lambda *_: None)
    search.expected = search._value = expected
    search.nodes = 1
    return search


def test_a_wide_gap_needs_no_sharp_root_after_an_earlier_plan() -> None:
    """Bound, mixture and dive need to be no nearer than parts of the gap asked for, here 100 persons."""
    search = informed(0.01, 10_000.0)
    assert search._limits().tolerance == pytest.approx(WIDE_AIM * 100 - 1)
    assert search._dive_tolerance == pytest.approx(WIDE_DIVE * 100)
    assert search._root_near == pytest.approx(WIDE_NEAR * 100)


def test_a_narrow_gap_is_as_sharp_as_without_an_earlier_plan() -> None:
    """Where the gap asked for is a person, what a plan may lose is all of it."""
    search = informed(0.0001, 10_000.0)
    assert search._limits().tolerance == pytest.approx(AIM)
    assert search._dive_tolerance == pytest.approx(DIVE_TOLERANCE)
    assert search._root_near == ROOT_NEAR


def test_what_is_known_counts_more_than_what_was_expected() -> None:
    """Once a mixture shows that a tenth of the people is all there is, the root is as sharp as their gap asks for."""
    search = informed(0.01, 10_000.0)
    search._value = 1_000.0
    assert search._limits().tolerance == pytest.approx(WIDE_AIM * 10 - 1)


def test_later_dives_are_as_sharp_as_without_an_earlier_plan() -> None:
    """Only the first one may land at rough prices."""
    search = informed(0.01, 10_000.0)
    search.nodes = 2
    assert search._dive_tolerance == pytest.approx(DIVE_GAP * 100)


def test_without_an_earlier_plan_a_wide_gap_changes_less() -> None:
    """Nobody expects anything then: the dive's steps and the root are as sharp as of any search."""
    search = informed(0.01, 0.0)
    search._value = 10_000.0
    assert search._limits().tolerance == pytest.approx(AIM * 100)
    assert search._dive_tolerance == pytest.approx(DIVE_GAP * 100)
    assert search._root_near == ROOT_NEAR


@pytest.mark.parametrize(("gap", "dives"), [(0.01, [0.0]), (0.0001, [])])
def test_a_wide_gap_that_is_missed_is_looked_for_as_a_narrow_one(
    gap: float, dives: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a dive that may lose half of the gap led to no plan within it, a second one may not lose so much."""
    search, seen = informed(gap, 10_000.0), []
    monkeypatch.setattr(Search, "_dive_first", lambda self, *_: seen.append(self._wide(self._value)))
    found = Generated(None, search.master.solve(), search.duals, search.duals, 10_000.0)
    search._once_more(Node((), None, search.duals, search.duals), found)
    assert seen == dives
    search._once_more(Node((), None, search.duals, search.duals), found)
    assert seen == dives


def landing(search: Search, value: float) -> Landed:
    """Where a dive ends, in a plan worth so many persons."""
    found = Generated(None, search.master.solve(), search.duals, search.duals, value)
    return Landed(np.zeros(len(search.problem.projects.block), dtype=np.bool_), found)


@pytest.mark.parametrize(
    ("gap", "ends", "lands", "missed"),
    [
        (0.01, [9_950.0], 9_950.0, False),
        (0.01, [9_850.0, 9_990.0], 9_990.0, True),
        (0.01, [None, 9_990.0], 9_990.0, True),
        (0.01, [9_850.0, None], 9_850.0, True),
        (0.0001, [9_850.0], 9_850.0, False),
    ],
)
def test_a_dive_that_ends_below_a_wide_gap_is_followed_by_another(
    gap: float, ends: list[float | None], lands: float, missed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """100 persons below a bound of 10,000 are the gap, or one is; what only the first dive found is not lost."""
    search = informed(gap, 10_000.0)
    search._cap = 10_000 * UNITS_PER_PERSON
    dives = iter(ends)

    def dive(of: Search, *_: object, **__: object) -> Landed | None:
        value = next(dives)
        return None if value is None else landing(of, value)

    monkeypatch.setattr(Search, "_dive", dive)
    found = landing(search, 10_000.0).found
    landed = search._first_landing(Node((), None, search.duals, search.duals), found)
    assert landed is not None
    assert (landed.found.value, search.missed) == (lands, missed)
    assert next(dives, "all seen") == "all seen"


@pytest.mark.parametrize("matter", [False, True])
def test_rows_that_come_back_leave_room_again(matter: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wide gap that was missed counts as wide again where the root is looked at with other rows."""
    search = informed(0.01, 10_000.0)
    search.missed = True
    monkeypatch.setattr(Search, "_rows_matter", lambda *_: matter)
    assert search._rows_matter(search.merging.left_out) == matter
    assert search.missed != matter


def test_the_steps_of_a_wide_dive_are_held_to_its_cutoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step is asked with it, and ends where it cannot be reached."""
    search, seen = informed(0.01, 10_000.0), []
    found = generate(
        search.problem, search.oracle, search.master, search.duals, LIMITS, lambda *_: False
    )  # mixed from several sets of projects
    asked = searching.steer

    def heard(problem: Problem, oracle: Oracle, master: Master, start: Floats, limits: Limits, *more: object) -> object:
        seen.append(limits.cutoff)
        return asked(problem, oracle, master, start, limits, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(searching, "steer", heard)
    search._dive(Node((), None, search.duals, search.duals), found)
    assert seen
    assert set(seen) == {search._dive_cutoff(found)}


def test_a_dive_in_a_wide_gap_keeps_to_it() -> None:
    """What may be lost in all is part of the gap asked for; in a narrow one, and later, whatever is better."""
    wide, narrow = informed(0.01, 10_000.0), informed(0.0001, 10_000.0)
    found = landing(wide, 10_000.0).found
    assert wide._dive_cutoff(found) == int((10_000 - WIDE_LOSS * 100) * UNITS_PER_PERSON)
    assert narrow._dive_cutoff(found) == narrow._limits().cutoff
    wide.nodes = 2
    assert wide._dive_cutoff(found) == wide._limits().cutoff


def test_a_step_below_the_cutoff_does_not_end_early() -> None:
    """However much may be lost, what is left has to be of interest."""
    problem, found = county(), []
    start = np.zeros(len(problem.rows.rhs))
    whole = generate(problem, Oracle(problem, 1), Master(problem), start, LIMITS, lambda *_: False)
    value = int(whole.mixture.value)
    for cutoff in (0, value - 1, value + 10):
        limits, master = replace(LIMITS, cutoff=cutoff * UNITS_PER_PERSON), Master(problem)
        started(problem, Oracle(problem, 1), master, 6)  # a mixture that keeps the rows is there, and worth less
        found.append(steer(problem, Oracle(problem, 1), master, start, limits, bool, whole, 1e9))
    rough, near, none = found
    assert none is None
    assert rough is not None
    assert near is not None
    assert rough.mixture.value < value - 1 <= near.mixture.value


def test_a_step_ends_once_it_costs_little_enough() -> None:
    """Prices are adapted to a restriction no longer than it takes to lose no more than may be lost."""
    problem, rounds = county(), []
    whole = generate(
        problem, Oracle(problem, 1), Master(problem), np.zeros(len(problem.rows.rhs)), LIMITS, lambda *_: False
    )
    for near in (0.0, 1e9):
        oracle = Oracle(problem, 1)
        found = steer(problem, oracle, Master(problem), np.zeros(len(problem.rows.rhs)), LIMITS, bool, whole, near)
        assert found is not None
        rounds.append(oracle.asked)
    assert rounds[1] < rounds[0]
