"""The flat problem: what the core optimises, as arrays. Made from a county by `compile`, or by anyone directly.

Maximise   sum worth(lifted households) + sum worth(projects built, measures taken) - penalties
subject to, for every row r (all rows read "at least"),
    sum coef[r,a] * flow[a]  +  sum coef[r,h] * lifted[h]  +  sum coef[r,p] * built[p]  +  sum coef[r,m] * taken[m]
        >=  rhs[r] - short[r],      penalty  price[r] * short[r]   (short = 0 if the row is hard)
and, for every cell c:  sum of flow over the arcs into c  =  yuan that decisions cost in c.

A cell is an eligibility class in one village; an arc is one fund that may pay one cell. What couples blocks, or
households of a block, is only: rows, cells and projects. Everything else (needs, income, top-up, labour, one main
house, alternatives) is inside one household, or inside the projects of one block.

Worths and prices are exact integers in units of `UNITS_PER_PERSON` (10^-14 persons), prices per row unit (yuan;
1/10,000 yuan or a divisor of it for share rows; persons; slots).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from liftplan.models.plan import UNITS_PER_PERSON

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

HARD = -1
"""Price of a row (or minimum, maximum) that may not be broken."""

GRAIN = UNITS_PER_PERSON // 10**6
"""Units in which long sums of losses are written: a millionth of a person."""


@dataclass(frozen=True)
class Csr:
    """Lists of different length, one per owner: list i is `index[start[i]:start[i+1]]` with `value` beside it.

    start: int64 (owners + 1,); index: int64 (entries,); value: int64 (entries,), all ones where there is no value.
    """

    start: Ints
    index: Ints
    value: Ints

    def of(self, owner: int) -> tuple[Ints, Ints]:
        """Indices and values of one owner."""
        span = slice(int(self.start[owner]), int(self.start[owner + 1]))
        return self.index[span], self.value[span]

    @property
    def owners(self) -> int:
        """Number of lists."""
        return len(self.start) - 1

    def owner_of_entry(self) -> Ints:
        """Owner of each entry, int64 (entries,)."""
        return np.repeat(np.arange(self.owners, dtype=np.int64), np.diff(self.start))

    def within(self, chosen: Bools) -> Bools:
        """(owners,) whether everything in a list is chosen (indices,); so it is in an empty one."""
        found = np.ones(self.owners, dtype=np.bool_)
        found[self.owner_of_entry()[~chosen[self.index]]] = False
        return found

    def moved(self, place: Ints) -> Csr:
        """Lists with every index at its new place; entries without one (-1) are left out."""
        index = place[self.index]
        kept = index >= 0
        return Csr.from_entries(self.owners, self.owner_of_entry()[kept], index[kept], self.value[kept])

    def only(self, owners: Ints) -> Csr:
        """The lists of some owners, as they are given."""
        begin = self.start[owners]
        counts = self.start[owners + 1] - begin
        start = np.zeros(len(owners) + 1, dtype=np.int64)
        np.cumsum(counts, out=start[1:])
        entries = np.repeat(begin - start[:-1], counts) + np.arange(start[-1])
        return Csr(start, self.index[entries], self.value[entries])

    @classmethod
    def from_lists(cls, lists: list[list[tuple[int, int]]]) -> Csr:
        """From one list of (index, value) per owner."""
        start = np.zeros(len(lists) + 1, dtype=np.int64)
        np.cumsum([len(entries) for entries in lists], out=start[1:])
        flat = [entry for entries in lists for entry in entries]
        return cls(
            start,
            np.array([index for index, _ in flat], dtype=np.int64),
            np.array([value for _, value in flat], dtype=np.int64),
        )

    @classmethod
    def from_entries(cls, owners: int, owner: Any, index: Any, value: Any | None = None) -> Csr:
        """From entries in any order (kept stable within an owner)."""
        owner = np.asarray(owner, dtype=np.int64)
        order = np.argsort(owner, kind="stable")
        start = np.zeros(owners + 1, dtype=np.int64)
        np.cumsum(np.bincount(owner, minlength=owners), out=start[1:])
        index = np.asarray(index, dtype=np.int64)[order]
        value = np.ones(len(index), dtype=np.int64) if value is None else np.asarray(value, dtype=np.int64)[order]
        return cls(start, index, value)


@dataclass(frozen=True)
class Flows:
    """Cells and arcs. Arcs are sorted by cell."""

    cell_village: Ints
    """(cells,) village of each cell (index into Names.villages); several cells share a village."""
    cell_block: Ints
    """(cells,) block of each cell's village."""
    cell_arcs: Csr
    """cell -> its arcs (consecutive). A cell without arcs cannot be paid: lines on it are forbidden."""
    arc_fund: Ints
    """(arcs,) fund of each arc."""
    arc_cell: Ints
    """(arcs,) cell of each arc."""


@dataclass(frozen=True)
class Rows:
    """Coupling rows, all "at least"."""

    rhs: Ints
    """(rows,)"""
    price: Ints
    """(rows,) HARD, or the penalty in units per row unit short (>= 0)."""
    arcs: Csr
    """row -> arcs with coefficients."""
    local: Ints
    """(rows,) block that the row lies in (all its arcs and items), or -1 if it couples blocks."""
    upper: Ints
    """(rows,) most that `short` can be if the row is soft (so that penalties are bounded); 0 if hard."""
    short_scale: Ints
    """(rows,) row units per reporting unit: a soft R7 row divided by its gcd g has 1 unit = g/10,000 yuan; else 1."""


