"""A village in words."""

from __future__ import annotations

from collections.abc import Iterator

from liftplan.models.messages import Message, m
from liftplan.reports.counts import households, persons
from liftplan.reports.explanations.demands import told
from liftplan.reports.explanations.names import Names, Paragraph, para, people, some
from liftplan.reports.explanations.rule import row_text
from liftplan.reports.words import yuan
from liftplan.solver.explain.village import VillageFacts

WHY: dict[str, Message] = {
    "data": m("nothing in the data lifts them"),
    "never": m("R12 gives them nothing"),
    "project": m("their cheapest way needs a project that is not built"),
    "slot": m("their cheapest way needs a slot that is taken"),
    "money": m("their money does more elsewhere, at the margin, at the plan's prices"),
    "margin": m("at the plan's prices they are worth their money, but whole measures do not fit into budgets"),
    "uncounted": m("they have too many combinations of measures to try them all"),
}
"""Why households are not lifted."""


def village(facts: VillageFacts, names: Names, scored: bool) -> Iterator[Paragraph]:
    """What is to say of a village."""
    yield para(
        m(
            "Village {village}, leaving poverty: of {persons} people {people}, of {households} households {lifted}.",
            village=names.village(facts.village),
            people=f"{facts.people_lifted:,}",
            persons=f"{facts.persons:,}",
            lifted=f"{facts.households_lifted:,}",
            households=f"{facts.households:,}",
        )
    )
    if facts.already_out:
        yield para(
            m(
                "Out of poverty with nothing done, and not counted: {count}.",
                count=households(facts.already_out),
            )
        )
    if facts.demanded:
        things = {"village": facts.village}
        yield para(m("R12 demands: {demands}.", demands=told(facts.demanded, things, names)))
    if not facts.yuan:
        yield para(m("It gets no money."))
    else:
        yield para(
            m("It gets {yuan} yuan, by department:", yuan=yuan(facts.yuan)),
            [_amount(names.department(one), amount) for one, amount in _largest(facts.by_department)],
        )
        yield para(m("By fund:"), [_amount(names.fund(one), amount) for one, amount in _largest(facts.by_fund)])
    if facts.projects:
        yield para(m("Projects built: {projects}.", projects=some(names.project(one) for one in facts.projects)))
    if facts.padding:
        yield para(
            m(
                "Of these only because a minimum forces spending (padding): {projects}.",
                projects=some(names.project(one) for one in facts.padding),
            )
        )
    if facts.not_built:
        yield para(m("Projects not built: {projects}.", projects=some(names.project(one) for one in facts.not_built)))
    if facts.minimums:
        yield para(m("Its minimums:"), [row_text(row, names) for row in facts.minimums])
    if facts.why:
        yield para(
            m("Why the others are not lifted:"),
            [
                m(
                    "{count}, {persons}: {reason}",
                    count=households(one.households),
                    persons=persons(one.persons),
                    reason=WHY[one.reason],
                )
                for one in facts.why
            ],
        )
    if facts.next:
        yield para(
            m("Nearest to being worth their money, at the margin, at the plan's prices:"),
            [
                m(
                    "{household}: {persons} for {yuan} yuan, net {net}",
                    household=one.household,
                    persons=persons(one.persons),
                    yuan=yuan(one.yuan),
                    net=people(one.net, scored),
                )
                for one in facts.next
            ],
        )


def _largest(amounts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(amounts.items(), key=lambda pair: (-pair[1], pair[0]))


def _amount(name: Message, amount: int) -> Message:
    return m("{name}: {yuan} yuan", name=name, yuan=yuan(amount))
