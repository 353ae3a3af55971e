"""A measure in words."""

from __future__ import annotations

from collections.abc import Iterator

from liftplan.models.messages import Message, m
from liftplan.reports.explanations.demands import told
from liftplan.reports.explanations.household import payments
from liftplan.reports.explanations.names import Names, Paragraph, para, some
from liftplan.reports.words import yuan
from liftplan.solver.explain.measure import MeasureFacts


def measure(facts: MeasureFacts, names: Names) -> Iterator[Paragraph]:
    """What is to say of a measure."""
    yield para(
        m(
            "Measure {measure} of household {household}: {yuan} yuan.",
            measure=names.item(facts.measure),
            household=facts.household,
            yuan=yuan(facts.yuan),
        )
    )
    if facts.demanded:
        yield para(m("Rules name it: {demands}.", demands=told(facts.demanded, {"measure": facts.measure}, names)))
    if facts.effect:
        yield para(m("It costs nothing and comes with the projects that it requires."))
    yield from _taken(facts, names) if facts.taken else _not_taken(facts, names)


def _taken(facts: MeasureFacts, names: Names) -> Iterator[Paragraph]:
    if facts.lifted:
        yield para(m("The plan takes it, and lifts its household."))
    else:
        yield para(m("The plan takes it; its household is not lifted."))
    if facts.paid:
        yield para(m("Paid from:"), payments(facts.paid, names))


def _not_taken(facts: MeasureFacts, names: Names) -> Iterator[Paragraph]:
    if facts.lifted:
        yield para(m("The plan does not take it; its household is lifted without it."))
    else:
        yield para(m("The plan does not take it, and does not lift its household."))
    reasons = list(_reasons(facts, names))
    if reasons:
        yield para(m("In its way:"), reasons)


def _reasons(facts: MeasureFacts, names: Names) -> Iterator[Message]:
    if facts.requires:
        projects = some(names.project(one) for one in facts.requires)
        yield m("it requires projects that are not built: {projects}", projects=projects)
    if facts.rivals:
        yield m("the household takes {measures} instead", measures=some(names.item(one) for one in facts.rivals))
    for one in facts.lines:
        if not one.payers:
            yield m("no fund may pay {purpose}", purpose=names.purpose(one.purpose))
        elif one.left < one.yuan:
            yield m(
                "{purpose}: {yuan} yuan; of the funds that may pay it none has more than {left} left over",
                purpose=names.purpose(one.purpose),
                yuan=yuan(one.yuan),
                left=yuan(one.left),
            )
