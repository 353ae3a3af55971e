"""Money that is left over, and why."""

from __future__ import annotations

from liftplan.models.messages import m
from liftplan.reports.page.amounts import count, money
from liftplan.reports.page.charts.bars import bar
from liftplan.reports.page.facts import Facts, records, section, table
from liftplan.reports.page.html import Child, Html, el, join
from liftplan.reports.words import percent

LEAST = 0.001
"""Smaller shares are told as less than this."""


def leftover(facts: Facts) -> Html:
    """All money in one bar; then each fund that has some left, with the reason."""
    funds = facts.tables.funds
    ring_fenced = funds["reason"] == "ring_fenced"
    free = funds[~ring_fenced]
    parts = [
        ("lifted", int(free["allocated"].sum()), m("allocated")),
        ("left", max(0, int(free["left"].sum())), m("left over")),
        ("fee", int(free["fee"].sum()), m("reserved as fee")),
        ("out", int(funds[ring_fenced]["amount"].sum()), m("ring-fenced, never allocated")),
    ]
    parts = [part for part in parts if part[1]]
    whole = max(1, sum(amount for _, amount, _ in parts))
    label = str(m("All money: {amount}", amount=money(whole)))
    owners = facts.tables.owners
    left = free[free["left"] != 0].sort_values("left", ascending=False, kind="stable")
    columns = ("name", "department", "why", "left", "amount")
    rows: list[list[Child]] = [
        [
            join(name, el("span", owners[department], class_="small under")),
            why,
            count(rest),
            _share(rest, amount),
        ]
        for name, department, why, rest, amount in records(left, *columns)
    ]
    heads = [m("fund"), m("why"), m("left over, yuan"), m("of its amount")]
    return section(
        "left",
        m("Money left over, and why"),
        el(
            "figure",
            bar([(name, amount) for name, amount, _ in parts], whole, label, thick=True),
            el(
                "figcaption",
                [
                    el("span", el("i", class_=f"key fill-{name}"), words, " ", el("b", money(amount)), class_="legend")
                    for name, amount, words in parts
                ],
            ),
        ),
        table(heads, rows, texts=2, caption=m("Funds with money left over"))
        if rows
        else el("p", m("No money is left over.")),
    )


def _share(rest: int, amount: int) -> str:
    """What is left as a share; never nothing, as something is left."""
    share = rest / max(1, amount)
    return percent(share) if abs(share) >= LEAST else f"< {percent(LEAST)}"
