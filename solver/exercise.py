"""Uses every numerical kernel once, so that it is compiled before anybody waits for it."""

from __future__ import annotations

import numpy as np

from liftplan.models.county import County
from liftplan.solver.compile import compile_county
from liftplan.solver.generation import priced_at
from liftplan.solver.oracle.oracle import Effort, Oracle


def exercise(county: County) -> None:
    """Ask the oracle whatever a search may ask it; searches that end soon do not ask everything."""
    problem = compile_county(county).problem
    oracle = Oracle(problem, 1)
    try:
        prices = priced_at(problem, np.zeros(len(problem.rows.rhs)), oracle.room(problem))
        answers = oracle.ask(prices, Effort(0), range(problem.blocks))
        oracle.near(prices, 1, 2)
        oracle.decided(prices, answers, 1, set())
        oracle.listed(prices, answers, 1, 2)
        oracle.values(prices, [answer.built[None, :] for answer in answers])
    finally:
        oracle.close()
