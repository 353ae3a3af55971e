"""`liftplan sensitivity`: what more of each fund, and less of each rule, brings; proved intervals."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Group
from rich.text import Text

import liftplan
from liftplan.api.checked import PlanRejected
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.commands.explain import cancelled
from liftplan.cli.common import Common
from liftplan.cli.interrupts import stopping
from liftplan.cli.options import AgainstCounty, EachGap, EachTime, PlanPath
from liftplan.cli.outcome import CANCELLED, OK, Job, Outcome
from liftplan.cli.rejecting import rejected
from liftplan.cli.solves import watching
from liftplan.models.messages import m

EXAMPLES = """\
liftplan sensitivity liftplan-out/mycounty-base
liftplan sensitivity liftplan-out/zigui-2015-base --fund special_poverty --rule R4/poverty
liftplan sensitivity plan.json --county mycounty --gap 0 --time-limit 300 --json"""

app = command_app()


@app.command(cls=Command, help=m("Say what more of each fund, or a relaxed rule, brings.").template, epilog=EXAMPLES)
def sensitivity(
    plan: PlanPath,
    fund: Annotated[
        list[str] | None, typer.Option(metavar="ID", help=m("Only this fund. Repeatable.").template)
    ] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help=m("Only this rule: R4/poverty, R5 ... Repeatable.").template),
    ] = None,
    county: AgainstCounty = None,
    gap: EachGap = None,
    time_limit: EachTime = None,
) -> Job:
    """Read the line of `liftplan sensitivity`."""
    given = {"gap": gap, "time_limit": time_limit}
    options = {name: value for name, value in given.items() if value is not None}
    named = bool(fund or rule)
    return lambda common: run(
        common, plan, county, fund or [] if named else None, rule or [] if named else None, options
    )


def run(
    common: Common,
    path: str,
    county: str | None,
    funds: list[str] | None,
    rules: list[str] | None,
    options: dict[str, Any],
) -> Outcome:
    """Solve again and again, and tell."""
    settings, cancel = liftplan.Settings(**options), liftplan.Cancel()
    try:
        with stopping(cancel.set, lambda: None), watching(quiet=common.quiet, gap=settings.gap) as watcher:
            found = aside(
                lambda: liftplan.sensitivity(
                    path, county, funds=funds, rules=rules, settings=settings, watcher=watcher, cancel=cancel
                )
            )
    except PlanRejected as error:
        return rejected(error)
    line = m("Questions: {count}; still open: {open}.", count=len(found.worths), open=found.open)
    return Outcome(
        CANCELLED if cancel else OK,
        "feasible",
        "cancelled" if cancel else None,
        [cancelled()] if cancel else [],
        details={"plan": path, **found.as_json()},
        text=Group(found.table(), Text(str(line))),
        line=str(line),
    )
