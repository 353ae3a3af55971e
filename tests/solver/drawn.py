"""Random decisions on a compiled county, what they break inside blocks and households, and their ledger."""

from __future__ import annotations

import numpy as np

from liftplan.models.plan import LedgerLine
from liftplan.solver.columns import effects
from liftplan.solver.compile import Compiled
from liftplan.solver.problem import HARD, Csr, Decisions, Ints, Problem
from liftplan.solver.value import cell_demand, lifted


def draw(compiled: Compiled, rng: np.random.Generator, *, tidy: bool) -> tuple[Decisions, Ints]:
    """Random decisions and flows that pay them. tidy: R8 and the limits of items and top-ups are mostly kept."""
    problem = compiled.problem
    built = rng.random(len(problem.projects.block)) < rng.choice([0.3, 0.7, 0.95])
    taken = rng.random(len(problem.measures.household)) < rng.choice([0.1, 0.4, 0.8])
    if tidy:
        _tidy(problem, rng, built, taken)
    taken &= ~problem.measures.automatic
    if tidy or rng.random() < 0.8:
        taken |= effects(problem, built)
    topup = _topups(problem, rng, taken)
    named = compiled.named(Decisions(built, taken, topup))
    decisions = compiled.decisions(named.projects, named.measures, named.topups)  # stand-ins follow
    return decisions, _flows(problem, rng, cell_demand(problem, decisions))


def _tidy(problem: Problem, rng: np.random.Generator, built: np.ndarray, taken: np.ndarray) -> None:
    projects, measures = problem.projects, problem.measures
    built |= projects.low == 1
    built &= projects.high == 1
    seen: set[int] = set()
    for project in rng.permutation(len(built)).tolist():
        group = int(projects.group[project])
        if built[project] and group >= 0:
            built[project] = group not in seen
            seen.add(group)
    for _ in range(len(built)):
        for project in np.flatnonzero(built).tolist():
            built[project] = bool(built[projects.requires.of(project)[0]].all())
    taken |= measures.low == 1
    taken &= measures.high == 1
    for measure in np.flatnonzero(taken).tolist():
        taken[measure] = bool(built[measures.requires.of(measure)[0]].all())
    for home in range(len(problem.households.block)):
        own = problem.households.measures.of(home)[0]
        used: set[object] = set()
        labour = 0
        for measure in rng.permutation(own).tolist():
            if not taken[measure] or measures.automatic[measure]:
                continue
            marks: set[object] = {("group", int(measures.group[measure]))} if measures.group[measure] >= 0 else set()
            marks |= {"house"} if measures.house[measure] else set()
            work = int(measures.labour[measure])
            if marks & used or labour + work > problem.households.labour[home]:
                taken[measure] = False
                continue
            used |= marks
            labour += work


def _topups(problem: Problem, rng: np.random.Generator, taken: np.ndarray) -> Ints:
    """Exact top-ups; anything up to them where the minimum is soft. Rarely a yuan off."""
    households = problem.households
    direct = direct_cost(problem, taken)
    deficit = np.where((direct > 0) | households.always_assisted, np.maximum(0, households.minimum - direct), 0)
    soft = households.minimum_price != HARD
    part = np.where(soft, (deficit * rng.choice([0.0, 0.5, 1.0], len(deficit))).astype(np.int64), deficit)
    part[households.topup_cell < 0] = 0
    if rng.random() < 0.1 and (paid := np.flatnonzero(part)).size:
        part[rng.choice(paid)] += int(rng.choice([-1, 1]))
    return part.astype(np.int64)


def _flows(problem: Problem, rng: np.random.Generator, demand: Ints) -> Ints:
    flow = np.zeros(len(problem.flows.arc_cell), dtype=np.int64)
    for cell in np.flatnonzero(demand).tolist():
        arcs = rng.permutation(problem.flows.cell_arcs.of(cell)[0])
        left = int(demand[cell])
        for arc in arcs[:-1].tolist():
            part = int(rng.choice([0, left, int(rng.integers(0, left + 1))]))
            flow[arc], left = part, left - part
        flow[arcs[-1]] = left
    return flow


