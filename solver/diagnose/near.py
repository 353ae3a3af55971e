"""Plans without one of many rules that limit money, looked for near a plan that misses little of what is asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import numpy as np

from liftplan.solver.compile import Named
from liftplan.solver.diagnose.alone import alone
from liftplan.solver.diagnose.builder import SOON
from liftplan.solver.diagnose.elastic import STEP, Missed, least_missed, really_missed
from liftplan.solver.diagnose.feasible import Judge, Refuted, Verdict
from liftplan.solver.diagnose.nudge import LITTLE, appetite, budgets, nudged
from liftplan.solver.diagnose.roomy import roomy
from liftplan.solver.diagnose.rules import LIST_RULES, Group, Kept, instances
from liftplan.solver.diagnose.spare import limit_rows
from liftplan.solver.engines.highs import Floats

LIMITS = ("R1", "R7")
"""Rules that limit money; all others ask for something."""

MANY = 8
"""Members above which a plan without each of them is only looked for near one that keeps nearly all."""

SAME = 2
"""Plans that are tried with another fund unlimited, before others are looked for."""

ROOM = 400_000
"""Yuan beyond what a rule asks for that a plan without one fund's limit is looked for with."""

TURN = 5e-5
"""Seconds after which a thread that wants to run Python gets its turn while two work."""


@contextmanager
def beside() -> Iterator[Executor]:
    """One more thread, for a while. Turns are short meanwhile: the engine asks Python at each step whether to go on."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(TURN, before))
    try:
        with ThreadPoolExecutor(max_workers=1) as pool:
            yield pool
    finally:
        sys.setswitchinterval(before)


class Near:
    """A plan that misses what a conflict asks for by little, where many funds limit it: each might pay the rest.

    Plans near it are looked for first, one fund after the other. Where there is none, or it is not to be expected, a
    relaxation is made whole on another core meanwhile, one after the other: from when the plan's own relaxation is
    solved. Nothing that it finds depends on how fast either is.
    """

    def __init__(self, judge: Judge, groups: Sequence[Group], pool: Executor) -> None:
        self._judge, self._groups, self._pool, self._kept = judge, tuple(groups), pool, instances(groups)
        self._asking = [group for group in groups if group.rule not in LIMITS]
        self.many = not judge.small and len(groups) > MANY
        self._found: list[Named] = []
        self._later: dict[Group, Future[Named | Refuted | None]] = {}
        self._aside: Judge | None = None
        self._missable: list[Group] = []
        if not self.many or any(group.rule in LIST_RULES for group in self._asking):
            return
        pool.submit(judge.ground.facts, self._kept)  # what the checker of the plans will ask for
        prices = dict.fromkeys(self._asking, STEP)
        for kept in (judge.ground.everything, self._kept):  # with everything else kept it serves for repairs, too
            least = least_missed(judge, kept, prices, frozenset())
            if least is None:
                continue
            missed = really_missed(
                judge, kept, prices, least.least, least.short, partial(self._ask_early, least), lean=True
            )
            if missed is not None:
                self._look_at_all(missed)
                break

    @property
    def order(self) -> tuple[Group, ...]:
        """How to go through what may be left out: as it was asked beside, each after those before; then the others."""
        return (*self._later, *(group for group in self._groups if group not in self._later))

    def without(self, group: Group, kept: Kept) -> Verdict:
        """A plan if a fund is not limited, or proof that there is none.

        kept: what is left of the conflict without the fund.
        """
        like = self._later[group].result() if group in self._later else None
        if isinstance(like, Refuted):
            self._judge.refuted.append(like)
            return like
        return self._judge.decide(kept, soon=SOON if self.many else 0, like=like)

    def _ask_early(self, money: Missed) -> None:
        """Questions about funds that could not pay alone what is missing, whatever the plan.

        money: what is missed by the money alone.
        """
        if self._aside is not None:
            return
        self._aside = replace(self._judge, drafts=self._judge.drafts.copied())
        problem, yuan = money.compiled.problem, sum(money.short.values())
        rows = limit_rows(problem)
        limits = np.zeros(len(rows), dtype=np.int64)
        limits[rows >= 0] = -problem.rows.rhs[rows[rows >= 0]]
        unable = dict(zip(problem.names.funds, (alone(problem) < limits + yuan).tolist(), strict=True))
        for group in self._groups:
            if group.rule == "R1" and unable[group.key]:
                self._ask(group, money)

    def _look_at_all(self, missed: Missed) -> None:
        if missed.plan is None:
            return
        self._ask_early(missed)
        done = missed.compiled.named(missed.plan.decisions)
        self._judge.fits(self._judge.ground.everything - instances(self._asking), done)  # what asks can be left out
        yuan = sum(missed.short.values())
        wanted = appetite(self._judge.ground.problem(self._kept).problem, missed.plan.decisions, yuan)
        for group in self._groups:
            if group.rule == "R1" and group not in self._later:
                self._look(group, missed, done, wanted)

    def _look(self, group: Group, missed: Missed, done: Named, wanted: Floats) -> None:
        """A plan near the one that is known, or a question for later. done: what that one does."""
        assert missed.plan is not None
        kept = instances(one for one in self._groups if one != group)
        for one in self._found[:SAME]:  # others may pay for what was done before
            if self._judge.fits(kept, one) is not None:
                return
        problem, yuan, fund = self._judge.ground.problem(kept), sum(missed.short.values()), group.key
        if wanted[problem.problem.names.funds.index(fund)] > LITTLE:
            more = nudged(problem, done, budgets(problem.problem, missed.plan, fund, yuan, wanted), yuan)
            if more is not None and self._judge.fits(kept, more) is not None:
                self._found.append(more)
                return
        self._ask(group, missed)

    def _ask(self, group: Group, missed: Missed) -> None:
        """A question for later, if one row is missed."""
        asking = next((one for one in self._asking if set(missed.short) <= set(one.parts)), None)
        if asking is not None and self._aside is not None and len(missed.short) == len(asking.parts) == 1:
            self._later[group] = self._pool.submit(self._roomy, self._aside, group, asking)

    def _roomy(self, aside: Judge, group: Group, asking: Group) -> Named | Refuted | None:
        """A plan without a fund's limit that may do, or proof that there is none; what can be missed is left out."""
        kept = instances(one for one in self._groups if one != group and one not in self._missable)
        found = roomy(aside, kept, asking, ROOM)
        if isinstance(found, Refuted):
            self._missable.append(group)
        return found