@dataclass(frozen=True)
class Projects:
    """Projects, sorted by block. `requires` stays inside a block."""

    block: Ints
    """(projects,) ascending."""
    worth: Ints
    """(projects,) units gained when built (soft musts > 0, soft nevers < 0)."""
    lines: Csr
    """project -> cells with yuan."""
    requires: Csr
    """project -> projects (global indices, same block), direct prerequisites; acyclic."""
    group: Ints
    """(projects,) alternative group (global number) or -1."""
    rows: Csr
    """project -> rows with coefficients (slot rows: + slots; soft commitments: - yuan)."""
    low: Ints
    """(projects,) 1 = must be built."""
    high: Ints
    """(projects,) 0 = must not be built."""


@dataclass(frozen=True)
class Households:
    """Households, sorted by block."""

    block: Ints
    """(households,) ascending."""
    persons: Ints
    """(households,)"""
    worth: Ints
    """(households,) units when lifted (0: already out). Soft must-lift prices are added here."""
    income_gap: Ints
    """(households,) yuan a year that the gains of taken measures must reach; 0 = income test passed."""
    needs: Ints
    """(households,) bit mask of needs to be met."""
    labour: Ints
    """(households,) able workers."""
    topup_cell: Ints
    """(households,) cell of the top-up line, or -1: nobody may pay it."""
    minimum: Ints
    """(households,) R5 minimum in yuan; 0 = none."""
    minimum_price: Ints
    """(households,) HARD, or units per yuan short of the minimum."""
    maximum: Ints
    """(households,) R9 maximum in yuan, or -1: none."""
    maximum_price: Ints
    """(households,) HARD, or units per yuan over the maximum."""
    always_assisted: Bools
    """(households,) R5 counts even if no measure with cost is taken."""
    touch_worth: Ints
    """(households,) units (<= 0) if a non-automatic measure is taken or a top-up paid (soft never)."""
    lift_low: Ints
    """(households,) 1 = must be lifted."""
    lift_high: Ints
    """(households,) 0 = must not be lifted (branching only)."""
    need_worth: Ints
    """(households,) units per need met when not lifted (level 2 `most_needs`; else 0)."""
    rows: Csr
    """household -> rows with coefficients, counted when lifted (R10: persons)."""
    measures: Csr
    """household -> its measures (consecutive)."""


@dataclass(frozen=True)
class Measures:
    """Measures, sorted by household; at most 60 a household."""

    household: Ints
    """(measures,) ascending."""
    worth: Ints
    """(measures,) units gained when taken."""
    gain: Ints
    """(measures,) yuan a household a year."""
    meets: Ints
    """(measures,) bit mask of needs met."""
    labour: Ints
    """(measures,)"""
    house: Bools
    """(measures,) main house: at most one a household."""
    group: Ints
    """(measures,) alternative group, numbered within the household from 0, or -1."""
    lines: Csr
    """measure -> cells with yuan."""
    requires: Csr
    """measure -> projects (global indices, same block) that must be built, slot project included."""
    rows: Csr
    """measure -> rows with coefficients (slot rows: -1; soft commitments: - yuan)."""
    automatic: Bools
    """(measures,) taken exactly when its projects are built; no lines, worth, rows, labour, group, house."""
    low: Ints
    """(measures,) 1 = must be taken."""
    high: Ints
    """(measures,) 0 = must not be taken."""


@dataclass(frozen=True)
class Names:
    """What the indices mean. Rows: (rule, subject), e.g. ("R4", "v07/finance")."""

    funds: tuple[str, ...]
    villages: tuple[str, ...]
    projects: tuple[str, ...]
    households: tuple[str, ...]
    measures: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """The whole flat problem. Immutable; `with_level` and branching make changed copies that share arrays."""

    blocks: int
    flows: Flows
    rows: Rows
    projects: Projects
    households: Households
    measures: Measures
    names: Names
    constant: int
    """Units added to every plan's objective (e.g. minus the prices of soft musts, paid back when kept)."""
    granularity: int
    """Units by which objectives of plans differ at least: a common divisor; 1 if soft penalties can take any value."""
    arc_cost: int = 0
    """Units that each ledger yuan costs (level 2 `least_money`; else 0)."""
    twins: tuple[tuple[int, int], ...] = ()
    """A project and its copy in another block: rows keep both alike, so that to decide one decides the other."""


@dataclass(frozen=True)
class Decisions:
    """What a plan decides, on a Problem's indices. Flows are left to the ledger."""

    built: Bools
    """(projects,)"""
    taken: Bools
    """(measures,) automatic ones included."""
    topup: Ints
    """(households,) yuan."""


def reachable(problem: Problem, bound: int) -> int:
    """The largest objective that a plan can have if none is above `bound` (units): a whole number of steps."""
    return problem.constant + (bound - problem.constant) // problem.granularity * problem.granularity


def everything(problem: Problem) -> int:
    """What all that is worth something is worth together, units: no plan is worth more."""
    gains = (problem.households.worth, problem.projects.worth, problem.measures.worth)
    needs = problem.households.need_worth * np.bitwise_count(problem.households.needs).astype(np.int64)
    return problem.constant + sum(sum(np.maximum(0, gain).tolist()) for gain in (*gains, needs))  # beyond 64 bits
