"""`liftplan verify`: whether a plan is what it says it is."""

from __future__ import annotations

from typing import Annotated

import typer

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.outcome import REJECTED, Job, Outcome
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place, Problem

EXAMPLES = """\
liftplan verify liftplan-out/zigui-2015-base
liftplan verify plan.json --county mycounty
liftplan verify liftplan-out/zigui-2015-base --certificate --json"""

app = command_app()


@app.command(cls=Command, help=m("Check a plan independently of what made it.").template, epilog=EXAMPLES)
def verify(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help=m("Plan folder, or its plan.json.").template)],
    county: Annotated[
        str | None,
        typer.Option(
            metavar="COUNTY", help=m("Check against this county; otherwise the county.zip of the plan.").template
        ),
    ] = None,
    certificate: Annotated[
        bool, typer.Option("--certificate", help=m("Prove the bound again from the plan's certificate.").template)
    ] = False,
) -> Job:
    """Read the line of `liftplan verify`."""
    return lambda _: run(plan, county, certificate)


def run(path: str, county: str | None, certificate: bool) -> Outcome:
    """Verify and tell the verdict."""
    plan = liftplan.read_plan(path)
    verdict = aside(lambda: liftplan.verify(path, county, certificate=certificate))
    details = {
        "people_lifted": plan.totals.people_lifted,
        "households_lifted": plan.totals.households_lifted,
        "objective": plan.objective,
        "objective_bound": plan.objective_bound,
        "gap": plan.gap,
        "ledger_yuan": plan.totals.ledger_yuan,
        "leveraged_yuan": plan.totals.leveraged_yuan,
        "plan": path,
        "bound_reproved": verdict.bound_reproved,
    }
    summary = str(verdict.summary)
    if verdict.accepted:
        return Outcome(status=plan.status, stopped_by=plan.stopped_by, details=details, text=summary, line=summary)
    problems = [
        Problem(found.rule, Place(table=found.subject), found.message, Message("")) for found in verdict.violations
    ]
    return Outcome(REJECTED, "rejected", problems=problems, details=details, text=summary, line=summary)
