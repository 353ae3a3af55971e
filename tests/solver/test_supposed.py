"""Rows that cost nothing in an earlier plan are supposed not to matter, until they turn out to."""

from __future__ import annotations

import numpy as np
import pytest

from liftplan.scenarios.generator import Knobs, generate
from liftplan.scenarios.overrides import Line, apply_overrides
from liftplan.solver.clock import Clock
from liftplan.solver.compile import compile_county
from liftplan.solver.merging import Merging
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.packing import Packing
from liftplan.solver.problem import Bools
from liftplan.solver.progress import Cancel
from liftplan.solver.search import Search
from liftplan.solver.settings import Settings
from liftplan.solver.start import first_prices


def left_out(minimum: str) -> tuple[Bools, Bools]:
    """(rows,) that a search supposes not to matter, and those that it still leaves out when it has looked at that."""
    county, _ = apply_overrides(generate(Knobs(villages=8, seed=1)), [Line(f"policy.R3.minimum = {minimum}")])
    problem = compile_county(county, apart=True).problem
    looked = Cancel()

    def watch(_stage: str, search: Search) -> None:
        if not search.supposed:
            looked.set()

    oracle = Oracle(problem, 1)
    try:
        search = Search(problem, oracle, Settings(gap=0, threads=1), Clock(60.0, looked), watch, supposed=True)
        first = search.merging.left_out
        search.start = first_prices(problem, oracle, search.master, lambda: False)
        search.run()
        assert not search.supposed
        return first, search.merging.left_out
    finally:
        oracle.close()


@pytest.fixture(autouse=True)
def no_clash_brings_rows_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only looking at what was supposed does; nor are packages looked for, which would clash again and again."""
    monkeypatch.setattr(Merging, "take_back_clashing", lambda *_: False)
    monkeypatch.setattr(Packing, "round", lambda *_: None)


def test_rows_that_matter_come_back() -> None:
    """With minimums of villages that nobody reaches unless he must, some of their rows take part from then on."""
    before, after = left_out("7500000")
    assert before.any()
    assert np.count_nonzero(after) < np.count_nonzero(before)
    assert not (after & ~before).any()


def test_rows_that_do_not_matter_stay_out() -> None:
    """With minimums that every good plan keeps none comes back."""
    before, after = left_out("1000")
    assert before.any()
    assert (after == before).all()
