"""Help pages, in the reader's language; Chinese characters count two columns."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from typing import Any
from unicodedata import east_asian_width

from liftplan.cli.common import COMMON_OPTIONS
from liftplan.models.messages import Message, labelled, m

EXAMPLES = """\
liftplan solve zigui-2015
liftplan solve mycounty --scenario pooled --gap 0.001 --time-limit 120
liftplan solve mycounty --json > outcome.json
liftplan verify liftplan-out/zigui-2015-base
liftplan new mycounty && liftplan validate mycounty"""


def program_help(commands: Mapping[str, Message]) -> str:
    """The help page of the program."""
    options = [("--version", m("Show the version."))]
    return _page(
        "liftplan COMMAND ...",
        m("Decides which projects and measures to fund, and from which fund each yuan comes."),
        [(m("Commands"), list(commands.items())), (m("Options"), [*options, *COMMON_OPTIONS])],
        EXAMPLES,
        m("COMMAND --help shows the options of a command."),
    )


def command_help(command: Any, path: str) -> str:
    """The help page of a command: its texts are message templates, its epilog is examples."""
    arguments: list[tuple[str, Message]] = []
    options: list[tuple[str, Message]] = []
    for parameter in command.params:
        if getattr(parameter, "hidden", False):
            continue
        text = Message(parameter.help or "")
        if parameter.param_type_name == "argument":
            arguments.append((parameter.metavar or parameter.name.upper(), text))
        else:
            value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
            options.append((", ".join(parameter.opts) + value, text))
    return _page(
        " ".join([path, *(name for name, _ in arguments), str(m("[OPTIONS]"))]),
        Message(command.help or ""),
        [(m("Arguments"), arguments), (m("Options"), [*options, *COMMON_OPTIONS])],
        command.epilog or "",
    )


def _page(
    usage: str,
    purpose: Message,
    sections: Iterable[tuple[Message, list[tuple[str, Message]]]],
    examples: str,
    *closing: Message,
) -> str:
    width = max(60, min(100, shutil.get_terminal_size().columns))
    lines = [str(m("Usage: {usage}", usage=usage)), "", *_wrapped(str(purpose), width)]
    for title, entries in sections:
        if not entries:
            continue
        lines += ["", str(labelled(title, "")).rstrip()]
        column = min(34, max(len(name) for name, _ in entries) + 4)
        for name, text in entries:
            first, *rest = _wrapped(str(text), width - column) or [""]
            if len(name) + 4 > column:
                lines += [f"  {name}", " " * column + first]
            else:
                lines.append(f"  {name}".ljust(column) + first)
            lines += [" " * column + line for line in rest]
    if examples:
        lines += ["", str(m("Examples:")), *(f"  {line}" for line in examples.splitlines())]
    for text in closing:
        lines += ["", *_wrapped(str(text), width)]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; a line may break at a space or beside a wide character."""
    lines: list[str] = []
    line, used, breaks = "", 0, 0
    for character in text:
        line += character
        used += _columns(character)
        if character == " " or _columns(character) == 2:
            breaks = len(line)
        if used > width:
            cut = breaks if 0 < breaks < len(line) else len(line) - 1
            lines.append(line[:cut].rstrip())
            line = line[cut:].lstrip()
            used, breaks = sum(map(_columns, line)), 0
    return [*lines, line] if line else lines


def _columns(character: str) -> int:
    return 2 if east_asian_width(character) in "WF" else 1
