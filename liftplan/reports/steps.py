"""A step of the work in one line: of a solve, of a curve, of other searches that solve many times."""

from __future__ import annotations

from liftplan.models.messages import Message, joined, m
from liftplan.reports.words import percent, stage_name, yuan
from liftplan.solver.progress import Event

VERDICTS: dict[str, Message] = {
    "taken": m("taken"),
    "too_few": m("too few people"),
    "too_near": m("too like an earlier plan"),
    "no_plan": m("no plan"),
}
"""What became of a try for an alternative."""


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


def point_told(done: int, count: int, value: int, people: int | None) -> Message:
    """A point of a curve that was solved."""
    if people is None:
        return m("Point {done} of {count}: {value} yuan, no plan", done=done, count=count, value=yuan(value))
    return m(
        "Point {done} of {count}: {value} yuan, {people} people",
        done=done,
        count=count,
        value=yuan(value),
        people=f"{people:,}",
    )


def amount_told(done: int, value: int, people: int | None) -> Message:
    """An amount that was tried for a goal."""
    if people is None:
        return m("Solve {done}: {value} yuan, no plan", done=done, value=yuan(value))
    return m("Solve {done}: {value} yuan, {people} people", done=done, value=yuan(value), people=f"{people:,}")


def level_told(done: int, count: int, share: str, people: int | None) -> Message:
    """A level of a frontier that was solved; its share in words."""
    if people is None:
        return m("Level {done} of at most {count}: {share}, no plan", done=done, count=count, share=share)
    return m(
        "Level {done} of at most {count}: {share}, {people} people",
        done=done,
        count=count,
        share=share,
        people=f"{people:,}",
    )


def try_told(spared: int, verdict: str, people: int | None, share: float | None) -> Message:
    """A try for an alternative: how much it had to do without, what it gave."""
    if people is None or share is None:
        if not spared:
            return m("the same at a price: {verdict}", verdict=VERDICTS[verdict])
        return m("{count} things forbidden: {verdict}", count=spared, verdict=VERDICTS[verdict])
    if not spared:
        return m(
            "the same at a price: {people} people, {share} of the money used otherwise, {verdict}",
            people=f"{people:,}",
            share=percent(share),
            verdict=VERDICTS[verdict],
        )
    return m(
        "{count} things forbidden: {people} people, {share} of the money used otherwise, {verdict}",
        count=spared,
        people=f"{people:,}",
        share=percent(share),
        verdict=VERDICTS[verdict],
    )
