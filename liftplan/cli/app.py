"""The program: its commands, found by name and imported when they are called."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import redirect_stdout
from difflib import get_close_matches
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

import liftplan
from liftplan.cli.helping import command_help, program_help
from liftplan.cli.outcome import Job, Outcome, invalid
from liftplan.cli.usage import usage_problem
from liftplan.models.messages import Message, m
from liftplan.models.problems import InputProblems, Place, Problem

COMMANDS: dict[str, Message] = {
    "solve": m("Find the best plan of a county, and prove how good it is."),
    "verify": m("Check a plan independently of what made it."),
    "explain": m("Say why a plan does, or does not do, something."),
    "sensitivity": m("Say what more of each fund, or a relaxed rule, brings."),
    "validate": m("Check a county and list all its problems."),
    "diagnose": m("Find out whether there is a plan; if not, which rules clash."),
    "counties": m("List the built-in counties."),
    "generate": m("Make a synthetic county."),
    "new": m("Write a small example county to start from."),
    "convert": m("Write a county in another format."),
    "schema": m("Print the JSON Schema of a county."),
    "export": m("Write a county's model as LP or MPS for other solvers."),
    "serve": m("Serve the planner's page, and counties and jobs over HTTP."),
    "token": m("Make, list or remove the tokens of a server."),
    "documents": m("Write the office's documents of a plan."),
    "mcp": m("Serve tools to assistants (MCP) over standard input and output."),
    "compare": m("Compare plans or scenarios side by side."),
    "run": m("Solve many scenarios at once, and keep what comes of them."),
    "runs": m("List, show, remove or export the runs that are kept."),
    "curve": m("Show people lifted over one quantity."),
    "goal": m("Find the least money that lifts so many people."),
    "frontier": m("Show people lifted against the worst village's share."),
    "alternatives": m("Find clearly different plans that lift nearly as many people."),
    "stress": m("Show how a plan stands draws of costs, incomes and money."),
    "batch": m("Solve jobs of other tools, one a line."),
    "warm": m("Compile the numerical kernels, once for this machine."),
}
"""Commands and what they do, in the order of the help."""

HELP = {"help_option_names": ["--help", "-h"]}


class Command(TyperCommand):
    """A command whose help is in the reader's language. Its callback returns a `Job`."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(command_help(self, ctx.command_path))


class Program(TyperGroup):
    """The group of all commands; a command's module is imported when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Names of the commands shown."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """A command by name, or None."""
        if cmd_name not in COMMANDS:
            return None
        return typer.main.get_command(import_module(f"liftplan.cli.commands.{cmd_name}").app)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the line names."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            way_out = (
                m("Did you mean {name}?", name=near[0]) if near else m("See {command}.", command="liftplan --help")
            )
            message = m("There is no command {name}.", name=args[0])
            raise InputProblems([Problem("usage", Place(), message, way_out)])
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the help page."""
        formatter.write(program_help(COMMANDS))


def command_app() -> typer.Typer:
    """The typer application of one command's module."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=HELP)


def program() -> typer.Typer:
    """The typer application of the program."""
    app = typer.Typer(
        cls=Program, add_completion=False, rich_markup_mode=None, context_settings=HELP, invoke_without_command=True
    )

    @app.callback()
    def root(
        context: typer.Context,
        version: Annotated[bool, typer.Option("--version", help=m("Show the version.").template)] = False,
    ) -> Job | None:
        if version:
            found = liftplan.__version__
            return lambda _: Outcome(text=f"liftplan {found}", line=f"liftplan {found}", details={"version": found})
        if context.invoked_subcommand is None:
            way_out = m("See {command}.", command="liftplan --help")
            return lambda _: invalid([Problem("usage", Place(), m("No command is named."), way_out)])
        return None

    return app


def parse(arguments: Sequence[str]) -> Job:
    """What a command line asks for, as a job. Raises `InputProblems` if the line is not understood."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        try:
            found: Any = program()(args=list(arguments), prog_name="liftplan", standalone_mode=False)
        except Exception as error:
            problem = usage_problem(error)
            if problem is None:
                raise
            raise InputProblems([problem]) from None
    if callable(found):
        job: Job = found
        return job
    if found == 130:  # typer's way to say that Ctrl-C was pressed
        raise KeyboardInterrupt
    text = printed.getvalue()
    return lambda _: Outcome(text=text, details={"help": text})
