"""What a county reaches, between two numbers that are both proved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.solver.certificate import reprove
from liftplan.solver.exact import MOST
from liftplan.solver.explain.values import Value
from liftplan.solver.progress import Cancel, Event, Listener
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve


@dataclass(frozen=True)
class Proved(Value):
    """The objective of a county's best plan lies between `least` and `most`."""

    status: str
    """`optimal`, `feasible`, `infeasible` (proved: there is no plan) or `unknown`."""
    stopped_by: str | None
    least: float | None
    """Objective of a checked plan, people (points); None: no plan was found."""
    most: float | None
    """Proved upper bound of every plan; None: nothing was proved, or there is no plan."""
    people: int | None
    """People lifted by that plan."""
    seconds: float
    """Of the solve, or of proving the plan's certificate again."""


@dataclass(frozen=True)
class Step:
    """Progress of several solves."""

    done: int
    """Solves that are done."""
    count: int | None
    """Solves there will be at most; None: not known."""
    what: str
    """Id of what is changed; "" is the county as it is."""
    event: Event | None
    """Progress of the solve under way; None as it begins."""


Watcher = Callable[[Step], None]
"""Called with each step, in the thread that solves."""


class Solver:
    """Solves counties one after the other, each beginning with a plan, and tells how it goes."""

    def __init__(
        self, settings: Settings, watcher: Watcher | None = None, cancel: Cancel | None = None, count: int | None = None
    ) -> None:
        self.settings = settings
        self.cancel = Cancel() if cancel is None else cancel  # a switch is false until it is set
        self._watcher, self._count, self._done = watcher, count, 0

    @property
    def cancelled(self) -> bool:
        """Whether to stop."""
        return bool(self.cancel)

    def __call__(self, county: County, start: Plan, what: str = "") -> tuple[Proved, Plan | None]:
        """What a county reaches, and the plan."""
        self._tell(what, None)
        watching: Listener | None = None if self._watcher is None else lambda event: self._tell(what, event)
        result = solve(county, self.settings, listener=watching, cancel=self.cancel, warm_start=start)
        self._done += 1
        plan = result.plan
        found = Proved(
            result.status,
            result.stopped_by,
            plan.objective if plan else None,
            result.objective_bound,
            plan.totals.people_lifted if plan else None,
            round(result.seconds, 3),
        )
        return found, plan

    def as_it_is(self, county: County, plan: Plan) -> tuple[Proved, Plan]:
        """What the county reaches as it is, and its best plan: by the plan's certificate, else solved again from it.

        A certificate will do if it proves a gap as small as each solve is asked for. It is proved again first; in large
        counties that takes longer than to solve again.
        """
        small = len(county["measures"]) <= MOST
        known = _certified(county, plan, self.settings.gap) if small else None
        if known is not None:
            self._tell("", None)
            self._done += 1
            return known, plan
        found, again = self(county, plan)
        return found, plan if again is None or again.objective < plan.objective else again

    def _tell(self, what: str, event: Event | None) -> None:
        if self._watcher is not None:
            self._watcher(Step(self._done, self._count, what, event))


def _certified(county: County, plan: Plan, gap: float) -> Proved | None:
    """What a plan's certificate proves, where its gap is at most `gap` or nothing better is possible."""
    begun = monotonic()
    if plan.certificate is None or (plan.gap > gap and plan.status != "optimal") or reprove(county, plan):
        return None
    seconds = round(monotonic() - begun, 3)
    people, bound = plan.totals.people_lifted, plan.objective_bound
    return Proved(plan.status, "proof", plan.objective, bound, people, seconds)
