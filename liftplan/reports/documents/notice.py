"""Department notices (部门通知): what a department pays, from which fund, on which lines of its account, and when."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from liftplan.models.messages import Message, m
from liftplan.models.rows import Account
from liftplan.reports.documents.amounts import BLANK, count, date, or_blank, told, yuan
from liftplan.reports.documents.facts import Facts
from liftplan.reports.documents.lines import Line, entries
from liftplan.reports.documents.paper import Paper
from liftplan.reports.documents.tables import Column, Row
from liftplan.reports.words import MODES

UNIT = m("Unit: yuan")

AFTER_ACCEPTANCE = ("reward", "build_first")
"""Modes of finance in which money follows acceptance."""

DEMANDS = (
    m(
        "(1) Each amount is paid from the fund and for the purpose named, and from no other; no amount is changed, "
        "divided or put together without the agreement of the body that issues this notice."
    ),
    m(
        "(2) Lines are numbered as in the department's sheet of the finance bureau's workbook. Vouchers name the "
        "number; each department's payments are accounted for separately, and credited to it."
    ),
    m(
        "(3) Rewards for work done, and what is built first and refunded, are paid after acceptance; everything else "
        "is paid by quarter."
    ),
)
"""What notices ask of departments."""


def notice(facts: Facts, department: str) -> bytes:
    """The notice to one department as a .docx."""
    lines = facts.by_department[department]
    name = facts.departments[department]
    paper = Paper(str(m("Notice on paying out integrated poverty funds, {county}", county=facts.titled)))
    paper.line(m("Document number: ________"), "Subtitle")
    paper.line(m("To: {department}", department=name), "Addressee")
    paper.body(_summed(facts, lines), m("What is to be paid is as follows."))
    paper.heading(m("1. Amount of each fund"))
    _funds(paper, facts, department)
    paper.heading(m("2. Account and dates"))
    _account(paper, facts, department, sum(line.yuan for line in lines))
    paper.heading(m("3. What is paid"))
    _payments(paper, facts, lines)
    paper.heading(m("4. What is asked"))
    for sentence in DEMANDS:
        paper.body(sentence)
    paper.signed()
    paper.line(m("(Contact: ________, telephone: ________)"), "Body Text")
    return paper.content()


def _summed(facts: Facts, lines: Sequence[Line]) -> Message:
    """All of it in one sentence."""
    sums = {
        "county": facts.titled,
        "money": told(sum(line.yuan for line in lines)),
        "funds": count(len({line.fund for line in lines})),
        "villages": count(len({line.village for line in lines})),
        "lines": count(len(lines)),
    }
    households = len({line.household for line in lines if line.household})
    if not households:
        return m(
            "By the plan for integrating poverty funds of {county} your department pays {money} (funds: {funds}, "
            "villages: {villages}, lines of its account: {lines}).",
            **sums,
        )
    return m(
        "By the plan for integrating poverty funds of {county} your department pays {money} (funds: {funds}, "
        "villages: {villages}, households: {households}, lines of its account: {lines}).",
        **sums,
        households=count(households),
    )


def _funds(paper: Paper, facts: Facts, department: str) -> None:
    frame = facts.tables.funds
    own = frame[(frame["department"] == department) & (frame["reason"] != "ring_fenced")]
    columns = [
        Column(m("Fund"), 5),
        Column(m("Amount of the fund"), 2.8, "number"),
        Column(m("Management fee"), 2.4, "number"),
        Column(m("To be paid"), 2.8, "number"),
        Column(m("Left over"), 2.6, "number"),
    ]
    money = ["amount", "fee", "allocated", "left"]
    rows = [
        Row([name, *map(yuan, amounts)])
        for name, *amounts in zip(own["name"], *(own[column].tolist() for column in money), strict=True)
    ]
    rows.append(Row([str(m("In all")), *(yuan(int(own[column].sum())) for column in money)], strong=True))
    paper.table(columns, rows, unit=UNIT)


def _account(paper: Paper, facts: Facts, department: str, total: int) -> None:
    """The account, and a date for each quarter; the county does not say how much falls to which quarter."""
    account = facts.accounts.get(department, Account(department=department))
    paper.line(m("Account name: {name}", name=or_blank(account.account_name)), "Body Text")
    paper.line(m("Account number: {number}", number=or_blank(account.account_number)), "Body Text")
    quarters: tuple[tuple[Message, str], ...] = (
        (m("First quarter"), account.due_q1),
        (m("Second quarter"), account.due_q2),
        (m("Third quarter"), account.due_q3),
        (m("Fourth quarter"), account.due_q4),
    )
    columns = [Column(m("Quarter"), 4), Column(m("To be paid by"), 5, "centre"), Column(m("Amount"), 4, "number")]
    rows = [Row([str(name), date(due), BLANK]) for name, due in quarters]
    rows.append(Row([str(m("In all")), "", yuan(total)], strong=True))
    paper.table(columns, rows, unit=UNIT)


def _payments(paper: Paper, facts: Facts, lines: Sequence[Line]) -> None:
    columns = [
        Column(m("Account lines"), 2.1, "centre"),
        Column(m("Village"), 2.6),
        Column(m("Project or measure"), 3.7),
        Column(m("Purpose"), 2.5),
        Column(m("Amount"), 2.5, "number"),
        Column(m("Paid when"), 3.6, "centre"),
    ]
    rows: list[Row] = []
    for fund, own in groupby(lines, key=lambda line: line.fund):
        paid = list(own)
        rows.append(Row([facts.funds[fund], None, None, None, yuan(sum(line.yuan for line in paid)), ""], strong=True))
        for entry in entries(paid):
            line = entry.sample
            rows.append(
                Row(
                    [
                        entry.numbers,
                        facts.village_name(line.village),
                        facts.task(entry),
                        facts.purposes[line.purpose],
                        yuan(entry.yuan),
                        str(_when(line)),
                    ]
                )
            )
    rows.append(Row([str(m("In all")), None, None, None, yuan(sum(line.yuan for line in lines)), ""], strong=True))
    paper.table(columns, rows, unit=UNIT)


def _when(line: Line) -> Message:
    """When a line is paid, as far as its mode of finance says it."""
    if line.mode in AFTER_ACCEPTANCE:
        return m("after acceptance ({mode})", mode=MODES[line.mode])
    return m("by quarter ({mode})", mode=MODES[line.mode])
