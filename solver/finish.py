"""From the best decisions of a search to a plan with its ledger that the independent checker accepts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from liftplan.models.county import County
from liftplan.models.plan import LedgerLine, Plan, StoppedBy
from liftplan.models.problems import InternalError
from liftplan.solver.assemble import Origin, assemble
from liftplan.solver.check import Facts, check_plan, judged
from liftplan.solver.compile import Compiled, Payable
from liftplan.solver.draft import Draft, Proved, drafted
from liftplan.solver.engines.highs import Floats
from liftplan.solver.incumbent import Incumbent
from liftplan.solver.ledger.write import whole_yuan_ledger
from liftplan.solver.parts import Planned, part_of
from liftplan.solver.problem import Problem
from liftplan.solver.rejected import RejectedPlan
from liftplan.solver.settings import Settings

LEDGER_SECONDS, LEAST_SECONDS = 30.0, 2.0
"""Time for the ledger's lines at most; and for those of a part of a large county at least."""

SELDOM = 20.0
"""Finishing plans on the way may take one part in so many of the time."""

Found = Callable[[Plan], None]
"""Called with a checked plan."""


def _silent(_stage: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Checking:
    """Makes plans of drafts of one county: the checker has the last word on each."""

    county: County
    facts: Callable[[], Facts]
    """The county as the checker sees it; called once a plan is to be judged."""
    origin: Origin
    enter: Callable[[str], None] = _silent
    """Told when `check` begins."""
    leave: Callable[[str], None] = _silent
    """Told when `assemble` and `check` are done."""

    def plan(self, draft: Draft) -> Plan:
        """The plan of a draft. Raises RejectedPlan if the checker does not accept it."""
        self.enter("check")
        named = draft.named
        judgement = judged(self.facts(), named.projects, named.measures, named.topups, draft.ledger)
        plan = assemble(self.county, draft, self.origin, judgement.findings.evaluation)
        self.leave("assemble")
        violations = check_plan(self.county, plan, judgement=judgement)
        if violations:
            raise RejectedPlan(plan, violations)
        self.leave("check")
        return plan


@dataclass(frozen=True)
class Finish:
    """Makes plans of one county's decisions."""

    compiled: Compiled
    checking: Checking
    settings: Settings
    enter: Callable[[str], None] = _silent
    """Told when `ledger` begins."""
    leave: Callable[[str], None] = _silent
    """Told when `ledger` is done."""
    parts: tuple[Planned, ...] = ()
    """Parts of a large county, whose ledgers are made one by one; none: the county as a whole."""

    def plan(self, best: Incumbent, proved: Proved, stopped_by: StoppedBy) -> Plan:
        """The plan of decisions. Raises InternalError if it has no ledger or the checker rejects it."""
        return self.checking.plan(self.draft(best, proved, stopped_by))

    def draft(self, best: Incumbent, proved: Proved, stopped_by: StoppedBy) -> Draft:
        """What the plan of decisions is made of. Raises InternalError if it has no ledger."""
        self.enter("ledger")
        named, ledger = self.compiled.named(best.decisions), self._ledger(best)
        draft = drafted(self.compiled, best.decisions, named, ledger, proved, stopped_by)
        self.leave("ledger")
        return draft

    def _ledger(self, best: Incumbent) -> tuple[LedgerLine, ...]:
        problem, due = self.compiled.problem, self.compiled.payable(best.decisions)
        funds = [problem.names.funds[fund] for fund in problem.flows.arc_fund.tolist()]
        if not self.parts:
            return self._written(problem, best, due, funds, LEDGER_SECONDS)
        written: list[LedgerLine] = []
        share = max(LEAST_SECONDS, LEDGER_SECONDS / len(self.parts))
        for one in self.parts:
            part = part_of(problem, one.blocks)
            own = due.within(part.cells, part.arcs, len(problem.flows.cell_village), len(funds))
            payers = [funds[arc] for arc in part.arcs.tolist()]
            written += self._written(part.asking(one.gives), one.plan, own, payers, share)
        return tuple(sorted(written))

    def _written(
        self, problem: Problem, best: Incumbent, due: Payable, funds: list[str], seconds: float
    ) -> tuple[LedgerLine, ...]:
        whole = whole_yuan_ledger(
            problem,
            best.decisions,
            due.lines,
            due.commitments,
            known=best.flows,
            time_limit=seconds,
            repeatable=self.settings.reproducible,
            seed=self.settings.seed,
        )
        if whole is None:
            raise InternalError("decisions that had whole-yuan flows have no ledger")
        return whole.ledger.named(funds, due.item, due.purpose)


class OnTheWay:
    """Finishes plans while the search goes on, as if it had been cancelled then: the first, and later ones seldom."""

    def __init__(self, finish: Finish, found: Found) -> None:
        quiet = replace(finish.checking, enter=_silent, leave=_silent)
        self._finish = replace(finish, checking=quiet, enter=_silent, leave=_silent)
        self._found = found
        self._last: Incumbent | None = None
        self._next = 0.0

    def offer(self, best: Incumbent, bound: int, duals: Floats) -> None:
        """Finish the best plan, unless it is known already or one was finished a moment ago; called at each step."""
        begin = monotonic()
        if begin >= self._next and (self._last is None or best.objective > self._last.objective):
            self._last = best
            self._found(self._finish.plan(best, Proved(bound, duals), "cancelled"))
            end = monotonic()
            self._next = end + SELDOM * (end - begin)
