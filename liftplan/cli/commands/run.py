"""`liftplan run`: many scenarios of a county, each kept as a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

import liftplan
from liftplan.api.running import COUNTY
from liftplan.cli import outcome as end
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.commands.solve import abandoned
from liftplan.cli.common import Common
from liftplan.cli.interrupts import stopping
from liftplan.cli.options import EachTime, Gap, ProcessThreads, Seed, Workers
from liftplan.cli.outcome import Job, Outcome
from liftplan.cli.watching import watching
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place, Problem
from liftplan.reports.runs import answers_table
from liftplan.scenarios.runs import Answer
from liftplan.scenarios.store import CANCELLED, RunStore

EXAMPLES = """\
liftplan run separate fixed pooled
liftplan run budgets sweep.yaml --county mycounty --workers 4
liftplan run base pooled --again --gap 0.0005 --json
liftplan run base --store postgresql://planner@server/liftplan"""

STORE_HELP = m("Folder or database of runs; otherwise a folder of your own.")

app = command_app()


@app.command(
    cls=Command, help=m("Solve many scenarios at once, and keep what comes of them.").template, epilog=EXAMPLES
)
def run(
    scenarios: Annotated[
        list[str],
        typer.Argument(metavar="SCENARIO...", help=m("Scenario files, or names of built-in ones.").template),
    ],
    county: Annotated[
        str, typer.Option(metavar="COUNTY", help=m("County of the scenarios; otherwise zigui-2015.").template)
    ] = COUNTY,
    workers: Workers = None,
    again: Annotated[bool, typer.Option("--again", help=m("Solve what is known too.").template)] = False,
    store: Annotated[str | None, typer.Option(metavar="STORE", help=STORE_HELP.template)] = None,
    gap: Gap = None,
    time_limit: EachTime = None,
    threads: ProcessThreads = None,
    seed: Seed = None,
    repeatable: Annotated[
        bool,
        typer.Option(
            "--reproducible",
            help=m("The same plan on every run: limits count work done, no plan begins with another.").template,
        ),
    ] = False,
) -> Job:
    """Read the line of `liftplan run`."""
    given: dict[str, Any] = {
        "gap": gap,
        "time_limit": time_limit,
        "threads": threads,
        "seed": seed,
        "reproducible": repeatable or None,
    }
    options = {name: value for name, value in given.items() if value is not None}
    return lambda common: ran(common, scenarios, county, workers or 0, again, store, options)


def ran(
    common: Common,
    scenarios: Sequence[str],
    county: str,
    workers: int,
    again: bool,
    store: str | None,
    options: dict[str, Any],
) -> Outcome:
    """Run the scenarios and tell what came of each."""
    cancel = liftplan.Cancel()
    opened = RunStore(store)
    opened.sweep()
    with watching(quiet=common.quiet) as watcher, stopping(cancel.set, lambda: abandoned(common)):
        answers = aside(
            lambda: liftplan.run(
                scenarios,
                county,
                store=opened,
                workers=workers,
                again=again,
                watcher=watcher,
                cancel=cancel,
                **options,
            )
        )
    return told(answers, opened.address, bool(cancel))


def told(answers: Sequence[Answer], store: str, cancelled: bool) -> Outcome:
    """How all of it ended: 0 only if every question is answered."""
    failed = [answer for answer in answers if answer.failed]
    problems = [
        Problem(
            "run-failed", Place(), m("{name} failed: {reason}", name=one.scenario, reason=one.failed.error), Message("")
        )
        for one in failed
        if one.failed
    ]
    if cancelled:
        way_out = m("The same line again goes on where it stopped.")
        problems.append(Problem("cancelled", Place(), m("Cancelled. What was finished is in the store."), way_out))
    elif not failed and not all(answer.ended for answer in answers):
        way_out = m("Give it more time with --time-limit.")
        problems.append(Problem("no-plan", Place(), m("Some scenarios have no plan yet."), way_out))
    code = (
        end.CANCELLED
        if cancelled
        else end.INTERNAL
        if failed
        else end.OK
        if all(answer.ended for answer in answers)
        else end.NO_PLAN
    )
    line = str(m("{done} of {all} scenarios answered", done=sum(one.ended for one in answers), all=len(answers)))
    return Outcome(
        code,
        None,
        CANCELLED if cancelled else None,
        problems,
        {"store": store, "runs": [as_json(answer) for answer in answers]},
        answers_table(answers),
        line,
    )


def as_json(answer: Answer) -> dict[str, Any]:
    """What the JSON object says of one scenario."""
    run_ = answer.run
    values = {} if run_ is None else run_.model_dump(mode="json", exclude={"id", "scenario"})
    return {
        "scenario": answer.scenario,
        "run": None if run_ is None else run_.id,
        "known": answer.found,
        "error": answer.failed.error if answer.failed else None,
        **values,
    }
