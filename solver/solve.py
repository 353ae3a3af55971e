"""One county in, one checked plan with a proved bound out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON, Applied, Plan
from liftplan.solver.aside import aside
from liftplan.solver.assemble import Origin
from liftplan.solver.certificate import certificate, joint_certificate
from liftplan.solver.check import Facts, shown_bound
from liftplan.solver.clock import HOUSEHOLDS_A_SECOND, Clock
from liftplan.solver.compile import Compiled, compile_county
from liftplan.solver.draft import Draft, Proved
from liftplan.solver.engines.highs import Floats
from liftplan.solver.exercise import exercise, load_aside
from liftplan.solver.finish import Checking, Finish, Found, OnTheWay
from liftplan.solver.incumbent import Incumbent
from liftplan.solver.informed import Informed
from liftplan.solver.memory import give_back
from liftplan.solver.parts import search_parts
from liftplan.solver.prepared import Prepared
from liftplan.solver.problem import GRAIN
from liftplan.solver.progress import Cancel, Event, Listener
from liftplan.solver.result import Result
from liftplan.solver.search import Search, Together
from liftplan.solver.second import Second, second_level
from liftplan.solver.settings import Settings, cores
from liftplan.solver.warm import Carried, carried, multipliers, remember

PAYING = 10.0
"""Seconds that paying for an earlier plan may take at most."""

MANY = 240
"""Blocks from which a county is solved part by part."""

RESERVE = ((2.0, 8e-5), (0.5, 2.5e-5))
"""Seconds kept free before a time limit: for everything after the search, and for ledger and check alone; at least so
many, or so many a measure, and never more than a third of the limit."""


def solve(
    county: County,
    settings: Settings | None = None,
    *,
    listener: Listener | None = None,
    cancel: Cancel | None = None,
    warm_start: Plan | None = None,
    scenario: str = "base",
    applied: tuple[Applied, ...] = (),
    found: Found | None = None,
    prepared: Prepared | None = None,
    level_one: bool = False,
) -> Result:
    """Solve a validated county.

    warm_start: a plan of this county, or of one like it, to begin with. scenario, applied: what made the county what it
    is, for the record. found: called with plans on the way, checked. prepared: what an earlier solve left, which takes
    what this one leaves; not used where settings are reproducible. level_one: neither level 2 nor a certificate, for
    whoever keeps figures instead of plans. Counties of very many villages take neither warm_start, found nor prepared,
    and have no plan before all their parts have one. Raises InputProblems for what cannot be solved, InternalError if
    the checker rejects the plan. Safe to call from several threads at once, each with a `prepared` of its own.
    """
    settings = settings or Settings()
    clock = Clock(settings.time_limit, cancel)
    meanwhile = _Meanwhile(county)
    report = _Reporter(listener, clock, meanwhile.begin)
    stages = _Stages()
    report.tell("compile")
    if len(county["villages"]) >= MANY:
        give_back()  # what reading or drawing the tables took
    loaded = load_aside()
    compiled = compile_county(county, apart=True)
    if loaded is not None:
        loaded.result()
    stages.done("compile")
    if loaded is None:
        report.tell("kernels")
        begun = clock.seconds
        exercise(alone=settings.threads == 1)
        clock.leave_out(clock.seconds - begun)  # once for a machine, and no work on this county
    origin = Origin(scenario, applied, settings.model_dump(mode="json", exclude={"threads"}))
    checking = Checking(county, meanwhile.facts, origin, report.tell, stages.done)
    finish = Finish(compiled, checking, settings, report.tell, stages.done)
    if compiled.problem.blocks >= MANY:
        draft = _in_parts(finish, clock, report, stages, level_one)
        if isinstance(draft, Result):
            return draft
        del compiled, finish  # the check needs their room
        give_back()
        plan = checking.plan(draft)
        return Result(plan.status, plan.stopped_by, plan, plan.objective_bound, stages.total, stages.seconds)
    limit = PAYING if settings.reproducible else clock.left(PAYING)
    earlier = (
        None
        if warm_start is None
        else aside(partial(carried, compiled, warm_start, limit, settings.reproducible, cancel))
    )
    own = Prepared()
    left = own if prepared is None or settings.reproducible else prepared
    oracle = left.oracle(compiled.problem, settings.threads or cores())
    if settings.reproducible:
        clock = Clock(settings.time_limit, cancel, lambda: oracle.asked / HOUSEHOLDS_A_SECOND)
    early, late = _earlier(clock, compiled, settings)
    if found is not None:
        report.on_the_way = OnTheWay(finish, found)
    try:
        search = Informed(compiled.problem, oracle, settings, early, report.search)
        search.master.add(left.columns)
        search.start = left.duals
        warm = None
        if warm_start is not None and earlier is not None:
            warm = _begin(
                search, warm_start, earlier.result(), multipliers(warm_start, compiled, left.duals), left.duals
            )
        search.run()
        if search.best is not None:
            meanwhile.begin()
        left.keep(search.master.columns, search.duals)
        stages.done("search")
        if search.best is None:
            return _no_plan(search, stages, warm)
        stopped = "gap" if search.near_enough() else early.over or "rounds"
        second, proof, bound = Second(search.best, None), None, search.proved
        if not level_one:
            report.tell("certificate")  # before level 2, which takes whatever time is left
            proof, bound = _proof(search, search.best, late)
            stages.done("certificate")
            report.tell("second level")
            second = second_level(
                compiled.problem,
                county.policy.objective.second,
                search.best,
                oracle,
                search.master.columns,
                search.duals,
                search.merging,
                settings,
                early,
            )
            stages.done("second level")
    finally:
        own.close()
    plan = finish.plan(second.best, Proved(bound, search.duals, second.bound, proof), stopped)
    return Result(plan.status, plan.stopped_by, plan, plan.objective_bound, stages.total, stages.seconds, warm)


def _earlier(clock: Clock, compiled: Compiled, settings: Settings) -> tuple[Clock, Clock]:
    """When the search has to end, and when everything before ledger and check has."""
    size, limit = len(compiled.problem.measures.household), settings.time_limit or 0.0
    early, late = (clock.before(min(limit / 3, max(least, size * each))) for least, each in RESERVE)
    return early, late


def _in_parts(finish: Finish, clock: Clock, report: _Reporter, stages: _Stages, level_one: bool) -> Result | Draft:
    """Plan a county of very many villages; neither a plan to begin with nor what an earlier solve left is used."""
    compiled, settings = finish.compiled, finish.settings
    goal = None if level_one else compiled.county.policy.objective.second
    if settings.reproducible:
        clock = Clock(settings.time_limit, clock.cancel)
    early, _ = _earlier(clock, compiled, settings)
    give_back()  # what compiling took
    outcome = search_parts(
        compiled.problem, settings, settings.threads or cores(), goal, early, report.part, certified=not level_one
    )
    stages.done("search")
    if outcome.infeasible:
        return Result("infeasible", "proof", None, None, stages.total, stages.seconds)
    if outcome.best is None or outcome.bound is None:
        bound = None if outcome.bound is None else shown_bound(outcome.bound)
        return Result("unknown", outcome.over or "rounds", None, bound, stages.total, stages.seconds)
    width = outcome.bound - outcome.best.objective
    near = width <= settings.gap * max(UNITS_PER_PERSON, outcome.best.objective)
    finish = replace(finish, parts=outcome.parts)
    written = None if outcome.certificate is None else outcome.certificate.model_dump(mode="json")
    proved = Proved(outcome.bound, outcome.duals, certificate=written)
    give_back()  # what the search took
    return finish.draft(outcome.best, proved, "gap" if near else outcome.over or "rounds")


def _proof(search: Search, best: Incumbent, clock: Clock) -> tuple[dict[str, Any] | None, int]:
    """The bound with its certificate, or without one where none of sensible size proves it.

    Leaves of the tree show it, or prices together, as cuts over sets of projects. Where neither do (the integer solver
    or a tree over what sets left said more), the leaves' own bound is shown if it is near enough.
    """
    bound, leaves, together = search.proved, search.of_leaves, search.together
    if leaves is not None and leaves <= bound and (written := _by_leaves(search, best, leaves, clock)):
        return written
    if (
        together is not None
        and together.bound <= bound
        and (written := _by_prices_together(search, best, together, clock))
    ):
        return written
    if leaves is not None and leaves > bound and search.near_enough(leaves):
        return _by_leaves(search, best, leaves, clock) or (None, bound)
    return None, bound


def _by_leaves(search: Search, best: Incumbent, bound: int, clock: Clock) -> tuple[dict[str, Any], int] | None:
    """The bound of the tree's leaves with its certificate."""
    if clock.over:
        return None
    leaves, limit = search.tree.all_leaves(), _limit(search, best, bound)
    written = certificate(
        search.problem, search.oracle, leaves, search.decided, search.duals, limit, _ends(clock)
    )  # fmt: skip
    if written is None or (search.problem.granularity > 1 and written[1] != bound):
        return None
    return written[0].model_dump(mode="json"), written[1]


