"""Village minutes (一村一纪要): team, task and amount of each department, projects, measures, deadlines, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import pandas as pd

from liftplan.models.messages import Message, listed, m
from liftplan.reports.documents.amounts import BLANK, blank_date, count, date, or_blank, told, yuan
from liftplan.reports.documents.facts import Facts
from liftplan.reports.documents.lines import Line, entries
from liftplan.reports.documents.paper import Paper
from liftplan.reports.documents.tables import Column, Row
from liftplan.reports.words import MODES, RESULTS

UNIT = m("Unit: yuan")

HOUSEHOLDS = m("Households and their measures")
"""Title of the annex."""

SIGNATURE = 11
"""Height of a row that is signed or sealed, mm."""

DEMANDS = (
    m(
        "(1) Channels stay apart and purposes unchanged: each department pays the amounts above, to the yuan, from the "
        "funds named, and accounts for them separately."
    ),
    m(
        "(2) Money is in place by ________ (date). Projects are finished by their deadlines. Rewards for work done, "
        "and what is built first and refunded, are paid after acceptance."
    ),
    m("(3) Progress is inspected every quarter; whoever cannot keep a task says so before its deadline."),
)
"""What minutes ask of everybody."""


def minutes(facts: Facts, village: str) -> bytes:
    """The minutes of one village as a .docx."""
    row = facts.villages[village]
    paper = Paper(
        str(
            m(
                "Minutes of the on-site meeting on {village}, {township}; {county}",
                county=facts.titled,
                township=row.township,
                village=facts.village_name(village),
            )
        )
    )
    paper.line(m("(one village, one set of minutes)"), "Subtitle")
    for label in (m("Time"), m("Place"), m("Chair"), m("Present"), m("Minutes taken by")):
        paper.line(m("{label}: {text}", label=label, text=BLANK))
    lines = facts.by_village.get(village, ())
    paper.heading(m("1. Support team"))
    _team(paper, facts, village)
    paper.heading(m("2. Aims"))
    paper.body(*_aims(facts, village, lines))
    paper.heading(m("3. Task and amount of each department"))
    _departments(paper, facts, lines)
    paper.heading(m("4. Village projects"))
    _projects(paper, facts, village)
    paper.heading(m("5. Household measures"))
    _measures(paper, facts, lines)
    paper.heading(m("6. What is asked"))
    for sentence in DEMANDS:
        paper.body(sentence)
    annexed = _annexed(facts, village)
    if not annexed.empty:
        paper.annexed(HOUSEHOLDS)
    paper.heading(m("7. Signatures"))
    _signatures(paper, facts, lines)
    if not annexed.empty:
        _households(paper, facts, annexed, lines)
    return paper.content()


def _team(paper: Paper, facts: Facts, village: str) -> None:
    row = facts.villages[village]
    team = (
        (m("County leader in charge"), or_blank(row.leader)),
        (m("Lead unit"), or_blank(row.lead_unit)),
        (m("Partner enterprise"), or_blank(row.enterprise)),
        (m("Member units"), str(listed(row.member_units)) if row.member_units else BLANK),
    )
    columns = [Column(m("Part in the team"), 3), Column(m("Person or unit"), 10)]
    paper.table(columns, [Row([str(label), text]) for label, text in team])


def _aims(facts: Facts, village: str, lines: Sequence[Line]) -> list[Message]:
    size = facts.sizes[village]
    return [
        m(
            "{households} households with {people} people are registered as poor.",
            households=count(size["households"]),
            people=count(size["persons"]),
        ),
        m(
            "The plan gives the village {money}, for {projects} village projects and for measures in {homes} "
            "households.",
            money=told(sum(line.yuan for line in lines)),
            projects=count(size["projects"]),
            homes=count(len({line.household for line in lines if line.household})),
        ),
        m(
            "{people} people in {households} households are to leave poverty.",
            people=count(size["lifted_people"]),
            households=count(size["lifted_households"]),
        ),
    ]


def _departments(paper: Paper, facts: Facts, lines: Sequence[Line]) -> None:
    columns = [
        Column(m("Department"), 3),
        Column(m("Task"), 4.8),
        Column(m("Fund"), 4.4),
        Column(m("Amount"), 2.8, "number"),
        Column(m("Deadline"), 2.6, "centre"),
    ]
    rows: list[Row] = []
    for department, own in groupby(lines, key=lambda line: line.department):
        paid = list(own)
        name = facts.departments[department]
        for entry in entries(paid):
            deadline = date(facts.deadlines.get(entry.sample.item, ""))
            rows.append(Row([name, facts.task(entry), facts.funds[entry.sample.fund], yuan(entry.yuan), deadline]))
        total = str(m("{department}, in all", department=name))
        rows.append(Row([total, None, None, yuan(sum(line.yuan for line in paid)), ""], strong=True))
    rows.append(Row([str(m("All departments")), None, None, yuan(sum(line.yuan for line in lines)), ""], strong=True))
    paper.table(columns, rows, unit=UNIT, merged=1)


def _projects(paper: Paper, facts: Facts, village: str) -> None:
    frame = facts.tables.projects
    own = frame[frame["village"] == village]
    if own.empty:
        paper.body(m("None."))
        return
    columns = [
        Column(m("No."), 1.2, "centre"),
        Column(m("Village project"), 4.6),
        Column(m("Mode of finance"), 2.6, "centre"),
        Column(m("Amount"), 2.5, "number"),
        Column(m("Other money drawn in"), 2.4, "number"),
        Column(m("Deadline"), 2.6, "centre"),
        Column(m("Remarks"), 2),
    ]
    rows = [
        Row(
            [
                str(number),
                name,
                str(MODES[mode]),
                yuan(money),
                yuan(leveraged),
                date(facts.deadlines[project]),
                str(m("fills a minimum")) if padding else "",
            ]
        )
        for number, (project, name, mode, money, leveraged, padding) in enumerate(
            zip(
                *(own[column].tolist() for column in ("project", "name", "mode", "yuan", "leveraged", "padding")),
                strict=True,
            ),
            1,
        )
    ]
    sums = [yuan(int(own[column].sum())) for column in ("yuan", "leveraged")]
    rows.append(Row([str(m("In all")), None, None, *sums, "", ""], strong=True))
    paper.table(columns, rows, unit=UNIT)


def _measures(paper: Paper, facts: Facts, lines: Sequence[Line]) -> None:
    """Measures and grants by name, whoever pays them."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if line.household:
            groups.setdefault(facts.item_name(line), []).append(line)
    if not groups:
        paper.body(m("None."))
        return
    columns = [
        Column(m("No."), 1.2, "centre"),
        Column(m("Measure"), 5),
        Column(m("Departments that pay"), 5.6),
        Column(m("Number of households"), 2.6, "number"),
        Column(m("Amount"), 2.8, "number"),
    ]
    rows = []
    for number, (name, own) in enumerate(groups.items(), 1):
        payers = str(listed(dict.fromkeys(facts.departments[line.department] for line in own)))
        homes = count(len({line.household for line in own}))
        rows.append(Row([str(number), name, payers, homes, yuan(sum(line.yuan for line in own))]))
    total = yuan(sum(line.yuan for own in groups.values() for line in own))
    homes = count(len({line.household for own in groups.values() for line in own}))
    rows.append(Row([str(m("In all")), None, None, homes, total], strong=True))
    paper.table(columns, rows, unit=UNIT)
    paper.body(m("Households with several measures are counted once in the sum. The list of households is annexed."))


