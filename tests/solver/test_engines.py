"""The adapters: arrays in, arrays out, nothing printed, problems that change in place."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from threading import Event, Timer
from time import monotonic
from typing import Any

import numpy as np
import pytest

from liftplan.models.problems import InternalError
from liftplan.solver.engines import aside, highs
from liftplan.solver.engines.cpsat import IntegerModel, solve_integer
from liftplan.solver.engines.highs import Lp, Matrix, run
from liftplan.solver.engines.mip import MipModel, solve_mip
from liftplan.solver.progress import Cancel

from .transport import ints


def transport() -> Lp:
    """Minimise x + 2y, x + y >= 3, x <= 2: x = 2, y = 1."""
    lp = Lp()
    lp.add_cols([1.0, 2.0], 0.0, [2.0, np.inf])
    lp.add_rows([3.0], np.inf, Matrix([0, 2], [0, 1], [1.0, 1.0]))
    return lp


def covering(seed: int, size: int) -> MipModel:
    """A covering program that takes HiGHS far longer than a second."""
    rng = np.random.default_rng(seed)
    rows, columns = np.nonzero(rng.random((size, size)) < 0.3)
    start = np.searchsorted(rows, np.arange(size + 1))
    matrix = Matrix(start, columns, rng.integers(1, 90, len(rows)))
    return MipModel(rng.integers(5, 50, size), 0.0, np.inf, True, rng.integers(500, 2000, size), np.inf, matrix)


def integer_covering(seed: int, size: int) -> IntegerModel:
    """The same for CP-SAT."""
    model = covering(seed, size)
    most = np.full(size, 100)
    return IntegerModel(
        ints(0 * most), ints(most), ints(model.costs), ints(model.matrix.start), ints(model.matrix.index),
        ints(model.matrix.value), ints(model.row_lower), ints(np.full(size, 10**9)),
    )  # fmt: skip


def test_lp_optimum_with_duals() -> None:
    """Solution, row duals and reduced costs of a tiny LP are those of the hand calculation."""
    result = transport().solve()
    assert result.status == "optimal"
    assert result.objective == pytest.approx(4.0)
    assert result.x == pytest.approx([2.0, 1.0])
    assert result.row_duals == pytest.approx([2.0])
    assert result.reduced_costs == pytest.approx([-1.0, 0.0])


def test_lp_changes_in_place() -> None:
    """Bounds, costs, rows and columns change on the living problem, and the next optimum follows."""
    lp = transport()
    lp.solve()
    lp.set_col_bounds([0], 0.0, 1.0)
    assert lp.solve().objective == pytest.approx(5.0)
    lp.set_costs([1], [4.0])
    assert lp.solve().objective == pytest.approx(9.0)
    lp.add_cols([1.5], 0.0, 1.0, Matrix([0, 1], [0], [1.0]))
    assert lp.solve().objective == pytest.approx(6.5)
    lp.set_row_bounds([0], 2.0, np.inf)
    assert lp.solve().objective == pytest.approx(2.5)
    lp.add_rows(-np.inf, [0.5], Matrix([0, 1], [2], [1.0]))
    assert lp.solve().objective == pytest.approx(3.75)
    lp.delete_rows([1])
    lp.delete_cols([2])
    assert lp.solve().objective == pytest.approx(5.0)
    assert (lp.columns, lp.rows) == (2, 1)


def test_lp_starts_from_a_given_basis() -> None:
    """A problem that starts from the optimal basis of an equal one needs no steps."""
    first, second = transport(), transport()
    first.solve()
    second.set_basis(first.basis())
    assert second.solve().iterations == 0


def test_lp_begins_with_what_it_is_told() -> None:
    """From a basis that breaks the row (x at 0, y basic at 3 is fine; x basic at 3 is not) to the same optimum."""
    for basic in ([True, False], [False, True]):
        lp = transport()
        lp.begin_with(basic, [False])
        result = lp.solve()
        assert result.status == "optimal"
        assert result.x == pytest.approx([2.0, 1.0])


def test_lp_that_gets_nowhere_starts_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the engine cannot solve from there it solves as if nothing had been said."""
    statuses: list[str] = []

    def failing(engine: Any, time_limit: float | None) -> str:
        statuses.append(run(engine, time_limit) if statuses else "unknown")
        return statuses[-1]

    monkeypatch.setattr(highs, "run", failing)
    lp = transport()
    lp.begin_with([True, False], [False])
    assert lp.solve().x == pytest.approx([2.0, 1.0])
    assert statuses == ["unknown", "optimal"]