def _by_prices_together(
    search: Search, best: Incumbent, together: Together, clock: Clock
) -> tuple[dict[str, Any], int] | None:
    """The bound of cuts over sets of projects with its certificate."""
    problem = search.problem
    limit, grains = _limit(search, best, together.bound), problem.blocks * GRAIN  # what rounding may come to
    for spare in (0,) if problem.granularity > 1 else (0, grains):
        if clock.over:
            return None
        written = joint_certificate(problem, search.oracle, together.asked, limit + spare, _ends(clock))
        if written is not None and _says(search, best, written[1]) == _says(search, best, together.bound):
            return written[0].model_dump(mode="json"), written[1]
    return None


def _says(search: Search, best: Incumbent, bound: int) -> tuple[bool, bool]:
    """What a bound says of the best plan: whether it is optimal, and whether it is near enough."""
    return bound - best.objective < search.step, search.near_enough(bound)


def _limit(search: Search, best: Incumbent, bound: int) -> int:
    """What a certificate must show that no plan is worth more than, units."""
    step = search.problem.granularity
    return bound + step - 1 if step > 1 else max(bound, best.objective + search.step - 1)


def _ends(clock: Clock) -> Callable[[], bool]:
    return lambda: clock.over is not None


def _begin(search: Informed, plan: Plan, held: Carried | None, prices: Floats, known: Floats | None) -> bool:
    """Give an earlier plan to the search; False if nothing of it is used, as its decisions break rules here.

    prices: (rows,) multipliers that it shows. known: (rows,) those of an earlier search, taken where it shows none.
    """
    if held is None:
        return False
    remember(search.oracle, held.decisions)
    search.start = prices if prices.any() else known
    if prices.any():
        search.merging.take_back(prices > 0)
        search.supposed = True
    search.expected = plan.objective
    search.offer(held.plan)
    return True