def _signatures(paper: Paper, facts: Facts, lines: Sequence[Line]) -> None:
    units = [m("County leader in charge"), m("Lead unit"), m("Partner enterprise"), m("Township"), m("Village")]
    paying = [facts.departments[department] for department in dict.fromkeys(line.department for line in lines)]
    columns = [Column(m("Unit"), 5), Column(m("Signature or seal"), 5), Column(m("Date"), 4, "centre")]
    rows = [Row([str(unit), BLANK, str(blank_date())]) for unit in [*units, *paying]]
    paper.table(columns, rows, height=SIGNATURE)


def _annexed(facts: Facts, village: str) -> pd.DataFrame:
    """The households that the annex lists: each that is paid something or leaves poverty."""
    homes = facts.tables.households
    found: pd.DataFrame = homes[(homes["village"] == village) & ((homes["yuan"] > 0) | homes["lifted"])]
    return found


def _households(paper: Paper, facts: Facts, own: pd.DataFrame, lines: Sequence[Line]) -> None:
    """The annex: each household, with what is paid for."""
    paid: dict[str, dict[str, None]] = {}
    for line in lines:
        if line.household:
            paid.setdefault(line.household, {})[facts.item_name(line)] = None
    people = zip(*(own[column].tolist() for column in ("household", "persons", "yuan", "lifted")), strict=True)
    rows = [
        Row([home, count(persons), str(_paid_for(paid.get(home, ()))), yuan(money), str(_result(lifted))])
        for home, persons, money, lifted in people
    ]
    persons, money = int(own["persons"].sum()), int(own["yuan"].sum())
    lifted_people = count(int(own["persons"][own["lifted"]].sum()))
    rows.append(Row([str(m("In all")), count(persons), "", yuan(money), lifted_people], strong=True))
    paper.annex(HOUSEHOLDS)
    columns = [
        Column(m("Household"), 2.6),
        Column(m("Persons"), 1.6, "number"),
        Column(m("Measures"), 8.2),
        Column(m("Amount"), 2, "number"),
        Column(m("Result"), 2.2, "centre"),
    ]
    paper.table(columns, rows, unit=m("Unit: yuan; the sum of results counts the people who leave poverty"))


def _result(lifted: bool) -> Message:
    return RESULTS["lifted" if lifted else "poor"]


def _paid_for(names: Iterable[str]) -> Message:
    """The measures that are paid; without any it is projects that lift the household."""
    known = list(names)
    return listed(known) if known else m("village projects alone")
