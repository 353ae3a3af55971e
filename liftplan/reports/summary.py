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
from liftplan.reports.certainty import certainty, lower_levels
from liftplan.reports.counts import homes_leaving
from liftplan.reports.frames import MONEY, PlanTables
from liftplan.reports.words import BASE, REASONS, percent, shown, yuan
from liftplan.solver.result import Result

SHOWN_ROWS = 60
"""At most so many rows of a table are shown; the plan folder has them all."""

SHOWN_PRICES = 10
"""At most so many prices are shown."""


def opening(plan: Plan, tables: PlanTables) -> list[Message]:
    """People and money, a sentence each. Shares are of registered people who are not out already."""
    totals = plan.totals
    out = int(tables.villages["out"].sum())
    concerned = int(tables.villages["persons"].sum()) - out
    found = [
        m(
            "{lifted}: {share} of the {concerned} people registered who are not out already.",
            lifted=homes_leaving(totals.people_lifted, totals.households_lifted),
            share=percent(totals.people_lifted / max(1, concerned)),
            concerned=f"{concerned:,}",
        )
    ]
    if out:
        found.append(
            m(
                "Registered and out already, without help, and not counted: people {people}, households {households}.",
                people=f"{out:,}",
                households=f"{len(plan.already_out):,}",
            )
        )
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
            m(
                "Built with no user, because a minimum forces spending (padding): projects {count}.",
                count=f"{len(plan.padding):,}",
            )
        )
    return found


def summary(result: Result, county: County, folder: Path | None = None) -> RenderableType:
    """The summary, for a rich console; the language is the current one."""
    plan = result.plan
    title = Text(shown(county.head.name, county.head.name_en), style="bold")
    if plan is None:
        return Group(title, Text(str(certainty(result))))
    if plan.scenario != BASE:
        title.append(f" · {plan.scenario}")
    tables = PlanTables(plan, county)
    first, *rest = opening(plan, tables)
    parts: list[RenderableType] = [title, Text(str(first), style="bold green"), Text(str(certainty(result)))]
    parts += [Text(str(sentence)) for sentence in [*rest, *lower_levels(plan)]]
    parts += [_money(m("Money by channel"), tables.channels), _money(m("Money by department"), tables.departments)]
    parts += [_villages(tables), _unspent(tables), *_prices(plan, tables), *_shortfalls(plan)]
    if folder is not None:
        parts.append(Text(str(m("The plan is in {folder}", folder=folder)), overflow="fold"))
        parts.append(Text(str(m("Open summary.html to read it, plan.xlsx to work with it."))))
    return Group(*parts)


def _money(title: Message, frame: pd.DataFrame) -> Table:
    """Money of funds that may be allocated, with its total: amount = fee + allocated + left over."""
    used = frame[frame["amount"] + frame["allocated"] > 0].sort_values("allocated", ascending=False, kind="stable")
    total = (str(m("total")), *(int(used[column].sum()) for column in MONEY))
    fees = bool(used["fee"].any())
    rows = [
        (name, yuan(amount), *[yuan(fee)][:fees], yuan(allocated), percent(allocated / max(1, amount)), yuan(left))
        for name, amount, fee, allocated, left in [*_plain(used, ["name", *MONEY]), total]
    ]
    heads = [m("name"), m("amount, yuan"), *[m("fee")][:fees], m("allocated"), m("share"), m("left over")]
    return _table(title, heads, rows, texts=1)


def _villages(tables: PlanTables) -> Table:
    """People and households lifted, of those registered who are not out already."""
    homes = tables.households
    frame = tables.villages.assign(
        concerned=tables.villages["persons"] - tables.villages["out"],
        homes=tables.villages["village"].map(homes[~homes["already_out"]]["village"].value_counts()).fillna(0),
    )
    columns = ["name", "township", "lifted_people", "concerned", "lifted_households", "homes", "projects", "yuan"]
    rows = [
        (name, township, f"{people:,} / {of:,}", f"{lifted:,} / {households:,.0f}", str(projects), yuan(spent))
        for name, township, people, of, lifted, households, projects, spent in _plain(frame, columns)
    ]
    heads = [m("village"), m("township"), m("people lifted"), m("households"), m("projects"), m("yuan")]
    return _table(m("Villages"), heads, rows, texts=2)


def _unspent(tables: PlanTables) -> RenderableType:
    """What no ledger line spends: fund by fund what is left over, and what is reserved as fee."""
    funds = tables.funds
    left = funds[funds["left"] != 0].sort_values("left", ascending=False, kind="stable")
    fees = funds[(funds["fee"] != 0) & (funds["reason"] != "ring_fenced")]
    fees = fees.sort_values("fee", ascending=False, kind="stable")
    rows = [(name, yuan(amount), why) for name, amount, why in _plain(left, ["name", "left", "why"])]
    rows += [(name, yuan(fee), str(REASONS["reserved"])) for name, fee in _plain(fees, ["name", "fee"])]
    if not rows:
        return Text(str(m("No money is left over.")))
    return _table(m("Money not allocated, and why"), [m("fund"), m("yuan"), m("why")], rows, texts=1, last_text=True)


def _prices(plan: Plan, tables: PlanTables) -> list[RenderableType]:
    """What relaxing rules would bring, dearest first, and which rules cost nothing because others imply them."""
    frame = tables.prices
    dear = frame[frame["price"] > 0].head(SHOWN_PRICES)
    parts: list[RenderableType] = []
    if not dear.empty:
        rows = [
            (f"{rule} {RULES[rule]}", name, f"{price:,.2f}")
            for rule, name, price in _plain(dear, ["rule", "name", "price"])
        ]
        title = m("People for 10,000 yuan more, or less of a minimum")
        parts.append(_table(title, [m("rule"), m("where"), m("people")], rows, texts=2))
    implied = sum(key.startswith("R3 ") for key in plan.implied)
    if implied:
        sentence = m(
            "R3 implied by R4, number of villages: {count}. Their departments' minimums add up to the village's, "
            "so R3 has no price of its own.",
            count=implied,
        )
        parts.append(Text(str(sentence)))
    return parts


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
