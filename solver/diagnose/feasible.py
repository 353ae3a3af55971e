"""Whether a plan keeps some rules: by arithmetic, the integer solver or the core. A yes is checked, a no is proved."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from liftplan.models.plan import LedgerLine
from liftplan.models.problems import InternalError
from liftplan.solver.certificate import Certificate
from liftplan.solver.check import Decided, Violation, broken
from liftplan.solver.clock import Clock
from liftplan.solver.columns import effects
from liftplan.solver.compile import Named
from liftplan.solver.diagnose.affordable import affordable
from liftplan.solver.diagnose.builder import EASY, TRIES, Try, quick_plans
from liftplan.solver.diagnose.drafts import Drafts, Impossible
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.money import Money
from liftplan.solver.diagnose.moneyproof import MoneyProof
from liftplan.solver.diagnose.reduced import reduced
from liftplan.solver.diagnose.rules import ROW_RULES, Kept
from liftplan.solver.exact import MOST, solve_whole
from liftplan.solver.ledger.errors import LimitReached
from liftplan.solver.ledger.write import whole_yuan_ledger
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import HARD, Decisions, Ints, Problem
from liftplan.solver.search import Search
from liftplan.solver.settings import Settings

WIDE = 1.0
"""Gap at which the core stops: the first plan will do."""

SECONDS = (10.0, 60.0)
"""Longest that one question may take: small counties, and those for the core."""

QUICK = 30.0
"""Seconds of each try of a quick plan."""

LEDGER = 10.0
"""Seconds for the ledger of decisions that may not have one."""

TINY = 60
"""Measures up to which a few rules on their own are looked at before a plan is looked for."""

LIKE = 4
"""Plans of the last questions that are tried for the next one."""

LATELY = 4
"""Decisions that are remembered as the checker reads them."""

Method = Literal["arithmetic", "integers", "prices"]
"""How a no is proved: multipliers added up exactly, the integer solver, the core's price bounds."""


@dataclass(frozen=True)
class Witness:
    """A plan in whole yuan that the independent checker accepts under the rules that had to be kept."""

    keeps: Kept
    """Everything that it keeps, whether asked for or not."""
    projects: tuple[str, ...]
    measures: tuple[str, ...]
    topups: dict[str, int]
    ledger: tuple[LedgerLine, ...]
    decisions: Decisions
    flows: Ints
    """(arcs,) whole yuan."""


@dataclass(frozen=True)
class Refuted:
    """Proof that no plan keeps some rules."""

    kept: Kept
    method: Method
    money: MoneyProof | None = None
    tree: Certificate | None = None
    """Of `prices`: the proof as others read it, where it is known."""


@dataclass(frozen=True)
class Unsettled:
    """Neither a plan nor a proof within the limits."""


Verdict = Witness | Refuted | Unsettled


