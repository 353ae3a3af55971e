"""What one solve leaves to the next where counties differ in amounts alone."""

from __future__ import annotations

import pytest

from liftplan.models.county import County
from liftplan.scenarios import counties
from liftplan.scenarios.overrides import Line, apply_overrides
from liftplan.solver.compile import compile_county
from liftplan.solver.informed import least
from liftplan.solver.prepared import Prepared, alike
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

PROOF = Settings(gap=0, threads=1)


@pytest.fixture(scope="module")
def tiny() -> County:
    """The county that is solved by hand."""
    return counties.load("tiny")


def under(county: County, *lines: str) -> County:
    """The county under overrides."""
    return apply_overrides(county, [Line(line) for line in lines])[0]


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("funds.amount x 0.9", True),
        ("costs.yuan x 1.1", False),
        ("policy.R2.purpose_rule = pooled", False),
        ("poverty_line x 1.1", False),
    ],
)
def test_only_amounts_leave_block_plans_as_they_are(tiny: County, line: str, same: bool) -> None:
    """Amounts of funds change right sides alone; costs, purposes and the poverty line change what plans are worth."""
    problems = [compile_county(one).problem for one in (tiny, under(tiny, line))]
    assert alike(*problems) is same


def test_answers_are_those_of_solves_that_begin_anew(tiny: County) -> None:
    """One after another, money up and down, beyond the edge without plans and back, and over a county that differs."""
    lines = [f"funds.amount x {factor}" for factor in (1.0, 0.9, 0.3, 1.1, 0.7)]
    lines += ["policy.R2.purpose_rule = pooled", "funds.amount x 0.8"]
    prepared = Prepared()
    for line in lines:
        county = under(tiny, line)
        kept, anew = solve(county, PROOF, prepared=prepared), solve(county, PROOF)
        assert (kept.status, kept.objective_bound) == (anew.status, anew.objective_bound), line
        assert (kept.plan and kept.plan.objective) == (anew.plan and anew.plan.objective), line
    prepared.close()


def test_something_is_kept(tiny: County) -> None:
    """The next solve of the same county with less money has the oracle and the block plans of the last."""
    prepared = Prepared()
    solve(tiny, PROOF, prepared=prepared)
    oracle = prepared.oracle(compile_county(under(tiny, "funds.amount x 0.9")).problem, 1)
    assert len(prepared.columns)
    assert prepared.duals is not None
    assert prepared.oracle(compile_county(tiny).problem, 1) is oracle
    assert prepared.oracle(compile_county(under(tiny, "costs.yuan x 1.1")).problem, 1) is not oracle
    assert not len(prepared.columns)


def test_nothing_is_kept_where_bytes_have_to_repeat(tiny: County) -> None:
    """Reproducible settings begin anew, whatever was solved before."""
    prepared, settings = Prepared(), Settings(gap=0, threads=1, reproducible=True)
    solve(tiny, settings, prepared=prepared)
    assert not len(prepared.columns)


def test_level_one_alone_gives_the_same_people(tiny: County) -> None:
    """Without level 2 and certificate a plan lifts as many, with the same bound, and says nothing of level 2."""
    alone, whole = solve(tiny, PROOF, level_one=True).plan, solve(tiny, PROOF).plan
    assert alone is not None
    assert whole is not None
    assert (alone.objective, alone.objective_bound) == (whole.objective, whole.objective_bound)
    assert alone.certificate is None
    assert whole.certificate is not None
    assert alone.second is None or alone.second.bound is None


@pytest.mark.parametrize("line", ["funds.amount x 0.3", "policy.R3.minimum x 1000"])
def test_too_little_money_is_proved(tiny: County, line: str) -> None:
    """A bound below what every plan is worth proves that there is none."""
    assert solve(under(tiny, line), PROOF).status == "infeasible"


def test_where_something_has_a_price_no_least_worth_is_known(tiny: County) -> None:
    """Soft rules may cost people, so that plans may be worth less than nothing."""
    soft = under(tiny, "policy.R4.enforce = soft", "policy.R4.price = 1000000")
    assert least(compile_county(tiny).problem) == 0
    assert least(compile_county(soft).problem) is None
