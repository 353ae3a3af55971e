"""Plans on the way: finished and checked while the search goes on."""

from __future__ import annotations

import liftplan
from liftplan.solver.check import check_plan


def _on_the_way(county: liftplan.County) -> tuple[list[liftplan.Plan], list[str], liftplan.Plan]:
    """Plans on the way, what was heard in order (`found` or a stage with people), and the plan at the end."""
    plans: list[liftplan.Plan] = []
    heard: list[str] = []

    def found(plan: liftplan.Plan) -> None:
        plans.append(plan)
        heard.append("found")

    def listen(event: liftplan.Event) -> None:
        if event.people is not None:
            heard.append(event.stage)

    end = liftplan.solve(county, gap=0, time_limit=None, found=found, listener=listen)
    return plans, heard, end.plan


def test_plans_on_the_way_pass_the_checker_and_no_plan_at_the_end_is_worse_or_above_their_bound() -> None:
    """Each plan on the way keeps every rule, and its bound holds for the plan at the end."""
    county = liftplan.load("tiny")
    plans, _, end = _on_the_way(county)
    assert plans
    for plan in plans:
        assert check_plan(county, plan) == []
        assert plan.objective <= end.objective <= plan.objective_bound


def test_the_first_plan_is_finished_before_any_event_tells_of_it() -> None:
    """Whoever hears of people lifted has had a checked plan before."""
    _, heard, _ = _on_the_way(liftplan.load("tiny"))
    assert heard[0] == "found"


def test_plans_on_the_way_change_nothing_of_the_plan_at_the_end() -> None:
    """With and without them a repeatable solve ends at the same plan."""
    ends = [
        liftplan.solve("tiny", reproducible=True, time_limit=None, found=found).plan.digest
        for found in (None, lambda _plan: None)
    ]
    assert ends[0] == ends[1]
