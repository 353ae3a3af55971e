"""Written models say the same to other programs."""

from __future__ import annotations

import re
from pathlib import Path

import highspy
import pytest

from liftplan.models.county import County
from liftplan.models.policy import FundAmount, GrowthMin
from liftplan.models.rows import Baseline
from liftplan.solver import reference
from liftplan.solver.reference.names import LONGEST, Names

from .hamlet import county, fund, home, house, pair


def _optimum(path: Path) -> float | None:
    """What HiGHS makes of a file, in persons; None if it is infeasible."""
    highs = highspy.Highs()
    highs.silent()
    assert highs.readModel(str(path)) == highspy.HighsStatus.kOk
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return abs(float(highs.getInfo().objective_function_value))


def _foreign() -> County:
    """Ids of other scripts, long ones, and two that differ in a sign only: of a-b and a_b one house can be paid."""
    homes = [home("a-b", 2), home("a_b", 3), home("户" * 60, 4, income=0)]
    houses = [row for one in homes for row in house(one.id, 10_000, name=f"{one.id[:58]}-屋")]
    return county(fund(10_000, "财政" * 30), homes, houses)


@pytest.mark.parametrize("ending", ["lp", "mps"])
@pytest.mark.parametrize(
    "made, optimum",
    [
        (pair(15_000), 3.0),
        (pair(15_000, R1=FundAmount(enforce="soft", price=400_000)), 4.8),
        (pair(5_000, Baseline(yuan=1), R6=GrowthMin()), None),
        (county(home("h", 1), Baseline(yuan=1), R6=GrowthMin()), None),
        (_foreign(), 3.0),
    ],
    ids=["hard", "soft", "infeasible", "without-columns", "foreign-ids"],
)
def test_a_written_model_has_the_same_optimum(made: County, optimum: float | None, ending: str, tmp_path: Path) -> None:
    """HiGHS reads the file and finds the optimum of the county, or that there is none."""
    path = tmp_path / f"model.{ending}"
    reference.write(reference.build(made), path)
    assert _optimum(path) == (None if optimum is None else pytest.approx(optimum, abs=1e-6))


def test_names_are_plain_short_and_unique() -> None:
    """Whatever the ids, a name has ASCII letters, digits, `_` and `.`, at most 99 characters, and comes once."""
    names = Names()
    ids = ["a-b", "a_b", "a.b", "户", "u6237", "x" * 200, "x" * 201, "户" * 64]
    made = [names.new("built", one) for one in ids] + [names.new("built", "a", "b")]
    assert len(set(made)) == len(made)
    assert all(re.fullmatch(r"built_[A-Za-z0-9_.]+", name) and len(name) < LONGEST + 10 for name in made)
    assert made[0] == "built_a_b"
