"""Verdicts on whole plans, and what the checker may not know."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import liftplan.solver.check
from liftplan.models.messages import m
from liftplan.models.plan import Plan, digest_of
from liftplan.models.policy import VillageTotalMin
from liftplan.solver.check import Violation, check_decisions, shown_bound, shown_gap
from liftplan.solver.verify import verify


def sealed(plan: Plan, **fields: object) -> Plan:
    """The plan with some fields replaced and its digest made anew, unchecked."""
    changed = plan.model_copy(update=fields)
    return changed.model_copy(update={"digest": digest_of(changed.model_dump(mode="json"))})


def test_a_plan_that_keeps_everything_is_verified(bench):
    """No violation; the bound is as claimed, which the summary says."""
    county = bench.county()
    verification = verify(bench.plan(county, bench.choice, room=3.0), county)
    assert verification.accepted
    assert not verification.bound_reproved
    assert str(verification.summary) == "verified; bound not re-proved"


def test_a_bound_proved_again_is_said_so(bench):
    """The hook is asked for an accepted plan; what it finds rejects the plan."""
    county = bench.county()
    plan = bench.plan(county, bench.choice)
    assert verify(plan, county, reprove=lambda _county, _plan: []).bound_reproved
    unproved = Violation("bound", "objective_bound", m("not proved"), 12.0, 13.0)
    verification = verify(plan, county, reprove=lambda _county, _plan: [unproved])
    assert not verification.accepted
    assert not verification.bound_reproved


def test_nothing_is_proved_for_a_rejected_plan(bench):
    """A plan that breaks a rule is rejected before its bound is looked at."""
    county = bench.county()
    plan = sealed(bench.plan(county, bench.choice), projects=())
    verification = verify(plan, county, reprove=lambda _county, _plan: pytest.fail("asked"))
    assert {one.rule for one in verification.violations} >= {"ledger", "R8"}
    assert str(verification.summary).startswith("rejected")


def test_a_plan_of_another_county_says_only_that(bench):
    """Against another version of the county not every line is listed as wrong."""
    plan = bench.plan(bench.county(), bench.choice)
    other = bench.county(policy={"R3": VillageTotalMin(minimum=1)})
    assert [one.rule for one in verify(plan, other).violations] == ["county"]


def test_a_county_of_several_years_is_not_checked(bench):
    """It is refused, not half checked."""
    county = bench.county()
    plan = bench.plan(county, bench.choice)
    head = county.head.model_copy(update={"years": (2015, 2016), "poverty_line": {2015: 2855, 2016: 2952}})
    later = type(county)(head, county.policy, county.tables)
    ref = plan.county.model_copy(update={"digest": later.digest})
    assert [one.subject for one in verify(sealed(plan, county=ref), later).violations] == ["shire"]


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_a_bound_that_is_no_number_is_rejected(bench, value):
    """Infinity is above every plan, and still no bound."""
    county = bench.county()
    plan = bench.plan(county, bench.choice).model_copy(update={"objective_bound": value})
    assert {one.rule for one in verify(plan, county).violations} == {"digest", "objective"}


def test_a_violation_names_rule_subject_and_both_values(bench):
    """So that a planner sees what is and what should be."""
    county = bench.county(policy={"R3": VillageTotalMin(minimum=221_001)})
    (violation,) = verify(bench.plan(county, bench.choice), county).violations
    assert (violation.rule, violation.subject, violation.value, violation.limit) == ("R3", "v1", 221_000, 221_001)
    assert str(violation) == "R3 v1: Village v1 gets 221000 yuan, less than 221001 yuan."


def test_amounts_must_be_whole_numbers(bench):
    """Half a yuan is a mistake of the program, not a breach of a rule."""
    with pytest.raises(TypeError):
        check_decisions(bench.county(), (), (), {}, [("general", "v1-road", "road", 0.5)])


def test_bounds_are_shown_rounded_up():
    """A bound never loses a part of a person by being shown; a gap is relative to at least one person."""
    assert shown_bound(12 * 10**14) == 12.0
    assert shown_bound(12 * 10**14 + 1) == 12.000000001
    assert shown_gap(0.5, 1.0) == 0.5
    assert shown_gap(10.0, 11.0) == 0.1


def test_the_checker_imports_nothing_but_models():
    """What makes plans and what checks them share no code."""
    for file in Path(str(liftplan.solver.check.__file__)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                inside = name.startswith(("liftplan.models", "liftplan.solver.check"))
                assert inside or not name.startswith("liftplan"), f"{file.name}: {name}"
