"""A project in words."""

from __future__ import annotations

from collections.abc import Iterator

from liftplan.models.messages import Message, m
from liftplan.reports.counts import households, persons
from liftplan.reports.explanations.demands import told
from liftplan.reports.explanations.household import payments
from liftplan.reports.explanations.names import Names, Paragraph, para, people, some
from liftplan.reports.words import yuan
from liftplan.solver.explain.project import ProjectFacts


def project(facts: ProjectFacts, names: Names, scored: bool, proved_best: bool) -> Iterator[Paragraph]:
    """What is to say of a project."""
    title = m(
        "Project {project} in {village}: {yuan} yuan.",
        project=names.project(facts.project),
        village=names.village(facts.village),
        yuan=yuan(facts.yuan),
    )
    yield para(title)
    if facts.demanded:
        yield para(m("Rules name it: {demands}.", demands=told(facts.demanded, {"project": facts.project}, names)))
    yield from _built(facts, names, scored) if facts.built else _not_built(facts, names, scored, proved_best)


def _worth(facts: ProjectFacts, scored: bool) -> Message:
    return m(
        "At the margin, at the plan's prices: it brings households {gain}; its money would do {cost} elsewhere "
        "(net {net}).",
        gain=people(facts.gain, scored),
        cost=people(facts.cost, scored),
        net=people(facts.net, scored),
    )


def _built(facts: ProjectFacts, names: Names, scored: bool) -> Iterator[Paragraph]:
    if facts.padding:
        yield para(m("The plan builds it with no user, only because a minimum forces spending (padding)."))
    else:
        yield para(m("The plan builds it."))
    if facts.users:
        yield para(
            m(
                "Used by {count}: {households}.",
                count=households(len(facts.users)),
                households=_ids(facts.users),
            )
        )
    if facts.thanks_to_it:
        yield para(
            m(
                "Without it and what requires it, all else staying as it is, {count} would not leave poverty: "
                "{households}.",
                count=households(len(facts.thanks_to_it)),
                households=_ids(facts.thanks_to_it),
            )
        )
    if facts.served:
        yield para(
            m(
                "These projects, built as well, require it: {projects}.",
                projects=some(names.project(one) for one in facts.served),
            )
        )
    if facts.slots:
        yield para(m("Slots taken: {used} of {slots}.", slots=facts.slots, used=facts.slots_used))
    if facts.paid:
        yield para(m("Paid from:"), payments(facts.paid, names))
    yield para(_worth(facts, scored))
    if facts.net < 0:
        yield para(
            m(
                "By itself it is not worth its money at these prices: it is built for minimums, for what requires it, "
                "or because whole measures do not divide as prices do."
            )
        )


def _not_built(facts: ProjectFacts, names: Names, scored: bool, proved_best: bool) -> Iterator[Paragraph]:
    yield para(m("The plan does not build it."))
    reasons = _reasons(facts, names)
    if reasons:
        yield para(m("In its way:"), reasons)
    if not facts.possible:
        yield para(m("No plan may build it."))
        return
    if facts.gaining:
        points = [
            m(
                "{household}: {persons}, {gain}",
                household=one.household,
                persons=persons(one.persons),
                gain=people(one.gain, scored),
            )
            if not one.lifted
            else m(
                "{household}: {persons}, {gain}; the prices would lift it then, not now",
                household=one.household,
                persons=persons(one.persons),
                gain=people(one.gain, scored),
            )
            for one in facts.gainers[:8]
        ]
        yield para(
            m("To {count} it would be worth something, at the plan's prices:", count=households(facts.gaining)),
            points,
        )
    else:
        yield para(m("At the plan's prices it would be worth something to no household."))
    yield para(_worth(facts, scored))
    if facts.net >= 0 and proved_best:
        yield para(
            m(
                "At these prices it would be worth its money. Whole projects do not fit into budgets and minimums, "
                "though: the plan is proved best."
            )
        )
    elif facts.net >= 0:
        yield para(
            m(
                "At these prices it would be worth its money. Whole projects may not fit into budgets and minimums; "
                "the plan is not proved best, so a better one may build it."
            )
        )
    if facts.uncovered_yuan:
        yield para(
            m(
                "Money left over in funds that may pay it lacks {yuan} yuan, however it is shared out.",
                yuan=yuan(facts.uncovered_yuan),
            )
        )


def _reasons(facts: ProjectFacts, names: Names) -> list[Message]:
    found = []
    if facts.unpaid:
        found.append(
            m("no fund may pay its purposes {purposes}", purposes=some(names.purpose(one) for one in facts.unpaid))
        )
    if facts.later:
        found.append(m("it is built first and refunded in a later year"))
    if facts.requires:
        found.append(
            m(
                "it requires projects that are not built: {projects}",
                projects=some(names.project(one) for one in facts.requires),
            )
        )
    if facts.alternatives:
        found.append(
            m(
                "its alternative is built: {projects}",
                projects=some(names.project(one) for one in facts.alternatives),
            )
        )
    return found


def _ids(ids: tuple[str, ...]) -> Message:
    return some(m("{text}", text=one) for one in ids)
