"""Plans of the core: their bounds are proved again, exactly as shown, and no other bound is."""

from __future__ import annotations

import pytest

from liftplan.models.plan import Plan
from liftplan.solver.certificate import Certificate, reprove
from liftplan.solver.check import shown_gap
from liftplan.solver.verify import verify

from .solved import PLACES, certified, small, tiny, with_changes


@pytest.mark.parametrize("place", PLACES)
def test_a_small_county_s_bound_is_proved_again(place: int) -> None:
    """The certificate proves the shown bound to the last digit; the plan is there to have one."""
    county, plan = small(place)
    assert plan.certificate is not None
    assert list(reprove(county, plan)) == []


def test_the_bound_of_tiny_is_proved_again() -> None:
    """Nobody can lift more than 49 people in `tiny`, by enumeration."""
    county, plan = tiny()
    assert verify(plan, county, reprove=reprove).bound_reproved
    assert plan.objective_bound == 49


def test_every_part_of_the_format_is_in_use() -> None:
    """Branches on projects and households, decided projects, trees of blocks and several prices all occur."""
    found = [certificate for _, _, certificate in certified()]
    nodes = [node for certificate in found for node in certificate.nodes]
    assert {getattr(node, "kind", "") for node in nodes} >= {"project", "lift", ""}
    assert any(certificate.decided for certificate in found)
    assert any(len(tree) > 1 for node in nodes for tree in getattr(node, "trees", ()))
    assert any(len(certificate.prices) > 1 for certificate in found)


def other_bound(plan: Plan, bound: float) -> Plan:
    """The plan with another bound, its gap and digest made to fit."""
    return with_changes(plan, objective_bound=bound, gap=shown_gap(plan.objective, bound))


@pytest.mark.parametrize("change", [-1.0, 1.0, -1e-9, 1e-9, 1e-6, 1000.0])
def test_another_bound_is_never_accepted(change: float) -> None:
    """The shown bound is what the certificate proves: neither a person nor a billionth more or less."""
    for county, plan in (tiny(), *map(small, PLACES[::4])):
        found = list(reprove(county, other_bound(plan, round(plan.objective_bound + change, 9))))
        assert [violation.subject for violation in found] == ["bound"]
        assert found[0].limit == plan.objective_bound


def test_a_bound_below_the_plan_s_own_objective_is_not_accepted() -> None:
    """A plan that claims more people than the certificate allows anybody is no plan of this certificate."""
    county, plan = tiny()
    boast = with_changes(plan, objective=50.0, objective_bound=50.0, gap=0.0)
    assert [violation.subject for violation in reprove(county, boast)] == ["bound"]


def test_a_plan_without_a_certificate_says_so() -> None:
    """No certificate is no error of the plan, but its bound is not proved again."""
    county, plan = tiny()
    found = list(reprove(county, with_changes(plan, certificate=None)))
    assert [str(violation.message) for violation in found] == [
        "The plan holds no certificate; its bound cannot be proved again."
    ]


def test_a_certificate_of_another_county_is_not_accepted() -> None:
    """What bounds one county says nothing about another."""
    counties = [small(place) for place in PLACES[:8]]
    for county, plan in counties:
        for other, _ in counties:
            if other is not county:
                assert list(reprove(other, plan)) != []


def test_the_stored_form_reads_back_as_written() -> None:
    """Writing a certificate as JSON and reading it changes nothing."""
    for _, plan, certificate in certified():
        assert certificate.model_dump(mode="json") == plan.certificate
        assert Certificate.model_validate_json(certificate.model_dump_json()) == certificate
