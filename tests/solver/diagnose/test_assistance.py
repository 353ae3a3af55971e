"""Whom rules force to be helped, and what R5 then asks for: proofs in whole yuan that never deny a plan there is."""

from __future__ import annotations

import numpy as np
import pytest

from liftplan.models.county import County
from liftplan.models.policy import (
    Fairness,
    HouseholdMin,
    Policy,
    SpendMin,
    SpendMinRow,
    VillageTotalMin,
)
from liftplan.scenarios.clashes.case import committed, county, fund, minimums, must, never
from liftplan.scenarios.counties import load
from liftplan.scenarios.small import random_small
from liftplan.scenarios.small.order import foci, seed_of
from liftplan.solver import reference
from liftplan.solver.clock import Clock
from liftplan.solver.diagnose.assistance import Asked, asked
from liftplan.solver.diagnose.diagnosis import Diagnosis, diagnose
from liftplan.solver.diagnose.feasible import Judge, Refuted, Witness
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.refutation import Refutation, Times, sums_of
from liftplan.solver.diagnose.repairs import repairs
from liftplan.solver.diagnose.reproof import Reprover
from liftplan.solver.diagnose.reproved_minimums import Minimums
from liftplan.solver.diagnose.rules import EVERYBODY, Instance
from liftplan.solver.exact import solve_whole

from ...thorough import some

R5 = Instance("R5", EVERYBODY)

PLACES = some(range(80), 8)
"""Places of the suite of small counties."""


def with_minimum(base: County, yuan: int) -> County:
    """A county with another hard minimum of households."""
    rule = base.policy.R5.model_copy(update={"enforce": "hard", "minimum": yuan})
    return base.with_policy(Policy.model_validate(base.policy.model_copy(update={"R5": rule})))


def small(place: int, times: int) -> County:
    """A small county whose households get so many times as much."""
    hard, soft = foci(place)
    base = random_small(seed_of(place), hard=hard, soft=soft)
    return with_minimum(base, times * (base.policy.R5.minimum or 5_000))


def asking(one: County, rule: str, where: str = "all") -> list[Asked]:
    """What R5 asks for because a rule needs households to be helped; rule "": because they are named."""
    ground = Ground(one)
    found = asked(ground.compiled(ground.everything).problem)
    return [row for row in found if row.where == where and "".join(part.rule for part in row.helped.forcing) == rule]


def proved(one: County) -> tuple[Diagnosis, set[frozenset[str]]]:
    """A diagnosis without a plan, its conflicts; each is proved again."""
    found = diagnose(one, threads=1)
    assert found.status == "infeasible"
    reprover = Reprover(one)
    for proof in found.refutations:
        assert proof is not None
        assert reprover.wrong(proof) is None
    return found, {frozenset(f"{group.rule} {group.key}".strip() for group in one.groups) for one in found.conflicts}


def test_a_high_minimum_against_minimums_of_villages_is_added_up() -> None:
    """`tiny`: the poverty office's 20,000 need somebody helped in two villages; a house takes up 10,000 of 90,000."""
    found, conflicts = proved(with_minimum(load("tiny"), 90_000))
    assert conflicts == {frozenset({"R5", "R4 poverty", "R1 special_poverty"})}
    conflict = found.conflicts[0]
    assert conflict.proof.method == "arithmetic"
    assert conflict.proof.money is not None
    assert (conflict.proof.money.asked, conflict.proof.money.money) == (160_000, 100_000)
    assert conflict.places is not None
    assert (conflict.places.names, conflict.places.least) == (("v01", "v02"), 2)
    worst = found.figures[0]
    assert (worst.rule, worst.kind, worst.needs, worst.most) == ("R5", "topups", 160_000, 100_000)


def test_the_proof_is_exact_to_the_yuan() -> None:
    """50,000 each leave 40,000 + 40,000 + 20,000 of 100,000, and there is a plan; with a yuan more there is none."""
    assert diagnose(with_minimum(load("tiny"), 50_000), threads=1).status == "feasible"
    found, _ = proved(with_minimum(load("tiny"), 50_001))
    assert found.conflicts[0].proof.method == "arithmetic"
    assert found.conflicts[0].proof.money is not None
    assert found.conflicts[0].proof.money.short == 2


def test_what_repairs_give_at_least_is_not_overstated() -> None:
    """A village's minimum that is given up frees four times as much: the sums say nothing of yuan given."""
    found, _ = proved(with_minimum(load("tiny"), 90_000))
    made = {repair.kind: repair for repair in repairs(found)}
    assert made["yuan"].yuan == 20_000
    assert (made["yuan"].least or 0) <= 20_000


@pytest.mark.parametrize(
    ("rule", "make", "fewest", "yuan"),
    [
        ("R4", lambda: county("r4", R5=HouseholdMin(minimum=30_000), R4=minimums(housing=14_000)), 1, 30_000),
        ("R4", lambda: county("r4", R5=HouseholdMin(minimum=12_000), R4=minimums(housing=16_000)), 2, 24_000),
        ("R3", lambda: county("r3", R5=HouseholdMin(minimum=30_000), R3=VillageTotalMin(minimum=250_000)), 2, 60_000),
        ("R13", lambda: county("r13", R5=HouseholdMin(minimum=30_000), R13=SpendMin(enforce="hard", rows=(
            SpendMinRow(id="h", fund="houses", share_bp=4_000),))), 6, 180_000),
        ("R10", lambda: county("r10", R5=HouseholdMin(minimum=30_000), R10=Fairness(enforce="hard", share_bp=5_000)), 1,
         30_000),
    ],
)  # fmt: skip
def test_rules_need_households_to_be_helped(rule: str, make: object, fewest: int, yuan: int) -> None:
    """As few as can take up what projects cannot, or as few as lift the people; each gets the minimum."""
    rows = asking(make(), rule)  # type: ignore[operator]
    assert {(row.helped.fewest, row.yuan) for row in rows} == {(fewest, yuan)}


