"""A stressed plan as tables."""

from __future__ import annotations

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from liftplan.models.messages import m
from liftplan.reports.stresses.content import StressContent
from liftplan.reports.words import percent

SHOWN = 10
"""Villages and funds that the terminal shows."""


def stress_headline(content: StressContent) -> str:
    """What comes of the draws, in one line."""
    plan, other = content.plan, content.resistant
    values = {
        "county": content.name,
        "planned": f"{plan.planned:,}",
        "mean": f"{plan.mean:,.0f}",
        "bad": f"{plan.quantiles['0.05']:,}",
        "draws": f"{plan.draws:,}",
    }
    if other is None:
        text = m(
            "{county}: of {planned} people {mean} stay lifted on average of {draws} draws, {bad} in a bad one",
            **values,
        )
    else:
        text = m(
            "{county}: of {planned} people {mean} stay lifted on average of {draws} draws, {bad} in a bad one; "
            "with margins, of {planned_other} people {mean_other} and {bad_other}",
            planned_other=f"{other.planned:,}",
            mean_other=f"{other.mean:,.0f}",
            bad_other=f"{other.quantiles['0.05']:,}",
            **values,
        )
    return str(text)


def stress_table(content: StressContent) -> RenderableType:
    """Figures of the county, the most fragile villages, the funds that run short."""
    whole = Table(title=stress_headline(content), title_justify="left", box=box.SIMPLE_HEAD)
    whole.add_column("", overflow="fold")
    for name, _ in content.sides:
        whole.add_column(str(name), justify="right")
    for what, values in content.rows():
        whole.add_row(str(what), *values)
    return Group(whole, _villages(content), _funds(content), Text(str(content.assumed)))


def _villages(content: StressContent) -> Table:
    table = Table(title=str(m("The most fragile villages")), title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column(str(m("village")), overflow="fold")
    for head in (m("people lifted as planned"), m("who stay lifted, on average"), m("in one draw of twenty at most")):
        table.add_column(str(head), justify="right")
    for one in content.plan.villages[:SHOWN]:
        table.add_row(content.village(one.village), f"{one.planned:,}", f"{one.mean:,.1f}", f"{one.bad:,}")
    return table


def _funds(content: StressContent) -> Table:
    table = Table(title=str(m("Funds that run short")), title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column(str(m("fund")), overflow="fold")
    for head in (m("share of draws"), m("yuan short, on average"), m("yuan short in one draw of twenty")):
        table.add_column(str(head), justify="right")
    for one in content.plan.funds[:SHOWN]:
        table.add_row(content.fund(one.fund), percent(one.short_share), f"{one.short_mean:,}", f"{one.short_bad:,}")
    return table
