"""The natural linear program of a county: the natural program of `_natural_form.py`, integrality dropped.

maximise    sum worth_h L_h
subject to  every row of the flat problem (R1, R3, R4, R6, R7, slots), flows = costs in every cell,
            t_j <= b_p for what a measure requires, b_p <= b_q, groups, main house and labour,
            sum g_j t_j >= gap_h L_h,  sum of t_j that meet a need >= L_h,
            t_j <= a_h <= sum t_j over measures with cost,  d_h + u_h >= minimum a_h,
            d_h + u_h - minimum a_h <= most_h r_h,  u_h <= minimum (1 - r_h),
            all of L, t, b, a, r in [0, 1].

Its bound is what the decomposition is measured against.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import highspy
import numpy as np
from _forms import Floats, Scaled, scaled
from _natural_form import natural_form

from liftplan.solver.problem import Problem


@dataclass(frozen=True)
class LpPoint:
    """A point of the relaxation."""

    persons: float
    """Its objective, persons."""
    bound: float
    """The engine's dual objective, persons: a claim in floating point."""
    violation: float
    """Largest violation of a row, relative to max(1, sum of |a x| in the row)."""
    seconds: float
    engine: str


def natural_lp(problem: Problem) -> Scaled:
    """Write the relaxation of a problem whose rules are all hard."""
    return scaled(natural_form(problem))


def solve_ipm(lp: Scaled, time_limit: float) -> LpPoint:
    """Solve with HiGHS' interior point method, without crossover."""
    begun = monotonic()
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(lp.cost), len(lp.least)
    model.col_cost_, model.col_lower_, model.col_upper_ = lp.cost, np.zeros(len(lp.cost)), lp.upper
    model.row_lower_, model.row_upper_ = lp.least, lp.most
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = (
        lp.start.astype(np.int32), lp.index.astype(np.int32), lp.value
    )  # fmt: skip
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    for name, value in (("solver", "ipm"), ("run_crossover", "off"), ("time_limit", time_limit)):
        highs.setOptionValue(name, value)
    highs.passModel(model)
    highs.run()
    x = np.clip(np.array(highs.getSolution().col_value), 0.0, lp.upper)
    bound = -float(highs.getInfo().objective_function_value)
    return LpPoint(
        -float(lp.cost @ x),
        bound,
        violation(lp, x),
        monotonic() - begun,
        f"HiGHS {highs.version()} ipm: {highs.modelStatusToString(highs.getModelStatus())}",
    )


def violation(lp: Scaled, x: Floats) -> float:
    """Largest violation of a row by x, relative to max(1, sum of |a x| in the row)."""
    row = np.repeat(np.arange(len(lp.least)), np.diff(lp.start))
    terms = lp.value * x[lp.index]
    activity = np.bincount(row, weights=terms, minlength=len(lp.least))
    size = np.maximum(1.0, np.bincount(row, weights=np.abs(terms), minlength=len(lp.least)))
    return float((np.maximum(np.maximum(lp.least - activity, activity - lp.most), 0.0) / size).max())
