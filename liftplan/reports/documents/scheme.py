"""The county plan (资金整合方案): aims, sources, uses, minimums, what is left over, duties; tables and two charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from liftplan.models.messages import Message, m
from liftplan.reports.documents.amounts import count, date, told, yuan
from liftplan.reports.documents.charts import money_chart, people_chart
from liftplan.reports.documents.facts import Facts
from liftplan.reports.documents.paper import Paper
from liftplan.reports.documents.tables import Column, Row
from liftplan.reports.frames import MONEY
from liftplan.reports.limits import Limit, limits
from liftplan.reports.words import MODES
from liftplan.reports.workbook.sheet import capital

UNIT = m("Unit: yuan")

PROJECTS = m("List of village projects")
"""Title of the annex."""

PRINCIPLES = m(
    "Channels stay apart and purposes unchanged: money is planned and built together, while each department accounts "
    "for its own funds and is credited with what it pays."
)

DUTIES = (
    m(
        "(1) The county's leading group on poverty decides; its office draws up village lists, minutes and this plan, "
        "and follows them."
    ),
    m(
        "(2) Departments pay the amounts of their notices, from the funds and for the purposes named, and accept the "
        "projects of their trade."
    ),
    m("(3) Townships and villages carry out projects and measures, and publish what was planned and what was paid."),
    m(
        "(4) Inspection is quarterly, with a bulletin every half year and an appraisal at the end of the year: rates "
        "of integration, arrival and completion."
    ),
)
"""Who does what, as the county's procedure has it."""


def scheme(facts: Facts) -> bytes:
    """The county plan as a .docx."""
    paper = Paper(str(m("Plan for integrating poverty funds, {county}", county=facts.titled)))
    paper.line(m("Document number: ________"), "Subtitle")
    paper.heading(m("1. Aims and principles"))
    paper.body(*_aims(facts))
    paper.body(PRINCIPLES)
    paper.heading(m("2. Sources of money"))
    paper.body(*_sources(facts))
    _money(paper, m("Channel"), facts.tables.channels, m("Table 1: money by channel"))
    _money(paper, m("Department"), facts.tables.departments, m("Table 2: money by department"))
    paper.picture(money_chart(facts), m("Chart 1: money by department"))
    paper.heading(m("3. Uses of money"))
    _purposes(paper, facts)
    _villages(paper, facts)
    paper.picture(people_chart(facts), m("Chart 2: people who leave poverty"))
    _minimums(paper, facts)
    _left(paper, facts)
    paper.heading(m("6. Duties and supervision"))
    for sentence in DUTIES:
        paper.body(sentence)
    if len(facts.tables.projects):
        paper.annexed(PROJECTS)
    paper.signed()
    _projects(paper, facts)
    return paper.content()


def _aims(facts: Facts) -> list[Message]:
    totals = facts.plan.totals
    homes = facts.tables.households
    return [
        m(
            "{people} of {registered} people registered as poor, in {households} households, are to leave poverty.",
            people=count(totals.people_lifted),
            registered=count(int(homes["persons"].sum())),
            households=count(totals.households_lifted),
        ),
        m(
            "{money} are given to {projects} village projects in {villages} villages and to measures in {homes} "
            "households.",
            money=told(totals.ledger_yuan),
            projects=count(len(facts.plan.projects)),
            villages=count(len(facts.by_village)),
            homes=count(int((homes["yuan"] > 0).sum())),
        ),
        m("They draw {money} of other money, which is not counted here.", money=told(totals.leveraged_yuan)),
    ]


def _sources(facts: Facts) -> list[Message]:
    funds = facts.tables.funds
    free = funds[funds["reason"] != "ring_fenced"]
    ring = funds[funds["reason"] == "ring_fenced"]
    found = [
        m(
            "{funds} funds with {money} may be integrated: {paid} are to be paid, {fee} are reserved as management "
            "fee, {left} are left over.",
            funds=count(len(free)),
            money=told(int(free["amount"].sum())),
            paid=told(int(free["allocated"].sum())),
            fee=told(int(free["fee"].sum())),
            left=told(int(free["left"].sum())),
        )
    ]
    if len(ring):
        found.append(
            m(
                "{funds} funds with {money} are ring-fenced (flood and disaster relief, low-income allowance and the "
                "like) and no part of this plan.",
                funds=count(len(ring)),
                money=told(int(ring["amount"].sum())),
            )
        )
    return found


def _money(paper: Paper, key: Message, frame: pd.DataFrame, caption: Message) -> None:
    used = frame[(frame["amount"] != 0) | (frame["allocated"] != 0)]
    columns = [
        Column(key, 4.4),
        Column(m("Amount of the funds"), 2.8, "number"),
        Column(m("Management fee"), 2.6, "number"),
        Column(m("To be paid"), 2.8, "number"),
        Column(m("Left over"), 2.4, "number"),
    ]
    rows = [Row([capital(name), *map(yuan, amounts)]) for name, *amounts in _records(used, "name", *MONEY)]
    rows.append(Row([str(m("In all")), *(yuan(int(used[column].sum())) for column in MONEY)], strong=True))
    paper.table(columns, rows, caption=caption, unit=UNIT)