def test_lp_says_infeasible_and_unbounded() -> None:
    """Both ends are told apart, although presolve alone does not."""
    lp = transport()
    lp.set_col_bounds([0, 1], 0.0, 1.0)
    assert lp.solve().status == "infeasible"
    unbounded = Lp()
    unbounded.add_cols([-1.0], 0.0, np.inf)
    unbounded.add_rows([1.0], np.inf, Matrix([0, 1], [0], [1.0]))
    assert unbounded.solve().status == "unbounded"


def test_wrong_arrays_are_an_error() -> None:
    """Indices out of range are refused aloud."""
    with pytest.raises(InternalError, match="addRows"):
        transport().add_rows([1.0], np.inf, Matrix([0, 1], [7], [1.0]))


def test_mip_optimum() -> None:
    """Whole solutions: 2x + 2y >= 3 needs two halves, hence 2 whole units of 1."""
    result = solve_mip(MipModel([1.0, 1.0], 0.0, 5.0, True, [3.0], np.inf, Matrix([0, 2], [0, 1], [2.0, 2.0])))
    assert result.status == "optimal"
    assert result.objective == pytest.approx(2.0)


def test_mip_infeasible() -> None:
    """No whole number lies between 0.3 and 0.6."""
    result = solve_mip(MipModel([1.0], 0.0, 1.0, True, [0.3], [0.6], Matrix([0, 1], [0], [1.0])))
    assert result.status == "infeasible"
    assert result.x is None


def test_mip_start_solution_and_time_limit() -> None:
    """A start solution is the least that comes back, and the time limit holds."""
    model = covering(0, 200)
    begin = monotonic()
    first = solve_mip(model, time_limit=0.5)
    assert first.x is not None
    second = solve_mip(model, time_limit=0.5, start=first.x)
    assert second.objective is not None
    assert first.objective is not None
    assert second.objective <= first.objective + 1e-6
    assert monotonic() - begin < 5.0
    assert (first.status, second.status) == ("time", "time")


def test_a_cancelled_linear_program_ends() -> None:
    """A switch that is set ends a run of the simplex method, and the next run without it goes to the end."""
    cancel, size = Cancel(), 40
    cancel.set()
    lp = Lp(method="simplex", presolve=False)
    lp.add_cols(np.arange(1.0, size + 1), 0.0, np.inf)
    pairs = Matrix(np.arange(0, 2 * size, 2), [c for r in range(size - 1) for c in (r, r + 1)], np.ones(2 * size - 2))
    lp.add_rows(np.arange(1.0, size), np.inf, pairs)
    assert lp.solve(cancel=cancel).status == "cancelled"
    assert lp.solve().status == "optimal"


def test_a_linear_program_that_could_be_cancelled_is_let_go() -> None:
    """Listening for a cancel does not keep the program in memory."""
    lp = transport()
    lp.solve(cancel=Cancel())
    held = weakref.ref(lp._highs)
    del lp
    gc.collect()
    assert held() is None


def test_mip_cancel() -> None:
    """A switch set from another thread ends the run within 2 s."""
    cancel = Cancel()
    timer = Timer(0.3, cancel.set)
    timer.start()
    begin = monotonic()
    result = solve_mip(covering(0, 200), cancel=cancel)
    timer.join()
    assert result.status == "cancelled"
    assert monotonic() - begin < 2.3


def test_mip_cancel_does_not_wait_for_what_does_not_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS busy in a part without callbacks is left behind; the answer holds nothing of it."""
    ended = Event()

    def deaf(_highs: object, _time_limit: float | None) -> str:
        ended.wait()
        return "optimal"

    monkeypatch.setattr(aside, "run", deaf)
    cancel = Cancel()
    cancel.set()
    result = solve_mip(covering(0, 20), cancel=cancel)
    busy = not ended.is_set()
    ended.set()
    assert busy
    assert (result.status, result.x, result.objective) == ("cancelled", None, None)


def test_mip_errors_reach_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong in the thread of HiGHS is raised where the answer is waited for."""

    def broken(_highs: object, _time_limit: float | None) -> str:
        raise InternalError("HiGHS refused run")

    monkeypatch.setattr(aside, "run", broken)
    with pytest.raises(InternalError, match="refused run"):
        solve_mip(covering(0, 20), cancel=Cancel())


