"""The linear program over the parts, whichever way it is solved."""

from __future__ import annotations

import numpy as np
import pytest

from liftplan.models.problems import InternalError
from liftplan.solver.clock import Clock
from liftplan.solver.engines.highs import Lp, LpResult, Matrix
from liftplan.solver.parts import together as together_module
from liftplan.solver.parts.together import METHODS, _solved


def solved() -> LpResult | None:
    """The least x + 2 y with x + y >= 3 and x <= 2, which is 4."""
    matrix = Matrix(np.array([0, 2, 3]), np.array([0, 1, 0]), np.array([1.0, 1.0, 1.0]))
    return _solved(np.array([3.0, 0.0]), np.array([np.inf, 2.0]), np.array([1.0, 2.0]), matrix, Clock(None, None))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_the_optimum(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them alone."""
    monkeypatch.setattr(together_module, "METHODS", (method,))
    found = solved()
    assert found is not None
    assert found.objective == pytest.approx(4.0)
    assert found.x == pytest.approx([2.0, 1.0])


@pytest.mark.parametrize(("failing", "methods"), [(0, 1), (1, 2)])
def test_where_one_method_fails_the_next_one_is_used(
    failing: int, methods: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first that finds the optimum ends it."""
    tried = []
    solve = Lp.solve

    def fails_first(lp: Lp, *given: object, **more: object) -> LpResult:
        tried.append(lp)
        found = solve(lp, *given, **more)  # type: ignore[arg-type]
        return found if len(tried) > failing else LpResult("unknown", 0.0, found.x, found.row_duals, found.x, 0)

    monkeypatch.setattr(Lp, "solve", fails_first)
    found = solved()
    assert found is not None
    assert found.objective == pytest.approx(4.0)
    assert len(tried) == methods


def test_where_all_methods_fail_the_error_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else could be done with such a program."""
    nothing = np.zeros(0)
    monkeypatch.setattr(Lp, "solve", lambda *_, **__: LpResult("unknown", 0.0, nothing, nothing, nothing, 0))
    with pytest.raises(InternalError, match="over the parts"):
        solved()


def test_whoever_stops_it_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other method is tried then."""
    tried = []
    nothing = np.zeros(0)

    def cancelled(*_: object, **__: object) -> LpResult:
        tried.append(1)
        return LpResult("cancelled", 0.0, nothing, nothing, nothing, 0)

    monkeypatch.setattr(Lp, "solve", cancelled)
    assert solved() is None
    assert tried == [1]