def test_minimums_that_projects_can_take_up_need_nobody() -> None:
    """R4 of the poverty office: a road may be paid from it."""
    assert asking(county("r4", R5=HouseholdMin(minimum=30_000), R4=minimums(poverty=50_000)), "R4") == []


def test_what_lines_elsewhere_take_up_is_taken_off() -> None:
    """A house of 15,000 is paid by others: 15,000 of 30,000 are left to the funds of the top-up, who also pay goats."""
    made = county("must", must("measure", "v1-h1-house"), R5=HouseholdMin(minimum=30_000))
    assert [row.yuan for row in asking(made, "")] == [30_000]
    assert [row.yuan for row in asking(made, "", "topups")] == [15_000]


@pytest.mark.parametrize(
    ("extra", "named"),
    [
        ([must("household", "v1-h1")], "R12 must household:v1-h1"),
        ([must("measure", "v1-h1-house")], "R12 must measure:v1-h1-house"),
        ([committed("houses", "v1-h1-house", "house", 5_000)], "R11 houses/v1-h1-house/house"),
    ],
)
def test_who_is_named_takes_part_in_the_conflict(extra: list[object], named: str) -> None:
    """Without the demand or commitment nobody must be helped: the conflict has it, and is proved again."""
    poor = fund("special", "poverty", 20_000, "industry", "road")
    made = county("named", poor, *extra, R5=HouseholdMin(minimum=60_000))  # type: ignore[arg-type]
    assert proved(made)[1] == {frozenset({named, "R5", "R1 special"})}


def test_what_must_never_be_takes_part_in_the_conflict() -> None:
    """A minimum of finance that only the square could take up: without the never there is a plan."""
    made = county("never", never("project", "v1-square"), R4=minimums(finance=60_000))
    assert proved(made)[1] == {frozenset({"R12 never project:v1-square", "R4 finance"})}


def test_demands_that_do_not_matter_stay_out_of_the_conflict() -> None:
    """A conflict of the money alone stays as it is beside demands of something else."""
    made = county("beside", never("measure", "v2-h2-goats"), must("project", "v3-square"),
                  fund("squares", "finance", 170_000, "public", recipients=("projects",)),
                  R4=minimums(finance=60_000))  # fmt: skip
    found, conflicts = proved(made)
    assert conflicts == {frozenset({"R4 finance", "R1 squares"})}
    assert found.conflicts[0].places is not None
    assert found.conflicts[0].places.least == 3


@pytest.fixture(scope="module")
def whole() -> tuple[Reprover, Refutation]:
    """The proof of `tiny` with a minimum of 90,000."""
    made = with_minimum(load("tiny"), 90_000)
    proof = diagnose(made, threads=1).refutations[0]
    assert proof is not None
    return Reprover(made), proof


def changed(proof: Refutation, **changes: object) -> Refutation:
    """The proof with all rows of R5 changed."""
    rows = [row.model_copy(update=changes) if row.instances[0][0] == "R5" else row for row in proof.sums]
    return proof.model_copy(update={"sums": tuple(Times.model_validate(row.model_dump()) for row in rows)})


def test_rows_of_minimums_that_do_not_exist_are_refused(whole: tuple[Reprover, Refutation]) -> None:
    """Nobody is named, R1 forces nobody, two rules at once are no row, the county has no such rule."""
    reprover, proof = whole
    village = ("R4", "v01/poverty")
    assert reprover.wrong(proof) is None
    for instances in (
        (tuple(R5),), (tuple(R5), ("R1", "special_poverty")), (tuple(R5), tuple(R5)), (tuple(R5), village, village),
    ):  # fmt: skip
        assert reprover.wrong(changed(proof, instances=instances, block=0)) is not None
    line = changed(proof, instances=(tuple(R5), ("R4", "v01/line")))
    assert "not among those" in str(reprover.wrong(line))
    kept = line.model_copy(update={"kept": (*line.kept, ("R4", "v01/line"))})
    assert reprover.wrong(kept) is not None  # projects can take that minimum up


def test_a_proof_holds_for_its_own_minimum_only(whole: tuple[Reprover, Refutation]) -> None:
    """Of the county with 50,000, in which there is a plan, the same rows prove nothing."""
    assert "no more than there can be" in str(Reprover(with_minimum(load("tiny"), 50_000)).wrong(whole[1]))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("times", [1, 2, 4, 10])
def test_no_plan_is_denied(place: int, times: int) -> None:
    """Two counts agree on every row, plans keep them, and where they do not add up the reference finds no plan."""
    made = small(place, times)
    ground = Ground(made)
    judge = Judge(ground, Clock(30.0, None))
    problem = ground.compiled(ground.everything).problem
    rows, counts = list(asked(problem)), Minimums(problem)
    for row in rows:
        again = counts.row(list(row.instances), row.helped.block, row.where)
        assert again is not None
        assert again[0] == row.yuan
        assert again[1].tolist() == np.flatnonzero(row.cells[problem.flows.arc_cell]).tolist()
    found = judge.decide(ground.everything)
    if isinstance(found, Witness):
        for row in rows:
            if ground.everything.issuperset(row.instances):
                assert int(found.flows[row.cells[problem.flows.arc_cell]].sum()) >= row.yuan
    if isinstance(found, Refuted) and found.money is not None:
        claim = Refutation(kept=tuple((one.rule, one.subject) for one in found.kept), sums=sums_of(found.money))
        assert Reprover(made).wrong(claim) is None
        assert reference.solve(made).status == "infeasible"
        assert solve_whole(ground.plain(found.kept), time_limit=30.0).impossible
