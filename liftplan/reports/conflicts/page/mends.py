"""The repairs: who gives what, and the lines of their scenarios."""

from __future__ import annotations

from liftplan.models.messages import Message, m
from liftplan.reports.conflicts.amounts import beside
from liftplan.reports.conflicts.content import Content, Mended
from liftplan.reports.conflicts.kinds import KINDS, best, kind_name, missing
from liftplan.reports.page.amounts import exact
from liftplan.reports.page.facts import folded, section
from liftplan.reports.page.html import Html, el

FEW = 6
"""Changes that are shown at once."""

LEAD = m("Each was applied to the county, to the yuan, and leaves a plan that the independent checker accepts.")
"""What all repairs have in common."""


def mends(content: Content) -> Html | None:
    """A card for each repair, a line for each kind of which there is none; None where nothing needs repair."""
    none = [el("p", text, class_="small") for kind in KINDS if (text := missing(content, kind)) is not None]
    if not content.repairs and not none:
        return None
    other = beside(content)
    cards = el("div", [_card(content, mended) for mended in content.repairs], class_="cards wide")
    parts = [None if other is None else el("p", other, class_="lead"), cards if content.repairs else None, *none]
    return section("repairs", m("Smallest repairs"), parts, lead=LEAD if content.repairs else None)


def _card(content: Content, mended: Mended) -> Html:
    repair = mended.repair
    gives = [el("li", content.names.give(give)) for give in repair.gives]
    more = len(gives) - FEW
    listed = el("ul", gives[:FEW], class_="gives")
    rest = folded(m("and {count} more", count=more), el("ul", gives[FEW:], class_="gives")) if more > 0 else None
    command = content.command(repair.kind)
    solve = el("p", m("Solve under it:"), " ", el("code", command), class_="small") if command else None
    lines = folded(m("As a scenario"), el("pre", el("code", "\n".join(mended.overrides))), solve)
    amount: Message = exact(repair.yuan) if repair.yuan else m("no money")
    return el(
        "div",
        el("h3", kind_name(repair.kind, given=content.priorities is not None)),
        el("p", amount, class_="asked"),
        el("p", [el("span", note, " ") for note in _notes(mended)], class_="small"),
        None if mended.people is None else el("p", best(mended), class_="small"),
        listed,
        rest,
        lines,
        class_="card",
    )


def _notes(mended: Mended) -> list[Message]:
    repair = mended.repair
    notes = [m("Rules changed: {rules}.", rules=repair.rules)]
    if repair.kind == "yuan" and repair.least:  # that none gives less than nothing says nothing
        notes.append(m("No repair gives less than {amount} (proved).", amount=exact(repair.least)))
    if repair.kind == "rules" and repair.least is not None:
        notes.append(m("No repair changes fewer rules (proved)."))
    return notes