@dataclass
class Judge:
    """Answers which sets of rules can be kept, and remembers what it found."""

    ground: Ground
    clock: Clock
    threads: int = 1
    seed: int = 0
    witnesses: list[Witness] = field(default_factory=list)
    refuted: list[Refuted] = field(default_factory=list)
    asked: int = 0
    """Questions that memory and arithmetic did not answer."""
    drafts: Drafts = field(default_factory=Drafts)
    missed: dict[tuple[Kept, Hashable], Any] = field(default_factory=dict)
    """Plans that miss rules, by which ones and at what prices; see `elastic`."""
    _money: dict[Kept, Money] = field(default_factory=dict)
    _adding_up: set[Kept] = field(default_factory=set)
    """What arithmetic does not refute."""
    _lately: tuple[tuple[Named, Decided], ...] = ()
    """What the checker looked at, the latest first."""
    _fine: set[Kept] = field(default_factory=set)
    """Few rules that a part of the county keeps."""

    @property
    def small(self) -> bool:
        """Whether the county is one for the integer solver."""
        return self.ground.size <= MOST

    def money(self, kept: Kept) -> Money:
        """The linear program of the money where these commitments and demands are kept."""
        listed = self.ground.listed(kept)
        if listed not in self._money:
            self._money[listed] = Money(self.ground.compiled(listed))
        return self._money[listed]

    def by_arithmetic(self, kept: Kept) -> Refuted | None:
        """Proof by the money alone, or None."""
        known = self._known(kept, arithmetic=True)
        if known is not None:
            return known
        proof = None if kept in self._adding_up else self.money(kept).refute(kept)
        if proof is None:
            self._adding_up.add(kept)
            return None
        # commitments and demands say besides what can be taken up, what must be, and who is helped
        alone = self.money(proof.instances).again(proof)
        found = (
            Refuted(proof.instances | self.ground.listed(kept), "arithmetic", proof)
            if alone is None
            else Refuted(proof.instances, "arithmetic", alone)
        )
        self.refuted.append(found)
        return found

    def decide(self, kept: Kept, *, soon: int = 0, like: Named | None = None) -> Verdict:
        """Whether a plan keeps these rules; those left out may be broken.

        soon: at most so many quick tries and nothing that takes long; 0: whatever it takes. like: a plan that may do.
        """
        for witness in self.witnesses:
            if kept <= witness.keeps:
                return witness
        found = self._known(kept) or self.by_arithmetic(kept)
        if found is not None:
            return found
        if self.clock.over:
            return Unsettled()
        self.asked += 1
        if like is not None:
            fitting = self.fits(kept, like)
            if fitting is not None:
                return fitting
        verdict = self._whole(kept) if self.small else self._core(kept, soon)
        if isinstance(verdict, Witness):
            self.witnesses.append(verdict)
        elif isinstance(verdict, Refuted):
            self.refuted.append(verdict)
        return verdict

    def fits(self, kept: Kept, like: Named) -> Witness | None:
        """What was done under other rules, if it is a plan under these; then it is remembered."""
        found = self._fitting(kept, like)
        if found is not None:
            self.witnesses.append(found)
        return found

    def _known(self, kept: Kept, *, arithmetic: bool = False) -> Refuted | None:
        for one in self.refuted:
            if one.kept <= kept and (not arithmetic or one.method == "arithmetic"):
                return one
        return None

    def _whole(self, kept: Kept) -> Verdict:
        limit, plain = self.clock.left(SECONDS[0]), self.ground.plain(kept)
        if contradicted(plain):
            return Refuted(kept, "integers")
        found = solve_whole(plain, time_limit=limit, seed=self.seed, cancel=self.clock.cancel)
        if found.impossible:
            return Refuted(kept, "integers")
        return Unsettled() if found.decisions is None else self.witness(kept, found.decisions)

    def _core(self, kept: Kept, soon: int) -> Verdict:
        """A part of the county in integers if it is small; a quick plan; what few rules say; the core."""
        compiled = self.ground.problem(kept)
        if contradicted(compiled.problem):
            return Refuted(kept, "integers")
        found = self._part(kept)
        if found is not None:
            return found
        for known in self.witnesses[: -1 - LIKE : -1]:
            fitting = self._fitting(kept, Named(known.projects, known.measures, known.topups))
            if fitting is not None:
                return fitting
        few_clash = self._scouted(kept, TINY)
        if few_clash is not None:
            return few_clash
        tries = TRIES[:soon] if soon else TRIES if self.witnesses else (EASY, *TRIES)
        quick = self._quick(kept, compiled.problem, tries)
        if quick is not None:
            return quick
        if soon:
            return Unsettled()
        few_clash = self._scouted(kept, MOST)
        if few_clash is not None:
            return few_clash
        return self._searched(kept, compiled.problem)

    def _quick(self, kept: Kept, problem: Problem, tries: Iterable[Try]) -> Witness | None:
        """A plan by small programs, tried one way after the other."""
        choking = self.money(kept).choking(kept)
        for how in tries:
            limit, cancel = self.clock.left(QUICK), self.clock.cancel
            try:
                for decisions in quick_plans(
                    problem, self.drafts, how, choking, time_limit=limit, seed=self.seed, cancel=cancel
                ):
                    found = self._paid(kept, decisions)
                    if found is not None:
                        return _accepted(*found)
            except Impossible:
                if how.grown:
                    break
        return None

    def _fitting(self, kept: Kept, like: Named) -> Witness | None:
        """What was done under other rules, by its ids, if the checker accepts it as a plan under these.

        Indices differ from problem to problem: what must not be taken is in none.
        """
        compiled = self.ground.problem(kept)
        fitted = topped_up(compiled.problem, compiled.decisions(like.projects, like.measures, like.topups))
        if fitted is None or not affordable(compiled.problem, fitted):
            return None
        found = self._paid(kept, fitted)
        return None if found is None or found[1] else found[0]

    def _scouted(self, kept: Kept, most: int) -> Refuted | None:
        """Proof that a few rules clash on their own, in parts of at most so many measures; None: none do."""
        for few in self._scouts(kept):
            if few in self._fine or any(few <= witness.keeps for witness in self.witnesses):
                continue
            part = self._known(few) or self._part(few, most)
            if isinstance(part, Refuted):
                return part
            if part is not None:
                self._fine.add(few)
        return None

    def _part(self, kept: Kept, most: int = MOST) -> Verdict | None:
        """The answer of the integer solver on the part of the county that matters; None where that is large."""
        part = reduced(self.ground.plain(kept), most)
        if part is None:
            return None
        if contradicted(part.problem):
            return Refuted(kept, "integers")
        limit = self.clock.left(SECONDS[0])
        found = solve_whole(part.problem, time_limit=limit, seed=self.seed, cancel=self.clock.cancel)
        if found.impossible:
            return Refuted(kept, "integers")
        return None if found.decisions is None else self.witness(kept, part.decisions(found.decisions))

    def _scouts(self, kept: Kept) -> Iterator[Kept]:
        """Small sets of rules that may clash on their own: demands alone, then each rule with the funds that pay it."""
        listed = self.ground.listed(kept)
        if listed:
            yield listed
        rows = self.ground.compiled(kept).problem.rows
        names = self.ground.compiled(kept).problem.names
        fund = self.ground.compiled(kept).problem.flows.arc_fund
        of_fund = {(one.rule, one.subject.partition("/")[0]): one for one in kept if one.rule in {"R1", "R7"}}
        number = {name: row for row, name in enumerate(names.rows)}
        for group in self.ground.groups:
            parts = kept.intersection(group.parts)
            if group.rule not in ROW_RULES or group.rule in {"R1", "R10"} or not parts:
                continue
            arcs = np.concatenate([rows.arcs.of(number[part])[0] for part in parts])
            payers = [names.funds[index] for index in np.unique(fund[arcs]).tolist()]
            limits = {of_fund[rule, payer] for payer in payers for rule in ("R1", "R7") if (rule, payer) in of_fund}
            yield parts | limits
            if listed:
                yield parts | limits | listed

    def _searched(self, kept: Kept, problem: Problem) -> Verdict:
        clock = Clock(self.clock.left(SECONDS[1]), self.clock.cancel)
        oracle = Oracle(problem, self.threads)
        try:
            search = Search(problem, oracle, Settings(gap=WIDE, seed=self.seed), clock, lambda *_: None)
            search.run()
        finally:
            oracle.close()
        if search.best is not None:
            return self.witness(kept, search.best.decisions)
        return Refuted(kept, "prices") if search.infeasible else Unsettled()

    def witness(self, kept: Kept, decisions: Decisions) -> Witness:
        """The plan of decisions, with its ledger, checked. Raises InternalError if it breaks what must be kept."""
        found = self._examined(kept, decisions)
        if found is None:
            raise InternalError("decisions that had whole-yuan flows have no ledger")
        return _accepted(*found)

    def _paid(self, kept: Kept, decisions: Decisions) -> tuple[Witness, list[Violation]] | None:
        """As `_examined`; None also where no ledger is found soon."""
        try:
            return self._examined(kept, decisions, LEDGER)
        except LimitReached:
            return None

    def _examined(
        self, kept: Kept, decisions: Decisions, seconds: float = 30.0
    ) -> tuple[Witness, list[Violation]] | None:
        """The plan of decisions, with its ledger, and what it breaks of what must be kept; None: there is no ledger."""
        compiled = self.ground.problem(kept)
        measures = compiled.problem.measures
        taken = (decisions.taken & ~measures.automatic) | effects(compiled.problem, decisions.built)
        decisions = replace(decisions, taken=taken)
        due = compiled.payable(decisions)
        whole = whole_yuan_ledger(
            compiled.problem, decisions, due.lines, due.commitments, time_limit=seconds, cancel=self.clock.cancel
        )
        if whole is None:
            return None
        names, named = compiled.problem.names, compiled.named(decisions)
        funds = [names.funds[fund] for fund in compiled.problem.flows.arc_fund.tolist()]
        ledger = whole.ledger.named(funds, due.item, due.purpose)
        found = broken(self._decided(kept, named, ledger))
        wrong = [one for one in found if not self.ground.may_break(one.rule, one.subject, kept)]
        gone = {(one.rule, one.subject) for one in found}
        also = frozenset(one for one in self.ground.everything if one.rule in ROW_RULES and one not in gone)
        witness = Witness(
            kept | also, named.projects, named.measures, named.topups, ledger, decisions, whole.ledger.flow
        )
        return witness, wrong

    def _decided(self, kept: Kept, named: Named, ledger: tuple[LedgerLine, ...]) -> Decided:
        """What the checker looks at; what was decided lately is often decided again, and paid by others."""
        facts = self.ground.facts(kept)
        for last, known in self._lately:
            if known.facts is facts and last == named:
                return known.paid_by(ledger)
        decided = Decided(facts, named.projects, named.measures, named.topups, ledger)
        self._lately = ((named, decided), *self._lately[: LATELY - 1])
        return decided


