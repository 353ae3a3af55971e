"""`liftplan verify`: whether a plan is what it says it is."""

from __future__ import annotations

from math import floor
from typing import Annotated, Any

import typer

import liftplan
from liftplan.api.reproving import Reproved, diagnosis_path
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.outcome import NO_PLAN, OK, REJECTED, Job, Outcome, plan_fields
from liftplan.cli.rejecting import wrong
from liftplan.models.messages import Message, listed, m
from liftplan.models.problems import Place, Problem
from liftplan.reports.certainty import sure
from liftplan.reports.counts import at_most, homes_leaving
from liftplan.reports.counts import people as people_of

EXAMPLES = """\
liftplan verify liftplan-out/zigui-2015-base
liftplan verify plan.json --county mycounty
liftplan verify liftplan-out/zigui-2015-base --certificate --json
liftplan verify diagnosis/diagnosis.json"""

app = command_app()


@app.command(cls=Command, help=m("Check a plan independently of what made it.").template, epilog=EXAMPLES)
def verify(
    plan: Annotated[
        str, typer.Argument(metavar="PLAN", help=m("Plan folder, or its plan.json; or a diagnosis.json.").template)
    ],
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
    if diagnosis_path(path) is not None:
        return again(path, county)
    verdict = aside(lambda: liftplan.verify(path, county, certificate=certificate))
    line = str(verdict.summary)
    if verdict.accepted:
        return Outcome(status=verdict.status, details=details(verdict, path), text=text(verdict), line=line)
    return Outcome(REJECTED, "rejected", problems=wrong(verdict), details=details(verdict, path), text=line, line=line)


def again(path: str, county: str | None) -> Outcome:
    """Prove the conflicts of a diagnosis again, and tell the verdict."""
    found = aside(lambda: liftplan.reprove_diagnosis(path, county))
    line = str(found.summary)
    details = {
        "seconds": round(found.seconds, 3),
        "conflicts": [
            {"title": one.title, "proved_again": one.proved, "wrong": None if one.wrong is None else str(one.wrong)}
            for one in found.conflicts
        ],
    }
    if found.accepted:
        code, status = (OK, "infeasible") if found.infeasible else (NO_PLAN, "unknown")
        lines = [line, *(f"- {once_more(one)}" for one in found.conflicts)]
        if found.conflicts:
            lines.append(str(m("Not compared: the texts, figures and repairs of the diagnosis.")))
        return Outcome(code, status, details=details, text="\n".join(lines), line=line)
    way_out = m("Diagnose the county again, with --out.")
    problems = [
        Problem("rejected", Place(file=path), m("{conflict}: {wrong}", conflict=one.title, wrong=one.wrong), way_out)
        for one in found.conflicts
        if one.wrong is not None
    ] or [Problem("rejected", Place(file=path), found.summary, way_out)]
    return Outcome(REJECTED, "rejected", problems=problems, details=details, text=line, line=line)


def once_more(conflict: Reproved) -> Message:
    """What was done with one conflict of an accepted diagnosis."""
    if conflict.proved:
        return m("proved again: {title}", title=conflict.title)
    return m("not proved again, it carries no proof: {title}", title=conflict.title)


def details(verdict: liftplan.Verification, path: str) -> dict[str, Any]:
    """What the JSON object says: what was checked, and what the plan alone states; nothing of a rejected plan holds."""
    plan = verdict.plan if verdict.accepted else None
    return {
        **plan_fields(plan, bound=verdict.objective_bound, gap=verdict.gap, seconds=verdict.seconds, place=path),
        "bound_reproved": verdict.bound_reproved,
        "stated_bound": verdict.plan.objective_bound,
        "not_checked": list(verdict.not_checked),
    }


def text(verdict: liftplan.Verification) -> str:
    """The verdict on an accepted plan, and what it says of people."""
    plan = verdict.plan
    people = m("{lifted}.", lifted=homes_leaving(plan.totals.people_lifted, plan.totals.households_lifted))
    if verdict.bound_reproved:
        bound = sure(plan)
    elif plan.objective == plan.totals.people_lifted:
        most = people_of(floor(at_most(plan.objective_bound)))
        bound = m("Stated by the plan, not re-proved: no plan lifts more than {most}.", most=most)
    else:
        bound = m(
            "Stated by the plan, not re-proved: no plan scores more than {bound}.", bound=f"{plan.objective_bound:,.1f}"
        )
    lines: list[Message] = [verdict.summary, people, bound]
    if verdict.not_checked:
        files = listed(verdict.not_checked)
        lines.append(m("Not compared with the plan: {files} (of another version, or saved again).", files=files))
    return "\n".join(map(str, lines))
