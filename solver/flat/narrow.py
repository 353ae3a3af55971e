"""A smaller problem that is left once options are out: decided groups become one group of one option."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.problem import Bools, Csr, Ints


@dataclass(frozen=True)
class Narrowed:
    """The options that are left of a problem, as a problem of its own with the same sources and classes."""

    problem: FlatProblem
    option: Ints
    """(options,) option of the whole problem; -1: the one that stands for all decided groups."""
    decided: Ints
    """(groups of the whole problem,) its option, or -1 where several are left."""

    def choice(self, choice: Ints) -> Ints:
        """(groups of the whole problem,) options, of a choice (groups,) of the narrowed problem."""
        whole = self.decided.copy()
        own = self.option[choice]
        whole[whole < 0] = own[own >= 0]
        return whole


def narrowed(problem: FlatProblem, left: Bools) -> Narrowed:
    """The problem of the options `left` ((options,), at least one in each group)."""
    counts = np.add.reduceat(left.astype(np.int64), problem.start[:-1])
    single = counts == 1
    decided = np.full(problem.groups, -1, dtype=np.int64)
    alone = np.flatnonzero(left & single[problem.group])
    decided[problem.group[alone]] = alone
    kept = np.flatnonzero(left & ~single[problem.group])
    owner = problem.costs.owner_of_entry()
    place = np.full(problem.options, -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    entry = np.flatnonzero(place[owner] >= 0)
    values, option, sizes = problem.values[kept], kept, counts[~single]
    entry_owner, entry_class, entry_value = place[owner[entry]], problem.costs.index[entry], problem.costs.value[entry]
    if len(alone):
        spent = problem.spent(alone)
        used = np.flatnonzero(spent)
        values = np.append(values, problem.values[alone].sum())
        option = np.append(kept, -1)
        sizes = np.append(sizes, 1)
        entry_owner = np.append(entry_owner, np.full(len(used), len(kept)))
        entry_class, entry_value = np.append(entry_class, used), np.append(entry_value, spent[used])
    smaller = replace(
        problem,
        values=values,
        start=np.concatenate([[0], np.cumsum(sizes)]),
        costs=Csr.from_entries(len(values), entry_owner, entry_class, entry_value),
        barred=np.zeros(0, dtype=np.int64),
    )
    return Narrowed(smaller, option, decided)
