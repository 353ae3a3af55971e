"""`liftplan schema`: the JSON Schema of a county document."""

from __future__ import annotations

import json

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.outcome import Job, Outcome
from liftplan.models.messages import m

app = command_app()


@app.command(
    cls=Command, help=m("Print the JSON Schema of a county.").template, epilog="liftplan schema > county.schema.json"
)
def schema() -> Job:
    """Read the line of `liftplan schema`."""
    return lambda _: run()


def run() -> Outcome:
    """The schema, as text and in the JSON object."""
    content = liftplan.schema()
    text = json.dumps(content, ensure_ascii=True, indent=2)
    return Outcome(details={"schema": content}, text=text, line=text)