def _no_plan(search: Search, stages: _Stages, warm: bool | None) -> Result:
    bound = None if search.bound is None else shown_bound(search.bound)
    if search.infeasible:
        return Result("infeasible", "proof", None, None, stages.total, stages.seconds, warm)
    return Result("unknown", search.clock.over or "rounds", None, bound, stages.total, stages.seconds, warm)


class _Meanwhile:
    """What the check needs, made on a thread of its own once there is a plan: nobody waits for it."""

    def __init__(self, county: County) -> None:
        self._county = county
        self._made: Future[Facts] | None = None

    def begin(self) -> Future[Facts]:
        """Begin, unless that is done."""
        if self._made is None:
            self._made = aside(lambda: (self._county.digest, Facts(self._county))[1])
        return self._made

    def facts(self) -> Facts:
        """The county as the checker sees it."""
        return self.begin().result()


class _Reporter:
    """Turns the steps of a solve into events."""

    def __init__(self, listener: Listener | None, clock: Clock, checking: Callable[[], object]) -> None:
        """checking: called once there is something to check."""
        self._listener, self._clock, self._checking = listener, clock, checking
        self._last = Event(0.0, "", None, None)
        self.on_the_way: OnTheWay | None = None

    def tell(self, stage: str) -> None:
        """A stage begins; plan and bound are as before."""
        self._send(replace(self._last, seconds=self._clock.seconds, stage=stage))

    def search(self, stage: str, search: Search) -> None:
        """A step of the search."""
        self._tell(stage, search)
        if search.near_enough():
            self._checking()  # not before: it takes time from the search

    def _tell(self, stage: str, search: Search) -> None:
        if self._listener is None and self.on_the_way is None:
            return
        best, bound = search.best, search.bound
        if self.on_the_way is not None and best is not None and search.clock.over is None:
            self.on_the_way.offer(best, search.proved, search.duals)
        self._send(
            Event(
                self._clock.seconds,
                stage,
                None if best is None else best.objective / UNITS_PER_PERSON,
                None if bound is None else bound / UNITS_PER_PERSON,
                None if best is None else best.people,
            )
        )

    def part(self, stage: str, bound: int | None) -> None:
        """A part of a large county is done. There is no plan before all are."""
        shown = None if bound is None else bound / UNITS_PER_PERSON
        self._send(Event(self._clock.seconds, stage, None, shown))

    def _send(self, event: Event) -> None:
        self._last = event
        if self._listener is not None:
            self._listener(event)


class _Stages:
    """Seconds by stage."""

    def __init__(self) -> None:
        self._begin = self._last = monotonic()
        self.seconds: dict[str, float] = {}

    def done(self, stage: str) -> None:
        """The stage that ends now."""
        now = monotonic()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now

    @property
    def total(self) -> float:
        """Seconds since the start."""
        return monotonic() - self._begin
