"""The finance bureau's workbook (分头报账): a summary, the funds, and one sheet for each department's account lines."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook

from liftplan.models.files.workbook.filling import Filling
from liftplan.models.messages import Message, m
from liftplan.models.rows import Account
from liftplan.reports.documents.amounts import or_blank
from liftplan.reports.documents.facts import Facts
from liftplan.reports.documents.lines import Line
from liftplan.reports.workbook.book import MADE, OPTIONS
from liftplan.reports.workbook.sheet import Column, Sheet, add_sheet
from liftplan.reports.workbook.styles import Styles

LONGEST_NAME = 31
"""Characters of a sheet's name in Excel."""

FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
"""Characters that a sheet's name, or a formula that names it, cannot hold."""


@dataclass(frozen=True)
class Book:
    """A department's sheet."""

    department: str
    prefix: str
    """What the names of its cells begin with."""
    lines: Sequence[Line]
    sheet: str
    """Name of the sheet."""


def accounts(facts: Facts) -> bytes:
    """The workbook as a .xlsx, in the current language; the same plan gives the same bytes."""
    first, second = str(m("Summary")), str(m("Funds"))
    names = sheet_names([facts.departments[one] for one in facts.by_department], taken=(first, second))
    books = [
        Book(department, f"account{number}", lines, name)
        for number, ((department, lines), name) in enumerate(zip(facts.by_department.items(), names, strict=True), 1)
    ]
    content = io.BytesIO()
    workbook = Workbook(content, OPTIONS)
    title = str(m("Accounts by department, {county}", county=facts.titled))
    workbook.set_properties({"title": title, "author": "liftplan", "created": MADE})
    filling, styles = Filling(workbook), Styles(workbook)
    for sheet in (_summary(facts, books), _funds(facts, books), *(_account(facts, book) for book in books)):
        add_sheet(workbook, filling, styles, sheet, facts.titled)
    workbook.close()
    return filling.filled(content.getvalue())


def sheet_names(names: Sequence[str], *, taken: Sequence[str] = ()) -> list[str]:
    """Names of sheets for departments: what Excel allows, none twice whatever the case of its letters."""
    used = {name.casefold() for name in taken}
    found = []
    for name in names:
        plain = " ".join(FORBIDDEN.sub(" ", name).split())[:LONGEST_NAME].strip() or "-"
        chosen, times = plain, 1
        while chosen.casefold() in used:
            times += 1
            ending = f" {times}"
            chosen = plain[: LONGEST_NAME - len(ending)] + ending
        used.add(chosen.casefold())
        found.append(chosen)
    return found


def _summary(facts: Facts, books: Sequence[Book]) -> Sheet:
    """A row for each department: what it pays, what is claimed, what is open."""
    frame = facts.tables.departments.set_index("department")
    accounts = [facts.accounts.get(book.department, Account(department=book.department)) for book in books]
    own = frame.loc[[book.department for book in books]]
    paid = own["allocated"].tolist()
    return Sheet(
        m("Summary"),
        m("Accounts by department, {county}", county=facts.titled),
        m("Whole yuan. What is paid and claimed is summed from the departments' sheets."),
        [
            Column("", m("department"), own["name"].tolist()),
            Column("", m("sheet"), [book.sheet for book in books]),
            Column("", m("account name"), [or_blank(account.account_name) for account in accounts]),
            Column("", m("account number"), [or_blank(account.account_number) for account in accounts]),
            Column("total_amount", m("amount"), own["amount"].tolist(), "whole", total=True),
            Column("total_fee", m("fee"), own["fee"].tolist(), "whole", total=True),
            Column("total_paid", m("to be paid"), paid, "whole", _sums(books, "yuan"), total=True),
            Column(
                "total_left",
                m("left over"),
                own["left"].tolist(),
                "whole",
                "={total_amount}{row}-{total_fee}{row}-{total_paid}{row}",
                total=True,
            ),
            Column(
                "total_claimed",
                m("claimed"),
                [0] * len(books),
                "whole",
                _sums(books, "claimed"),
                total=True,
            ),
            Column("", m("open"), paid, "whole", "={total_paid}{row}-{total_claimed}{row}", total=True),
            Column("", m("account lines"), [len(book.lines) for book in books], "whole", total=True),
        ],
        wide=True,
    )


