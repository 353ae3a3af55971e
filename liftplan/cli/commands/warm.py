"""`liftplan warm`: compile the numerical kernels once, so that the next solve starts at full speed."""

from __future__ import annotations

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.outcome import Job, Outcome
from liftplan.models.messages import m

app = command_app()


@app.command(
    cls=Command, help=m("Compile the numerical kernels, once for this machine.").template, epilog="liftplan warm"
)
def warm() -> Job:
    """Read the line of `liftplan warm`."""
    return lambda _: run()


def run() -> Outcome:
    """Compile."""
    seconds = aside(liftplan.warm)
    line = str(m("The numerical kernels are compiled ({seconds} s).", seconds=f"{seconds:.1f}"))
    return Outcome(details={"seconds": round(seconds, 3)}, text=line, line=line)
