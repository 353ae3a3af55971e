"""`liftplan token`: who may use a server that others can reach."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from liftplan.cli.app import Command, command_app
from liftplan.cli.commands.serve import default_store
from liftplan.cli.options import choice
from liftplan.cli.outcome import Job, Outcome, invalid
from liftplan.models.messages import m
from liftplan.models.problems import Place, Problem
from liftplan.service.roles import ROLES
from liftplan.service.tokens import Tokens

EXAMPLES = """\
liftplan token add office --role planner
liftplan token list
liftplan token remove office"""

app = command_app()


@app.command(cls=Command, help=m("Make, list or remove the tokens of a server.").template, epilog=EXAMPLES)
def token(
    action: Annotated[
        str,
        typer.Argument(
            parser=choice("add", "list", "remove"), metavar="ACTION", help=m("add, list or remove.").template
        ),
    ],
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help=m("Whose token; it stands in the audit log.").template)
    ] = None,
    role: Annotated[
        str,
        typer.Option(
            parser=choice(*ROLES),
            metavar="ROLE",
            help=m("viewer looks at results without households, planner uploads and solves, admin deletes.").template,
        ),
    ] = "viewer",
    store: Annotated[
        Path | None, typer.Option(metavar="DIR", help=m("Folder of counties, jobs, tokens and the audit log.").template)
    ] = None,
) -> Job:
    """Read the line of `liftplan token`."""
    return lambda _: run(action, name, role, (store or default_store()).absolute())


def run(action: str, name: str | None, role: str, store: Path) -> Outcome:
    """Make, list or remove."""
    tokens = Tokens(store)
    if action == "list":
        return listed(tokens)
    if name is None:
        return invalid(
            [
                Problem(
                    "usage",
                    Place(),
                    m("The name of the token is missing."),
                    m("See {command}.", command="liftplan token --help"),
                )
            ]
        )
    if action == "remove":
        tokens.remove(name)
        line = str(m("The token {name} is removed; it is refused from now on.", name=name))
        return Outcome(details={"name": name}, text=line, line=line)
    (chosen,) = (one for one in ROLES if one == role)
    made = tokens.add(name, chosen)
    text = str(m("The token of {name} ({role}); it is shown only now:", name=name, role=role))
    return Outcome(details={"name": name, "role": role, "token": made}, text=f"{text}\n{made}", line=made)


def listed(tokens: Tokens) -> Outcome:
    """The tokens by name."""
    kept = tokens.listed()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in (m("name"), m("role"), m("made")):
        table.add_column(str(head), no_wrap=True)
    for one in kept:
        table.add_row(one.name, one.role, one.created)
    found = [{"name": one.name, "role": one.role, "created": one.created} for one in kept]
    return Outcome(details={"tokens": found}, text=table, line="\n".join(one.name for one in kept))
