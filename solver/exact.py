"""Small problems as one integer program, solved and proved by CP-SAT in exact integers.

For counties of a few villages this closes what branch and price leaves open. It is the flat problem of problem.py
written out; worths are rounded up and penalties down to a common unit, so that the bound stays valid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from liftplan.solver.engines.cpsat import LARGEST, IntegerModel, solve_integer
from liftplan.solver.problem import HARD, Decisions, Problem
from liftplan.solver.progress import Cancel

MOST = 1_000
"""Measures up to which a problem counts as small."""


@dataclass(frozen=True)
class Exact:
    """What the integer program found."""

    decisions: Decisions | None
    bound: int | None
    """Proved upper bound of the objective in units; None: proved that there is no plan, if `impossible`."""
    impossible: bool


@dataclass
class _Program:
    """An integer program under construction. Gains are exact; `model` rounds them."""

    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    gain: list[int] = field(default_factory=list)
    rows: list[list[tuple[int, int]]] = field(default_factory=list)
    least: list[int] = field(default_factory=list)
    most: list[int] = field(default_factory=list)

    def variable(self, lower: int, upper: int, gain: int = 0) -> int:
        """A whole variable; gain: units per unit of it."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.gain.append(gain)
        return len(self.lower) - 1

    def row(self, terms: Iterable[tuple[int, int]], least: int | None, most: int | None) -> None:
        """Least <= sum of coefficient x variable <= most; terms: (variable, coefficient)."""
        summed: dict[int, int] = {}
        for variable, coefficient in terms:
            summed[variable] = summed.get(variable, 0) + coefficient
        self.rows.append(sorted(summed.items()))
        self.least.append(-LARGEST if least is None else least)
        self.most.append(LARGEST if most is None else most)

    def model(self, unit: int) -> IntegerModel:
        """The program with gains in multiples of `unit`, rounded up."""
        start = np.zeros(len(self.rows) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in self.rows], out=start[1:])
        return IntegerModel(
            np.array(self.lower, dtype=np.int64),
            np.array(self.upper, dtype=np.int64),
            np.array([_cost(gain, unit) for gain in self.gain], dtype=np.int64),
            start,
            np.array([variable for row in self.rows for variable, _ in row], dtype=np.int64),
            np.array([coefficient for row in self.rows for _, coefficient in row], dtype=np.int64),
            np.array(self.least, dtype=np.int64),
            np.array(self.most, dtype=np.int64),
        )


def _cost(gain: int, unit: int) -> int:
    """Cost to be minimised for a gain: minus the gain in `unit`s, the gain rounded up."""
    return -gain // unit


@dataclass(frozen=True)
class _Variables:
    built: list[int]
    taken: list[int]
    topup: list[int]


def solve_whole(
    problem: Problem,
    *,
    time_limit: float | None = None,
    work_limit: float | None = None,
    workers: int = 1,
    seed: int = 0,
    cancel: Cancel | None = None,
) -> Exact:
    """Solve a small problem whole. The bound is valid whether or not the optimum is reached."""
    program = _Program()
    variables = _write(program, problem)
    unit = 1
    model = program.model(unit)
    if model.largest_row() > LARGEST:
        return Exact(None, None, False)  # no unit of the objective would bring the rows into 64 bits
    while model.largest_objective() > LARGEST:
        unit *= 10
        model = program.model(unit)
    result = solve_integer(
        model, time_limit=time_limit, work_limit=work_limit, workers=workers, seed=seed, relax=True, cancel=cancel
    )
    if result.status == "infeasible":
        return Exact(None, None, True)
    bound = None
    if result.objective is not None and result.status == "optimal":
        bound = problem.constant - result.objective * unit
    elif np.isfinite(result.bound):
        # a float: one part in 2^52 is given away
        bound = problem.constant - int(np.floor(result.bound - abs(result.bound) * 2.0**-51) - 1) * unit
    if result.x is None:
        return Exact(None, bound, False)
    x = result.x
    return Exact(
        Decisions(
            x[variables.built].astype(np.bool_),
            x[variables.taken].astype(np.bool_),
            x[variables.topup].astype(np.int64),
        ),
        bound,
        False,
    )


def _write(program: _Program, problem: Problem) -> _Variables:
    projects, measures, flows = problem.projects, problem.measures, problem.flows
    row_terms: list[list[tuple[int, int]]] = [[] for _ in problem.rows.rhs]
    cell_terms: list[list[tuple[int, int]]] = [[] for _ in flows.cell_village]
    most = _most_in_cells(problem)
    built = [
        program.variable(int(projects.low[p]), int(projects.high[p]), int(projects.worth[p]))
        for p in range(len(projects.block))
    ]
    taken = [
        program.variable(int(measures.low[m]), int(measures.high[m]), int(measures.worth[m]))
        for m in range(len(measures.household))
    ]
    for lines, row_lists, own in (
        (projects.lines, projects.rows, built),
        (measures.lines, measures.rows, taken),
    ):
        for owner, variable in enumerate(own):
            for cell, yuan in zip(*(part.tolist() for part in lines.of(owner)), strict=True):
                cell_terms[cell].append((variable, -yuan))
            for row, coefficient in zip(*(part.tolist() for part in row_lists.of(owner)), strict=True):
                row_terms[row].append((variable, coefficient))
    _structure(program, problem, built, taken)
    topup = [
        _household(program, problem, home, taken, row_terms, cell_terms)
        for home in range(len(problem.households.block))
    ]
    arc_rows: list[list[tuple[int, int]]] = [[] for _ in flows.arc_cell]
    lists = problem.rows.arcs
    for row, arc, coefficient in zip(
        lists.owner_of_entry().tolist(), lists.index.tolist(), lists.value.tolist(), strict=True
    ):
        arc_rows[arc].append((row, coefficient))
    for arc, cell in enumerate(flows.arc_cell.tolist()):
        flow = program.variable(0, most[cell], -problem.arc_cost)
        cell_terms[cell].append((flow, 1))
        for row, coefficient in arc_rows[arc]:
            row_terms[row].append((flow, coefficient))
    for row, terms in enumerate(row_terms):
        price = int(problem.rows.price[row])
        if price != HARD:
            terms.append((program.variable(0, int(problem.rows.upper[row]), -price), 1))
        program.row(terms, int(problem.rows.rhs[row]), None)
    for terms in cell_terms:
        program.row(terms, 0, 0)
    return _Variables(built, taken, topup)


