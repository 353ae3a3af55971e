"""`liftplan serve`: the HTTP service."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import platformdirs
import typer

from liftplan.api.extras import part
from liftplan.cli.app import Command, command_app
from liftplan.cli.common import Common
from liftplan.cli.options import whole
from liftplan.cli.outcome import Job, Outcome
from liftplan.cli.printing import complain
from liftplan.models.messages import m
from liftplan.service.settings import MIB, Limits, Serving

EXAMPLES = """\
liftplan serve
liftplan serve --port 8080 --workers 1
liftplan token add office --role planner
liftplan serve --hostname plan.example.org"""

app = command_app()


def default_store() -> Path:
    """Folder of counties, jobs, tokens and the audit log, if none is named."""
    return Path(platformdirs.user_data_dir("liftplan", appauthor=False)) / "service"


@app.command(
    cls=Command, help=m("Serve the planner's page, and counties and jobs over HTTP.").template, epilog=EXAMPLES
)
def serve(
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help=m("Address to listen on. Otherwise 127.0.0.1, this machine.").template),
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            parser=whole(0, 65_535), metavar="N", help=m("Port; 0 means any free one. Otherwise 8000.").template
        ),
    ] = None,
    store: Annotated[
        Path | None, typer.Option(metavar="DIR", help=m("Folder of counties, jobs, tokens and the audit log.").template)
    ] = None,
    hostname: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help=m("Name by which browsers reach it through a proxy with TLS. Repeatable.").template
        ),
    ] = None,
    login: Annotated[bool, typer.Option("--login", help=m("Ask for tokens on this machine too.").template)] = False,
    workers: Annotated[
        int | None,
        typer.Option(parser=whole(1, 64), metavar="N", help=m("Jobs at the same time. Otherwise 2.").template),
    ] = None,
    queue: Annotated[
        int | None,
        typer.Option(parser=whole(1, 100_000), metavar="N", help=m("Jobs that may wait. Otherwise 100.").template),
    ] = None,
    job_seconds: Annotated[
        int | None,
        typer.Option(
            parser=whole(1, 604_800), metavar="SECONDS", help=m("Longest time limit of a job. Otherwise 3600.").template
        ),
    ] = None,
    job_memory: Annotated[
        int | None,
        typer.Option(parser=whole(1_024, 2**20), metavar="MIB", help=m("Memory of a job. Otherwise 4096.").template),
    ] = None,
    upload: Annotated[
        int | None,
        typer.Option(parser=whole(1, 4096), metavar="MIB", help=m("Largest upload. Otherwise 64.").template),
    ] = None,
    rate: Annotated[
        int | None,
        typer.Option(
            parser=whole(1, 10**6), metavar="N", help=m("Requests of a token in a minute. Otherwise 1200.").template
        ),
    ] = None,
) -> Job:
    """Read the line of `liftplan serve`."""
    given: dict[str, Any] = {
        "workers": workers,
        "queued": queue,
        "job_seconds": job_seconds,
        "job_bytes": job_memory and job_memory * MIB,
        "upload_bytes": upload and upload * MIB,
        "requests_per_minute": rate,
    }
    limits = Limits(**{name: value for name, value in given.items() if value is not None})
    serving = Serving(
        host=host,
        port=8000 if port is None else port,
        store=(store or default_store()).absolute(),
        hostnames=tuple(hostname or ()),
        login=login,
        limits=limits,
    )
    return lambda common: run(common, serving)


def run(common: Common, serving: Serving) -> Outcome:
    """Serve until the process is told to end."""

    def ready(address: str) -> None:
        complain(str(m("The service is at {address} (Ctrl-C ends).", address=address)))
        if serving.asks_for_tokens and not common.quiet:
            complain(
                str(m("Without TLS tokens can be read on the way: put a proxy with TLS in front (docs/service.md)."))
            )

    pages = part("liftplan.web.mounting", "service")
    part("liftplan.service.serving", "service").serve(serving, ready, pages.mount)
    line = str(m("Stopped. Jobs that were not over are begun again at the next start."))
    return Outcome(text=line, line=line)
