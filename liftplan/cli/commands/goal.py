"""`liftplan goal`: how little money lifts so many people."""

from __future__ import annotations

from typing import Annotated, Any

import typer

import liftplan
from liftplan.cli import outcome as end
from liftplan.cli.app import Command, command_app
from liftplan.cli.asking import Tell, asked
from liftplan.cli.common import Common
from liftplan.cli.options import County, EachGap, EachTime, Scenarios, Seed, Threads, number, whole
from liftplan.cli.outcome import Job, Outcome
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place, Problem
from liftplan.reports.watching import after_amounts

EXAMPLES = """\
liftplan goal zigui-2015 --people 20000
liftplan goal mycounty --people 900 --fund work_relief --fund village_road
liftplan goal mycounty --people 900 --scenario pooled --within 0.01 --json"""

app = command_app()


@app.command(cls=Command, help=m("Find the least money that lifts so many people.").template, epilog=EXAMPLES)
def goal(
    county: County,
    people: Annotated[
        int,
        typer.Option(parser=whole(1, 10**9), metavar="N", help=m("How many people are to be lifted.").template),
    ],
    fund: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help=m("Change this fund only; repeatable. Otherwise all money is changed.").template
        ),
    ] = None,
    scenario: Scenarios = None,
    within: Annotated[
        float | None,
        typer.Option(
            parser=number(0, 1),
            metavar="SHARE",
            help=m("How narrow the answer is to be, as a share of the present money. Otherwise 0.001.").template,
        ),
    ] = None,
    gap: EachGap = None,
    time_limit: EachTime = None,
    threads: Threads = None,
    seed: Seed = None,
) -> Job:
    """Read the line of `liftplan goal`."""
    given = {"within": within, "gap": gap, "time_limit": time_limit, "threads": threads, "seed": seed}
    options: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    options |= {"people": people, "funds": tuple(fund or ()), "scenario": tuple(scenario or ())}
    return lambda common: run(common, county, options)


def run(common: Common, county: str, options: dict[str, Any]) -> Outcome:
    """Look for the least money, tell."""

    def ask(tell: Tell, cancel: liftplan.Cancel) -> liftplan.Goal:
        return liftplan.goal(county, watch=after_amounts(tell), cancel=cancel, **options)

    got = asked(common, ask)
    problems = []
    if got.found.upper is None:
        way_out = m("Ask for fewer people, or change other funds too.")
        problems.append(Problem("no-plan", Place(), m("{text}", text=got.found.headline), way_out))
    plain = end.NO_PLAN if got.found.upper is None else end.OK
    cancelled = m("Cancelled. The answer is wider than was asked for.")
    return got.outcome(problems, plain, cancelled, Message(""))
