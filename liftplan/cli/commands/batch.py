"""`liftplan batch`: jobs of other tools, one a line; a result a line, in their order."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, Annotated, Any

import typer

import liftplan
from liftplan.cli import outcome as end
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.common import Common
from liftplan.cli.counting import counting
from liftplan.cli.interrupts import stopping
from liftplan.cli.options import EachTime, Gap, ProcessThreads, Seed, Workers
from liftplan.cli.outcome import Job, Outcome, invalid
from liftplan.models.messages import Message, joined, labelled, m
from liftplan.models.problems import Place, Problem
from liftplan.reports.words import STATUS

EXAMPLES = """\
liftplan batch jobs.jsonl --out results.jsonl
liftplan batch jobs.jsonl --out results.jsonl --workers 8 --reproducible
liftplan batch jobs.jsonl --out results.jsonl --cluster tcp://host:8786
other-tool | liftplan batch - --quiet | next-tool"""

STANDARD = "-"
"""Name of standard input."""

WORDS: dict[str, Message] = {
    **STATUS,
    "infeasible": m("no plan keeps all hard rules (proved)"),
    "unknown": m("no plan found, nothing proved"),
    "invalid": m("not valid"),
    "error": m("failed"),
    "separate": m("departments alone"),
}
"""What statuses of results mean."""

app = command_app()


@app.command(cls=Command, help=m("Solve jobs of other tools, one a line.").template, epilog=EXAMPLES)
def batch(
    jobs: Annotated[
        str,
        typer.Argument(metavar="JOBS", help=m("File of jobs, one JSON object a line; - is standard input.").template),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=m("File of results, gone on with if it is there; otherwise standard output.").template,
        ),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=m("Begin anew instead of going on.").template)] = False,
    workers: Workers = None,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help=m("Dask scheduler whose workers do the jobs, instead of here.").template),
    ] = None,
    times: Annotated[bool, typer.Option("--times", help=m("Tell in each result how long it took.").template)] = False,
    gap: Gap = None,
    time_limit: EachTime = None,
    threads: ProcessThreads = None,
    seed: Seed = None,
    repeatable: Annotated[
        bool,
        typer.Option("--reproducible", help=m("The same results on every run: limits count work done.").template),
    ] = False,
) -> Job:
    """Read the line of `liftplan batch`."""
    given: dict[str, Any] = {
        "gap": gap,
        "time_limit": time_limit,
        "threads": threads,
        "seed": seed,
        "reproducible": repeatable or None,
    }
    options = {name: value for name, value in given.items() if value is not None}
    options |= {"workers": workers or 0, "cluster": cluster, "times": times, "overwrite": overwrite}
    return lambda common: ran(common, jobs, out, options)


def ran(common: Common, jobs: str, out: Path | None, options: dict[str, Any]) -> Outcome:
    """Do the jobs and tell how it ended."""
    if out is None and common.json:
        message = m("Standard output cannot hold both the results and the JSON object.")
        return invalid([Problem("usage", Place(), message, m("Name a file of results with --out."))])
    target: Path | IO[bytes] = out if out is not None else _standard_output(common)
    cancel = liftplan.Cancel()
    try:
        with counting(quiet=common.quiet) as watch, stopping(cancel.set, lambda: None):
            source: str | IO[bytes] = sys.stdin.buffer if jobs == STANDARD else jobs
            found = aside(lambda: liftplan.batch(source, target, watch=watch, cancel=cancel, **options))
    except BrokenPipeError:
        message = m("Whoever reads the results has gone.")
        return Outcome(end.CANCELLED, None, "cancelled", [Problem("cancelled", Place(), message, Message(""))])
    return told(found, out)


def _standard_output(common: Common) -> IO[bytes]:
    stream = common.out or sys.stdout
    return stream.buffer


def told(found: liftplan.BatchEnd, out: Path | None) -> Outcome:
    """How all of it ended: 0 only if every job has its answer."""
    bad = {status: found.statuses.get(status, 0) for status in ("error", "invalid", "unknown")}
    problems = []
    if bad["error"] or bad["invalid"]:
        message = m("Jobs with errors: {count}.", count=bad["error"] + bad["invalid"])
        problems.append(Problem("batch-errors", Place(), message, m("Their results tell.")))
    if found.cancelled:
        way_out = m("The same line again goes on where it stopped.") if out else Message("")
        problems.append(Problem("cancelled", Place(), m("Cancelled."), way_out))
    code = (
        end.CANCELLED
        if found.cancelled
        else end.INTERNAL
        if bad["error"]
        else end.BAD_INPUT
        if bad["invalid"]
        else end.NO_PLAN
        if bad["unknown"]
        else end.OK
    )
    words = [labelled(WORDS[name], f"{count:,}") for name, count in found.statuses.items()]
    line = str(joined([m("{results} results", results=f"{found.results:,}"), *words]))
    details = {
        "results": found.results,
        "kept": found.kept,
        "statuses": dict(found.statuses),
        "out": None if out is None else str(out),
    }
    text = line if out else None
    return Outcome(code, None, "cancelled" if found.cancelled else None, problems, details, text, line if out else "")
