"""A step of a solve in one line."""

from __future__ import annotations

from liftplan.models.messages import Message, joined, m
from liftplan.reports.words import percent, stage_name
from liftplan.solver.progress import Event


def sentence(event: Event) -> str:
    """An event in one line."""
    parts: list[str | Message] = [stage_name(event.stage)]
    if event.people is not None:
        parts.append(m("plan {people} people", people=f"{event.people:,}"))
    if event.bound is not None:
        parts.append(m("bound {bound}", bound=f"{event.bound:,.1f}"))
    if event.gap is not None:
        parts.append(m("gap {gap}", gap=percent(event.gap, 3)))
    return str(joined(parts))
