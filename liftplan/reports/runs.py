"""Runs as people read them: tables of what came of scenarios, and one run in full."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from liftplan.models.messages import Message, m
from liftplan.reports.words import STATUS, STOPS, percent, yuan
from liftplan.scenarios.runs import Answer
from liftplan.scenarios.store import CANCELLED, Run

NOTHING = "-"

INFEASIBLE = m("no plan keeps all hard rules (proved)")
UNKNOWN = m("no plan found, nothing proved")
STOPPED = m("cancelled")


def answers_table(answers: Sequence[Answer]) -> RenderableType:
    """What came of each scenario; a run that was known is marked."""
    table = _table(m("Scenarios"))
    for head, left in _HEADS:
        if left:
            table.add_column(str(head), overflow="fold")
        else:
            table.add_column(str(head), justify="right", no_wrap=True)
    for answer in answers:
        run = answer.run
        if run is None:
            reason = str(m("failed: {reason}", reason=answer.failed.error)) if answer.failed else str(STOPPED)
            table.add_row(answer.scenario, *[NOTHING] * 5, reason, "")
            continue
        name = f"{run.id} *" if answer.found else run.id
        table.add_row(answer.scenario, *_figures(run), str(ending(run)), name)
    if not any(answer.found for answer in answers):
        return table
    return Group(table, Text(str(m("* was in the store already and was not solved again (--again solves it)."))))


_HEADS: tuple[tuple[Message, bool], ...] = (
    (m("scenario"), True),
    (m("people lifted"), False),
    (m("at most"), False),
    (m("gap"), False),
    (m("yuan"), False),
    (m("seconds"), False),
    (m("how sure"), True),
    (m("run"), True),
)


def runs_table(runs: Sequence[Run]) -> RenderableType:
    """All runs of a store, oldest first."""
    if not runs:
        return Text(str(m("There are no runs yet.")))
    table = _table(m("Runs"))
    texts = (m("run"), m("finished (UTC)"), m("county"), m("scenario"))
    for head in texts:
        table.add_column(str(head), no_wrap=True, overflow="fold")
    for head in (m("people lifted"), m("at most")):
        table.add_column(str(head), justify="right", no_wrap=True)
    table.add_column(str(m("how sure")), overflow="fold")
    for run in runs:
        when = run.finished[:16].replace("T", " ")
        people, most, *_ = _figures(run)
        table.add_row(run.id, when, run.county, run.scenario, people, most, str(ending(run)))
    return table


def run_in_full(run: Run) -> RenderableType:
    """One run: what was asked, what came of it."""
    table = Table(box=None, show_header=False, pad_edge=False)
    facts: list[tuple[Message, str]] = [
        (m("run"), run.id),
        (m("county"), run.county),
        (m("scenario"), run.scenario),
        (m("finished (UTC)"), run.finished[:19].replace("T", " ")),
        (m("how sure"), str(ending(run))),
        *zip((head for head, _ in _HEADS[1:6]), _figures(run), strict=True),
        *((m("override"), line) for line in run.overrides),
        *((m("setting"), f"{name} = {value}") for name, value in sorted(run.settings.items())),
        (m("began with the plan of run"), run.warm or NOTHING),
        (m("digest of the county"), run.county_digest),
    ]
    for label, value in facts:
        table.add_row(str(label), Text(value, overflow="fold"))
    return table


def ending(run: Run) -> Message:
    """How a run ended."""
    if run.separate:
        return m("no plan: {count} rules broken", count=f"{run.broken or 0:,}")
    if run.status in STATUS:
        stop = STOPS[CANCELLED] if run.stopped_by == CANCELLED else None
        return m("{status}; {stop}", status=STATUS[run.status], stop=stop) if stop else STATUS[run.status]
    return INFEASIBLE if run.status == "infeasible" else UNKNOWN


def _figures(run: Run) -> tuple[str, str, str, str, str]:
    """People, bound, gap, yuan, seconds."""
    return (
        NOTHING if run.people_lifted is None else f"{run.people_lifted:,}",
        NOTHING if run.objective_bound is None else f"{run.objective_bound:,.1f}",
        NOTHING if run.gap is None else percent(run.gap, 3),
        NOTHING if run.ledger_yuan is None else yuan(run.ledger_yuan),
        f"{run.seconds:,.1f}",
    )


def _table(title: Message) -> Table:
    return Table(title=str(title), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
