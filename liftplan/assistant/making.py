"""Functions as tools: described in the server's language, their errors told as problems with a way out."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import ToolAnnotations
from pydantic import ValidationError

from liftplan.api.checked import PlanRejected
from liftplan.assistant.arguments import refused, unknown
from liftplan.models.messages import Message, m
from liftplan.models.problems import InputProblems, LiftplanError, Problem

MOST_VIOLATIONS = 20
"""Violations of a rejected plan that are told."""

Told = dict[str, Any]
"""What tools answer: a JSON object."""


class PlainTool(Tool):
    """A tool that says what goes wrong in words of liftplan alone."""

    async def run(self, arguments: dict[str, Any], context: Context[Any, Any], convert_result: bool = False) -> Any:
        """Run it. Raises `ToolError` with the problem and the way out."""
        strange = list(unknown(arguments, self.parameters))
        if strange:
            raise ToolError("\n".join(strange))
        try:
            return await super().run(arguments, context, convert_result)
        except UnexpectedToolError as error:
            message = m("This is an error of liftplan itself: {kind}.", kind=type(error.__cause__).__name__)
            way_out = m("The standard error of the server says more.")
            raise UnexpectedToolError(f"{message} {way_out}") from error.__cause__
        except ToolError as error:
            cause = error.__cause__
            if isinstance(cause, ValidationError):
                raise ToolError("\n".join(refused(cause, arguments, self.parameters))) from cause
            raise (cause if isinstance(cause, ToolError) else error) from None


def made(function: Callable[..., Awaitable[Told]], what: Message, *, writes: bool = False) -> Tool:
    """A tool.

    Parameters
    ----------
    function
        What it does; the descriptions of its parameters are templates of messages.
    what
        What it is for.
    writes
        True if it writes files.
    """

    @functools.wraps(function)
    async def careful(*arguments: Any, **named: Any) -> Told:
        try:
            return await function(*arguments, **named)
        except InputProblems as error:
            raise ToolError("\n".join(map(told, error.problems))) from error
        except PlanRejected as error:
            violations = [str(one.message) for one in error.verification.violations[:MOST_VIOLATIONS]]
            raise ToolError("\n".join([str(error), *violations])) from error
        except LiftplanError as error:
            raise ToolError(str(error)) from error

    annotations = ToolAnnotations(read_only_hint=not writes, destructive_hint=writes, open_world_hint=False)
    tool = PlainTool.from_function(careful, name=function.__name__, description=str(what), annotations=annotations)
    for parameter in tool.parameters.get("properties", {}).values():
        if "description" in parameter:
            parameter["description"] = str(Message(parameter["description"]))
    return tool


def told(problem: Problem) -> str:
    """A problem in one line: place, message, way out."""
    return f"{problem} {problem.way_out}".strip()


def as_json(problem: Problem) -> dict[str, str]:
    """A problem as an object."""
    return {
        "code": problem.code,
        "place": str(problem.place),
        "message": str(problem.message),
        "way_out": str(problem.way_out),
    }
