"""From a county to its diagnosis: figures, feasibility, conflicts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import Literal, Self

from liftplan.models.county import County
from liftplan.solver.clock import Clock
from liftplan.solver.diagnose.arithmetic import Figure, figures
from liftplan.solver.diagnose.conflicts import Conflict, Found, find_all
from liftplan.solver.diagnose.feasible import Judge, Refuted, Witness
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.money import Money
from liftplan.solver.diagnose.places import placed
from liftplan.solver.diagnose.refutation import Refutation, refuted
from liftplan.solver.diagnose.rooms import Rooms, Slack
from liftplan.solver.diagnose.slack import most_rooms, slacks
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import cores

Stage = Literal["compile", "arithmetic", "feasibility", "slack", "conflicts", "proofs", "repairs"]
"""What a diagnosis is at."""

Report = Callable[[Stage], None]
"""Called when a stage begins."""


@dataclass(frozen=True)
class Diagnosis:
    """What is known of a county: whether there is a plan, how much room it leaves, or which rules clash."""

    county: County
    status: Literal["feasible", "infeasible", "unknown"]
    """feasible: a checked plan. infeasible: proved. unknown: limits reached."""
    figures: tuple[Figure, ...]
    witness: Witness | None
    """The plan that shows it, if feasible."""
    proof: Refuted | None
    """Why there is none, if infeasible."""
    slacks: tuple[Slack, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    refutations: tuple[Refutation | None, ...] = ()
    """Of each conflict, what proves it again; None: nothing of sensible size."""
    complete: bool = False
    """Whether these are all conflicts."""
    found: Found | None = None
    judge: Judge | None = None
    seconds: dict[str, float] = field(default_factory=dict)


def diagnose(
    county: County,
    *,
    time_limit: float | None = 120.0,
    threads: int = 0,
    seed: int = 0,
    cancel: Cancel | None = None,
    report: Report = lambda _: None,
) -> Diagnosis:
    """Diagnose a validated county of one year.

    time_limit: seconds after which whatever is known is returned. threads: 0 = all cores. Raises InputProblems for what
    cannot be solved.
    """
    clock = Clock(time_limit, cancel)
    seconds: dict[str, float] = {}
    last = monotonic()

    def done(stage: str) -> None:
        nonlocal last
        seconds[stage], last = monotonic() - last, monotonic()

    report("compile")
    ground = Ground(county)
    done("compile")
    report("arithmetic")
    judge = Judge(ground, clock, threads or cores(), seed)
    told = figures(ground)
    done("arithmetic")
    report("feasibility")
    rooms: Rooms | None = None
    with _Aside(judge) as aside:
        verdict = judge.decide(ground.everything)
        done("feasibility")
        if isinstance(verdict, Witness):
            report("slack")
            rooms = aside.rooms()
    if isinstance(verdict, Witness) and rooms is not None:
        room = slacks(judge, verdict, ground.groups, rooms)
        done("slack")
        return Diagnosis(county, "feasible", told, verdict, None, room, judge=judge, seconds=seconds)
    if not isinstance(verdict, Refuted):
        return Diagnosis(county, "unknown", told, None, None, judge=judge, seconds=seconds)
    report("conflicts")
    found = find_all(judge, ground.groups)
    conflicts = tuple(placed(judge, conflict) for conflict in found.conflicts)
    done("conflicts")
    report("proofs")
    proofs = tuple(refuted(judge, conflict) for conflict in conflicts)
    done("proofs")
    return Diagnosis(
        county, "infeasible", told, None, verdict, (), conflicts, proofs, found.complete, found, judge, seconds
    )  # fmt: skip


class _Aside:
    """Finds how much room the money leaves while a plan is looked for, where that takes long and a core is free."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._given_up = Event()
        everything = judge.ground.everything
        early = judge.threads > 1 and not judge.small and judge.by_arithmetic(everything) is None
        self._early = self._begun() if early else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._given_up.set()
        self._pool.shutdown()

    def rooms(self) -> Rooms:
        """The most room of each group."""
        return (self._early or self._begun()).result()

    def _begun(self) -> Future[Rooms]:
        ground, clock = self._judge.ground, self._judge.clock
        money = Money(ground.compiled(ground.everything))  # one of its own: programs belong to one thread

        def work() -> Rooms:
            ground.facts(ground.everything)  # what the checker of the plan will ask for
            return most_rooms(money, ground.everything, ground.groups, lambda: self._given_up.is_set() or clock.cancel)

        return self._pool.submit(work)
