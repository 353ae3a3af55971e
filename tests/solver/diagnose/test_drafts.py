"""What one question about a county leaves to the next."""

from __future__ import annotations

import numpy as np

from liftplan.scenarios.counties import load
from liftplan.solver.diagnose.builder import program
from liftplan.solver.diagnose.drafts import Drafts
from liftplan.solver.diagnose.ground import Ground


def test_a_question_beside_others_tells_them_nothing() -> None:
    """A copy begins with what is known, and what it learns stays its own."""
    ground = Ground(load("tiny"))
    problem = ground.problem(ground.everything).problem
    first = Drafts()
    nothing = np.zeros(len(problem.flows.cell_village), dtype=np.bool_)
    packages = first.packages(problem, 5, nothing)
    assert packages is not None
    aside = first.copied()
    assert aside.packages(problem, 5, nothing) is packages
    grown = aside.grown(problem, packages, lambda some: program(problem, some, 0), 30.0, None)
    assert grown is not None
    assert aside._last
    assert not first._last
    assert not first._grown
