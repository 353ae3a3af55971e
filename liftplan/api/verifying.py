"""Verifying: whether a plan is what it says it is."""

from __future__ import annotations

from pathlib import Path

from liftplan.api.opening import load
from liftplan.api.scenario import overridden
from liftplan.models import planreading
from liftplan.models.county import County
from liftplan.models.files import read_county
from liftplan.models.messages import m
from liftplan.models.plan import Plan
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.solver.certificate import reprove
from liftplan.solver.verify import Verification
from liftplan.solver.verify import verify as verify_plan


def read_plan(path: str | Path) -> Plan:
    """A plan from its folder or its `plan.json`; its form is checked, nothing else. Raises `InputProblems`."""
    return planreading.read_plan(Path(path))


def verify(
    plan: Plan | str | Path, county: County | str | Path | None = None, *, certificate: bool = False
) -> Verification:
    """Check a plan independently of what made it: rules, ledger, counts, totals, digest.

    Parameters
    ----------
    plan
        A plan, or the path of a plan folder or `plan.json`.
    county
        The county to check against, or what `load` takes; the overrides that the plan records are applied to it. None:
        the `county.zip` of the plan folder.
    certificate
        Prove the bound again from the plan's certificate.

    Raises
    ------
    InputProblems
        If the plan or the county cannot be read.
    """
    read = plan if isinstance(plan, Plan) else read_plan(plan)
    against = _beside(plan) if county is None else load(county)
    if county is not None and against.digest != read.county.digest:
        against = overridden(against, read.overrides)
    return verify_plan(read, against, reprove=reprove if certificate else None)


def _beside(plan: Plan | str | Path) -> County:
    """The county in a plan's folder."""
    if isinstance(plan, Plan):
        raise InputProblems([_no_county("plan")])
    path = planreading.county_path(Path(plan))
    if not path.exists():
        raise InputProblems([_no_county(str(path))])
    return read_county(path)


def _no_county(place: str) -> Problem:
    message = m("The plan's county is not beside it.")
    return Problem("plan-county", Place(file=place), message, m("Name the county with --county."))
