"""How much room the rules leave: in a checked plan, and the most that any plan could have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np

from liftplan.solver.diagnose.feasible import Judge, Witness
from liftplan.solver.diagnose.money import Money
from liftplan.solver.diagnose.rules import ROW_RULES, Group, Instance, Kept
from liftplan.solver.ledger.task import flow_task


@dataclass(frozen=True)
class Slack:
    """Room of one group of rules."""

    group: Group
    unit: str
    """yuan or person."""
    asked: int
    """What it asks for in its tightest place (R1: allows)."""
    room: int
    """What the plan has beyond that in the place with least room, whole units (rounded down)."""
    tightest: Instance
    most: int | None
    """No plan leaves more room than this in all its places at once (proved); None: nothing was proved."""

    @property
    def share(self) -> float:
        """Most room that is proved possible, or the plan's, as a share of what is asked."""
        return (self.room if self.most is None else self.most) / max(1, self.asked)


Rooms = dict[Group, Fraction | None]
"""Row units of room that no plan can exceed in all places of a group at once; None: nothing was proved."""


def most_rooms(money: Money, kept: Kept, groups: Sequence[Group], stop: Callable[[], object]) -> Rooms:
    """The most room of every group of rules over money, until `stop()`."""
    found: Rooms = {}
    for group in groups:
        if group.rule in ROW_RULES and group.rule != "R10" and not stop():
            found[group] = money.most_room(kept, group.parts)
    return found


def slacks(judge: Judge, witness: Witness, groups: Sequence[Group], at_most: Rooms) -> tuple[Slack, ...]:
    """Room of every group of rules that are rows, the tightest first. at_most: the most there can be."""
    everything = judge.ground.everything
    compiled = judge.ground.problem(everything)
    rows = compiled.problem.rows
    task = flow_task(compiled.problem, witness.decisions)
    beyond = task.activity(witness.flows) - task.rest
    place = {Instance(rule, subject): row for row, (rule, subject) in enumerate(compiled.problem.names.rows)}
    found = []
    for group in groups:
        if group.rule not in ROW_RULES:
            continue
        numbers = np.array([place[part] for part in group.parts])
        scales = np.array([_scale(group, int(rows.short_scale[row])) for row in numbers.tolist()], dtype=np.int64)
        rooms = beyond[numbers] // scales
        at = int(np.argmin(rooms))
        most = at_most.get(group)
        found.append(
            Slack(
                group,
                "person" if group.rule == "R10" else "yuan",
                abs(int(rows.rhs[numbers[at]])) // int(scales[at]),
                int(rooms[at]),
                group.parts[at],
                None if most is None else floor(most / int(scales.max())),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.share, one.group.rule, one.group.key)))


def _scale(group: Group, divisor: int) -> int:
    """Row units in one yuan: a share row divided by its divisor has 10,000 / divisor of them."""
    return max(1, 10_000 // divisor) if group.rule == "R7" else 1