def direct_cost(problem: Problem, taken: np.ndarray) -> Ints:
    """(households,) yuan of the cost lines of measures taken."""
    direct = np.zeros(len(problem.households.block), dtype=np.int64)
    owner = problem.measures.lines.owner_of_entry()
    keep = taken[owner]
    np.add.at(direct, problem.measures.household[owner[keep]], problem.measures.lines.value[keep])
    return direct


def broken(problem: Problem, decisions: Decisions) -> set[str]:
    """What decisions break inside blocks and households: kinds of fault. Rows are not looked at."""
    projects, measures, households = problem.projects, problem.measures, problem.households
    built, taken = decisions.built, decisions.taken
    direct = direct_cost(problem, taken)
    assisted = (direct > 0) | households.always_assisted
    deficit = np.where(assisted, np.maximum(0, households.minimum - direct), 0)
    soft_minimum = households.minimum_price != HARD
    exact = np.where(soft_minimum, decisions.topup <= deficit, decisions.topup == deficit)
    most = households.maximum >= 0
    over = most & assisted & (direct + decisions.topup > households.maximum) & (households.maximum_price == HARD)
    labour = np.bincount(measures.household[taken], measures.labour[taken], minlength=len(direct))
    houses = np.bincount(measures.household[taken], measures.house[taken], minlength=len(direct))
    own = measures.automatic & taken
    faults = {
        "project bounds": np.any((built < projects.low) | (built > projects.high)),
        "measure bounds": np.any((taken < measures.low) | (taken > measures.high)),
        "project requires": _missing(projects.requires, built, built),
        "measure requires": _missing(measures.requires, taken, built),
        "effects": np.any(effects(problem, built) & measures.automatic & ~own),
        "project groups": _twice(projects.group[built & (projects.group >= 0)]),
        "measure groups": _twice(
            (measures.household * 100 + measures.group)[taken & (measures.group >= 0)],
        ),
        "labour": np.any(labour > households.labour),
        "houses": np.any(houses > 1),
        "topup": np.any(~exact),
        "maximum": np.any(over),
        "lift": np.any(lifted(problem, decisions) < households.lift_low),
    }
    return {name for name, found in faults.items() if found}


def _missing(requires: Csr, chosen: np.ndarray, built: np.ndarray) -> bool:
    return bool(np.any(chosen[requires.owner_of_entry()] & ~built[requires.index]))


def _twice(groups: Ints) -> bool:
    return len(np.unique(groups)) < len(groups)


def ledger(compiled: Compiled, decisions: Decisions, flows: Ints) -> list[LedgerLine]:
    """Ledger lines of decisions: commitments first, then line by line."""
    problem, due = compiled.problem, compiled.payable(decisions)
    arcs, left = flows.tolist(), due.lines.yuan.tolist()
    paid: dict[tuple[int, int], int] = {}

    def pay(line: int, arc: int, most: int) -> None:
        yuan = min(most, left[line], arcs[arc])
        if yuan > 0:
            paid[line, arc] = paid.get((line, arc), 0) + yuan
            left[line] -= yuan
            arcs[arc] -= yuan

    promises = due.commitments
    for line, arc, yuan in zip(promises.line.tolist(), promises.arc.tolist(), promises.yuan.tolist(), strict=True):
        pay(line, arc, yuan)
    for line, cell in enumerate(due.lines.cell.tolist()):
        for arc in problem.flows.cell_arcs.of(cell)[0].tolist():
            pay(line, arc, left[line])
    funds = problem.names.funds
    return sorted(
        (funds[problem.flows.arc_fund[arc]], due.item[line], due.purpose[line], yuan)
        for (line, arc), yuan in paid.items()
    )
