"""Options that several commands share, and the readers of their values."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Annotated

import typer

from liftplan.models.messages import Message, m


class RefusedValue(typer.BadParameter):
    """A value that a reader of this module refuses, in the reader's language."""


def _refuse(message: Message) -> RefusedValue:
    return RefusedValue(str(message))


def number(low: float, high: float) -> Callable[[str], float]:
    """A reader of numbers from `low` to `high`."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not (isfinite(value) and low <= value <= high):
            message = m(
                "a number from {low} to {high} is expected, not {text}", low=_short(low), high=_short(high), text=text
            )
            raise _refuse(message)
        return value

    return read


def _short(value: float) -> str:
    """A bound as people write it: 0, 0.5, 1,000,000,000."""
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"


def whole(low: int, high: int) -> Callable[[str], int]:
    """A reader of whole numbers from `low` to `high`."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise _refuse(
                m("a whole number from {low} to {high} is expected, not {text}", low=low, high=high, text=text)
            )
        return value

    return read


def choice(*names: str) -> Callable[[str], str]:
    """A reader of one of several names."""

    def read(text: str) -> str:
        if text not in names:
            raise _refuse(m("{names} is expected, not {text}", names=" | ".join(names), text=text))
        return text

    return read


County = Annotated[
    str, typer.Argument(metavar="COUNTY", help=m("Built-in county, or path of a folder, .xlsx, .json, .zip.").template)
]
PlanPath = Annotated[str, typer.Argument(metavar="PLAN", help=m("Plan folder, or its plan.json.").template)]
AgainstCounty = Annotated[
    str | None,
    typer.Option(metavar="COUNTY", help=m("The plan's county; otherwise the county.zip of the plan.").template),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help=m("Replace what is there.").template)]
Gap = Annotated[
    float | None,
    typer.Option(
        parser=number(0, 1),
        metavar="GAP",
        help=m("Stop at this proved gap, 0 to 1; 0 asks for proved optimality. Otherwise 0.0001.").template,
    ),
]
EachGap = Annotated[
    float | None,
    typer.Option(parser=number(0, 1), metavar="GAP", help=m("Proved gap of each solve. Otherwise 0.0001.").template),
]
EachTime = Annotated[
    float | None,
    typer.Option(
        parser=number(0, 1e9),
        metavar="SECONDS",
        help=m("Time for each solve; 0 means no limit. Otherwise 60.").template,
    ),
]
Threads = Annotated[
    int | None,
    typer.Option(
        parser=whole(0, 256), metavar="N", help=m("Threads; 0 means all cores. Otherwise all cores.").template
    ),
]
ProcessThreads = Annotated[
    int | None,
    typer.Option(
        parser=whole(0, 256),
        metavar="N",
        help=m("Threads of each process; otherwise its share of the cores.").template,
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(parser=whole(0, 2**31 - 1), metavar="N", help=m("Seed of random choices. Otherwise 0.").template),
]
Workers = Annotated[
    int | None,
    typer.Option(parser=whole(0, 256), metavar="N", help=m("Processes; otherwise one a core.").template),
]
Scenarios = Annotated[
    list[str] | None,
    typer.Option(metavar="FILE|NAME", help=m("Scenario file, or name of a built-in one. Repeatable.").template),
]
