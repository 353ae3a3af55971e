"""Plans without one of many funds' limits, asked for beside one another."""

import sys

import pytest

from liftplan.models.county import County
from liftplan.scenarios.clashes.large import LARGE, canal
from liftplan.scenarios.counties import load
from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver.check import check_decisions
from liftplan.solver.clock import Clock
from liftplan.solver.diagnose import near
from liftplan.solver.diagnose.alone import alone
from liftplan.solver.diagnose.conflicts import Conflict, find_alone
from liftplan.solver.diagnose.feasible import Judge, Refuted, Witness
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.rules import instances


def cut() -> County:
    """A county for the core in which all funds together cannot pay for the growth that is asked for."""
    planted = next(case for case in LARGE if case.name == "cut-finance-20")
    return planted.make(generate(Knobs(seed=3, villages=4, households_per_village=60, tightness=1.0)))


def found(county: County) -> tuple[Judge, list[Conflict]]:
    """Conflicts of growth with what funds have."""
    judge = Judge(Ground(county), Clock(None, None))
    return judge, find_alone(judge, judge.ground.groups)


def test_each_fund_that_is_told_could_pay_what_is_missing() -> None:
    """Every member of a conflict with many funds has a plan that the checker accepts, those asked beside among them."""
    judge, conflicts = found(cut())
    assert not judge.small
    largest = max(conflicts, key=lambda one: len(one.members))
    assert len(largest.members) > near.MANY
    assert largest.minimal
    for group in largest.groups:
        rest = instances(one for one in largest.groups if one != group)
        witness = next(one for one in judge.witnesses if rest <= one.keeps)
        assert isinstance(witness, Witness)
        plan = witness.projects, witness.measures, witness.topups, witness.ledger
        wrong = check_decisions(judge.ground._checked(rest), *plan).violations
        assert all(judge.ground.may_break(one.rule, one.subject, rest) for one in wrong)


def test_what_was_asked_beside_comes_first() -> None:
    """Each of these answers builds on those before it, so what can be left out is left out in that order."""
    judge = Judge(Ground(cut()), Clock(None, None))
    groups = [one for one in judge.ground.groups if one.rule in {"R1", "R6"}]
    assert isinstance(judge.decide(instances(groups)), Refuted)
    with near.beside() as pool:
        seen = near.Near(judge, groups, pool)
        later = list(seen._later)
        assert later
        assert list(seen.order[: len(later)]) == later
        assert sorted(map(str, seen.order)) == sorted(map(str, groups))


def test_turns_are_short_only_while_two_work() -> None:
    """Whatever happens meanwhile, threads take turns as before afterwards."""
    before = sys.getswitchinterval()
    seen = []

    def fail() -> None:
        with near.beside():
            seen.append(sys.getswitchinterval())
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()
    assert seen[0] <= near.TURN * 1.01 < before
    assert sys.getswitchinterval() == before


def test_a_fund_of_one_purpose_could_pay_its_project_alone() -> None:
    """What a fund could pay with nobody's help is what it may pay in full."""
    county = canal(load("tiny"))
    ground = Ground(county)
    problem = ground.problem(ground.everything).problem
    told = dict(zip(problem.names.funds, alone(problem).tolist(), strict=True))
    assert told["canal"] == 200_000