def _most_in_cells(problem: Problem) -> list[int]:
    most = np.zeros(len(problem.flows.cell_village), dtype=np.int64)
    for lists in (problem.projects.lines, problem.measures.lines):
        np.add.at(most, lists.index, lists.value)
    households = problem.households
    paid = np.flatnonzero(households.topup_cell >= 0)
    np.add.at(most, households.topup_cell[paid], households.minimum[paid])
    return most.tolist()


def _structure(program: _Program, problem: Problem, built: list[int], taken: list[int]) -> None:
    """R8: requires, alternatives, one main house."""
    projects, measures = problem.projects, problem.measures
    for lists, own in ((projects.requires, built), (measures.requires, taken)):
        for owner, variable in enumerate(own):
            for needed in lists.of(owner)[0].tolist():
                program.row([(variable, 1), (built[needed], -1)], None, 0)
    groups: dict[tuple[str, int, int], list[int]] = {}
    for project, group in enumerate(projects.group.tolist()):
        if group >= 0:
            groups.setdefault(("project", 0, group), []).append(built[project])
    for measure, home in enumerate(measures.household.tolist()):
        if measures.group[measure] >= 0:
            groups.setdefault(("measure", home, int(measures.group[measure])), []).append(taken[measure])
        if measures.house[measure]:
            groups.setdefault(("house", home, 0), []).append(taken[measure])
    for members in groups.values():
        program.row([(member, 1) for member in members], None, 1)


def _household(
    program: _Program,
    problem: Problem,
    home: int,
    taken: list[int],
    row_terms: list[list[tuple[int, int]]],
    cell_terms: list[list[tuple[int, int]]],
) -> int:
    """One household: labour, lifting, top-up, maximum, soft demands. Returns its top-up variable."""
    households, measures = problem.households, problem.measures
    own = households.measures.of(home)[0].tolist()
    direct = [(taken[m], int(yuan)) for m in own for yuan in measures.lines.of(m)[1]]
    total = sum(yuan for _, yuan in direct)
    if own:
        program.row([(taken[m], int(measures.labour[m])) for m in own], None, int(households.labour[home]))
    lifted = program.variable(
        int(households.lift_low[home]), int(households.lift_high[home]), int(households.worth[home])
    )
    for row, coefficient in zip(*(part.tolist() for part in households.rows.of(home)), strict=True):
        row_terms[row].append((lifted, coefficient))
    gap = int(households.income_gap[home])
    if gap:
        program.row([(taken[m], int(measures.gain[m])) for m in own] + [(lifted, -gap)], 0, None)
    needs, bit = int(households.needs[home]), 0
    while needs >> bit:
        if needs >> bit & 1:
            meeting = [(taken[m], 1) for m in own if int(measures.meets[m]) >> bit & 1]
            program.row([*meeting, (lifted, -1)], 0, None)
        bit += 1
    assisted = program.variable(int(households.always_assisted[home]), 1)
    for variable in {variable for variable, _ in direct}:
        program.row([(variable, 1), (assisted, -1)], None, 0)
    if not households.always_assisted[home]:
        program.row([(assisted, 1), *((variable, -1) for variable in {variable for variable, _ in direct})], None, 0)
    minimum, price = int(households.minimum[home]), int(households.minimum_price[home])
    payable = int(households.topup_cell[home]) >= 0
    topup = program.variable(0, minimum if payable else 0)
    if payable:
        cell_terms[int(households.topup_cell[home])].append((topup, -1))
    if minimum:
        short = [] if price == HARD else [(program.variable(0, minimum, -price), 1)]
        reached = program.variable(0, 1)
        program.row([(topup, 1), *direct, (assisted, -minimum), *short], 0, None)
        program.row([(topup, 1), *direct, (assisted, -minimum), (reached, -(total + minimum))], None, 0)
        program.row([(topup, 1), (reached, minimum)], None, minimum)
    maximum = int(households.maximum[home])
    if maximum >= 0:
        over_price = int(households.maximum_price[home])
        over = [] if over_price == HARD else [(program.variable(0, total + minimum, -over_price), -1)]
        program.row([(topup, 1), *direct, *over], None, maximum)
    if households.touch_worth[home]:
        touched = program.variable(0, 1, int(households.touch_worth[home]))
        for m in own:
            if not measures.automatic[m]:
                program.row([(taken[m], 1), (touched, -1)], None, 0)
        program.row([(topup, 1), (touched, -max(1, minimum))], None, 0)
    return topup
