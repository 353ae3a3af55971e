"""`liftplan verify`: whether a plan is what it says it is."""

from __future__ import annotations

from typing import Annotated, Any

import typer

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.outcome import REJECTED, Job, Outcome, plan_fields
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place, Problem
from liftplan.reports.certainty import sure

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
    verdict = aside(lambda: liftplan.verify(path, county, certificate=certificate))
    line = str(verdict.summary)
    if verdict.accepted:
        return Outcome(status=verdict.status, details=details(verdict, path), text=text(verdict), line=line)
    problems = [
        Problem(found.rule, Place(table=found.subject), found.message, Message("")) for found in verdict.violations
    ]
    return Outcome(REJECTED, "rejected", problems=problems, details=details(verdict, path), text=line, line=line)


def details(verdict: liftplan.Verification, path: str) -> dict[str, Any]:
    """What the JSON object says: what was checked, and what the plan alone states; nothing of a rejected plan holds."""
    plan = verdict.plan if verdict.accepted else None
    return {
        **plan_fields(plan, bound=verdict.objective_bound, gap=verdict.gap, seconds=verdict.seconds, place=path),
        "bound_reproved": verdict.bound_reproved,
        "stated_bound": verdict.plan.objective_bound,
    }


def text(verdict: liftplan.Verification) -> str:
    """The verdict on an accepted plan, and what it says of people."""
    plan = verdict.plan
    people = m(
        "{people} people in {households} households leave poverty.",
        people=f"{plan.totals.people_lifted:,}",
        households=f"{plan.totals.households_lifted:,}",
    )
    if verdict.bound_reproved:
        bound = sure(plan)
    else:
        bound = m(
            "Stated by the plan, not re-proved: its score is at most {bound}.", bound=f"{plan.objective_bound:,.1f}"
        )
    return "\n".join(map(str, (verdict.summary, people, bound)))