def _accepted(found: Witness, wrong: list[Violation]) -> Witness:
    """What was found; raises InternalError if it breaks what must be kept."""
    if wrong:
        raise InternalError(f"the checker rejects a plan of the diagnosis: {'; '.join(map(str, wrong[:5]))}")
    return found


def topped_up(problem: Problem, decisions: Decisions) -> Decisions | None:
    """The decisions with the top-ups that a hard minimum of households asks for; None where nobody can pay one."""
    homes, lines = problem.households, problem.measures.lines
    owner = lines.owner_of_entry()
    taken = decisions.taken[owner]
    direct = np.zeros(len(homes.block), dtype=np.int64)
    np.add.at(direct, problem.measures.household[owner[taken]], lines.value[taken])
    assisted = (direct > 0) | homes.always_assisted
    due = np.where(assisted, np.maximum(0, homes.minimum - direct), 0)
    topup = np.where(homes.minimum_price == HARD, due, decisions.topup)
    return None if bool(((topup > 0) & (homes.topup_cell < 0)).any()) else replace(decisions, topup=topup)


def contradicted(problem: Problem) -> bool:
    """Whether something must be done that cannot be: what is ruled out, what nobody may pay."""
    projects, measures = problem.projects, problem.measures
    return bool((projects.low > projects.high).any() or (measures.low > measures.high).any())
