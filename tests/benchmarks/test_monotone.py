"""Weaker counties are never worse, on a share of the study's pairs; and a contradiction is noticed."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from liftplan.scenarios.counties import load
from liftplan.scenarios.curve.direction import direction
from liftplan.scenarios.overrides import Line, apply_overrides
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The study's script."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("monotone")


@pytest.mark.parametrize("place", [2, 5, 11, 17, 23, 29, 47])
def test_a_weaker_county_is_never_worse(study: Any, place: int) -> None:
    """Plan against bound, best plan against best plan."""
    found = study.examine(place, 20.0)
    assert found["contradictions"] == []


def test_a_contradiction_is_noticed(study: Any) -> None:
    """The pair the wrong way round: less money, and a plan above its bound."""
    tiny = load("tiny")
    richer, _ = apply_overrides(tiny, [Line("funds[integrable=true].amount x 1.1")])
    rich, poor = (solve(one, Settings(gap=0, threads=1)) for one in (richer, tiny))
    assert len(study.contradictions(rich, poor)) == 2
    assert study.contradictions(poor, rich) == []
    assert len(study.contradictions(rich, replace(poor, status="infeasible", plan=None, objective_bound=None))) == 1


def test_what_theory_says_of_quantities() -> None:
    """More money unless R13 asks for more spending; lower village minimums; R5 only where top-ups count nowhere."""
    tiny = load("tiny")
    assert [direction(tiny, name) for name in ("money", "fund:x", "minimum:R3", "minimum:R4.a")] == [1, 1, -1, -1]
    assert [direction(tiny, name) for name in ("minimum:R5", "poverty_line")] == [0, 0]
    lines = [Line(f"policy.{rule}.enforce = off") for rule in ("R3", "R4", "R6", "R7", "R13")]
    assert direction(apply_overrides(tiny, lines)[0], "minimum:R5") == -1
    fund = tiny["funds"]["id"][0]
    spend = Line(f"policy.R13.rows + {{id: a, fund: {fund}, share_bp: 9000}}")
    asked, _ = apply_overrides(tiny, [Line("policy.R13.enforce = hard"), spend])
    assert direction(asked, "money") == 0
