"""What can be asked about, and the names nearest to those that do not exist."""

from __future__ import annotations

import pytest

from liftplan.models.problems import InputProblems
from liftplan.scenarios.counties import load
from liftplan.solver.explain.question import Kind, Question, asked


def refused(kind: Kind, name: str) -> tuple[str, str]:
    """Code and way out of the problem that a question is refused with."""
    with pytest.raises(InputProblems) as caught:
        asked(load("tiny"), kind, name)
    (problem,) = caught.value.problems
    return problem.code, str(problem.way_out)


@pytest.mark.parametrize(
    "kind, name, near",
    [
        ("household", "v01-h005", "v01-h0005"),
        ("project", "v1-p01", "v01-p01"),
        ("village", "v3", "v03"),
        ("fund", "special-poverty", "special_poverty"),
        ("rule", "R4/povrty", "R4/poverty"),
    ],
)
def test_unknown_ids_are_answered_with_near_ones(kind: Kind, name: str, near: str) -> None:
    """An id that does not exist is bad input, and the nearest id is offered."""
    code, way_out = refused(kind, name)
    assert code == f"{kind}-unknown"
    assert near in way_out


@pytest.mark.parametrize("name", ["R4 v01/poverty", "r4/v01/poverty", "R4/v01/poverty"])
def test_rules_are_understood_as_plans_and_people_write_them(name: str) -> None:
    """A row of a rule may be written as plans do, with small letters or slashes."""
    assert asked(load("tiny"), "rule", name) == Question("rule", "R4/v01/poverty")


def test_a_rule_that_does_not_exist_is_refused() -> None:
    """There is no R99."""
    assert refused("rule", "R99")[0] == "rule-unknown"
