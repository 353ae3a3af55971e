"""The summary of a solve for the terminal: people, how sure, money, villages, what is left over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.plan import Plan
from liftplan.models.policy import RULES
from liftplan.reports.certainty import certainty
from liftplan.reports.frames import PlanTables
from liftplan.reports.words import REASONS, percent, shown, yuan
from liftplan.solver.result import Result

SHOWN_ROWS = 60
"""At most so many rows of a table are shown; the plan folder has them all."""


def opening(plan: Plan, county: County, tables: PlanTables) -> list[Message]:
    """People and money, a sentence each."""
    totals = plan.totals
    registered = int(county["households"]["persons"].sum())
    found = [
        m(
            "{people} people in {households} households leave poverty: {share} of the {registered} people registered.",
            people=f"{totals.people_lifted:,}",
            households=f"{totals.households_lifted:,}",
            share=percent(totals.people_lifted / max(1, registered)),
            registered=f"{registered:,}",
        )
    ]
    if plan.already_out:
        found.append(m("{count} households pass without help; they are not counted.", count=len(plan.already_out)))
    found.append(
        m(
            "{yuan} yuan are allocated to {projects} projects and {measures} measures, {each} yuan a person lifted.",
            yuan=yuan(totals.ledger_yuan),
            projects=f"{len(plan.projects):,}",
            measures=f"{int((~tables.measures['direct_effect']).sum()):,}",
            each=yuan(round(totals.ledger_yuan / totals.people_lifted)) if totals.people_lifted else "-",
        )
    )
    if totals.leveraged_yuan:
        found.append(m("They draw {yuan} yuan of other money.", yuan=yuan(totals.leveraged_yuan)))
    if plan.padding:
        found.append(
            m("{count} projects are built only because a minimum forces spending (padding).", count=len(plan.padding))
        )
    return found


def summary(result: Result, county: County, folder: Path | None = None) -> RenderableType:
    """The summary, for a rich console; the language is the current one."""
    plan = result.plan
    title = Text(shown(county.head.name, county.head.name_en), style="bold")
    if plan is None:
        return Group(title, Text(str(certainty(result))))
    title.append(f" · {plan.scenario}")
    tables = PlanTables(plan, county)
    first, *rest = opening(plan, county, tables)
    parts: list[RenderableType] = [title, Text(str(first), style="bold green"), Text(str(certainty(result)))]
    parts += [Text(str(sentence)) for sentence in rest]
    parts += [_money(m("Money by channel"), tables.channels), _money(m("Money by department"), tables.departments)]
    parts += [_villages(tables), _left(tables), *_shortfalls(plan)]
    if folder is not None:
        parts.append(Text(str(m("The plan is in {folder}", folder=folder)), overflow="fold"))
    return Group(*parts)


def _money(title: Message, frame: pd.DataFrame) -> Table:
    used = frame[frame["amount"] + frame["allocated"] > 0].sort_values("allocated", ascending=False, kind="stable")
    rows = [
        (name, yuan(amount), yuan(allocated), percent(allocated / max(1, amount)), yuan(left))
        for name, amount, allocated, left in _plain(used, ["name", "amount", "allocated", "left"])
    ]
    return _table(title, [m("name"), m("amount, yuan"), m("allocated"), m("share"), m("left over")], rows, texts=1)


def _villages(tables: PlanTables) -> Table:
    columns = ["name", "township", "lifted_people", "persons", "lifted_households", "households", "projects", "yuan"]
    rows = [
        (name, township, f"{people:,} / {of:,}", f"{lifted:,} / {households:,}", str(projects), yuan(spent))
        for name, township, people, of, lifted, households, projects, spent in _plain(tables.villages, columns)
    ]
    heads = [m("village"), m("township"), m("people lifted"), m("households"), m("projects"), m("yuan")]
    return _table(m("Villages"), heads, rows, texts=2)


def _left(tables: PlanTables) -> RenderableType:
    funds = tables.funds
    funds = funds[funds["left"] != 0].sort_values("left", ascending=False, kind="stable")
    if funds.empty:
        return Text(str(m("No money is left over.")))
    rows = [
        (name, yuan(left), str(REASONS[reason])) for name, left, reason in _plain(funds, ["name", "left", "reason"])
    ]
    return _table(m("Money left over"), [m("fund"), m("yuan"), m("why")], rows, texts=1, last_text=True)


def _shortfalls(plan: Plan) -> list[RenderableType]:
    if not plan.shortfalls:
        return []
    rows = [
        (f"{short.rule} {RULES[short.rule]}", short.subject, f"{short.short:,} {short.unit}")
        for short in plan.shortfalls
    ]
    return [_table(m("Soft rules not fully kept"), [m("rule"), m("where"), m("short")], rows, texts=2)]


def _plain(frame: pd.DataFrame, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    return list(frame[list(columns)].itertuples(index=False, name=None))


def _table(
    title: Message,
    heads: Sequence[Message],
    rows: Sequence[tuple[str, ...]],
    *,
    texts: int,
    last_text: bool = False,
) -> Table:
    """A table; the first `texts` columns (and the last, on wish) are text, the others numbers."""
    table = Table(title=str(title), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for index, head in enumerate(heads):
        text = index < texts or (last_text and index == len(heads) - 1)
        table.add_column(str(head), justify="left" if text else "right", no_wrap=not text)
    for row in rows[:SHOWN_ROWS]:
        table.add_row(*(Text(cell) for cell in row))
    if len(rows) > SHOWN_ROWS:
        table.add_row(str(m("... and {count} more", count=len(rows) - SHOWN_ROWS)))
    return table