def _purposes(paper: Paper, facts: Facts) -> None:
    frame = facts.tables.purposes
    used = frame[frame["yuan"] > 0].sort_values("yuan", ascending=False, kind="stable")
    rows = [Row([name, count(lines), yuan(money)]) for name, lines, money in _records(used, "name", "lines", "yuan")]
    rows.append(Row([str(m("In all")), count(int(used["lines"].sum())), yuan(int(used["yuan"].sum()))], strong=True))
    columns = [
        Column(m("Purpose"), 6),
        Column(m("Number of account lines"), 3, "number"),
        Column(m("Amount"), 4, "number"),
    ]
    paper.table(columns, rows, caption=m("Table 3: money by purpose"), unit=UNIT)


def _villages(paper: Paper, facts: Facts) -> None:
    frame = facts.tables.villages
    sums = ["projects", "persons", "lifted_households", "lifted_people", "yuan"]
    columns = [
        Column(m("Township"), 2.3),
        Column(m("Village"), 2.5),
        Column(m("Village projects"), 1.8, "number"),
        Column(m("People registered"), 2.2, "number"),
        Column(m("Households to leave poverty"), 2.5, "number"),
        Column(m("People to leave poverty"), 2, "number"),
        Column(m("Amount"), 2.8, "number"),
    ]
    rows = [
        Row([township, name, *map(count, numbers)])
        for township, name, *numbers in _records(frame, "township", "name", *sums)
    ]
    rows.append(Row([str(m("In all")), None, *(count(int(frame[column].sum())) for column in sums)], strong=True))
    paper.table(
        columns, rows, caption=m("Table 4: money and people by village"), unit=m("Unit of amounts: yuan"), merged=1
    )


def _minimums(paper: Paper, facts: Facts) -> None:
    """What every village must get, and what it gets: rule by rule."""
    paper.heading(m("4. Minimums"))
    groups: dict[tuple[str, str, str], list[Limit]] = {}
    for one in limits(facts.plan, facts.county, facts.tables):
        if one.unit == "yuan" and not one.at_most and one.rule in {"R3", "R4"}:
            groups.setdefault((one.rule, one.row, one.name), []).append(one)
    if not groups:
        paper.body(m("None."))
        return
    columns = [
        Column(m("What is asked of each village"), 5.6),
        Column(m("Number of villages"), 2, "number"),
        Column(m("Minimum"), 2.8, "number"),
        Column(m("Lowest in the plan"), 2.8, "number"),
        Column(m("Highest in the plan"), 2.8, "number"),
    ]
    rows = []
    for (rule, _, name), own in groups.items():
        asked = [one.limit for one in own]
        least = yuan(min(asked)) if min(asked) == max(asked) else f"{yuan(min(asked))}-{yuan(max(asked))}"
        got = [one.value for one in own]
        what = str(m("The village in all")) if rule == "R3" else name
        rows.append(Row([what, count(len(own)), least, yuan(min(got)), yuan(max(got))]))
    paper.table(columns, rows, caption=m("Table 5: minimums of each village"), unit=UNIT)


def _left(paper: Paper, facts: Facts) -> None:
    paper.heading(m("5. Money left over"))
    funds = facts.tables.funds
    left = funds[(funds["left"] != 0) & (funds["reason"] != "ring_fenced")]
    if left.empty:
        paper.body(m("No money is left over."))
        return
    columns = [
        Column(m("Fund"), 4.4),
        Column(m("Department"), 4),
        Column(m("Left over"), 2.6, "number"),
        Column(m("Why"), 4.4),
    ]
    owners = facts.departments
    rows = [
        Row([name, owners[department], yuan(money), capital(why)])
        for name, department, money, why in _records(left, "name", "department", "left", "why")
    ]
    rows.append(Row([str(m("In all")), None, yuan(int(left["left"].sum())), ""], strong=True))
    paper.table(columns, rows, caption=m("Table 6: money left over, and why"), unit=UNIT)


def _projects(paper: Paper, facts: Facts) -> None:
    """The annex: every project."""
    frame = facts.tables.projects
    if frame.empty:
        return
    paper.annex(PROJECTS)
    columns = [
        Column(m("Village"), 2.6),
        Column(m("Village project"), 5),
        Column(m("Mode of finance"), 2.4, "centre"),
        Column(m("Amount"), 2.6, "number"),
        Column(m("Deadline"), 2.8, "centre"),
    ]
    rows = [
        Row([facts.village_name(village), name, str(MODES[mode]), yuan(money), date(facts.deadlines[project])])
        for village, name, mode, money, project in _records(frame, "village", "name", "mode", "yuan", "project")
    ]
    rows.append(Row([str(m("In all")), None, None, yuan(int(frame["yuan"].sum())), ""], strong=True))
    paper.table(columns, rows, unit=UNIT, merged=1)


def _records(frame: pd.DataFrame, *columns: str) -> Sequence[tuple[Any, ...]]:
    """The rows of a frame as plain values."""
    return list(zip(*(frame[column].tolist() for column in columns), strict=True))
