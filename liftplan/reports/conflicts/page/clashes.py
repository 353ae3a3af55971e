"""Each conflict: the diagram, its rules, where it is, why."""

from __future__ import annotations

from liftplan.models.messages import Message, m
from liftplan.reports.conflicts.content import Content
from liftplan.reports.conflicts.figures import METHODS, why
from liftplan.reports.conflicts.page.diagram import diagram
from liftplan.reports.page.facts import folded, section
from liftplan.reports.page.html import Html, el
from liftplan.solver.diagnose.conflicts import Conflict, Member


def conflicts(content: Content) -> Html | None:
    """A part for each conflict; None if there is none."""
    if not content.conflicts:
        return None
    lead = m(
        "A conflict is a set of rules that no plan keeps together. Without any one of them there is a plan that keeps "
        "the others."
    )
    parts = [_conflict(content, number, conflict) for number, conflict in enumerate(content.conflicts, 1)]
    return section("conflicts", m("Rules that clash"), parts, lead=lead)


def _conflict(content: Content, number: int, conflict: Conflict) -> Html:
    places = conflict.places
    opened = None
    if places is not None and len(places.names) > 1:
        suffice = ", ".join(f"{content.names.place(one)} ({one})" for one in places.opened)
        opened = folded(m("Single places that suffice"), el("p", suffice, class_="small"))
    return el(
        "article",
        el("h3", m("{number}. {title}", number=number, title=content.names.title(conflict))),
        el("p", why(conflict), class_="why"),
        diagram(content, conflict),
        el("ul", [_member(content, member) for member in conflict.members], class_="rules"),
        None if places is None else el("p", m("Where: {places}", places=content.names.places(places))),
        opened,
        el("p", _proof(conflict), class_="small"),
        class_="clash",
    )


def _member(content: Content, member: Member) -> Html:
    mark = None if member.needed else m("not shown that it is needed")
    return el(
        "li",
        el("span", member.group.rule, class_="code"),
        " ",
        content.names.group(member.group),
        mark and el("span", " · ", mark, class_="small"),
    )


def _proof(conflict: Conflict) -> Message:
    method = METHODS[conflict.proof.method]
    if conflict.minimal:
        return m("{method}; without any one of these rules there is a plan (checked)", method=method)
    return m("{method}; not every rule is shown to be needed", method=method)
