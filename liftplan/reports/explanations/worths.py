"""Sensitivities in words and as a table: intervals of people, each from two proved solves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from liftplan.models.messages import Message, m
from liftplan.reports.counts import at_least, at_most
from liftplan.reports.explanations.names import Names, Paragraph, para, people
from liftplan.reports.words import percent, yuan
from liftplan.solver.explain.sensitivity import Trial, Verdict, Worth

VERDICTS: dict[Verdict, Message] = {
    "clear": m("a narrow interval"),
    "rough": m("a wide interval; some gain is proved"),
    "nothing": m("nobody gains; this is proved"),
    "open": m("whether anybody gains is open"),
    "unproved": m("nothing was proved"),
}
"""What a sensitivity says in the end."""


def worths(found: Sequence[Worth], names: Names, scored: bool) -> Iterator[Paragraph]:
    """Each fund and rule in a sentence, and how often nothing could be said."""
    for one in found:
        yield para(_sentence(one, names, scored))
    counts = Counter(one.verdict for one in found)
    yield para(
        m("Questions: {count}", count=f"{len(found):,}"),
        [
            m("{verdict}: {count}", verdict=VERDICTS[verdict], count=f"{counts[verdict]:,}")
            for verdict in VERDICTS
            if counts[verdict]
        ],
    )


def worth_table(found: Sequence[Worth], names: Names, scored: bool) -> Table:
    """One row each."""
    title = m("What more money, or a relaxed rule, brings: proved intervals")
    table = Table(title=str(title), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    gained = m("points gained") if scored else m("people gained")
    heads = [m("fund or rule"), m("change"), gained, m("per unit"), m("width"), m("what is known")]
    for index, head in enumerate(heads):
        table.add_column(str(head), justify="left" if index in {0, 5} else "right")
    for one in found:
        trial = one.best
        cells = [str(_short(one, names)), "-", "-", "-", "-", str(_known(one, scored))]
        if trial is not None and trial.low is not None and trial.high is not None and one.per_unit is not None:
            low, high = one.per_unit
            cells[1:5] = [
                str(_change(one, trial)),
                _span(trial.low, trial.high),
                str(m("{span} {unit}", span=_span(low, high), unit=_unit(one))),
                f"{trial.width:,.4g}",
            ]
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _sentence(one: Worth, names: Names, scored: bool) -> Message:
    trial, per = one.best, one.per_unit
    what = _what(one, names)
    if trial is None or trial.low is None or trial.high is None or per is None:
        return m("{what}: nothing was proved.", what=what)
    change = _change(one, trial)
    if one.verdict == "nothing":
        return m("{what}, {change}: nobody gains. This is proved.", what=what, change=change)
    if one.verdict == "open":
        return m(
            "{what}, {change}: at most {most}. Whether anybody gains is open.",
            what=what,
            change=change,
            most=people(at_most(trial.high, scored), scored),
        )
    told = m(
        "{what}, {change}: at least {low} and at most {high}",
        what=what,
        change=change,
        low=people(at_least(trial.low, scored), scored),
        high=people(at_most(trial.high, scored), scored),
    )
    return m("{told}; that is {span} {unit}.", told=told, span=_span(*per), unit=_unit(one))


def _known(one: Worth, scored: bool) -> Message:
    """The verdict; of an interval that begins at nothing, what it says all the same."""
    if one.verdict == "open" and one.best is not None and one.best.high is not None:
        return m("at most {most}; whether anybody gains is open", most=people(at_most(one.best.high, scored), scored))
    return VERDICTS[one.verdict]


def _what(one: Worth, names: Names) -> Message:
    if one.target.kind == "fund":
        return m("fund {fund}", fund=names.fund(one.target.id))
    number, _, subject = one.target.id.partition("/")
    name = names.rule(number)
    return (
        m("rule {rule}, {where}", rule=name, where=names.subject(number, subject))
        if subject
        else m("rule {rule}", rule=name)
    )


def _short(one: Worth, names: Names) -> Message:
    """A fund by name, a rule by number."""
    if one.target.kind == "fund":
        return names.fund(one.target.id)
    number, _, subject = one.target.id.partition("/")
    if not subject:
        return m("{text}", text=number)
    return m("{rule} {where}", rule=number, where=names.subject(number, subject))


def _change(one: Worth, trial: Trial) -> Message:
    if one.target.unit == "off":
        return m("pooled purposes") if one.target.id == "R2" else m("switched off")
    if one.target.unit == "bp":
        return m("{share} relaxed", share=percent(trial.step / 10_000, 2))
    if one.target.kind == "fund":
        return m("{yuan} yuan more", yuan=yuan(trial.step))
    return m("{yuan} yuan relaxed", yuan=yuan(trial.step))


def _unit(one: Worth) -> Message:
    if one.target.unit == "off":
        return m("in all")
    return m("per percentage point") if one.target.unit == "bp" else m("per 10,000 yuan")


def _span(low: float, high: float) -> str:
    if abs(high - low) < 1e-6:
        return f"{low:,.4g}"
    return f"{low:,.4g} … {high:,.4g}"
