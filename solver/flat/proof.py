"""A proof shown again: prices and branches, by enumeration in whole numbers. No LP, no search, no rounding.

Shares no code with what found the proof. Each node's prices are taken in turn; an option with which their bound is no
better than the best choice is left out. A branch leaves its option out in one child and takes it in the other, so that
the children cover every choice. Nothing needs to be believed: any prices and any tree give a true bound.
"""

from __future__ import annotations

from itertools import pairwise

from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.flat.result import FlatProof
from liftplan.solver.flat.tree import Node

_Left = tuple[tuple[int, ...], ...]
"""Per group the options that are left."""


def reprove(problem: FlatProblem, proof: FlatProof) -> int | None:
    """The bound that a proof shows: no choice is worth more. None: there is no choice.

    Python's whole numbers, so that no sum can leave 64 bits: slow, about a millisecond per 1,000 costs and node.
    """
    payers = [problem.payers.of(name)[0].tolist() for name in range(len(problem.classes))]
    costs = [
        list(zip(*(part.tolist() for part in problem.costs.of(option)), strict=True))
        for option in range(problem.options)
    ]
    barred = set(problem.barred.tolist())
    start = problem.start.tolist()
    groups = tuple(
        tuple(option for option in range(first, last) if option not in barred) for first, last in pairwise(start)
    )
    values = problem.values.tolist()
    money = list(zip(problem.amount.tolist(), problem.minimum.tolist(), strict=True))
    better = None if proof.objective is None else proof.objective + problem.step
    highest: int | None = proof.objective
    waiting: list[tuple[Node, _Left, int | None]] = [(proof.root, groups, None)]
    while waiting:
        node, left, bound = waiting.pop()
        possible = all(left)
        for prices in node.prices:
            if not possible:
                break
            y = prices.whole.tolist()
            cost_of = [min(y[source] for source in sources) for sources in payers]
            worth = [
                {
                    option: (0 if prices.plain else values[option] << prices.shift)
                    - sum(cost_of[name] * cost for name, cost in costs[option])
                    for option in group
                }
                for group in left
            ]
            best = [max(group.values()) for group in worth]
            total = sum(best) + sum(
                price * (amount if price > 0 else minimum) for price, (amount, minimum) in zip(y, money, strict=True)
            )
            least = 0 if prices.plain else None if better is None else better << prices.shift
            if not prices.plain:
                reached = problem.reachable(total >> prices.shift)
                bound = reached if bound is None else min(bound, reached)
            if least is not None:
                possible = total >= least
                left = tuple(
                    tuple(option for option, own in group.items() if total - top + own >= least)
                    for group, top in zip(worth, best, strict=True)
                )
        if not possible:
            continue
        if node.branch >= 0:
            group = int(problem.group[node.branch])
            without = tuple(option for option in left[group] if option != node.branch)
            taken = tuple(option for option in left[group] if option == node.branch)
            for child, rest in zip(node.children, (without, taken), strict=True):
                waiting.append((child, (*left[:group], rest, *left[group + 1 :]), bound))
        else:
            most = sum(max(values[option] for option in group) for group in left)
            bound = most if bound is None else min(bound, most)
            highest = bound if highest is None else max(highest, bound)
    return highest