def _funds(facts: Facts, books: Sequence[Book]) -> Sheet:
    """A row for each fund that may be allocated."""
    frame = facts.tables.funds
    free = frame[frame["reason"] != "ring_fenced"]
    prefixes = {book.department: book.prefix for book in books}
    sums = [
        f"=SUMPRODUCT(--EXACT({prefixes[department]}_fund,{{fund_id}}{{row}}),{prefixes[department]}_yuan)"
        if department in prefixes
        else ""
        for department in free["department"]
    ]
    return Sheet(
        m("Funds"),
        m("Funds"),
        m("Whole yuan. Amount = fee + to be paid + left over; what is paid is summed from the departments' sheets."),
        [
            Column("fund_id", m("fund id"), free["fund"].tolist()),
            Column("", m("fund"), free["name"].tolist()),
            Column("", m("department"), [facts.departments[one] for one in free["department"]]),
            Column("fund_amount", m("amount"), free["amount"].tolist(), "whole", total=True),
            Column("fund_fee", m("fee"), free["fee"].tolist(), "whole", total=True),
            Column("fund_paid", m("to be paid"), free["allocated"].tolist(), "whole", sums, total=True),
            Column(
                "fund_left",
                m("left over"),
                free["left"].tolist(),
                "whole",
                "={fund_amount}{row}-{fund_fee}{row}-{fund_paid}{row}",
                total=True,
            ),
            Column("", m("why"), free["why"].tolist()),
        ],
        fixed=2,
        wide=True,
    )


def _account(facts: Facts, book: Book) -> Sheet:
    """One department's account: a row for each of its ledger lines, with room for what is claimed."""
    account = facts.accounts.get(book.department, Account(department=book.department))
    lines, prefix = book.lines, book.prefix
    amounts = [line.yuan for line in lines]
    places = {village: facts.village_name(village) for village in facts.villages}
    return Sheet(
        m("{text}", text=book.sheet),
        m("Account of {department}", department=facts.departments[book.department]),
        _note(account),
        [
            Column("", m("line"), [line.number for line in lines], "whole"),
            Column(f"{prefix}_fund", m("fund id"), [line.fund for line in lines]),
            Column("", m("fund"), [facts.funds[line.fund] for line in lines]),
            Column("", m("village"), [places[line.village] for line in lines]),
            Column("", m("household"), [line.household for line in lines]),
            Column("", m("item id"), [line.item for line in lines]),
            Column("", m("item"), [facts.item_name(line) for line in lines]),
            Column("", m("purpose"), [facts.purposes[line.purpose] for line in lines]),
            Column(f"{prefix}_yuan", m("to be paid"), amounts, "whole", total=True),
            Column(f"{prefix}_claimed", m("claimed"), [0] * len(lines), "whole", total=True, open=True),
            Column(
                f"{prefix}_open",
                m("open"),
                amounts,
                "whole",
                f"={{{prefix}_yuan}}{{row}}-{{{prefix}_claimed}}{{row}}",
                total=True,
            ),
            Column("", m("voucher number"), [""] * len(lines), open=True),
            Column("", m("date of claim"), [""] * len(lines), open=True),
        ],
        wide=True,
    )


def _note(account: Account) -> Message:
    return m(
        "Whole yuan. Account name: {name}. Account number: {number}. The department fills in what it claims, the "
        "voucher and the date.",
        name=or_blank(account.account_name),
        number=or_blank(account.account_number),
    )


def _sums(books: Sequence[Book], column: str) -> list[str]:
    """A formula for each department: the sum of a column of its sheet."""
    return [f"=SUM({book.prefix}_{column})" for book in books]
