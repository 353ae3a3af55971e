"""The measures of hardness, on the county that is solved by hand."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from liftplan.models.policy import DepartmentMin, VillageDepartmentMin
from liftplan.scenarios.counties import load
from liftplan.solver.compile import compile_county

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import a script of `benchmarks/` by name."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))

    def named(name: str) -> ModuleType:
        return importlib.import_module(name)

    return named


def test_natural_relaxation_is_not_below_the_optimum(script: Any) -> None:
    """The relaxation of `tiny` is feasible at its point and worth at least the 49 people of the best plan."""
    natural = script("_natural_lp")
    point = natural.solve_ipm(natural.natural_lp(compile_county(load("tiny")).problem), 60.0)
    assert point.violation <= 1e-7
    assert 49 - 1e-6 <= point.persons <= 53


def test_violation_notices_a_point_outside(script: Any) -> None:
    """Doing nothing breaks the villages' minimums, and the measure of violation says so."""
    natural = script("_natural_lp")
    lp = natural.natural_lp(compile_county(load("tiny")).problem)
    assert natural.violation(lp, np.zeros(len(lp.cost))) > 1e-3


@pytest.mark.parametrize(
    ("household", "packages"),
    [
        ("v01-h0001", 2),  # oranges with the road; pigs without
        ("v01-h0005", 3),  # the same, and the wide road alone
        ("v01-h0006", 2),  # either road
        ("v02-h0004", 2),  # repair; the site
        ("v02-h0008", -1),  # already out
        ("v03-h0001", 1),  # goats
    ],
)
def test_undominated_packages_of_households_counted_by_hand(script: Any, household: str, packages: int) -> None:
    """Packages that differ in yuan by purpose, slots or projects count; dominated ones do not."""
    county = load("tiny")
    counts = script("_packages").undominated(county)
    assert counts[county["households"]["id"].tolist().index(household)] == packages


def test_cut_is_proved_by_addition(script: Any) -> None:
    """60,000 of 100,000 yuan is just enough for three villages at 20,000, and too little at 20,001."""
    cut = script("hardness").cut
    county = load("tiny")
    assert not cut(county)["cut_infeasible"]
    rows = VillageDepartmentMin(rows=(DepartmentMin(id="poverty", departments=("poverty",), minimum=20_001),))
    assert cut(county.with_policy(county.policy.model_copy(update={"R4": rows})))["cut_infeasible"]
