"""`liftplan validate`: all problems of a county at once."""

from __future__ import annotations

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.options import County
from liftplan.cli.outcome import Job, Outcome, invalid
from liftplan.models.messages import m

EXAMPLES = """\
liftplan validate mycounty
liftplan validate zigui-2015 --json"""

app = command_app()


@app.command(cls=Command, help=m("Check a county and list all its problems.").template, epilog=EXAMPLES)
def validate(county: County) -> Job:
    """Read the line of `liftplan validate`."""
    return lambda _: run(county)


def run(source: str) -> Outcome:
    """Read a county and tell all its problems, doubts among them."""
    county, problems = liftplan.examine(source)
    if county is None:
        return invalid(problems)
    size = {
        "villages": len(county["villages"]),
        "households": len(county["households"]),
        "projects": len(county["projects"]),
        "measures": len(county["measures"]),
        "funds": len(county["funds"]),
    }
    line = str(
        m(
            "Valid. Funds: {funds}, villages: {villages}, households: {households}, projects: {projects}, "
            "measures: {measures}",
            **{name: f"{count:,}" for name, count in size.items()},
        )
    )
    details = {"county": county.head.id, "digest": county.digest, **size}
    return Outcome(status="valid", problems=problems, details=details, text=line, line=line)
