"""Each conflict: the diagram, its rules, where it is, why."""

from __future__ import annotations

from liftplan.models.messages import Message, m
from liftplan.reports.conflicts.content import Content
from liftplan.reports.conflicts.figures import METHODS, UNPROVED
from liftplan.reports.conflicts.page.demanded import crossed
from liftplan.reports.conflicts.page.diagram import diagram, sides_of
from liftplan.reports.conflicts.page.rules import rules
from liftplan.reports.conflicts.page.sides import Sides
from liftplan.reports.page.amounts import exact
from liftplan.reports.page.facts import folded, section
from liftplan.reports.page.html import Html, el
from liftplan.solver.diagnose.conflicts import Conflict


def conflicts(content: Content) -> Html | None:
    """A part for each conflict; None if there is none."""
    if not content.conflicts:
        return None
    lead = m(
        "A conflict is a set of rules that no plan keeps together. Without any one of them there is a plan that keeps "
        "the others."
    )
    proofs = content.diagnosis.refutations
    parts = [
        _conflict(content, number, conflict, again=proof is not None)
        for number, (conflict, proof) in enumerate(zip(content.conflicts, proofs, strict=True), 1)
    ]
    return section("conflicts", m("Rules that clash"), parts, lead=lead)


def _conflict(content: Content, number: int, conflict: Conflict, *, again: bool) -> Html:
    places = conflict.places
    opened = None
    if places is not None and len(places.names) > 1:
        suffice = ", ".join(f"{content.names.place(one)} ({one})" for one in places.opened)
        opened = folded(m("Single places that suffice"), el("p", suffice, class_="small"))
    sides = sides_of(content, conflict)
    return el(
        "article",
        el("h3", m("{number}. {title}", number=number, title=content.names.title(conflict.groups))),
        el("p", _crossed(content, conflict) if sides is None else sides.why, class_="why"),
        diagram(content, conflict, sides),
        [el("p", note, class_="small") for note in _notes(content, conflict, sides)],
        None if sides is None else rules(content, conflict.members),
        None if places is None else el("p", m("Where: {places}", places=content.names.places(places))),
        opened,
        el("p", _proof(conflict), class_="small"),
        None if again else el("p", UNPROVED, class_="small"),
        class_="clash",
    )


def _crossed(content: Content, conflict: Conflict) -> Message:
    """Why rules clash that no sum is about."""
    pair = crossed(content, conflict)
    if pair is None:
        return m("these rules leave nothing to choose")
    item, other = (content.names.item(name) for name in pair)
    return m("what must be requires what must never be: {item} requires {other}", item=item, other=other)


def _notes(content: Content, conflict: Conflict, sides: Sides | None) -> list[Message]:
    """What one has to know beside the figures; what the smallest repair gives here, where no figure says so."""
    notes = [] if sides is None or sides.note is None or not sides.short else [sides.note]
    given = [
        sum(give.yuan for give in one.repair.gives if give.instance in conflict.instances) for one in content.repairs
    ]
    if given and given[0] and (sides is None or not sides.short):
        notes.append(m("The smallest repair gives {amount} here.", amount=exact(given[0])))
    return notes


def _proof(conflict: Conflict) -> Message:
    method = METHODS[conflict.proof.method]
    if conflict.minimal:
        return m("{method}; without any one of these rules there is a plan (checked)", method=method)
    return m("{method}; not every rule is shown to be needed", method=method)
