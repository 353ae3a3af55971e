"""The natural linear program of a county: one 0/1 variable per decision, integrality dropped.

maximise    sum worth_h L_h
subject to  every row of the flat problem (R1, R3, R4, R6, R7, slots), flows = costs in every cell,
            t_j <= b_p for what a measure requires, b_p <= b_q, groups, main house and labour,
            sum g_j t_j >= gap_h L_h,  sum of t_j that meet a need >= L_h,
            t_j <= a_h <= sum t_j over measures with cost,  d_h + u_h >= minimum a_h,
            d_h + u_h - minimum a_h <= most_h r_h,  u_h <= minimum (1 - r_h),
            all of L, t, b, a, r in [0, 1].

This is what a modeller would hand to a general solver first; its bound is what the decomposition is measured against.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import highspy
import numpy as np
import numpy.typing as npt

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.problem import HARD, Csr, Problem

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Entries = tuple[Ints, Ints, npt.ArrayLike]
"""Row, column and value of entries; one number is the value of all."""

YUAN = 10_000.0
"""Yuan in one unit of the linear program."""


@dataclass(frozen=True)
class NaturalLp:
    """maximise gain @ x, 0 <= x <= upper, least <= A x <= most; A by rows (start, index, value)."""

    gain: Floats
    upper: Floats
    least: Floats
    most: Floats
    start: Ints
    index: Ints
    value: Floats


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


class _Rows:
    """Rows under construction, as entries."""

    def __init__(self) -> None:
        self._row: list[Ints] = []
        self._column: list[Ints] = []
        self._value: list[Floats] = []
        self.least: list[Floats] = []
        self.most: list[Floats] = []
        self.count = 0

    def add(self, number: int, least: npt.ArrayLike, most: npt.ArrayLike, *entries: Entries) -> None:
        """`number` rows; entries: (row counted from the first of them, column, value)."""
        for row, column, value in entries:
            self._row.append(np.asarray(row, dtype=np.int64) + self.count)
            self._column.append(np.asarray(column, dtype=np.int64))
            self._value.append(np.broadcast_to(np.asarray(value, dtype=np.float64), np.shape(row)))
        self.least.append(np.broadcast_to(np.asarray(least, dtype=np.float64), (number,)))
        self.most.append(np.broadcast_to(np.asarray(most, dtype=np.float64), (number,)))
        self.count += number

    def matrix(self) -> tuple[Ints, Ints, Floats]:
        """Start, index and value by rows; entries of one place are added up."""
        row, column, value = (np.concatenate(part) for part in (self._row, self._column, self._value))
        width = int(column.max()) + 1
        place, inverse = np.unique(row * width + column, return_inverse=True)
        summed: Floats = np.bincount(inverse, weights=value).astype(np.float64)
        start = np.searchsorted(place // width, np.arange(self.count + 1))
        return start.astype(np.int64), place % width, summed


@dataclass(frozen=True)
class _Columns:
    """Column numbers of the variables."""

    built: Ints
    taken: Ints
    lifted: Ints
    assisted: Ints
    topup: Ints
    reached: Ints
    """1 where the direct cost reaches the minimum: then no top-up, else exactly what is missing."""
    flow: Ints


def natural_lp(problem: Problem) -> NaturalLp:
    """Write the relaxation of a problem whose rules are all hard."""
    homes, measures, projects = problem.households, problem.measures, problem.projects
    if (problem.rows.price != HARD).any() or (homes.minimum_price != HARD).any() or homes.touch_worth.any():
        raise ValueError("the natural linear program is written for hard rules")
    sizes = [len(projects.block), len(measures.household), *[len(homes.block)] * 4, len(problem.flows.arc_fund)]
    starts = np.cumsum([0, *sizes[:-1]]).tolist()
    columns = _Columns(*(first + np.arange(size) for first, size in zip(starts, sizes, strict=True)))
    rows = _Rows()
    _coupling(rows, problem, columns)
    _balances(rows, problem, columns)
    _structure(rows, problem, columns)
    _exits(rows, problem, columns)
    _minimums(rows, problem, columns)
    gain = np.zeros(sum(sizes))
    gain[columns.lifted] = homes.worth / UNITS_PER_PERSON
    upper = np.ones(len(gain))
    upper[columns.built], upper[columns.taken] = projects.high, measures.high
    upper[columns.lifted] = homes.lift_high
    upper[columns.topup] = np.where(homes.topup_cell >= 0, homes.minimum / YUAN, 0.0)
    upper[columns.flow] = np.inf
    start, index, value = rows.matrix()
    return NaturalLp(gain, upper, np.concatenate(rows.least), np.concatenate(rows.most), start, index, value)


def _placed(lists: Csr, columns: Ints, factor: float) -> Entries:
    """The entries of lists as (list's index, column of the owner, value)."""
    return lists.index, columns[lists.owner_of_entry()], lists.value * factor


def _coupling(rows: _Rows, problem: Problem, columns: _Columns) -> None:
    """R1, R3, R4, R6, R7, R13 and slots, each divided by its largest coefficient of money."""
    arcs = problem.rows.arcs
    owner = arcs.owner_of_entry()
    largest = np.ones(arcs.owners)
    np.maximum.at(largest, owner, np.abs(arcs.value))
    scale = np.where(np.diff(arcs.start) > 0, largest * YUAN, 1.0)
    parts: list[Entries] = [(owner, columns.flow[arcs.index], arcs.value / largest[owner])]
    # these lists are kept by project, measure and household: the row is their index
    for lists, own in (
        (problem.projects.rows, columns.built),
        (problem.measures.rows, columns.taken),
        (problem.households.rows, columns.lifted),
    ):
        parts.append((lists.index, own[lists.owner_of_entry()], lists.value / scale[lists.index]))
    rows.add(arcs.owners, problem.rows.rhs / scale, np.inf, *parts)


def _balances(rows: _Rows, problem: Problem, columns: _Columns) -> None:
    """What funds pay into a cell is what its decisions cost."""
    flows, homes = problem.flows, problem.households
    payable = homes.topup_cell >= 0
    rows.add(
        len(flows.cell_village),
        0.0,
        0.0,
        (flows.arc_cell, columns.flow, 1.0),
        _placed(problem.projects.lines, columns.built, -1 / YUAN),
        _placed(problem.measures.lines, columns.taken, -1 / YUAN),
        (homes.topup_cell[payable], columns.topup[payable], -1.0),
    )


def _structure(rows: _Rows, problem: Problem, columns: _Columns) -> None:
    """R8: requires, alternatives, one main house, labour."""
    measures, projects, homes = problem.measures, problem.projects, problem.households
    built, taken = columns.built, columns.taken
    for lists, own in ((projects.requires, built), (measures.requires, taken)):
        each = np.arange(len(lists.index))
        needed: Entries = (each, built[lists.index], -1.0)
        rows.add(len(each), -np.inf, 0.0, (each, own[lists.owner_of_entry()], 1.0), needed)
    home = measures.household
    house = np.where(measures.house, home, -1)
    grouped = np.where(measures.group >= 0, home * 64 + measures.group, -1)
    for group, own in ((projects.group, built), (grouped, taken), (house, taken)):
        names, number = np.unique(group[group >= 0], return_inverse=True)
        rows.add(len(names), -np.inf, 1.0, (number, own[group >= 0], 1.0))
    rows.add(len(homes.block), -np.inf, homes.labour, (home, taken, measures.labour))


def _exits(rows: _Rows, problem: Problem, columns: _Columns) -> None:
    """Income and needs of lifted households; gains are cut to the gap, which any modeller would do."""
    measures, homes = problem.measures, problem.households
    home, taken, lifted = measures.household, columns.taken, columns.lifted
    short = np.flatnonzero(homes.income_gap > 0)
    at = _numbered(short, len(homes.block))
    earns = (measures.gain > 0) & (at[home] >= 0)
    part = np.minimum(1.0, measures.gain[earns] / homes.income_gap[home[earns]])
    rows.add(len(short), 0.0, np.inf, (at[home[earns]], taken[earns], part), (at[short], lifted[short], -1.0))
    for bit in range(int(homes.needs.max(initial=0)).bit_length()):
        lacking = np.flatnonzero(homes.needs >> bit & 1)
        at = _numbered(lacking, len(homes.block))
        meets = (measures.meets >> bit & 1 == 1) & (at[home] >= 0)
        met: Entries = (at[home[meets]], taken[meets], 1.0)
        rows.add(len(lacking), 0.0, np.inf, met, (at[lacking], lifted[lacking], -1.0))


def _minimums(rows: _Rows, problem: Problem, columns: _Columns) -> None:
    """R5: whoever is assisted reaches the minimum, by a top-up of exactly what is missing."""
    measures, homes = problem.measures, problem.households
    lines = measures.lines
    cost = np.bincount(lines.owner_of_entry(), weights=lines.value, minlength=lines.owners) / YUAN
    paid = cost > 0
    home, taken, size = measures.household[paid], columns.taken[paid], len(homes.block)
    everyone, each = np.arange(size), np.arange(len(home))
    minimum = homes.minimum / YUAN
    most = np.bincount(home, weights=cost[paid], minlength=size) + minimum
    spent: Entries = (home, taken, cost[paid])
    topup: Entries = (everyone, columns.topup, 1.0)
    due: Entries = (everyone, columns.assisted, -minimum)
    rows.add(len(each), -np.inf, 0.0, (each, taken, 1.0), (each, columns.assisted[home], -1.0))
    rows.add(size, 0.0, np.inf, (home, taken, 1.0), (everyone, columns.assisted, -1.0))
    rows.add(size, 0.0, np.inf, spent, topup, due)
    rows.add(size, -np.inf, 0.0, spent, topup, due, (everyone, columns.reached, -most))
    rows.add(size, -np.inf, minimum, topup, (everyone, columns.reached, minimum))


def _numbered(chosen: Ints, size: int) -> Ints:
    """Position within `chosen` of each of `size`, -1 where it is not chosen."""
    at = np.full(size, -1, dtype=np.int64)
    at[chosen] = np.arange(len(chosen))
    return at


def solve_ipm(lp: NaturalLp, time_limit: float) -> LpPoint:
    """Solve with HiGHS' interior point method, without crossover."""
    begun = monotonic()
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(lp.gain), len(lp.least)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_, model.col_lower_, model.col_upper_ = lp.gain, np.zeros(len(lp.gain)), lp.upper
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
    bound = float(highs.getInfo().objective_function_value)
    return LpPoint(
        float(lp.gain @ x),
        bound,
        violation(lp, x),
        monotonic() - begun,
        f"HiGHS {highs.version()} ipm: {highs.modelStatusToString(highs.getModelStatus())}",
    )


def violation(lp: NaturalLp, x: Floats) -> float:
    """Largest violation of a row by x, relative to max(1, sum of |a x| in the row)."""
    row = np.repeat(np.arange(len(lp.least)), np.diff(lp.start))
    terms = lp.value * x[lp.index]
    activity = np.bincount(row, weights=terms, minlength=len(lp.least))
    size = np.maximum(1.0, np.bincount(row, weights=np.abs(terms), minlength=len(lp.least)))
    return float((np.maximum(np.maximum(lp.least - activity, activity - lp.most), 0.0) / size).max())
