"""Mistakes on the command line as problems, in the reader's language."""

from __future__ import annotations

from typing import Any

from liftplan.cli.options import RefusedValue
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place, Problem
from liftplan.models.reasons import quoted


def usage_problem(error: Any) -> Problem | None:
    """The problem that typer's error speaks of, or None if it is no usage error.

    Kinds are told by class name: the classes themselves moved between versions of typer.
    """
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "UsageError" not in kinds:
        return None
    if "NoSuchOption" in kinds:
        message = m("There is no option {option}.", option=error.option_name)
    elif "MissingParameter" in kinds:
        message = m("{name} is missing.", name=_name(error))
    elif "BadOptionUsage" in kinds:
        message = m("Option {option} cannot stand like this; does it need a value?", option=error.option_name)
    elif "BadParameter" in kinds:
        own = isinstance(error, RefusedValue)
        message = m("{name}: {reason}", name=_name(error), reason=error.message if own else quoted(error.message))
    else:
        message = _other(error.message)
    command = getattr(getattr(error, "ctx", None), "command_path", None) or "liftplan"
    return Problem("usage", Place(), message, m("See {command}.", command=f"{command} --help"))


def _name(error: Any) -> str:
    """How the line spells the parameter."""
    parameter = error.param
    if parameter is None:
        return str(error.param_hint or "")
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name).strip("[]")
    return str(parameter.opts[0])


def _other(text: str) -> Message:
    if text.startswith("Got unexpected extra argument"):
        return m("Too many arguments: {text}.", text=text.rpartition("(")[2].rstrip(")."))
    return m("The command line is not understood: {reason}", reason=quoted(text))
