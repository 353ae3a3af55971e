"""Every stage of a solve by itself, on one generated county.

In `make test` each runs once, on a county of three villages; with `--benchmark-enable` each is measured, on one of
twelve. `make study` writes the figures to benchmarks/record/stages.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import liftplan
from liftplan.models.county import County
from liftplan.models.files import read_county
from liftplan.models.plan import UNITS_PER_PERSON, Plan
from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver.benders.cuts import Cuts
from liftplan.solver.certificate import Certificate, certificate, reprove
from liftplan.solver.check import check_plan
from liftplan.solver.clock import Clock
from liftplan.solver.compile import Compiled, compile_county
from liftplan.solver.generation import priced_at
from liftplan.solver.incumbent import Incumbent, realise
from liftplan.solver.ledger.write import whole_yuan_ledger
from liftplan.solver.master import Master
from liftplan.solver.oracle.oracle import Effort, Oracle, total_bound, total_value
from liftplan.solver.packing import MISSED, POOLINGS
from liftplan.solver.rounding.packages import best_packages
from liftplan.solver.search import Search
from liftplan.solver.settings import Settings

SETTINGS = Settings(gap=0.01, time_limit=None, threads=1)


@dataclass(frozen=True)
class Solved:
    """A county after its search, and what its stages need."""

    county: County
    compiled: Compiled
    oracle: Oracle
    search: Search
    best: Incumbent
    solution: liftplan.Solution

    @property
    def plan(self) -> Plan:
        """The plan that `liftplan.solve` finds."""
        assert self.solution.plan is not None
        return self.solution.plan

    def certified(self) -> tuple[Certificate, int] | None:
        """The certificate of the bound."""
        search, limit = self.search, self.search.proved + UNITS_PER_PERSON - 1
        leaves = search.tree.all_leaves()
        return certificate(self.compiled.problem, self.oracle, leaves, search.decided, search.duals, limit)


@pytest.fixture(scope="module")
def solved(request: pytest.FixtureRequest) -> Iterator[Solved]:
    """The county, solved to 1 %."""
    measured = request.config.getoption("benchmark_enable")
    knobs = Knobs(villages=12) if measured else Knobs(villages=3, households_per_village=60, tightness=3.0)
    county = generate(knobs)
    compiled = compile_county(county)
    oracle = Oracle(compiled.problem, 1)
    search = Search(compiled.problem, oracle, SETTINGS, Clock(None, None), lambda _stage, _search: None)
    search.run()
    assert search.best is not None
    yield Solved(county, compiled, oracle, search, search.best, liftplan.solve(county, gap=0.01, threads=1))
    oracle.close()


def test_reading(benchmark: BenchmarkFixture, solved: Solved, tmp_path: Path) -> None:
    """A folder of tables is read and validated, and is the county that was written."""
    liftplan.convert(solved.county, tmp_path / "county")
    assert benchmark(read_county, tmp_path / "county").digest == solved.county.digest


def test_compile(benchmark: BenchmarkFixture, solved: Solved) -> None:
    """The flat problem has every household."""
    problem = benchmark(compile_county, solved.county).problem
    assert len(problem.names.households) == len(solved.compiled.problem.names.households) > 0


def test_oracle(benchmark: BenchmarkFixture, solved: Solved) -> None:
    """All blocks at the prices of the bound: the bound is not below the value."""
    problem = solved.compiled.problem
    prices = priced_at(problem, solved.search.duals)
    answers = benchmark(solved.oracle.ask, prices, Effort(0), range(problem.blocks))
    bound = total_bound(prices, answers)
    assert bound is not None
    assert bound / UNITS_PER_PERSON >= total_value(prices, answers) / UNITS_PER_PERSON - 1e-6


def test_listing(benchmark: BenchmarkFixture, solved: Solved) -> None:
    """All sets near their block's bound, where money has a price: the one that the oracle finds is there."""
    problem = solved.compiled.problem
    money = np.array([rule == "R1" for rule, _ in problem.names.rows])
    prices = priced_at(problem, np.where(money, np.maximum(solved.search.duals, 1e-5), solved.search.duals))
    answers = solved.oracle.ask(prices, Effort(0), range(problem.blocks))
    listed = benchmark(solved.oracle.listed, prices, answers, UNITS_PER_PERSON // 10 >> prices.shift, 400)
    assert listed is not None
    assert all((sets == answer.built).all(axis=1).any() for sets, answer in zip(listed, answers, strict=True))


def test_cut(benchmark: BenchmarkFixture, solved: Solved) -> None:
    """One more price over these sets: its peak is the bound there."""
    problem = solved.compiled.problem
    prices = priced_at(problem, solved.search.duals)
    answers = solved.oracle.ask(prices, Effort(0), range(problem.blocks))
    sets = [answer.built[None, :] for answer in answers]
    cut = benchmark(lambda: Cuts(sets).add(prices, solved.oracle.values(prices, sets)))
    assert cut.peak == total_value(prices, answers)


def test_master(benchmark: BenchmarkFixture, solved: Solved) -> None:
    """Over all columns that the search ended with, no mixture is worth more than the bound of the root."""
    search = solved.search

    def mixed() -> float:
        master = Master(search.problem, search.merging)
        master.add(search.master.columns)
        return master.solve().value

    root = max(leaf.bound for leaf in search.tree.all_leaves() if leaf.bound is not None)
    assert benchmark(mixed) <= root / UNITS_PER_PERSON + 1e-3


def test_rounding(benchmark: BenchmarkFixture, solved: Solved) -> None:
    """With the projects of the best plan, packages as for a first plan are found, worth no more than the bound."""
    search, first = solved.search, POOLINGS[0]
    built = solved.best.decisions.built
    found = benchmark(
        best_packages,
        search.problem,
        solved.oracle,
        built,
        search.duals,
        search.merging,
        partial(realise, search.problem),
        slack=first.slack,
        most=first.most,
        goal=solved.best.objective / UNITS_PER_PERSON,
        near=1.0,
        within=MISSED,
        workers=1,
    )
    assert found is not None
    assert found.objective <= search.proved
    assert np.array_equal(found.decisions.built, built)


def test_flows(benchmark: BenchmarkFixture, solved: Solved) -> None:
    """Whole yuan for the decisions of the best plan, for the same objective."""
    again = benchmark(realise, solved.compiled.problem, solved.best.decisions)
    assert again is not None
    assert again.objective == solved.best.objective


def test_ledger(benchmark: BenchmarkFixture, solved: Solved) -> None:
    """All lines of the ledger: as much money as the lines due."""
    due = solved.compiled.payable(solved.best.decisions)
    written = benchmark(
        whole_yuan_ledger, solved.compiled.problem, solved.best.decisions, due.lines, due.commitments, time_limit=60.0
    )
    assert written is not None
    assert written.ledger.yuan.sum() > 0


def test_check(benchmark: BenchmarkFixture, solved: Solved) -> None:
    """The plan keeps every rule."""
    assert benchmark(check_plan, solved.county, solved.plan) == []


def test_certificate_built(benchmark: BenchmarkFixture, solved: Solved) -> None:
    """What it proves is not beyond the bound of the search by a person."""
    written = benchmark(solved.certified)
    assert written is not None
    assert solved.best.objective <= written[1] < solved.search.proved + UNITS_PER_PERSON


def test_certificate_proved(benchmark: BenchmarkFixture, solved: Solved) -> None:
    """The bound of the plan is proved again."""
    assert solved.plan.certificate is not None
    assert benchmark(reprove, solved.county, solved.plan) == []


def test_writing(benchmark: BenchmarkFixture, solved: Solved, tmp_path: Path) -> None:
    """A plan folder is written anew each time, and holds the plan."""
    number = count()
    folder = benchmark(lambda: solved.solution.save(tmp_path / f"plan{next(number)}"))
    assert (folder / "plan.json").stat().st_size > 0
