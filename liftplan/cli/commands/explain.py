"""`liftplan explain`: why one thing of a plan is as it is, and what forcing the opposite would bring."""

from __future__ import annotations

from typing import Annotated, Any

import typer

import liftplan
from liftplan.api.checked import PlanRejected
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.common import Common
from liftplan.cli.interrupts import stopping
from liftplan.cli.options import AgainstCounty, EachGap, EachTime, PlanPath
from liftplan.cli.outcome import CANCELLED, OK, Job, Outcome
from liftplan.cli.rejecting import rejected
from liftplan.cli.solves import watching
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place, Problem

EXAMPLES = """\
liftplan explain liftplan-out/zigui-2015-base --household v01-h0001
liftplan explain liftplan-out/zigui-2015-base --project v07-p03 --prove
liftplan explain plan.json --county mycounty --rule R4/poverty --json"""

app = command_app()


@app.command(cls=Command, help=m("Say why a plan does, or does not do, something.").template, epilog=EXAMPLES)
def explain(
    plan: PlanPath,
    fund: Annotated[str, typer.Option(metavar="ID", help=m("Explain this fund.").template)] = "",
    village: Annotated[str, typer.Option(metavar="ID", help=m("Explain this village.").template)] = "",
    household: Annotated[str, typer.Option(metavar="ID", help=m("Explain this household.").template)] = "",
    project: Annotated[str, typer.Option(metavar="ID", help=m("Explain this project.").template)] = "",
    measure: Annotated[str, typer.Option(metavar="ID", help=m("Explain this measure.").template)] = "",
    rule: Annotated[
        str, typer.Option(metavar="ID", help=m("Explain this rule: R4, R4/poverty, R4/v07/poverty ...").template)
    ] = "",
    county: AgainstCounty = None,
    prove: Annotated[
        bool,
        typer.Option(
            "--prove", "--force", help=m("Force the opposite and solve again: what it costs, proved.").template
        ),
    ] = False,
    gap: EachGap = None,
    time_limit: EachTime = None,
) -> Job:
    """Read the line of `liftplan explain`."""
    asked = {
        "fund": fund,
        "village": village,
        "household": household,
        "project": project,
        "measure": measure,
        "rule": rule,
    }
    given = {"gap": gap, "time_limit": time_limit}
    options = {name: value for name, value in given.items() if value is not None}
    return lambda common: run(common, plan, county, asked, prove, options)


def run(
    common: Common, path: str, county: str | None, asked: dict[str, Any], prove: bool, options: dict[str, Any]
) -> Outcome:
    """Explain and tell."""
    settings, cancel = liftplan.Settings(**options), liftplan.Cancel()
    try:
        with stopping(cancel.set, lambda: None), watching(quiet=common.quiet, gap=settings.gap) as watcher:
            found = aside(
                lambda: liftplan.explain(
                    path, county, **asked, prove=prove, settings=settings, watcher=watcher, cancel=cancel
                )
            )
    except PlanRejected as error:
        return rejected(error)
    text = found.text
    lines = text.splitlines()
    stopped = prove and bool(cancel)
    return Outcome(
        CANCELLED if stopped else OK,
        "feasible",
        "cancelled" if stopped else None,
        [cancelled()] if stopped else [],
        details={"plan": path, **found.as_json()},
        text=text,
        line=lines[-1] if prove else "\n".join(lines[:2]),
    )


def cancelled() -> Problem:
    """The end where not everything was proved."""
    message = m("Cancelled. What was not proved by then is not told.")
    return Problem("cancelled", Place(), message, Message(""))
