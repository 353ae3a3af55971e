"""Tables: the room of each rule in a plan, and what each needs against what there is."""

from __future__ import annotations

from liftplan.models.messages import m
from liftplan.reports.conflicts.content import Content
from liftplan.reports.conflicts.figures import KEPT, KINDS, told
from liftplan.reports.page.amounts import count
from liftplan.reports.page.facts import section, table
from liftplan.reports.page.html import Child, Html, el

MINUS = "\u2212"


def room(content: Content) -> Html | None:
    """How much room each rule leaves, the tightest first; None where there is no plan."""
    if not content.diagnosis.slacks:
        return None
    rows: list[list[Child]] = [
        [
            content.names.short(one.group),
            content.names.tightest(one),
            "-" if one.asked is None else count(one.asked),
            KEPT if one.room is None else count(one.room),
            "-" if one.most is None else count(one.most),
        ]
        for one in content.diagnosis.slacks
    ]
    heads = [m("rule"), m("tightest in"), m("asked"), m("room in the plan"), m("no plan has more than")]
    lead = m("What a checked plan has beyond each rule in its tightest place; no plan has more than the last column.")
    return section("room", m("Room of each rule"), table(heads, rows, texts=2), lead=lead)


def figures(content: Content) -> Html | None:
    """Needs against means, the worst first."""
    if not content.diagnosis.figures:
        return None
    rows: list[list[Child]] = [
        [
            told(one, content.names),
            KINDS[one.kind],
            count(one.needs),
            count(one.most),
            count(one.room) if one.room >= 0 else el("span", MINUS, count(-one.room), class_="bad"),
        ]
        for one in content.diagnosis.figures
    ]
    heads = [m("rule"), m("against"), m("needed"), m("there is at most"), m("left")]
    lead = m(
        "Each rule alone: the least it needs, and the most it can get; R5 for whoever other rules need to be helped, "
        "too. What is red cannot be."
    )
    return section("figures", m("Needs and means of each rule"), table(heads, rows, texts=2), lead=lead)
