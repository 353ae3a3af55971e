"""Verifying: whether a plan is what it says it is."""

from __future__ import annotations

from pathlib import Path

from liftplan.api.copies import copies
from liftplan.api.folder import county_violations, folder_violations
from liftplan.api.opening import load
from liftplan.api.solution import Solution
from liftplan.models import planreading
from liftplan.models.county import County
from liftplan.models.files import read_county
from liftplan.models.messages import Message, m
from liftplan.models.plan import Applied, Plan
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.scenarios.overrides import Line, apply_overrides
from liftplan.solver.certificate import reprove
from liftplan.solver.check import Violation
from liftplan.solver.verify import Verification
from liftplan.solver.verify import verify as verify_plan


def read_plan(path: str | Path) -> Plan:
    """A plan from its folder or its `plan.json`; its form is checked, nothing else. Raises `InputProblems`."""
    return planreading.read_plan(Path(path))


def verify(
    plan: Plan | Solution | str | Path,
    county: County | str | Path | None = None,
    *,
    certificate: bool = False,
    reports: bool = True,
) -> Verification:
    """Check a plan independently of what made it: rules, ledger, counts, totals, digest, the files beside it.

    Parameters
    ----------
    plan
        A plan or a solution, or the path of a plan folder or `plan.json`. In a folder `ledger.csv` and `county.zip`
        must say the same as `plan.json`, and `plan.xlsx` and `summary.html` too if this version of liftplan made them;
        what was not checked is in `not_checked`.
    county
        The county to check against, or what `load` takes; the overrides that the plan records are applied to it. None:
        that of the solution, or the `county.zip` of the plan folder.
    certificate
        Prove the bound again, if the plan carries a certificate.
    reports
        Look at `plan.xlsx` and `summary.html`: they are made again, which for a large county takes as long as saving.

    Raises
    ------
    InputProblems
        If the plan or the county cannot be read.
    """
    if isinstance(plan, Solution):
        return verify(plan.plan, plan.county if county is None else county, certificate=certificate)
    if isinstance(plan, Plan):
        if county is None:
            raise InputProblems([no_county("plan")])
        against, found = _same(load(county), plan)
        return verify_plan(plan, against, reprove=reprove if certificate else None).with_violations(found)
    read, path = read_plan(plan), Path(plan)
    against, found = (county_beside(path), []) if county is None else _same(load(county), read)
    verdict = verify_plan(read, against, reprove=reprove if certificate else None)
    found += county_violations(path, read) if county is not None else []
    if against.digest == read.county.digest:
        found += folder_violations(path, read, against)
    verdict = verdict.with_violations(found)
    if not (verdict.accepted and reports):
        return verdict
    differing, unchecked = copies(path, read, against)
    return verdict.with_violations(differing).without(unchecked)


def _same(county: County, plan: Plan) -> tuple[County, list[Violation]]:
    """The county, under the plan's overrides unless it has them already, and where they did not do what it says."""
    if county.digest == plan.county.digest:
        return county, []
    changed, applied = apply_overrides(county, list(map(Line, plan.overrides)))
    return changed, [
        Violation("overrides", told.override, _other(told, done), told.after, done.after)
        for told, done in zip(plan.applied, applied, strict=False)
        if told != done and changed.digest == plan.county.digest
    ]


def _other(told: Applied, done: Applied) -> Message:
    return m(
        "The plan says that {override} changed {value}; it changes {limit}.",
        override=told.override,
        value=_effect(told),
        limit=_effect(done),
    )


def _effect(one: Applied) -> Message:
    if one.before is None or one.after is None:
        return m("{cells} cells", cells=f"{one.cells:,}")
    return m(
        "{cells} cells, in all from {before} to {after}, {rounded} of them rounded",
        cells=f"{one.cells:,}",
        before=f"{one.before:,}",
        after=f"{one.after:,}",
        rounded=f"{one.rounded:,}",
    )


def county_beside(path: Path) -> County:
    """The county in a plan's folder. Raises `InputProblems`."""
    file = planreading.county_path(path)
    if not file.exists():
        raise InputProblems([no_county(str(file))])
    return read_county(file)


def no_county(place: str) -> Problem:
    """The problem of a plan whose county is missing."""
    message = m("The plan's county is not beside it.")
    return Problem("plan-county", Place(file=place), message, m("Name the county with --county."))
