"""The strongest program we know: one 0/1 column per package of a household, a package being all that lifts it.

    at most one package a household;  for each household and project: its packages that use the project <= built

so that the relaxation knows what lifting costs. Packages that lift and cost no less in any class, use no fewer slots
and no fewer projects than another one are left out, and so are packages that do not lift. Where minimums make useless
spending necessary that is a restriction; packages of a plan known before are therefore kept in any case.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from _forms import OPEN, Form, Rows, balances, coupling, only_hard, placed, projects_apart

from liftplan.solver.columns import gather, hard_topups, weigh
from liftplan.solver.oracle.catalogue import shelf
from liftplan.solver.oracle.data import static
from liftplan.solver.problem import Bools, Csr, Decisions, Ints, Problem


@dataclass(frozen=True)
class _Packages:
    """Packages, household by household."""

    home: Ints
    """(packages,) ascending."""
    take: Ints
    """(packages,) measures as bits, direct effects left out."""
    uses: Csr
    """package -> projects that it needs."""
    lifts: Bools
    topup: Ints
    cells: Csr
    """package -> cells with yuan, top-up included."""
    rows: Csr
    """package -> rows with what its measures add to them (slots)."""

    def some(self, kept: Ints) -> _Packages:
        """Some of them, ascending."""
        uses, cells, rows = (
            Csr.from_entries(len(kept), *gather(lists, kept)) for lists in (self.uses, self.cells, self.rows)
        )
        return _Packages(self.home[kept], self.take[kept], uses, self.lifts[kept], self.topup[kept], cells, rows)


def package_form(problem: Problem, known: Decisions | None = None) -> Form:
    """Write the program. known: a plan whose packages take part. Raises ValueError if a rule is soft."""
    only_hard(problem)
    homes, projects = problem.households, problem.projects
    table = _packages(problem, known)
    built = np.arange(len(projects.block))
    package = len(built) + np.arange(len(table.home))
    flow = len(built) + len(package) + np.arange(len(problem.flows.arc_fund))
    rows = Rows()
    lifted = np.flatnonzero(table.lifts)
    owner, row, persons = gather(homes.rows, table.home[lifted])
    coupling(
        rows,
        problem,
        flow,
        placed(projects.rows, built),
        placed(table.rows, package),
        (row, package[lifted[owner]], persons),
    )
    balances(rows, problem, flow, placed(projects.lines, built, -1), placed(table.cells, package, -1))
    projects_apart(rows, problem, built)
    rows.add(len(homes.block), -OPEN, 1, (table.home, package, 1))
    user = table.uses.owner_of_entry()
    pairs, number = np.unique(table.home[user] * len(built) + table.uses.index, return_inverse=True)
    each = np.arange(len(pairs))
    rows.add(len(pairs), -OPEN, 0, (number, package[user], 1), (each, built[pairs % len(built)], -1))
    columns = len(built) + len(package) + len(flow)
    gain = np.zeros(columns, dtype=np.int64)
    gain[package] = np.where(table.lifts, homes.worth[table.home], 0)
    upper = np.ones(columns, dtype=np.int64)
    upper[built], upper[flow] = projects.high, OPEN
    money = np.zeros(columns, dtype=np.bool_)
    money[flow] = True
    parts = {"built": built, "package": package, "flow": flow}
    parts |= {"home": table.home, "take": table.take, "paid": table.topup, "user": user, "project": table.uses.index}
    return Form(name="packages", gain=gain, upper=upper, integer=~money, money=money, parts=parts, **rows.arrays())


def decisions_of(problem: Problem, form: Form, x: Ints) -> Decisions:
    """What a point decides."""
    chosen = np.flatnonzero(x[form.parts["package"]] > 0)
    home, take = form.parts["home"][chosen], form.parts["take"][chosen]
    taken = np.zeros(len(problem.measures.household), dtype=np.bool_)
    taken[_measures(problem, home, take)[0]] = True
    topup = np.zeros(len(problem.households.block), dtype=np.int64)
    topup[home] = form.parts["paid"][chosen]
    return Decisions(x[form.parts["built"]] > 0, taken, topup)


def point_of(problem: Problem, form: Form, decisions: Decisions, flows: Ints) -> Ints:
    """A plan whose packages the form has, as a point."""
    x = np.zeros(len(form.gain), dtype=np.int64)
    x[form.parts["built"]] = decisions.built
    x[form.parts["flow"]] = flows
    bits = _bits(problem, decisions)
    lifts = form.gain[form.parts["package"]] > 0
    home, take = form.parts["home"], form.parts["take"]
    fits = take == bits[home]
    # of packages that differ in the projects of their direct effects, one whose projects are built
    user, project = form.parts["user"], form.parts["project"]
    missing = np.zeros(len(home), dtype=np.bool_)
    missing[user[~decisions.built[project]]] = True
    order = np.lexsort((~lifts, home))
    good = order[(fits & ~missing)[order]]
    x[form.parts["package"][good[np.unique(home[good], return_index=True)[1]]]] = 1
    return x


def _packages(problem: Problem, known: Decisions | None) -> _Packages:
    base = static(problem)
    home, take, projects, lifts = [], [], [], []
    for block in range(problem.blocks):
        shelves = shelf(base, block)
        low = int(base.blocks.household[block])
        owner = np.repeat(np.arange(len(shelves.start) - 1), np.diff(shelves.start))
        if (np.diff(shelves.start) == 0).any():
            raise ValueError("a household has too many packages to list")
        home.append(low + owner)
        take.append(shelves.take)
        projects.append(shelves.projects[shelves.sets[owner] + shelves.uses])
        lifts.append(shelves.lifted)
    everything = _weighed(problem, *(np.concatenate(part) for part in (home, take, projects, lifts)))
    kept = _undominated(everything)
    if known is not None:
        bits = _bits(problem, known)
        mine = (everything.take == bits[everything.home]) & ((everything.take > 0) | everything.lifts)
        user = everything.uses.owner_of_entry()
        mine[user[~known.built[everything.uses.index]]] = False
        kept |= mine
    return everything.some(np.flatnonzero(kept))


def _weighed(problem: Problem, home: Ints, take: Ints, projects: Ints, lifts: Bools) -> _Packages:
    """Work out what packages cost. projects: bits of the household's projects, as the kernels number them."""
    base = static(problem).homes
    measures, owner = _measures(problem, home, take)
    direct = weigh(problem, home, measures, owner, np.zeros_like(home)).direct
    topup = hard_topups(problem, home, direct)
    at, cell, yuan = gather(problem.measures.lines, measures)
    paid = np.flatnonzero(topup)
    cells = Csr.from_entries(
        len(home),
        *_summed(
            np.concatenate([owner[at], paid]),
            np.concatenate([cell, problem.households.topup_cell[home[paid]]]),
            np.concatenate([yuan, topup[paid]]),
        ),
    )
    at, row, coefficient = gather(problem.measures.rows, measures)
    rows = Csr.from_entries(len(home), *_summed(owner[at], row, coefficient))
    counts = np.diff(base.project)[home]
    entry_owner = np.repeat(np.arange(len(home)), counts)
    place = np.arange(len(entry_owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    used = np.flatnonzero(projects[entry_owner] >> place & 1)
    index = base.project_index[base.project[home[entry_owner[used]]] + place[used]]
    return _Packages(home, take, Csr.from_entries(len(home), entry_owner[used], index), lifts, topup, cells, rows)


def _undominated(all_of: _Packages) -> Bools:
    """Packages that lift, and that no other one beats in every class, slot and project; of equal ones the first."""
    kept = np.zeros(len(all_of.home), dtype=np.bool_)
    starts = np.searchsorted(all_of.home, np.arange(int(all_of.home.max(initial=-1)) + 2))
    for first, last in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        mine = first + np.flatnonzero(all_of.lifts[first:last])
        if not len(mine):
            continue
        burdens = np.concatenate([_dense(lists, mine) for lists in (all_of.cells, all_of.uses)], axis=1)
        burdens = np.concatenate([burdens, -_dense(all_of.rows, mine)], axis=1)
        order = np.argsort(burdens.sum(axis=1), kind="stable")
        best: list[int] = []
        for place in order.tolist():
            if not best or not (burdens[best] <= burdens[place]).all(axis=1).any():
                best.append(place)
        kept[mine[best]] = True
    return kept


def _dense(lists: Csr, owners: Ints) -> Ints:
    """(owners, distinct indices) values."""
    at, index, value = gather(lists, owners)
    distinct, column = np.unique(index, return_inverse=True)
    table = np.zeros((len(owners), len(distinct)), dtype=np.int64)
    table[at, column] = value
    return table


def _measures(problem: Problem, home: Ints, take: Ints) -> tuple[Ints, Ints]:
    """Measures of packages, and the package that each belongs to."""
    first = problem.households.measures.start
    counts = np.diff(first)[home]
    owner = np.repeat(np.arange(len(home)), counts)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    chosen = np.flatnonzero(take[owner] >> place & 1)
    return first[home[owner[chosen]]] + place[chosen], owner[chosen]


def _bits(problem: Problem, decisions: Decisions) -> Ints:
    """(households,) measures taken as bits, direct effects left out."""
    measures = problem.measures
    place = np.arange(len(measures.household)) - problem.households.measures.start[measures.household]
    taken = decisions.taken & ~measures.automatic
    bits = np.zeros(len(problem.households.block), dtype=np.int64)
    np.bitwise_or.at(bits, measures.household[taken], np.int64(1) << place[taken])
    return bits


def _summed(owner: Ints, index: Ints, value: Ints) -> tuple[Ints, Ints, Ints]:
    """Entries with those of one place added up."""
    width = int(index.max(initial=0)) + 1
    key, place = np.unique(owner * width + index, return_inverse=True)
    total = np.zeros(len(key), dtype=np.int64)
    np.add.at(total, place, value)
    return key // width, key % width, total
