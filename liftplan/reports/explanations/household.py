"""A household in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from liftplan.models.messages import Message, joined, m
from liftplan.reports.counts import persons
from liftplan.reports.explanations.demands import told
from liftplan.reports.explanations.names import Names, Paragraph, money, para, people, some
from liftplan.reports.words import yuan
from liftplan.solver.explain.hopeless import Blocked, Hopeless
from liftplan.solver.explain.household import HouseholdFacts, Missing
from liftplan.solver.explain.money import Line, Paid
from liftplan.solver.explain.ways import Way

BLOCKED: dict[str, Callable[[Message], Message]] = {
    "nobody_pays": lambda subject: m("no fund may pay its purpose {subject}", subject=subject),
    "never": lambda _: m("R12 forbids it"),
    "project": lambda subject: m("its project {subject} can never be built", subject=subject),
    "labour": lambda _: m("it ties up more workers than the household has"),
    "slots": lambda subject: m("its project {subject} has no slots", subject=subject),
}
"""Why a measure can never be taken."""

ENOUGH: dict[str, Message] = {
    "exclusive": m("measures that exclude each other (R8: alternatives, one main house)"),
    "labour": m("too few able workers (R8)"),
    "blocked": m("measures that can never be taken, named below"),
    "money": m("what R5 and R9 ask of its money, or projects that exclude each other or have too few slots"),
}
"""What alone stands in the way."""


def household(facts: HouseholdFacts, names: Names, scored: bool, proved_best: bool) -> Iterator[Paragraph]:
    """What is to say of a household."""
    yield para(
        m(
            "Household {household} in {village}: {persons}.",
            household=facts.household,
            village=names.village(facts.village),
            persons=persons(facts.persons),
        )
    )
    if facts.demanded:
        things = {"household": facts.household, "village": facts.village}
        yield para(m("R12 demands: {demands}.", demands=told(facts.demanded, things, names)))
    if facts.outcome == "out":
        yield para(m("It passes the exit test with nothing done; it is not counted."))
    elif facts.outcome == "lifted":
        yield para(m("The plan lifts it out of poverty."))
    else:
        yield para(m("The plan does not lift it out of poverty."))
    if facts.outcome != "out":
        yield para(_lack(facts, names))
    yield from _given(facts, names)
    if facts.outcome != "poor":
        return
    if not facts.counted:
        yield para(m("It has too many combinations of measures to try them all."))
    if facts.forbidden:
        yield para(m("A hard demand (R12) forbids it any measure and grant."))
    if facts.hopeless is not None:
        yield from _hopeless(facts.hopeless, names)
    if facts.cheapest is not None:
        yield from _way(facts, facts.cheapest, names, scored, proved_best)


def _lack(facts: HouseholdFacts, names: Names) -> Message:
    """What it lacked before the plan."""
    lacks: list[Message] = []
    if facts.income_gap:
        lacks.append(m("{yuan} yuan of income a year", yuan=yuan(facts.income_gap)))
    lacks += [names.need(need) for need in facts.needs]
    return m("To leave poverty it needs: {needs}.", needs=some(lacks))


def _given(facts: HouseholdFacts, names: Names) -> Iterator[Paragraph]:
    """What the plan gives it, and who pays."""
    if not facts.measures and not facts.paid:
        if facts.outcome != "out":
            yield para(m("The plan gives it nothing."))
        return
    points = []
    for one in facts.measures:
        parts = [names.item(one.measure), money(one.yuan) if one.yuan else m("without cost, from its projects")]
        if one.income_gain:
            parts.append(m("{yuan} yuan of income a year", yuan=yuan(one.income_gain)))
        parts += [m("meets: {need}", need=names.need(need)) for need in one.meets]
        points.append(joined(parts))
    if facts.topup_yuan:
        points.append(m("development grant up to the household minimum (R5): {yuan} yuan", yuan=yuan(facts.topup_yuan)))
    yield para(m("The plan gives it:"), points)
    if facts.projects:
        yield para(
            m("These projects serve it: {projects}.", projects=some(names.project(one) for one in facts.projects))
        )
    if facts.paid:
        yield para(m("Paid from, {yuan} yuan in all:", yuan=yuan(facts.yuan)), payments(facts.paid, names))


def payments(paid: tuple[Paid, ...], names: Names) -> Iterator[Message]:
    """Ledger lines."""
    for one in paid:
        yield m(
            "{fund}: {yuan} yuan for {purpose}, {item}",
            fund=names.fund(one.fund),
            yuan=yuan(one.yuan),
            purpose=names.purpose(one.purpose),
            item=names.item(one.item),
        )


def _hopeless(facts: Hopeless, names: Names) -> Iterator[Paragraph]:
    """Why nothing in the data lifts it."""
    points = [m("no measure meets its need: {need}", need=names.need(need)) for need in facts.needs]
    if facts.income_short:
        points.append(
            m("with every measure of it, {yuan} yuan of income a year are still missing", yuan=yuan(facts.income_short))
        )
    if facts.enough:
        points += [m("this alone stands in the way: {reason}", reason=ENOUGH[one]) for one in facts.enough]
    elif not points:
        points.append(m("several rules together stand in the way"))
    yield para(m("It cannot be lifted by anything in the data:"), points)
    if facts.blocked:
        yield para(m("Measures that can never be taken:"), [_blocked(one, names) for one in facts.blocked])


def _blocked(one: Blocked, names: Names) -> Message:
    subject = names.purpose(one.subject) if one.reason == "nobody_pays" else names.item(one.subject)
    return m("{item}: {reason}", item=names.item(one.measure), reason=BLOCKED[one.reason](subject))


def _way(facts: HouseholdFacts, way: Way, names: Names, scored: bool, proved_best: bool) -> Iterator[Paragraph]:
    """The cheapest way out, what it is worth, what is missing, what would be enough."""
    steps = [joined([names.item(one), *_new(facts, one)]) for one in way.measures]
    steps += [m("project to be built: {project}", project=names.project(one)) for one in way.projects]
    if way.topup_yuan:
        steps.append(m("development grant up to the household minimum (R5): {yuan} yuan", yuan=yuan(way.topup_yuan)))
    yield para(m("Its cheapest way out costs {yuan} yuan in all:", yuan=yuan(way.yuan)), steps)
    yield para(
        m(
            "At the margin, at the plan's prices: lifting it counts {worth}; "
            "what this way takes would do {cost} elsewhere.",
            worth=people(way.worth, scored),
            cost=people(way.cost, scored),
        )
    )
    yield para(_verdict(facts, way, scored, proved_best))
    if facts.missing:
        yield para(m("Besides money this is missing:"), [_missing(one, names) for one in facts.missing])
    if way.lines:
        yield para(
            m("To be paid, and who may pay:"),
            [_line(line, names) for line in way.lines],
        )
    if facts.unpaid_yuan:
        yield para(
            m(
                "Of this, money left over in these funds cannot pay {yuan} yuan, however it is shared out.",
                yuan=yuan(facts.unpaid_yuan),
            )
        )
    if facts.enough:
        yield para(
            m("Checked: with any one of these it is lifted too, and everything else stays as it is:"),
            [
                m("{more}; then {people} are lifted", more=_more(one.more, names), people=people(one.people, False))
                for one in facts.enough
            ],
        )
    other = facts.favoured
    if other is not None and other != way:
        yield para(
            m(
                "The plan's prices favour another way of {yuan} yuan ({measures}): at the margin it does {cost} "
                "elsewhere.",
                yuan=yuan(other.yuan),
                measures=some(names.item(one) for one in (*other.measures, *other.projects)),
                cost=people(other.cost, scored),
            )
        )


def _new(facts: HouseholdFacts, measure: str) -> list[Message]:
    return [m("taken already")] if measure in {one.measure for one in facts.measures} else []


def _verdict(facts: HouseholdFacts, way: Way, scored: bool, proved_best: bool) -> Message:
    if way.net < 0 and facts.bearable_yuan is not None:
        return m(
            "So its money does {more} more elsewhere; it would be worth it from {yuan} yuan downwards, "
            "all its costs shrinking alike.",
            more=people(-way.net, scored),
            yuan=yuan(facts.bearable_yuan),
        )
    if way.net < 0:
        return m("So its money does {more} more elsewhere.", more=people(-way.net, scored))
    if any(one.kind == "alternative" for one in facts.missing):
        return m("At these prices it would be worth its money; what others lose with the alternative is not counted.")
    if proved_best:
        return m(
            "At these prices it would be worth its money. Whole measures do not fit into budgets and minimums, though: "
            "the plan is proved best."
        )
    return m(
        "At these prices it would be worth its money. Whole measures may not fit into budgets and minimums; "
        "the plan is not proved best, so a better one may lift it."
    )


def _missing(one: Missing, names: Names) -> Message:
    if one.kind == "project":
        return m("the project {project} is not built", project=names.project(one.subject))
    if one.kind == "alternative":
        return m(
            "instead of {project} its alternative {other} is built",
            project=names.project(one.subject),
            other=names.project(one.other),
        )
    if one.kind == "slot":
        return m(
            "a slot of {project}: {used} of {most} are taken",
            project=names.project(one.subject),
            used=one.used,
            most=one.most,
        )
    return m("labour: what it gets now ties up {used} of all its workers, {most}", used=one.used, most=one.most)


def _line(line: Line, names: Names) -> Message:
    """A cost line with its payers."""
    what = m(
        "{item}, {purpose}: {yuan} yuan",
        item=names.item(line.item),
        purpose=names.purpose(line.purpose),
        yuan=yuan(line.yuan),
    )
    if not line.payers:
        return m("{what}; no fund may pay it", what=what)
    return m(
        "{what}; payable by {funds}, of which at most {left} yuan are left over",
        what=what,
        funds=some(names.fund(one) for one in line.payers),
        left=yuan(line.left),
    )


def _more(amounts: Sequence[tuple[str, int]], names: Names) -> Message:
    """What funds would have to have more, yuan by fund."""
    if not amounts:
        return m("money left over alone")
    return some(m("{yuan} yuan more in {fund}", yuan=yuan(amount), fund=names.fund(fund)) for fund, amount in amounts)