def test_mip_thread_counts_may_change() -> None:
    """Runs with different numbers of threads follow each other in one process."""
    model = MipModel([1.0], 0.0, 9.0, True, [2.5], np.inf, Matrix([0, 1], [0], [1.0]))
    assert [solve_mip(model, threads=threads).objective for threads in (2, 1, 0)] == [3.0, 3.0, 3.0]


def integer_model(need: int, most: int) -> IntegerModel:
    """Minimise 3x + 2y, x + y = need, x and y <= most, 2x <= 3 y."""
    return IntegerModel(
        ints([0, 0]),
        ints([most, most]),
        ints([3, 2]),
        ints([0, 2, 4]),
        ints([0, 1, 0, 1]),
        ints([1, 1, 2, -3]),
        ints([need, -(10**12)]),
        ints([need, 0]),
    )


def test_integer_optimum() -> None:
    """The cheaper variable first."""
    result = solve_integer(integer_model(10, 7))
    assert result.status == "optimal"
    assert result.x is not None
    assert result.x.tolist() == [3, 7]
    assert (result.objective, result.bound) == (23, 23.0)


def test_integer_infeasible() -> None:
    """More than both variables can be."""
    assert solve_integer(integer_model(15, 7)).status == "infeasible"


def test_integer_overflow_is_refused() -> None:
    """Sums beyond 64 bits raise."""
    with pytest.raises(OverflowError):
        solve_integer(integer_model(2**61, 2**61))


def test_integer_hint_and_cancel_switch() -> None:
    """A hint and an unset switch do not change the optimum."""
    result = solve_integer(integer_model(10, 7), hint=ints([5, 5]), cancel=Cancel(), work_limit=5.0)
    assert result.objective == 23


def test_nothing_is_printed() -> None:
    """Engines leave standard output and error alone, down to the C level."""
    code = (
        "from liftplan.solver.engines.mip import MipModel, Matrix, solve_mip\n"
        "from liftplan.solver.engines.cpsat import solve_integer\n"
        "assert solve_integer\n"
        "assert solve_mip(MipModel([1.0], 0, 9, True, [2.5], 9, Matrix([0, 1], [0], [1.0]))).objective == 3"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_solution_that_is_good_enough_ends_a_long_run() -> None:
    """After `patience` seconds a solution as good as `good` comes back; a worse one does not end the run."""
    model = covering(0, 200)
    begin = monotonic()
    settled = solve_mip(model, good=1e9, patience=0.0, time_limit=60.0)
    assert settled.x is not None
    assert settled.status == "cancelled"
    assert monotonic() - begin < 30.0
    other = solve_mip(model, good=settled.bound - 1.0, patience=0.0, time_limit=0.5)
    assert other.status == "time"


@pytest.mark.parametrize("patience", [0.0, 0.3])
def test_a_whole_solution_that_is_good_enough_ends_a_long_run(patience: float) -> None:
    """CP-SAT, too, ends at a solution as good as `good`, at once or after `patience` seconds, without a proof."""
    model = integer_covering(0, 200)
    first = solve_integer(model, good=1e9, patience=patience, time_limit=60.0)
    assert first.status == "feasible"
    assert first.objective is not None
    assert first.bound < first.objective <= 1e9


def test_a_whole_solution_that_is_not_good_enough_ends_nothing() -> None:
    """Without patience for more, the run goes on to its limit where no solution is as good as `good`."""
    model = integer_covering(0, 200)
    first = solve_integer(model, good=1e9, patience=0.0, time_limit=60.0)
    assert first.objective is not None
    other = solve_integer(model, good=first.bound - 1.0, patience=0.0, work_limit=0.1)
    assert other.status == "feasible"
    assert other.objective is not None
    assert other.objective < first.objective
