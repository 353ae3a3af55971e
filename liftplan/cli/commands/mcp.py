"""`liftplan mcp`: liftplan as a server of tools for assistants, over standard input and output."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from liftplan.api.extras import part
from liftplan.cli.app import Command, command_app
from liftplan.cli.common import Common
from liftplan.cli.outcome import CANCELLED, Job, Outcome, invalid
from liftplan.models.messages import m
from liftplan.models.problems import Place, Problem

EXAMPLES = """\
liftplan mcp
liftplan mcp --plans plans --lang zh"""

app = command_app()


@app.command(
    cls=Command, help=m("Serve tools to assistants (MCP) over standard input and output.").template, epilog=EXAMPLES
)
def mcp(
    plans: Annotated[
        Path, typer.Option(metavar="DIR", help=m("Where plans are written; otherwise ./liftplan-out.").template)
    ] = Path("liftplan-out"),
) -> Job:
    """Read the line of `liftplan mcp`."""
    return lambda common: run(common, plans)


def run(common: Common, plans: Path) -> Outcome:
    """Serve until the client is gone; standard output carries the protocol and nothing else."""
    if common.json:
        message = m("Standard output carries the protocol here, not a JSON object.")
        return invalid([Problem("usage", Place(), message, m("Leave out --json."))])
    assistant = part("liftplan.assistant", "mcp")
    if common.out is not None:
        os.dup2(common.out.fileno(), 1)  # the server holds standard output itself, in the same way
    try:
        assistant.serve(plans)
    except KeyboardInterrupt:
        os._exit(CANCELLED)  # a thread that waits for standard input cannot be ended otherwise
    return Outcome()
