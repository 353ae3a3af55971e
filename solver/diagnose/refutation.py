"""What proves again that rules clash: multipliers of money rows, or a tree of leaves with prices."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from liftplan.models.base import Frozen
from liftplan.solver.certificate import Certificate, refutation
from liftplan.solver.clock import Clock
from liftplan.solver.diagnose.assistance import Where
from liftplan.solver.diagnose.conflicts import Conflict
from liftplan.solver.diagnose.feasible import Judge, Refuted, contradicted
from liftplan.solver.diagnose.moneyproof import MoneyProof
from liftplan.solver.diagnose.reduced import reduced
from liftplan.solver.exact import MOST
from liftplan.solver.nodes import Leaf
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import Problem
from liftplan.solver.search import Search
from liftplan.solver.settings import Settings

SECONDS = 15.0
"""For writing down one proof that is not by the money alone."""


class Times(Frozen):
    """One row of a sum."""

    instances: tuple[tuple[str, str], ...]
    """Rules that ask for it, with their subjects."""
    block: int = -1
    """Of R5 alone: the block whose households are added up."""
    where: Where = "all"
    """Of R5: which of the cells of its households."""
    times: Annotated[str, Field(pattern=r"^[0-9]+(/[0-9]+)?$")]
    """Multiplier > 0, whole or a fraction: "3/2"."""


class Refutation(Frozen):
    """Why no plan keeps some rules, so that it can be proved again without what found it."""

    kept: tuple[tuple[str, str], ...]
    """The rules, with their subjects; all others may be broken."""
    sums: tuple[Times, ...] = ()
    """Rows that, added up, ask for more yuan than all cells can carry."""
    part: bool = False
    """Whether the tree is of the part of the county that these rules gain from."""
    tree: Certificate | None = None
    """Leaves with prices at which no plan keeps the rules, as the certificate of a bound has them."""


class _Branching(Search):
    """The search without the integer solver, which leaves no tree behind."""

    def _solve_whole(self, _: float) -> None:
        return


def refuted(judge: Judge, conflict: Conflict) -> Refutation | None:
    """The proof of a conflict, written down; None where there is none of sensible size."""
    proof = conflict.proof if conflict.proof.kept <= conflict.instances else judge.decide(conflict.instances)
    if not isinstance(proof, Refuted):
        return None
    kept = tuple(sorted((one.rule, one.subject) for one in proof.kept))
    if proof.money is not None:
        return Refutation(kept=kept, sums=sums_of(proof.money))
    if proof.tree is not None:
        return Refutation(kept=kept, part=False, tree=proof.tree)
    plain = judge.ground.plain(proof.kept)
    part = reduced(plain, MOST)
    tree = _tree(plain if part is None else part.problem, judge)
    return None if tree is None else Refutation(kept=kept, part=part is not None, tree=tree)


def sums_of(proof: MoneyProof) -> tuple[Times, ...]:
    """A proof by the money alone, written down."""
    return tuple(
        Times(
            instances=tuple((one.rule, one.subject) for one in row.instances),
            block=row.block,
            where=row.where,
            times=str(times),
        )
        for row, times in proof.rows
    )


def _tree(problem: Problem, judge: Judge) -> Certificate | None:
    clock = Clock(min(SECONDS, judge.clock.left(SECONDS)), judge.clock.cancel)
    oracle = Oracle(problem, 1)
    try:
        if contradicted(problem):
            leaves = [Leaf((), None, np.zeros(len(problem.rows.rhs)), plain=True)]
        else:
            search = _Branching(problem, oracle, Settings(gap=0.0, seed=judge.seed), clock, lambda *_: None)
            search.run()
            if search.best is not None or search.tree or not search.infeasible:
                return None
            leaves = search.tree.all_leaves()
        return refutation(problem, oracle, leaves, lambda: clock.over is not None)
    finally:
        oracle.close()
