"""Certificates that somebody changed: what they still prove is true, and whatever does not hold together is said."""

from __future__ import annotations

from copy import deepcopy
from functools import cache

import numpy as np
import pytest

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.solver.certificate import reprove
from liftplan.solver.check import Violation, shown_gap

from ...thorough import many
from .mutations import MUTATIONS, Mutation
from .solved import small, solved, tiny, with_changes

WITH_TREES = (71, 13, 16, 20, 23, 42, 59)
"""Places whose certificates use branches, decided projects and trees, and whose best plan is found in a second."""

TIMES = many(7, 3)


@cache
def optimum(place: int) -> float:
    """Objective of the best plan."""
    county, _ = small(place)
    _, plan = solved(county, 0.0)
    assert plan.status == "optimal"
    return plan.objective


def cases() -> list[tuple[County, Plan, float]]:
    """Counties with a certified plan and the objective that no true bound lies below."""
    return [(*tiny(), 49.0), *((*small(place), optimum(place)) for place in WITH_TREES)]


def of_bound(county: County, plan: Plan) -> list[Violation]:
    """What is wrong with the proof, whatever prices the plan shows."""
    return [violation for violation in reprove(county, plan) if violation.rule != "prices"]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_a_changed_certificate_proves_no_bound_below_the_best_plan(mutation: Mutation) -> None:
    """Every change gives the same bound, another true one that the plan does not show, or a violation that says why."""
    for number, (county, plan, best) in enumerate(cases()):
        for time in range(TIMES):
            content = deepcopy(plan.certificate)
            assert content is not None
            mutation(content, np.random.default_rng((number, time)))
            (violation,) = of_bound(county, with_changes(plan, certificate=content)) or [None]
            if violation is None or violation.subject != "bound":
                assert violation is None or str(violation.message)
                continue
            proved = float(str(violation.limit))
            assert proved >= best, (county.head.id, time)
            fitting = with_changes(
                plan, certificate=content, objective_bound=proved, gap=shown_gap(plan.objective, proved)
            )
            assert of_bound(county, fitting) == []


STRUCTURE = ("drop_leaf", "add_leaf", "shorten_tree", "lengthen_tree")


@pytest.mark.parametrize(
    "mutation", [one for one in MUTATIONS if one.__name__ in STRUCTURE], ids=lambda one: one.__name__
)
def test_a_certificate_that_covers_too_little_or_too_much_is_refused(mutation: Mutation) -> None:
    """A missing or surplus leaf, a tree cut off or grown: never a proof."""
    for number, (county, plan, _) in enumerate(cases()):
        for time in range(many(4, 2)):
            content = deepcopy(plan.certificate)
            assert content is not None
            mutation(content, np.random.default_rng((number, time)))
            assert [one.subject for one in reprove(county, with_changes(plan, certificate=content))] == ["certificate"]
