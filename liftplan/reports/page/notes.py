"""What else a reader must know: rules not fully kept, padding, and where the plan comes from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.policy import RULES
from liftplan.reports.page.amounts import count, money
from liftplan.reports.page.facts import Facts, folded, records, section, table
from liftplan.reports.page.html import Child, Html, el
from liftplan.reports.words import shown

SHOWN = 12
"""Padding projects shown at once, the dearest; the others on demand."""

NAMES = re.compile(r"[\w.-]+")
"""What may be an identifier in an override."""

UNITS: dict[str, Message] = {
    "yuan": m("yuan"),
    "yuan/10000": m("ten-thousandths of a yuan"),
    "person": m("people"),
    "item": m("times"),
}
"""Units of shortfalls."""


def shortfalls(facts: Facts) -> Html | None:
    """Soft rules that are not fully kept, rule by rule; never household by household."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in facts.plan.shortfalls:
        sums[one.rule, one.unit].append(one.short)
    if not sums:
        return None
    rows: list[list[Child]] = [
        [f"{rule} {RULES[rule]}", count(len(short)), f"{sum(short):,} {UNITS[unit]}"]
        for (rule, unit), short in sums.items()
    ]
    return section(
        "short",
        m("Rules that are not fully kept"),
        table([m("rule"), m("cases"), m("short in all")], rows, caption=m("Soft rules not fully kept")),
        lead=m("These rules are soft: falling short costs something in the objective, and was worth it."),
    )


def padding(facts: Facts) -> Html | None:
    """Projects built with no user, because a minimum forces spending."""
    projects = facts.tables.projects
    found = projects[projects["padding"]]
    if found.empty:
        return None
    villages = dict(records(facts.tables.villages, "village", "name"))
    rows: list[list[Child]] = [
        [name, villages[village], count(yuan)]
        for name, village, yuan in records(
            found.sort_values("yuan", ascending=False, kind="stable"), "name", "village", "yuan"
        )
    ]
    heads = [m("project"), m("village"), m("yuan")]
    yuan = int(found["yuan"].sum())
    return section(
        "padding",
        m("Padding: projects built with no user"),
        table(heads, rows[:SHOWN], texts=2, caption=m("Projects built with no user")),
        folded(m("{count} more projects", count=len(rows) - SHOWN), table(heads, rows[SHOWN:], texts=2))
        if len(rows) > SHOWN
        else None,
        lead=m(
            "Built with no user, because a minimum forces spending: projects {count}, {amount} in all. "
            "No measure that the plan takes needs them; a better use, or a lower minimum, would be worth a thought.",
            count=f"{len(rows):,}",
            amount=money(yuan),
        ),
    )


def told_overrides(overrides: Sequence[str], county: County) -> list[str]:
    """Overrides applied; those that name a household are counted only."""
    private = {*county["households"]["id"].tolist(), *county["measures"]["id"].tolist()}
    told = [line for line in overrides if not private.intersection(NAMES.findall(line))]
    others = len(overrides) - len(told)
    return [*told, str(m("{count} that name single households", count=others))] if others else told


def origin(facts: Facts) -> Html:
    """What the plan is made of, and how to check it."""
    plan, head = facts.plan, facts.county.head
    lines: list[tuple[Message, Child]] = [
        (m("county"), f"{shown(head.name, head.name_en)} ({head.id})"),
        (m("scenario"), plan.scenario),
    ]
    if plan.overrides:
        lines.append((m("overrides"), "; ".join(told_overrides(plan.overrides, facts.county))))
    lines += [
        (m("digest of the plan"), el("code", plan.digest)),
        (m("digest of the county"), el("code", plan.county.digest)),
        (m("made with"), ", ".join(f"{name} {version}" for name, version in sorted(plan.versions.items()))),
    ]
    return el(
        "footer",
        el("dl", [el("div", el("dt", label), el("dd", value)) for label, value in lines]),
        el(
            "p",
            m(
                "This page is a copy to read. The plan itself is plan.json in the same folder; "
                "plan.xlsx has every line of it."
            ),
        ),
    )
