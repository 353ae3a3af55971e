"""Talking to `liftplan mcp`: with the SDK's client, or line by line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from ..program import environment

COMMAND = ["-m", "liftplan", "mcp", "--plans", "plans"]


async def connected(place: Path, talk: Callable[[Client], Awaitable[None]], *options: str) -> None:
    """Start the server as a process in a folder, and talk to it over its standard input and output."""
    parameters = StdioServerParameters(
        command=sys.executable, args=[*COMMAND, *options], cwd=place, env={"LANG": "C.UTF-8"}
    )
    async with Client(parameters) as client:
        await talk(client)


def answer(result: CallToolResult) -> dict[str, Any]:
    """What a tool answered, which was no error."""
    assert not result.is_error, result.content
    assert isinstance(result.structured_content, dict)
    return result.structured_content


def refusal(result: CallToolResult) -> str:
    """What a tool answered, which was an error."""
    assert result.is_error
    (content,) = result.content
    assert content.type == "text"
    return content.text


def line_by_line(messages: list[dict[str, Any]], place: Path, command: list[str]) -> tuple[list[Any], str, int]:
    """Send messages to a server one at a time, each after the answer to the one before; then close its input.

    Returns every line of its standard output, its standard error, and its exit code.
    """
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=place,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    lines: list[Any] = []
    for message in messages:
        process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        process.stdin.flush()
        while "id" in message and not (lines and lines[-1].get("id") == message["id"]):
            lines.append(json.loads(process.stdout.readline()))
    rest, errors = process.communicate(timeout=120)
    return [*lines, *map(json.loads, rest.splitlines())], errors, process.returncode
