"""A fund in words."""

from __future__ import annotations

from collections.abc import Iterator

from liftplan.models.messages import Message, m
from liftplan.reports.counts import cost_lines, persons
from liftplan.reports.explanations.names import Names, Paragraph, para, people, some
from liftplan.reports.explanations.rule import row_text
from liftplan.reports.words import CHANNELS, MODES, REASONS, percent, yuan
from liftplan.solver.explain.fund import FundFacts, Use

BARS: dict[str, Message] = {
    "ring_fenced": m("the fund is ring-fenced"),
    "closed": m("R12 gives the village or household nothing"),
    "purpose": m("another purpose"),
    "recipient": m("the fund pays projects only, or households only"),
    "mode": m("another mode of finance"),
    "scope": m("outside the fund's villages or groups"),
}
"""Why a fund may not pay a line."""

RECIPIENTS: dict[str, Message] = {"projects": m("projects"), "measures": m("household measures")}

ALL_MODES = 4
"""So many modes of finance there are."""


def fund(facts: FundFacts, names: Names, scored: bool) -> Iterator[Paragraph]:
    """What is to say of a fund."""
    yield para(
        m(
            "Fund {fund}, {department}, {channel}: {amount} yuan.",
            fund=names.fund(facts.fund),
            department=names.department(facts.department),
            channel=CHANNELS[facts.channel],
            amount=yuan(facts.amount),
        )
    )
    yield para(_spent(facts))
    yield para(m("It may pay:"), _may(facts, names))
    if facts.rules:
        yield para(m("Rules on it:"), [row_text(row, names) for row in facts.rules])
    if facts.price is None:
        return
    if facts.price:
        yield para(
            m(
                "10,000 yuan more of it are worth {people}, at the margin, at the plan's prices. "
                "The command sensitivity proves an interval.",
                people=people(facts.price, scored),
            )
        )
    else:
        yield para(m("At the margin, at the plan's prices, more of it lifts nobody more."))
    yield para(
        m(
            "Of what is not funded it may pay {lines}, {yuan} yuan.",
            lines=cost_lines(facts.open_lines),
            yuan=yuan(facts.open_yuan),
        )
    )
    if facts.barred:
        points = [
            m("{reason}: {yuan} yuan", reason=BARS[reason], yuan=yuan(amount))
            for reason, amount in facts.barred.items()
        ]
        yield para(m("The rest of what is not funded it may not pay:"), points)
    if facts.uses:
        yield para(
            m(
                "What it could pay next, at the margin, at the plan's prices, by cost over worth "
                "(up to 100 %: worth its money):"
            ),
            [_use(one, names, scored) for one in facts.uses],
        )


def _spent(facts: FundFacts) -> Message:
    """Allocated, fee and what is left over; of money that is left, why."""
    figures = {"allocated": yuan(facts.allocated), "fee": yuan(facts.fee)}
    if not facts.left and facts.reason != "ring_fenced":
        return m("{allocated} yuan are allocated, {fee} yuan are reserved as fee, nothing is left over.", **figures)
    return m(
        "{allocated} yuan are allocated, {fee} yuan are reserved as fee, {left} yuan are left over: {reason}.",
        left=yuan(facts.left),
        reason=REASONS[facts.reason],
        **figures,
    )


def _may(facts: FundFacts, names: Names) -> list[Message]:
    found = [
        m("purposes: {names}", names=some(names.purpose(one) for one in facts.purposes)),
        m("recipients: {names}", names=some(RECIPIENTS[one] for one in facts.recipients)),
    ]
    if facts.villages:
        found.append(m("villages: {names}", names=some(names.village(one) for one in facts.villages)))
    if facts.village_tags:
        found.append(
            m("villages with the tags: {names}", names=some(m("{text}", text=one) for one in facts.village_tags))
        )
    if facts.household_groups:
        found.append(
            m("households of the groups: {names}", names=some(m("{text}", text=one) for one in facts.household_groups))
        )
    if len(facts.modes) < ALL_MODES:
        found.append(m("modes of finance: {names}", names=some(MODES[one] for one in facts.modes)))
    return found


def _use(one: Use, names: Names, scored: bool) -> Message:
    share = one.cost_share
    figures = {
        "payable": yuan(one.payable),
        "yuan": yuan(one.yuan),
        "share": m("worth nothing") if share is None else m("cost over worth {share}", share=percent(share)),
        "net": people(one.net, scored),
    }
    if one.kind == "household":
        return m(
            "household {household}, {persons}: {payable} of {yuan} yuan, {share}, net {net}",
            household=one.id,
            persons=persons(one.persons),
            **figures,
        )
    return m(
        "project {project}: {payable} of {yuan} yuan, {share}, net {net}", project=names.project(one.id), **figures
    )
