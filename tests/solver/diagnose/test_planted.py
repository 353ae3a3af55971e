"""Planted conflicts: all are found, minimal, and repaired."""

from functools import cache

import pytest

from liftplan.models.validate import validate
from liftplan.scenarios.clashes import CASES, Clash
from liftplan.scenarios.clashes.case import county, never
from liftplan.scenarios.clashes.large import LARGE, monuments, with_rows
from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver.check import check_decisions
from liftplan.solver.diagnose.conflicts import Conflict
from liftplan.solver.diagnose.diagnosis import Diagnosis, diagnose
from liftplan.solver.diagnose.feasible import Witness
from liftplan.solver.diagnose.gives import amended
from liftplan.solver.diagnose.refutation import Refutation
from liftplan.solver.diagnose.repairs import repairs
from liftplan.solver.diagnose.reproof import Reprover
from liftplan.solver.diagnose.rules import Instance

BY_NAME = {case.name: case for case in CASES}


@cache
def diagnosed(name: str) -> Diagnosis:
    """The diagnosis of a planted county."""
    return diagnose(BY_NAME[name].make())


def named(conflict: Conflict) -> frozenset[str]:
    """A conflict as planted ones are written."""
    return frozenset(f"{group.rule} {group.key}".strip() for group in conflict.groups)


def accepted(witness: Witness, case_county: object) -> bool:
    """Whether the independent checker accepts a plan of a county."""
    plan = witness.projects, witness.measures, witness.topups, witness.ledger
    return check_decisions(case_county, *plan).accepted  # type: ignore[arg-type]


def test_the_base_has_a_plan() -> None:
    """Without what a case changes there is a plan: conflicts are those planted."""
    assert diagnose(county("base")).status == "feasible"


def test_every_rule_takes_part() -> None:
    """Rules that can clash are all in some planted conflict."""
    rules = {name.partition(" ")[0] for case in CASES for conflict in case.conflicts for name in conflict}
    assert rules == {"R1", "R3", "R4", "R5", "R6", "R7", "R9", "R10", "R11", "R12", "R13"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_conflicts_are_found_and_minimal(case: Clash) -> None:
    """Exactly the planted conflicts, each shown to be minimal, and no others."""
    assert not [problem for problem in validate(case.make()) if not problem.warning]
    found = diagnosed(case.name)
    assert found.status == "infeasible"
    assert {named(conflict) for conflict in found.conflicts} == set(case.conflicts)
    assert all(conflict.minimal for conflict in found.conflicts)
    assert found.complete
    assert case.arithmetic == all(conflict.proof.method == "arithmetic" for conflict in found.conflicts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_conflicts_are_proved_again(case: Clash) -> None:
    """What each conflict carries proves again, by other code, that no plan keeps its rules and no others."""
    found = diagnosed(case.name)
    reprover = Reprover(found.county)
    for conflict, refutation in zip(found.conflicts, found.refutations, strict=True):
        assert refutation is not None
        assert {Instance(*one) for one in refutation.kept} <= conflict.instances
        assert reprover.wrong(Refutation.model_validate_json(refutation.model_dump_json())) is None


@pytest.mark.parametrize("case", [case for case in CASES if case.places], ids=lambda case: case.name)
def test_places_are_told(case: Clash) -> None:
    """In how many places of how many a conflict clashes; one place fewer leaves a plan."""
    places = diagnosed(case.name).conflicts[0].places
    assert places is not None
    assert (places.least, len(places.names)) == case.places
    assert places.sharp


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_repairs_leave_a_plan(case: Clash) -> None:
    """Each kind of repair that there is is found; the checker accepts a plan of the county after it, to the yuan."""
    found = diagnosed(case.name)
    made = repairs(found)
    assert case.repairs <= {repair.kind for repair in made}
    for repair in made:
        assert repair.county == amended(found.county, repair.gives)
        assert accepted(repair.witness, repair.county)
        if repair.kind == "yuan":
            assert repair.least is not None
            assert repair.least <= repair.yuan
        if repair.kind == "rules":
            assert repair.least == repair.rules == len(found.found.fewest)  # type: ignore[union-attr, arg-type]


def test_items_that_clash_in_a_large_county_are_repaired() -> None:
    """The repair that a part of the county shows leaves a plan of all of it, and is the smallest."""
    large = generate(Knobs(seed=3, villages=4, households_per_village=60, tightness=2.0))
    found = diagnose(monuments(large), threads=1)
    assert found.judge is not None
    assert not found.judge.small
    assert [conflict.proof.method for conflict in found.conflicts] == ["integers"]
    made = {repair.kind: repair for repair in repairs(found)}
    assert (made["yuan"].yuan, made["yuan"].least) == (20_000, 20_000)
    assert all(accepted(repair.witness, repair.county) for repair in made.values())


def test_what_is_forbidden_in_a_large_county_is_told() -> None:
    """Plans found where less is forbidden do not fit where more is: neither their items nor what they do."""
    forbidden = next(case for case in LARGE if case.name == "forbidden")
    large = monuments(forbidden.make(generate(Knobs(seed=3, villages=4, households_per_village=60, tightness=2.0))))
    homes = large["households"]["id"].tolist()[:3]
    found = diagnose(with_rows(large, demands=[never("household", home) for home in homes]), threads=1)
    rules = {frozenset(group.rule for group in conflict.groups) for conflict in found.conflicts}
    assert rules == {frozenset({"R12"}), frozenset({"R13", "R1"})}
    made = repairs(found)
    assert made
    assert all(accepted(repair.witness, repair.county) for repair in made)
