"""Whether a choice and its flows are what a result says: plain arithmetic on what was given, nothing of the solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from liftplan.models.messages import Message, m
from liftplan.solver.flat.problem import FlatProblem


def check_choice(
    problem: FlatProblem, choice: Sequence[int], flows: Mapping[tuple[str, str], int], objective: int
) -> list[Message]:
    """What is wrong with a choice: one option per group, paid to the unit, within every source's limits, worth that.

    choice: per group an option counted from 0 within the group; flows: (source, class) -> whole units paid.
    """
    start = problem.start.tolist()
    if len(choice) != problem.groups:
        return [m("{found} groups have an option, not {groups}", found=len(choice), groups=problem.groups)]
    wrong: list[Message] = []
    due: Counter[str] = Counter()
    value = 0
    barred = set(problem.barred.tolist())
    for group, place in enumerate(choice):
        if not 0 <= place < start[group + 1] - start[group]:
            wrong.append(m("group {group} has no option {option}", group=group + 1, option=place + 1))
            continue
        option = start[group] + place
        if option in barred:
            say = m(
                "option {option} of group {group} has a cost that no source may pay", option=place + 1, group=group + 1
            )
            wrong.append(say)
        value += int(problem.values[option])
        for name, cost in zip(*(part.tolist() for part in problem.costs.of(option)), strict=True):
            due[problem.classes[name]] += cost
    may = {
        (problem.sources[source], name)
        for place, name in enumerate(problem.classes)
        for source in problem.payers.of(place)[0].tolist()
    }
    paid: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    for (source, name), flow in flows.items():
        if flow < 0 or (source, name) not in may:
            wrong.append(m("source {source} may not pay {flow} to class {name}", source=source, flow=flow, name=name))
        paid[name] += flow
        spent[source] += flow
    wrong += [
        m("class {name} costs {due} and is paid {paid}", name=name, due=due[name], paid=paid[name])
        for name in sorted({*due, *paid})
        if due[name] != paid[name]
    ]
    for place, source in enumerate(problem.sources):
        least, most = int(problem.minimum[place]), int(problem.amount[place])
        if not least <= spent[source] <= most:
            wrong.append(
                m(
                    "source {source} spends {spent}, not {least} to {most}",
                    source=source,
                    spent=spent[source],
                    least=least,
                    most=most,
                )
            )
    if value != objective:
        wrong.append(m("the choice is worth {value}, not {objective}", value=value, objective=objective))
    return wrong
