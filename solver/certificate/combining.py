"""Writing how several prices together show a bound that none of them shows alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from liftplan.solver.benders import Combinations, Cuts
from liftplan.solver.certificate.form import Certificate, Combined, Weighed
from liftplan.solver.certificate.trees import Trees, Unproved
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import priced_at
from liftplan.solver.oracle.oracle import Effort, Oracle
from liftplan.solver.problem import GRAIN, Ints, Problem, reachable


def joint_certificate(
    problem: Problem,
    oracle: Oracle,
    asked: Sequence[Floats],
    limit: int,
    over: Callable[[], bool] = lambda: False,
) -> tuple[Certificate, int] | None:
    """A certificate that no plan is worth more than `limit` (units), and the bound it proves, units.

    None if these prices do not show it, or if `over` says that there is no time for it. asked: (rows,) multipliers, the
    root's first.
    """
    try:
        return _written(Trees(problem, oracle, over), asked, limit), reachable(problem, limit)
    except Unproved:
        return None


def _written(trees: Trees, asked: Sequence[Floats], limit: int) -> Certificate:
    """Raises Unproved."""
    problem, oracle = trees.problem, trees.oracle
    root, prices, _ = trees.at(asked[0], plain=False)
    answers = oracle.ask(prices, Effort(0, nodes=2_000), range(problem.blocks))
    bounds = [answer.bound for answer in answers if answer.bound is not None]
    if len(bounds) < problem.blocks:
        raise Unproved
    # what these prices alone show may be less than the limit: then nothing is kept but the best
    slack = max(0, prices.fixed + sum(bounds) - (limit >> prices.shift))
    written, shares, sets = [], [], []
    for block, bound in enumerate(bounds):
        kept: list[Ints] = []
        tree, _, share = trees.tree(prices, block, bound - slack, kept=kept)
        written.append(tree)
        shares.append(share)
        sets.append(np.array(kept, dtype=np.int64).reshape(len(kept), len(answers[block].built)))
    cuts, nodes = _closed(trees, asked, sets, limit) if all(map(len, sets)) else ([], [])
    part = Combined(
        limit=limit,
        prices=root,
        trees=tuple(written),
        shares=tuple(shares),
        cuts=tuple(trees.at(asked[one], plain=False)[0] for one in cuts),
        combinations=tuple(nodes),
    )
    return Certificate(prices=tuple(trees.prices), shares=tuple(trees.shares), nodes=(part,))


def _closed(trees: Trees, asked: Sequence[Floats], sets: Sequence[Ints], limit: int) -> tuple[list[int], list[Weighed]]:
    """Which of the prices are used, and the tree that shows that no combination is worth more. Raises Unproved."""
    cuts = Cuts(sets, trees.problem.twins)
    for duals in asked:
        if trees.over():
            raise Unproved
        prices = priced_at(trees.problem, duals, trees.oracle.room(trees.problem))
        cuts.add(prices, trees.oracle.values(prices, sets))
    found = excluding(cuts, limit, trees.over)
    if found is None:
        raise Unproved
    return found


def excluding(
    cuts: Cuts, limit: int, over: Callable[[], bool] = lambda: False
) -> tuple[list[int], list[Weighed]] | None:
    """Which cuts are used, and a tree that shows that no combination is worth more than limit, units; None: no such."""
    found = Combinations(cuts, limit + 1).closed(limit + 1, over)
    if found is None:
        return None
    summed = {cut for node in found for cut in node.cuts}
    used = sorted(summed | _alone(cuts, sorted(summed), limit))
    place = {cut: number for number, cut in enumerate(used)}
    nodes = [
        Weighed(
            cuts=tuple((place[cut], weight) for cut, weight in node.cuts.items()),
            twins=tuple(node.twins.items()),
            project=node.project,
        )
        for node in found
    ]
    return used, nodes


def _alone(cuts: Cuts, first: Sequence[int], limit: int) -> set[int]:
    """Cuts that on their own let some set be worth no more than the limit (units), those of `first` taken first."""
    alive, found = np.ones(cuts.count, dtype=np.bool_), set[int]()
    for number in dict.fromkeys([*first, *range(len(cuts.cuts))]):
        cut = cuts.cuts[number]
        out = alive & (cut.loss > (cut.peak - limit - 1) // GRAIN)
        if out.any():
            found.add(number)
            alive &= ~out
    return found
