"""The small checker of flat problems: what it accepts and what it rejects."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from liftplan.solver.flat import FlatProblem, Option, Source, check_choice, flat_problem

CHOICE = (1, 1)
FLOWS = {("a", "house"): 6, ("b", "road"): 4}


@pytest.fixture
def problem() -> FlatProblem:
    """Two groups; a pays houses and roads up to 7 and spends at least 5, b pays roads up to 4."""
    groups = [
        [Option(0), Option(6, {"house": 6}), Option(9, {"unpaid": 1})],
        [Option(0), Option(4, {"road": 4})],
    ]
    return flat_problem(groups, [Source("a", 7, ["house", "road"], minimum=5), Source("b", 4, ["road"])])


def test_sound_choice_is_accepted(problem: FlatProblem) -> None:
    """Nothing is wrong with a choice that is paid to the unit."""
    assert check_choice(problem, CHOICE, FLOWS, 10) == []


@pytest.mark.parametrize(
    "choice, flows, objective, said",
    [
        ((1,), FLOWS, 10, "1 groups have an option, not 2"),
        ((1, 2), FLOWS, 10, "group 2 has no option 3"),
        ((-1, 1), FLOWS, 10, "group 1 has no option 0"),
        ((2, 1), FLOWS, 13, "option 3 of group 1 has a cost that no source may pay"),
        (CHOICE, FLOWS | {("b", "house"): 0}, 10, "source b may not pay 0 to class house"),
        (CHOICE, {("a", "house"): 6, ("b", "road"): 5, ("a", "road"): -1}, 10, "source a may not pay -1 to class road"),
        (CHOICE, {("a", "house"): 6, ("b", "road"): 3}, 10, "class road costs 4 and is paid 3"),
        (CHOICE, {("a", "house"): 7, ("b", "road"): 4}, 10, "class house costs 6 and is paid 7"),
        (CHOICE, {("a", "house"): 6, ("a", "road"): 4}, 10, "source a spends 10, not 5 to 7"),
        ((0, 1), {("a", "road"): 4}, 4, "source a spends 4, not 5 to 7"),
        (CHOICE, FLOWS, 11, "the choice is worth 10, not 11"),
    ],
)
def test_unsound_choice_is_rejected(
    problem: FlatProblem, choice: tuple[int, ...], flows: Mapping[tuple[str, str], int], objective: int, said: str
) -> None:
    """Each way of being wrong is named with both values."""
    assert said in [str(message) for message in check_choice(problem, choice, flows, objective)]
