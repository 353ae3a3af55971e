"""The natural program: a 0/1 column per project, measure and household lifted or assisted, flows by class and village.

What a modeller would hand to a general solver first, in whole yuan. Its money is already aggregated by eligibility
class, which is kinder to the engines than a column per fund and ledger line.
"""

from __future__ import annotations

import numpy as np
from _forms import OPEN, Entries, Form, Rows, at_most_one, balances, coupling, only_hard, placed, projects_apart

from liftplan.solver.columns import weigh
from liftplan.solver.problem import Decisions, Ints, Problem

NAMES = ("built", "taken", "lifted", "assisted", "topup", "reached", "flow")


def natural_form(problem: Problem) -> Form:
    """Write the program. Raises ValueError if a rule is soft."""
    only_hard(problem)
    homes, measures, projects = problem.households, problem.measures, problem.projects
    sizes = [len(projects.block), len(measures.household), *[len(homes.block)] * 4, len(problem.flows.arc_fund)]
    first = np.cumsum([0, *sizes]).tolist()
    parts = {name: np.arange(low, low + size) for name, low, size in zip(NAMES, first, sizes, strict=False)}
    rows = Rows()
    built, taken, topup, flow = parts["built"], parts["taken"], parts["topup"], parts["flow"]
    coupling(
        rows,
        problem,
        flow,
        placed(projects.rows, built),
        placed(measures.rows, taken),
        placed(homes.rows, parts["lifted"]),
    )
    payable = homes.topup_cell >= 0
    balances(
        rows,
        problem,
        flow,
        placed(projects.lines, built, -1),
        placed(measures.lines, taken, -1),
        (homes.topup_cell[payable], topup[payable], -1),
    )
    projects_apart(rows, problem, built)
    _measures(rows, problem, parts)
    _exits(rows, problem, parts)
    _minimums(rows, problem, parts)
    gain = np.zeros(first[-1], dtype=np.int64)
    gain[parts["lifted"]] = homes.worth
    upper = np.ones(first[-1], dtype=np.int64)
    upper[built], upper[taken], upper[parts["lifted"]] = projects.high, measures.high, homes.lift_high
    upper[topup] = np.where(payable, homes.minimum, 0)
    upper[flow] = OPEN
    money = np.zeros(first[-1], dtype=np.bool_)
    money[topup] = money[flow] = True
    return Form(name="natural", gain=gain, upper=upper, integer=~money, money=money, parts=parts, **rows.arrays())


def decisions_of(problem: Problem, form: Form, x: Ints) -> Decisions:
    """What a point decides."""
    taken = (x[form.parts["taken"]] > 0) & ~problem.measures.automatic
    return Decisions(x[form.parts["built"]] > 0, taken, x[form.parts["topup"]])


def point_of(problem: Problem, form: Form, decisions: Decisions, flows: Ints) -> Ints:
    """A plan as a point, for engines that begin from one."""
    homes, parts = problem.households, form.parts
    chosen = np.flatnonzero(decisions.taken)
    packages = weigh(problem, np.arange(len(homes.block)), chosen, problem.measures.household[chosen], decisions.topup)
    assisted = (packages.direct > 0) | homes.always_assisted
    x = np.zeros(len(form.gain), dtype=np.int64)
    x[parts["built"]], x[parts["taken"]], x[parts["lifted"]] = decisions.built, decisions.taken, packages.lifted
    x[parts["assisted"]], x[parts["topup"]] = assisted, decisions.topup
    x[parts["reached"]] = packages.direct + decisions.topup > np.where(assisted, homes.minimum, 0)
    x[parts["flow"]] = flows
    return x


def _measures(rows: Rows, problem: Problem, parts: dict[str, Ints]) -> None:
    """What measures require, alternatives, one main house, labour; direct effects come with their projects."""
    measures, homes, taken, built = problem.measures, problem.households, parts["taken"], parts["built"]
    requires = measures.requires
    each = np.arange(len(requires.index))
    rows.add(len(each), -OPEN, 0, (each, taken[requires.owner_of_entry()], 1), (each, built[requires.index], -1))
    home = measures.household
    at_most_one(rows, np.where(measures.group >= 0, home * 64 + measures.group, -1), taken)
    at_most_one(rows, np.where(measures.house, home, -1), taken)
    rows.add(len(homes.block), -OPEN, homes.labour, (home, taken, measures.labour))


def _exits(rows: Rows, problem: Problem, parts: dict[str, Ints]) -> None:
    """Income and needs of lifted households; gains are cut to the gap, which any modeller would do."""
    measures, homes, taken, lifted = problem.measures, problem.households, parts["taken"], parts["lifted"]
    home = measures.household
    short = np.flatnonzero(homes.income_gap > 0)
    at = _numbered(short, len(homes.block))
    earns = (measures.gain > 0) & (at[home] >= 0)
    gain = np.minimum(measures.gain[earns], homes.income_gap[home[earns]])
    rows.add(
        len(short), 0, OPEN, (at[home[earns]], taken[earns], gain), (at[short], lifted[short], -homes.income_gap[short])
    )
    for bit in range(int(homes.needs.max(initial=0)).bit_length()):
        lacking = np.flatnonzero(homes.needs >> bit & 1)
        at = _numbered(lacking, len(homes.block))
        meets = (measures.meets >> bit & 1 == 1) & (at[home] >= 0)
        rows.add(len(lacking), 0, OPEN, (at[home[meets]], taken[meets], 1), (at[lacking], lifted[lacking], -1))


def _minimums(rows: Rows, problem: Problem, parts: dict[str, Ints]) -> None:
    """R5: whoever is assisted reaches the minimum, by a top-up of exactly what is missing."""
    measures, homes, lines = problem.measures, problem.households, problem.measures.lines
    cost = np.zeros(lines.owners, dtype=np.int64)
    np.add.at(cost, lines.owner_of_entry(), lines.value)
    paid = cost > 0
    home, taken, size = measures.household[paid], parts["taken"][paid], len(homes.block)
    everyone, each = np.arange(size), np.arange(len(home))
    most = homes.minimum.copy()
    np.add.at(most, home, cost[paid])
    spent: Entries = (home, taken, cost[paid])
    topup: Entries = (everyone, parts["topup"], 1)
    due: Entries = (everyone, parts["assisted"], -homes.minimum)
    rows.add(len(each), -OPEN, 0, (each, taken, 1), (each, parts["assisted"][home], -1))
    free = np.flatnonzero(~homes.always_assisted)
    at = _numbered(free, size)
    mine = at[home] >= 0
    rows.add(len(free), 0, OPEN, (at[home[mine]], taken[mine], 1), (at[free], parts["assisted"][free], -1))
    must = np.flatnonzero(homes.always_assisted)
    rows.add(len(must), 1, OPEN, (np.arange(len(must)), parts["assisted"][must], 1))
    rows.add(size, 0, OPEN, spent, topup, due)
    rows.add(size, -OPEN, 0, spent, topup, due, (everyone, parts["reached"], -most))
    rows.add(size, -OPEN, homes.minimum, topup, (everyone, parts["reached"], homes.minimum))


def _numbered(chosen: Ints, size: int) -> Ints:
    """Position within `chosen` of each of `size`, -1 where it is not chosen."""
    at = np.full(size, -1, dtype=np.int64)
    at[chosen] = np.arange(len(chosen))
    return at
