"""What can be compared, opened: solutions, plan folders, scenarios of a county; each plan checked first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from liftplan.api.checked import PlanRejected
from liftplan.api.opening import load
from liftplan.api.scenario import Scenario, definitions, under
from liftplan.api.separating import separate
from liftplan.api.solution import NoPlan, Solution
from liftplan.api.solving import solve
from liftplan.api.verifying import verify
from liftplan.models.county import County
from liftplan.models.files import read_county
from liftplan.models.messages import m
from liftplan.models.plan import Plan
from liftplan.models.planreading import county_path, plan_path
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.scenarios.compare import Decided, Proof
from liftplan.solver.check import Violation
from liftplan.solver.progress import Listener
from liftplan.solver.verify import Verification

SCENARIO_FILES = frozenset({".yaml", ".yml"})
"""Endings of scenario files."""

Given = Solution | Scenario | str | Path
"""A solution, a county under scenarios, a plan folder or `plan.json`, a scenario's name or file."""


class Rejected(PlanRejected):
    """A plan did not pass the checker, so that it is not compared; `verification` holds what is wrong."""

    def __init__(self, place: str, verification: Verification) -> None:
        self.place = place
        """What was named."""
        super().__init__(verification)


class Unsolved(NoPlan):
    """A scenario that had to be solved has no plan: it is infeasible, or a limit was reached."""

    def __init__(self, solution: Solution, name: str) -> None:
        self.solution = solution
        """How the solve ended."""
        self.name = name
        """The scenario."""
        super().__init__(f"{name}: {solution.certainty}")


@dataclass(frozen=True)
class Asked:
    """How to open what is compared."""

    county: County | str | Path | None = None
    """The county of scenarios that are given by name."""
    certificate: bool = False
    """Prove the bounds of plans read from files again."""
    listener: Listener | None = None
    """Told how a solve goes."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Settings of solves."""


@dataclass(frozen=True)
class Opened:
    """A checked plan (or an outcome and the rules it breaks), and its county."""

    county: County
    decided: Decided
    proof: Proof
    names: Sequence[str]
    """Names it may have, shortest first."""
    broken: tuple[Violation, ...] = ()
    """Hard rules that it breaks, if it is no plan."""


Resolver = Callable[[Given, Asked], Opened | None]
"""Opens one kind of thing; None: it is of another kind."""


def solution(given: Given, asked: Asked) -> Opened | None:
    """A solution, whose plan was checked and whose bound was proved when it was made."""
    del asked
    if not isinstance(given, Solution):
        return None
    if not given.has_plan:
        raise Unsolved(given, given.county.head.id)
    return _opened(given.county, given.plan, "proved", "")


def plan(given: Given, asked: Asked) -> Opened | None:
    """A plan folder or `plan.json`, checked; a name without folders is a scenario where a county is given."""
    if not isinstance(given, str | Path):
        return None
    path = Path(given)
    if asked.county is not None and isinstance(given, str) and given == path.name and path.suffix != ".json":
        return None
    if not (plan_path(path).is_file() if path.is_dir() else path.suffix == ".json" and path.is_file()):
        return None
    beside = county_path(path)
    own = beside.exists() or asked.county is None
    verdict = verify(path, None if own else asked.county, certificate=asked.certificate)
    if not verdict.accepted:
        raise Rejected(str(given), verdict)
    county = read_county(beside) if own else _applied(load(asked.county or ""), verdict.plan)
    proof: Proof = "reproved" if verdict.bound_reproved else "stated"
    return _opened(county, verdict.plan, proof, path.absolute().name if path.is_dir() else str(given))


def scenario(given: Given, asked: Asked) -> Opened | None:
    """A county under scenarios, solved now; where every department decides alone, what comes of it."""
    if isinstance(given, Solution):
        return None
    if isinstance(given, Scenario):
        begun = given
    elif asked.county is not None:
        begun = under(asked.county, given)
    else:
        return None
    if begun.separate:
        alone = separate(begun)
        return _opened(alone.county, alone.outcome, "none", begun.name, alone.violations)
    solved = solve(begun, listener=asked.listener, **asked.options)
    if not solved.has_plan:
        raise Unsolved(solved, begun.name)
    return _opened(solved.county, solved.plan, "proved", begun.name)


RESOLVERS: Sequence[Resolver] = (solution, plan, scenario)
"""Tried in order."""


def opened(given: Given, asked: Asked, resolvers: Sequence[Resolver] = RESOLVERS) -> Opened:
    """What is named, opened.

    Raises
    ------
    InputProblems
        If it is nothing that can be compared, or cannot be read.
    Rejected
        If the plan does not pass the checker.
    Unsolved
        If it is a scenario that has no plan.
    """
    for resolver in resolvers:
        found = resolver(given, asked)
        if found is not None:
            return found
    way_out = m("Name plan folders, or scenarios together with --county.")
    raise InputProblems([Problem("compare-what", Place(file=str(given)), m("There is no plan here."), way_out)])


def expanded(given: Sequence[Given], asked: Asked) -> list[Given]:
    """What is named, a scenario file of several scenarios (`matrix`) taken apart. Raises `InputProblems`."""
    found: list[Given] = []
    for one in given:
        file = Path(one) if isinstance(one, str | Path) else None
        if asked.county is None or file is None or file.suffix not in SCENARIO_FILES or not file.is_file():
            found.append(one)
        else:
            found += [under(asked.county, each) for each in definitions(file)]
    return found


def _applied(county: County, of: Plan) -> County:
    """The county, under a plan's overrides unless it has them already."""
    return county if county.digest == of.county.digest else under(county, overrides=of.overrides).county


def _opened(county: County, of: Decided, proof: Proof, place: str, broken: tuple[Violation, ...] = ()) -> Opened:
    return Opened(county, of, proof, [of.scenario, f"{of.county.id} {of.scenario}", place], broken)
