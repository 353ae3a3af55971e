"""Opening what is compared: solutions, folders of plans and outcomes, scenarios; each plan checked first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from liftplan.api.opening import load
from liftplan.api.scenario import Scenario, definitions, under
from liftplan.api.separating import separate
from liftplan.api.sides import Asked, Given, Opened, Rejected, Resolver, Unsolved, opened_as
from liftplan.api.solution import Solution
from liftplan.api.solving import solve
from liftplan.api.verifying import verify
from liftplan.models.county import County
from liftplan.models.files import read_county
from liftplan.models.messages import m
from liftplan.models.plan import Plan
from liftplan.models.planreading import county_path, plan_path
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.scenarios.compare import Proof
from liftplan.scenarios.separate import outcome_path, read_outcome

SCENARIO_FILES = frozenset({".yaml", ".yml"})
"""Endings of scenario files."""


def solution(given: Given, asked: Asked) -> Opened | None:
    """A solution, whose plan was checked and whose bound was proved when it was made."""
    del asked
    if not isinstance(given, Solution):
        return None
    if not given.has_plan:
        raise _unsolved(given, given.county.head.id)
    return opened_as(given.county, given.plan, "proved", "")


def plan(given: Given, asked: Asked) -> Opened | None:
    """A plan folder or `plan.json`, checked; a name without folders is a scenario where a county is given."""
    path = plan_named(given, asked)
    if path is None or outcome_named(given, asked) is not None:
        return None
    beside = county_path(path)
    own = beside.exists() or asked.county is None
    verdict = verify(path, None if own else asked.county, certificate=asked.certificate, reports=False)
    if not verdict.accepted:
        raise Rejected(str(given), verdict)
    county = read_county(beside) if own else _applied(load(asked.county or ""), verdict.plan)
    proof: Proof = "reproved" if verdict.bound_reproved else "stated"
    return opened_as(county, verdict.plan, proof, path.absolute().name if path.is_dir() else str(given))


def outcome(given: Given, asked: Asked) -> Opened | None:
    """The folder of an outcome of departments deciding alone, or its `outcome.json`, counted again."""
    file = outcome_named(given, asked)
    if file is None:
        return None
    read, county, broken = read_outcome(file)
    return opened_as(county, read, "none", file.absolute().parent.name, broken)


def outcome_named(given: Given, asked: Asked) -> Path | None:
    """The `outcome.json` that is named, if it is one; names are understood as those of plans."""
    if not isinstance(given, str | Path):
        return None
    path = Path(given)
    if asked.county is not None and isinstance(given, str) and given == path.name and path.suffix != ".json":
        return None
    return outcome_path(path)


def on_disk(given: Given, asked: Asked) -> bool:
    """Whether a plan or an outcome of the file system is named."""
    return plan_named(given, asked) is not None or outcome_named(given, asked) is not None


def plan_named(given: Given, asked: Asked) -> Path | None:
    """The path of the plan that is named, if it is one."""
    if not isinstance(given, str | Path):
        return None
    path = Path(given)
    if asked.county is not None and isinstance(given, str) and given == path.name and path.suffix != ".json":
        return None
    return path if (plan_path(path).is_file() if path.is_dir() else path.suffix == ".json" and path.is_file()) else None


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
        return opened_as(alone.county, alone.outcome, "none", begun.name, alone.violations)
    solved = solve(begun, listener=asked.listener, **asked.options)
    if not solved.has_plan:
        raise _unsolved(solved, begun.name)
    return opened_as(solved.county, solved.plan, "proved", begun.name)


RESOLVERS: Sequence[Resolver] = (solution, plan, outcome, scenario)
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
    way_out = m("Name folders of plans or outcomes, runs of the store, or scenarios together with --county.")
    raise InputProblems([Problem("compare-what", Place(file=str(given)), m("There is no plan here."), way_out)])


def expanded(given: Sequence[Given], asked: Asked) -> list[Given]:
    """What is named, a scenario file of several scenarios (`matrix`) taken apart. Raises `InputProblems`."""
    found: list[Given] = []
    for one in given:
        file = Path(one) if isinstance(one, str | Path) else None
        if asked.county is None or file is None or file.suffix not in SCENARIO_FILES or not file.is_file():
            found.append(one)
        else:
            found += definitions(file)
    return found


def _applied(county: County, of: Plan) -> County:
    """The county, under a plan's overrides unless it has them already."""
    return county if county.digest == of.county.digest else under(county, overrides=of.overrides).county


def _unsolved(solved: Solution, name: str) -> Unsolved:
    return Unsolved(name, solved.status, solved.stopped_by, solved.certainty)
