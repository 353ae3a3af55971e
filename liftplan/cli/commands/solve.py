"""`liftplan solve`: a county in, a checked plan with a proved bound out."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text

import liftplan
from liftplan.api.failure import reproducible, save_failure
from liftplan.cli import outcome as end
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.common import Common
from liftplan.cli.interrupts import stopping
from liftplan.cli.naming import typed_name
from liftplan.cli.options import County, Gap, Overwrite, Scenarios, Seed, Threads, number
from liftplan.cli.outcome import Job, Outcome, plan_fields
from liftplan.cli.printing import show
from liftplan.cli.profile import Profile
from liftplan.cli.progress import progress
from liftplan.cli.separating import separated
from liftplan.models.messages import Message, joined, m
from liftplan.models.problems import Place, Problem

EXAMPLES = """\
liftplan solve zigui-2015
liftplan solve mycounty --scenario pooled --out pooled-plan --overwrite
liftplan solve mycounty --gap 0.001 --time-limit 120 --threads 2
liftplan solve mycounty --warm-start liftplan-out/mycounty-base --json
liftplan solve zigui-2015 --profile"""

app = command_app()


@app.command(cls=Command, help=m("Find the best plan of a county, and prove how good it is.").template, epilog=EXAMPLES)
def solve(
    county: County,
    scenario: Scenarios = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help=m("Folder of the plan; otherwise ./liftplan-out/<county>-<scenario>.").template
        ),
    ] = None,
    overwrite: Overwrite = False,
    gap: Gap = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            parser=number(0, 1e9),
            metavar="SECONDS",
            help=m("Stop with the best plan after so many seconds; 0 means no limit. Otherwise 60.").template,
        ),
    ] = None,
    threads: Threads = None,
    seed: Seed = None,
    warm_start: Annotated[
        Path | None, typer.Option(metavar="PLAN", help=m("Begin with this plan (folder or plan.json).").template)
    ] = None,
    repeatable: Annotated[
        bool,
        typer.Option(
            "--reproducible",
            help=m("The same plan on every run: limits count work done instead of seconds.").template,
        ),
    ] = False,
    profiled: Annotated[
        bool, typer.Option("--profile", help=m("Tell time and peak memory by stage after the summary.").template)
    ] = False,
) -> Job:
    """Read the line of `liftplan solve`."""
    given: dict[str, Any] = {
        "gap": gap,
        "time_limit": time_limit,
        "threads": threads,
        "seed": seed,
        "reproducible": repeatable or None,
    }
    options = {name: value for name, value in given.items() if value is not None}
    return lambda common: run(common, county, tuple(scenario or ()), out, overwrite, options, warm_start, profiled)


def run(
    common: Common,
    source: str,
    scenarios: tuple[str, ...],
    out: Path | None,
    overwrite: bool,
    options: dict[str, Any],
    warm_start: Path | None,
    profiled: bool,
) -> Outcome:
    """Solve, write the plan folder, tell how it ended."""
    settings = liftplan.Settings(**options)
    profile = Profile()
    Thread(target=load_kernels, name="kernels").start()
    with progress(quiet=common.quiet, gap=settings.gap) as listener:
        listener(liftplan.Event(0.0, "read", None, None))
        with profile.stage("read"):
            begun = liftplan.under(source, scenarios)
        folder = out or Path("liftplan-out") / f"{typed_name(source, begun.county)}-{begun.name}"
        if begun.separate:
            return separated(begun, folder, overwrite)
        liftplan.ready(folder, overwrite=overwrite)
        first = None if warm_start is None else liftplan.read_plan(warm_start)
        cancel = liftplan.Cancel()
        facts = {"county": source, "scenario": begun.name, **settings.model_dump()}
        with reproducible(facts, begun.county, first), stopping(cancel.set, lambda: abandoned(common)):
            solution = aside(
                lambda: liftplan.solve(
                    begun, settings, listener=profile.listening(listener), cancel=cancel, warm_start=first
                )
            )
            profile.solved(solution.result.stages)
            with profile.stage("write"):
                written = solution.save(folder, overwrite=overwrite) if solution.has_plan else None
    return told(solution, written, profile if profiled else None)


def load_kernels() -> None:
    """Begin to load what solving needs; imported here, as no help text waits for it. Solving tells what fails."""
    with suppress(Exception):
        import_module("liftplan.solver.exercise").load_aside()


def told(solution: liftplan.Solution, folder: Path | None, profile: Profile | None) -> Outcome:
    """The outcome of a solve."""
    code, problems, ending = end.OK, list(solution.warnings), None
    if solution.stopped_by == "cancelled":
        code = end.CANCELLED
        message = (
            m("Cancelled. There is no plan yet.")
            if folder is None
            else m("Cancelled. The best checked plan so far is in {folder}.", folder=folder)
        )
        problems.append(Problem("cancelled", Place(), message, Message("")))
    elif solution.status == "infeasible":
        code = end.INFEASIBLE
        way_out = m("Relax a minimum, make a rule soft, or add money.")
        ending = Problem("infeasible", Place(), solution.certainty, way_out)
    elif folder is None:
        code = end.NO_PLAN
        way_out = m("Give it more time with --time-limit.")
        ending = Problem("no-plan", Place(), solution.certainty, way_out)
    summary, faults = summarized(solution, folder)
    problems += [*faults] if ending is None else [ending, *faults]
    parts: list[RenderableType] = [] if summary is None else [summary]
    line = joined([solution.headline, str(folder)]) if folder else solution.headline
    if profile is not None:
        parts.append(profile.table())
        line = joined([line, profile.line])
    return Outcome(
        code,
        solution.status,
        solution.stopped_by,
        problems,
        details={**details(solution, folder), **({} if profile is None else {"profile": profile.as_json()})},
        text=Group(*parts) if parts else None,
        line=str(line),
        ending=ending,
    )


def summarized(solution: liftplan.Solution, folder: Path | None) -> tuple[RenderableType | None, list[Problem]]:
    """The summary of a plan that is written; should it fail, which costs nobody the plan, headline and folder."""
    if folder is None:
        return None, []
    try:
        return solution.summary(folder), []
    except Exception as error:  # noqa: BLE001 - whatever it is, the plan is checked and written
        kind = type(error).__name__
        message = m("The summary could not be made, a fault of liftplan ({kind}); the plan itself is whole.", kind=kind)
        place = save_failure(error, {"report": "summary"}, solution.county, plan=solution.plan)
        way_out = (
            m("Please report what you did.")
            if place is None
            else m("What repeats it is saved in {folder}; please send it with your report.", folder=place)
        )
        where = m("The plan is in {folder}", folder=folder)
        told = f"{solution.headline}\n{where}"
        return Text(told), [Problem("report", Place(), message, way_out, warning=True)]


def details(solution: liftplan.Solution, folder: Path | None) -> dict[str, Any]:
    """What the JSON object says of a plan; null where there is none."""
    return plan_fields(
        solution.plan if solution.has_plan else None,
        bound=solution.objective_bound,
        gap=solution.gap,
        seconds=solution.seconds,
        place=None if folder is None else str(folder),
    )


def abandoned(common: Common) -> None:
    """Say, before the process ends at once, that nothing was written."""
    message = m("Ended at once. Nothing was written.")
    problems = [Problem("cancelled", Place(), message, Message(""))]
    if common.out is not None:
        show(Outcome(end.CANCELLED, "unknown", "cancelled", problems), common, common.out)
