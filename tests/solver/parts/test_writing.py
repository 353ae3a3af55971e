"""How long certificates of parts may take."""

from __future__ import annotations

import pytest

from liftplan.solver.clock import Clock
from liftplan.solver.parts.writing import Writing


@pytest.fixture
def passed(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that a clock made now shows: the last of the list."""
    seconds = [0.0]
    monkeypatch.setattr("liftplan.solver.clock.monotonic", lambda: seconds[-1])
    return seconds


def test_writing_may_take_a_tenth_of_the_time_so_far(passed: list[float]) -> None:
    """What is taken adds up over the parts; what passes between them is time for more."""
    writing = Writing(Clock(None, None), counted=False)
    passed.append(90.0)
    with writing.part() as over:
        assert not over()
        passed.append(99.0)  # 9 of 99
        assert not over()
    with writing.part() as over:
        passed.append(102.0)  # 12 of 102
        assert over()
    passed.append(130.0)
    with writing.part() as over:
        assert not over()


def test_counted_work_leaves_writing_its_time(passed: list[float]) -> None:
    """A clock of work knows nothing of seconds, and runs repeat."""
    writing = Writing(Clock(10.0, None, lambda: 0.0), counted=True)
    with writing.part() as over:
        passed.append(1_000.0)
        assert not over()


@pytest.mark.parametrize("counted", [False, True])
def test_the_end_of_the_solve_ends_writing(passed: list[float], counted: bool) -> None:
    """However little it has taken."""
    passed.append(0.0)
    writing = Writing(Clock(0.0, None, lambda: 1.0), counted=counted)
    with writing.part() as over:
        assert over()
