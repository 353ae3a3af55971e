"""The rules of a conflict in words."""

from __future__ import annotations

from collections.abc import Sequence

from liftplan.models.messages import Message, m
from liftplan.reports.conflicts.content import Content
from liftplan.reports.conflicts.names import MANY_FUNDS
from liftplan.reports.page.amounts import exact
from liftplan.reports.page.facts import folded
from liftplan.reports.page.html import Html, el
from liftplan.solver.diagnose.arithmetic import amount_of
from liftplan.solver.diagnose.conflicts import Member


def rules(content: Content, members: Sequence[Member]) -> list[Html]:
    """A list of rules; limits of many funds on demand."""
    funds = [member for member in members if member.group.rule == "R1"]
    if len(funds) <= MANY_FUNDS:
        return [_listed(content, members)]
    others = [member for member in members if member not in funds]
    names = [el("li", content.names.of("funds", one.group.key), _marks(content, one)) for one in funds]
    limits = folded(
        m("R1: none of {count} funds spends more than it has", count=len(funds)), el("ul", names, class_="rules funds")
    )
    return [_listed(content, others), limits] if others else [limits]


def _listed(content: Content, members: Sequence[Member]) -> Html:
    return el("ul", [_rule(content, member) for member in members], class_="rules")


def _rule(content: Content, member: Member) -> Html:
    group = member.group
    return el("li", el("span", group.rule, class_="code"), " ", content.names.group(group), _marks(content, member))


def _marks(content: Content, member: Member) -> list[Html]:
    """What a fund has, and whether the rule is not shown to be needed."""
    group, judge = member.group, content.diagnosis.judge
    marks: list[Message] = []
    if group.rule == "R1" and judge is not None:
        marks.append(exact(amount_of(judge.ground, group)))
    if not member.needed:
        marks.append(m("not shown that it is needed"))
    return [el("span", " · ", el("span", mark, class_="mark"), class_="small") for mark in marks]
