"""What cannot be a flat problem is refused, all faults at once."""

from __future__ import annotations

import numpy as np
import pytest

from liftplan.models.problems import InputProblems
from liftplan.solver.flat import Option, Source, flat_problem, solve_flat
from liftplan.solver.flat.problem import LARGEST_TOTAL
from liftplan.solver.settings import Settings

SOUND = [[Option(1, {"road": 2})]]


def refused(groups: list[list[Option]], sources: list[Source]) -> list[str]:
    """Places and messages of what is refused."""
    with pytest.raises(InputProblems) as caught:
        flat_problem(groups, sources)
    return [f"{problem.place}: {problem.message}" for problem in caught.value.problems]


@pytest.mark.parametrize(
    "group, said",
    [
        ([], "groups, row 2: a group without options"),
        ([Option(0.5)], "groups, row 2, column option 1: value 0.5 is not a whole number"),  # type: ignore[arg-type]
        ([Option(True)], "groups, row 2, column option 1: value True is not a whole number"),
        (
            [Option(1), Option(1, {"road": -2})],
            "groups, row 2, column option 2: a cost of -2 in class road: costs are whole and 0 or more",
        ),
    ],
)
def test_group_is_refused(group: list[Option], said: str) -> None:
    """The place and the value of what is wrong in a group."""
    assert refused([*SOUND, group], []) == [said]


@pytest.mark.parametrize(
    "source, said",
    [
        (Source("a", 3, ["road"]), "sources, row 2, column name: source a comes twice"),
        (
            Source("b", 3, ["road"], minimum=4),
            "sources, row 2, column amount: source b is to spend 4 to 3: both are whole, and 0 <= minimum <= amount",
        ),
        (
            Source("b", -1, ["road"]),
            "sources, row 2, column amount: source b is to spend 0 to -1: both are whole, and 0 <= minimum <= amount",
        ),
    ],
)
def test_source_is_refused(source: Source, said: str) -> None:
    """The place and the values of what is wrong with a source."""
    assert refused(SOUND, [Source("a", 3, ["road"]), source]) == [said]


def test_no_groups_are_refused() -> None:
    """A problem without groups is most likely a mistake."""
    assert refused([], []) == ["groups: there are no groups"]


def test_all_faults_come_together() -> None:
    """Faults of groups and of sources are reported in one go."""
    assert len(refused([[], [Option(1, {"road": -1})]], [Source("a", -1, [])])) == 3


@pytest.mark.parametrize(
    "groups, sources, place",
    [
        ([[Option(LARGEST_TOTAL)], [Option(-1)]], [], "groups, column value"),
        ([[Option(0, {"road": LARGEST_TOTAL, "house": 1})]], [], "groups, column costs"),
        (SOUND, [Source("a", LARGEST_TOTAL, ["road"]), Source("b", 1, ["road"])], "sources, column amount"),
    ],
)
def test_totals_beyond_exact_sums_are_refused(groups: list[list[Option]], sources: list[Source], place: str) -> None:
    """Totals that could leave 64 bits are refused, not rounded."""
    (said,) = refused(groups, sources)
    assert said == f"{place}: {LARGEST_TOTAL + 1} in all, more than {LARGEST_TOTAL}"


def test_largest_totals_are_solved_exactly() -> None:
    """Values and amounts at the limit: the optimum is right to the last unit."""
    most = LARGEST_TOTAL // 2
    groups = [[Option(0), Option(most - 1, {"road": most})], [Option(0), Option(most, {"road": most - 1})]]
    problem = flat_problem(groups, [Source("a", most, ["road"])])
    result = solve_flat(problem, Settings(gap=0, time_limit=None))
    assert (result.status, result.objective) == ("optimal", most)


def test_objects_become_arrays() -> None:
    """Classes are numbered as sources name them; costs of 0, and in classes that nobody pays, leave no entry."""
    groups = [[Option(3, {"house": 5, "road": 0}), Option(1, {"well": 2, "road": 4})], [Option(0)]]
    problem = flat_problem(groups, [Source("a", 9, ["road", "house"], 1), Source("b", 8, ["house"])])
    assert problem.classes == ("road", "house")
    assert problem.sources == ("a", "b")
    assert problem.start.tolist() == [0, 2, 3]
    assert [tuple(map(list, problem.costs.of(option))) for option in range(3)] == [([1], [5]), ([0], [4]), ([], [])]
    assert [problem.payers.of(place)[0].tolist() for place in range(2)] == [[0], [0, 1]]
    assert (problem.amount.tolist(), problem.minimum.tolist(), problem.barred.tolist()) == ([9, 8], [1, 0], [1])


def test_step_of_values() -> None:
    """Plans of values 3 + 5 n differ by multiples of 5: a bound of 22.9 is one of 18."""
    problem = flat_problem([[Option(1), Option(11)], [Option(2), Option(7)]], [])
    assert problem.step == 5
    assert problem.reachable(22) == 18
    assert np.array_equal(problem.group, [0, 0, 1, 1])
