"""Room of rules that are no rows over money: households, places of sites, commitments, and what is kept or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, inf

import numpy as np

from liftplan.models.county import County, table_rows
from liftplan.models.rows import Commitment, CostLine
from liftplan.solver.diagnose.assistance import lines_at_most, surely_helped
from liftplan.solver.diagnose.elastic import spending
from liftplan.solver.diagnose.feasible import Witness
from liftplan.solver.diagnose.rules import Group, Instance
from liftplan.solver.problem import Problem


@dataclass(frozen=True)
class Slack:
    """Room of one group of rules."""

    group: Group
    unit: str
    """yuan, person or slot; "" of what is kept or not."""
    asked: int | None
    """What it asks for in its tightest place (R1, R8, R9: allows); None: no amount."""
    room: int | None
    """What the plan has beyond that in the place with least room, whole units (rounded down); None: it is kept."""
    tightest: Instance
    most: int | None
    """No plan leaves more room than this in all its places at once (proved); None: nothing was proved."""

    @property
    def share(self) -> float:
        """Most room that is proved possible, or the plan's, as a share of what is asked; endless where it has none."""
        if self.room is None:
            return inf
        return (self.room if self.most is None else self.most) / max(1, self.asked or 0)


Rooms = dict[Group, Fraction | None]
"""Row units of room that no plan can exceed in all places of a group at once; None: nothing was proved."""


def other_slacks(
    county: County, problem: Problem, witness: Witness, groups: Sequence[Group], at_most: Rooms
) -> Iterator[Slack]:
    """Room of the groups that are no rows over money or people, and of R2 and R8, which always hold.

    problem: with everything kept, that of the plan's decisions.
    """
    yield _kept("R2")
    yield _places(problem, witness)
    for group in groups:
        if group.rule == "R5":
            yield _minimum(group, problem, witness, at_most.get(group))
        elif group.rule == "R9":
            yield _maximum(group, problem, witness)
        elif group.rule == "R11":
            yield _committed(group, county, witness)
    demands = tuple(part for group in groups if group.rule == "R12" for part in group.parts)
    if demands:
        yield _kept("R12", demands)


def _kept(rule: str, parts: tuple[Instance, ...] = ()) -> Slack:
    return Slack(Group(rule, "", parts), "", None, None, Instance(rule, ""), None)


def _places(problem: Problem, witness: Witness) -> Slack:
    """R8: free places of the sites that are built; without any, structure is kept."""
    measures, taken = problem.measures, witness.decisions.taken
    best: Slack | None = None
    for project in np.flatnonzero(witness.decisions.built).tolist():
        for row, slots in zip(*(part.tolist() for part in problem.projects.rows.of(project)), strict=True):
            name = Instance(*problem.names.rows[row])
            if name.rule == "R8":
                used = (measures.rows.index == row) & taken[measures.rows.owner_of_entry()]
                free = slots + int(measures.rows.value[used].sum())
                one = Slack(Group("R8", "slots", (name,)), "slot", slots, free, name, None)
                best = one if best is None or one.share < best.share else best
    return best or _kept("R8")


def _minimum(group: Group, problem: Problem, witness: Witness, at_most: Fraction | None) -> Slack:
    """R5: what those who are helped get beyond the minimum. Who gets a top-up gets just that."""
    homes, spent = problem.households, spending(problem, witness.decisions)
    surely = surely_helped(problem)
    helped = np.flatnonzero(((spent > 0) | surely) & (homes.minimum > 0))
    if not len(helped):
        return Slack(group, "", None, None, group.parts[0], None)
    beyond = spent - homes.minimum
    # nobody gets more than the dearest measures that go together cost
    most = np.maximum(
        0, lines_at_most(problem, np.ones(len(problem.flows.cell_village), dtype=np.bool_)) - homes.minimum
    )
    bound = int(most[surely].min() if surely.any() else most.max())
    at = int(helped[np.argmin(beyond[helped])])
    return Slack(
        group,
        "yuan",
        int(homes.minimum[at]),
        int(beyond[at]),
        Instance("R5", problem.names.households[at]),
        bound if at_most is None else min(bound, floor(at_most)),
    )


def _maximum(group: Group, problem: Problem, witness: Witness) -> Slack:
    """R9: what the household that gets most could get more. Who must be helped gets the minimum (R5) at least."""
    homes, spent = problem.households, spending(problem, witness.decisions)
    if not len(spent):
        return Slack(group, "", None, None, group.parts[0], None)
    at = int(np.argmax(spent))
    most = int(homes.maximum[at])
    due = homes.minimum[surely_helped(problem)].max(initial=0) if (homes.minimum_price < 0).all() else 0
    name = Instance("R9", problem.names.households[at])
    return Slack(group, "yuan", most, most - int(spent[at]), name, most - int(due))


def _committed(group: Group, county: County, witness: Witness) -> Slack:
    """R11: what a fund pays of a cost line beyond what it has committed; at most the line."""
    paid = {(fund, item, purpose): yuan for fund, item, purpose, yuan in witness.ledger}
    costs = {(row.item, row.purpose): row.yuan for row in table_rows(county, "costs") if isinstance(row, CostLine)}
    found, bounds = [], []
    for row in table_rows(county, "commitments"):
        if isinstance(row, Commitment):
            name = Instance("R11", f"{row.fund}/{row.item}/{row.purpose}")
            if name in group.parts:
                room = paid.get((row.fund, row.item, row.purpose), 0) - row.yuan
                found.append(Slack(group, "yuan", row.yuan, room, name, None))
                bounds.append(costs.get((row.item, row.purpose), 0) - row.yuan)
    tightest = min(found, key=lambda one: (one.room or 0, one.tightest))
    return Slack(group, "yuan", tightest.asked, tightest.room, tightest.tightest, max(0, min(bounds)))
