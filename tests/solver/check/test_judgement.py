"""What was found about decisions, used for a plan of just these."""

from __future__ import annotations

import pytest

from liftplan.models.plan import Plan, digest_of
from liftplan.solver.check import Facts, check_plan, judged


def judgement_of(county, plan):
    """The checker's judgement of a plan's decisions."""
    return judged(Facts(county), plan.projects, plan.measures, plan.topups, plan.ledger)


def other_than(plan, part):
    """The plan with an entry of a part gone, a yuan less, or a top-up more, digest anew."""
    content = plan.model_dump(mode="json")
    if part == "yuan":
        content["ledger"][0][3] -= 1
    elif part == "topups":
        content["topups"]["v1-h3"] = 1
    else:
        content[part].pop()
    return Plan(**{**content, "digest": digest_of(content)})


def test_a_plan_is_judged_alike_with_and_without(bench):
    """The verdict on the plan whose decisions were judged is that of checking from the start: accepted."""
    county = bench.county()
    plan = bench.plan(county, bench.choice)
    judgement = judgement_of(county, plan)
    assert judgement.fits(plan)
    assert check_plan(county, plan, judgement=judgement) == check_plan(county, plan) == []


@pytest.mark.parametrize("part", ["projects", "measures", "topups", "ledger", "yuan"])
def test_a_judgement_of_other_decisions_is_not_used(bench, part):
    """Whatever differs, the plan is judged anew, and rejected for what is wrong with it."""
    county = bench.county()
    plan = bench.plan(county, bench.choice)
    other = other_than(plan, part)
    judgement = judgement_of(county, plan)
    assert not judgement.fits(other)
    verdict = check_plan(county, other, judgement=judgement)
    assert verdict == check_plan(county, other) != []


def test_a_judgement_of_another_county_is_refused(bench):
    """Decisions mean something else in another county."""
    county, other = bench.county(), bench.county()
    plan = bench.plan(county, bench.choice)
    with pytest.raises(ValueError, match="another county"):
        check_plan(county, plan, judgement=judgement_of(other, plan))
