"""How much room the rules leave: in a checked plan, and the most that any plan could have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor

import numpy as np

from liftplan.solver.diagnose.feasible import Judge, Witness
from liftplan.solver.diagnose.money import Money
from liftplan.solver.diagnose.rooms import Rooms, Slack, other_slacks
from liftplan.solver.diagnose.rules import ROW_RULES, Group, Instance, Kept
from liftplan.solver.ledger.task import flow_task


def most_rooms(money: Money, kept: Kept, groups: Sequence[Group], stop: Callable[[], object]) -> Rooms:
    """The most room of every group of rules over money, until `stop()`."""
    found: Rooms = {}
    for group in groups:
        if group.rule in {*ROW_RULES, "R5"} - {"R10"} and not stop():
            found[group] = money.most_room(kept, group.parts)
    return found


def slacks(judge: Judge, witness: Witness, groups: Sequence[Group], at_most: Rooms) -> tuple[Slack, ...]:
    """Room of every group of rules, the tightest first. at_most: the most there can be."""
    everything = judge.ground.everything
    compiled = judge.ground.problem(everything)
    rows = compiled.problem.rows
    task = flow_task(compiled.problem, witness.decisions)
    beyond = task.activity(witness.flows) - task.rest
    place = {Instance(rule, subject): row for row, (rule, subject) in enumerate(compiled.problem.names.rows)}
    found = list(other_slacks(judge.ground.county, compiled.problem, witness, groups, at_most))
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
