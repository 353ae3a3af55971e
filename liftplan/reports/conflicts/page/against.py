"""Rule against rule, where no sum shows why they clash."""

from __future__ import annotations

from liftplan.models.messages import Message, m
from liftplan.reports.conflicts.content import Content
from liftplan.reports.conflicts.page.rules import rules
from liftplan.reports.page.html import Child, Html, el
from liftplan.solver.diagnose.conflicts import Conflict

LIMITS = frozenset({"R1", "R7", "R9"})
"""Rules that limit; all others ask for something, but for what must never be."""


def against(content: Content, conflict: Conflict) -> Html:
    """What limits on one side, what asks on the other; what stands alone stands against the county's own data."""
    limits = [one for one in conflict.members if one.group.rule in LIMITS or one.group.key.startswith("never ")]
    asks = [one for one in conflict.members if one not in limits]
    if not asks:
        limits, asks = limits[:-1], limits[-1:]
    data = el("ul", el("li", m("what the county's items allow")), class_="rules")
    return el(
        "div",
        _side(m("what limits"), rules(content, limits) if limits else data),
        el("p", "✕", class_="cross", aria_hidden="true"),
        _side(m("what rules ask for"), rules(content, asks)),
        class_="against",
    )


def _side(head: Message, listed: Child) -> Html:
    return el("div", el("p", head, class_="head"), listed)
