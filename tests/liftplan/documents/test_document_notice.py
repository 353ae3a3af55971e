"""Department notices and the finance bureau's workbook: the same lines, numbered alike, all of the ledger."""

from __future__ import annotations

from collections import Counter, defaultdict

import liftplan
from liftplan.reports.documents.amounts import BLANK
from liftplan.reports.documents.facts import Facts
from liftplan.reports.documents.notice import notice
from liftplan.reports.workbook.sheet import FIRST_ROW, TOTAL_ROW

from .conftest import Written
from .reading import numbers, paragraphs, sheets, tables, texts
from .truth import Paid, money

FUNDS, QUARTERS, PAYMENTS = 0, 1, 2
SUMMARY, FUND_SHEET = 0, 1


def by_department(written: Written) -> dict[str, list[Paid]]:
    """Department -> its ledger lines, in the county's order."""
    found: defaultdict[str, list[Paid]] = defaultdict(list)
    for line in written.truth.lines:
        found[line.department].append(line)
    return {one: found[one] for one in written.truth.county["departments"]["id"].tolist() if one in found}


def test_every_department_that_pays_has_a_notice(written: Written) -> None:
    """Departments without a ledger line get none."""
    assert [*written.of("notice")] == [*by_department(written)]


def test_funds_add_up(written: Written) -> None:
    """Each fund stands with its amount, fee, yuan to be paid and yuan left over; ring-fenced money does not."""
    truth = written.truth
    uses = {use.fund: use for use in truth.plan.funds if use.reason != "ring_fenced"}
    paid = truth.sums("fund")
    for department, content in written.of("notice").items():
        own = [use for fund, use in uses.items() if truth.owner[fund] == department]
        rows = tables(content)[FUNDS][1:]
        assert Counter(tuple(row) for row in rows[:-1]) == Counter(
            (truth.names["funds"][use.fund], *map(money, (use.amount, use.fee, paid[use.fund], use.left)))
            for use in own
        )
        sums = [sum(column) for column in zip(*((u.amount, u.fee, paid[u.fund], u.left) for u in own), strict=True)]
        assert rows[-1][1:] == [*map(money, sums)]


def test_payments_are_the_ledgers(written: Written) -> None:
    """Each row is what one fund pays for one task in one village; every fund and the notice have their sum."""
    truth = written.truth
    for department, lines in by_department(written).items():
        rows = tables(written.of("notice")[department])[PAYMENTS][1:]
        single = [row for row in rows if row[0] != row[1]]
        assert Counter(tuple(row[1:5]) for row in single) == Counter(
            (truth.names["villages"][line.village], task, truth.names["purposes"][line.purpose], money(yuan))
            for line, task, yuan in truth.told(lines)
        )
        sums = {row[0]: row[4] for row in rows[:-1] if row[0] == row[1]}
        assert sums == {truth.names["funds"][fund]: money(yuan) for fund, yuan in truth.sums("fund", lines).items()}
        assert rows[-1][4] == money(sum(line.yuan for line in lines))


def test_line_numbers_lead_to_the_workbook(written: Written) -> None:
    """The lines that a notice names are those of the department's sheet: same fund, village, item, sum."""
    truth = written.truth
    pages = [*sheets(written.only("accounts")).values()][2:]
    for (department, lines), page in zip(by_department(written).items(), pages, strict=True):
        accounts = {row[0]: row for row in page[FIRST_ROW:]}
        assert [*accounts] == [*range(1, len(lines) + 1)]
        seen: list[int] = []
        for row in tables(written.of("notice")[department])[PAYMENTS][1:]:
            if row[0] == row[1]:
                continue
            first, _, last = row[0].partition("-")
            numbered = range(int(first), int(last or first) + 1)
            seen += numbered
            assert {accounts[number][3] for number in numbered} == {row[1]}
            assert all(row[2].startswith(accounts[number][6]) for number in numbered)
            assert money(sum(accounts[number][8] for number in numbered)) == row[4]
        assert seen == [*accounts]
        assert truth.sums("department")[department] == sum(row[8] for row in accounts.values())


def test_sentences_of_notices_have_no_other_numbers(written: Written) -> None:
    """Every number in a sentence is a sum or a count of the department's lines, the year, or numbers a paragraph."""
    for department, lines in by_department(written).items():
        known = {2015, *range(1, 5), sum(line.yuan for line in lines), len(lines)}
        for key in ("fund", "village", "household"):
            known.add(len({getattr(line, key) for line in lines} - {""}))
        told = [text for text in paragraphs(written.of("notice")[department])[1:] if "账" not in text[:3]]
        assert numbers([text for text in told if not text.startswith("Account n")]) <= known


def test_sheets_hold_every_ledger_line(written: Written) -> None:
    """Fund, household, item, purpose and yuan of each line, and its department's sum."""
    truth = written.truth
    found = sheets(written.only("accounts"))
    _, _, *pages = found.values()
    for lines, page in zip(by_department(written).values(), pages, strict=True):
        assert Counter((row[1], row[4] or "", row[5], row[6], row[7], row[8]) for row in page[FIRST_ROW:]) == Counter(
            (line.fund, line.household, line.item, line.name, truth.names["purposes"][line.purpose], line.yuan)
            for line in lines
        )
        assert page[TOTAL_ROW][8] == sum(line.yuan for line in lines)


def test_summary_and_funds_add_up(written: Written) -> None:
    """The first sheets tell departments' and funds' yuan as the ledger sums them; nothing is claimed yet."""
    truth = written.truth
    summary, funds, *_ = sheets(written.only("accounts")).values()
    departments = truth.sums("department")
    names = truth.names["departments"]
    assert {row[0]: row[6] for row in summary[FIRST_ROW:]} == {names[one]: yuan for one, yuan in departments.items()}
    assert {(row[8], row[9] - row[6]) for row in summary[FIRST_ROW:]} == {(0, 0)}
    assert summary[TOTAL_ROW][6] == truth.plan.totals.ledger_yuan == funds[TOTAL_ROW][5]
    paid = truth.sums("fund")
    assert {row[0]: row[5] for row in funds[FIRST_ROW:]} == {
        use.fund: paid[use.fund] for use in truth.plan.funds if use.reason != "ring_fenced"
    }


def test_no_number_of_the_workbook_is_anything_else(written: Written) -> None:
    """Every number in every cell, sums and results of formulas included, is the one that the ledger gives that cell."""
    truth = written.truth
    uses = [use for use in truth.plan.funds if use.reason != "ring_fenced"]
    paid, lines = truth.sums("fund"), by_department(written)
    funds = [(use.amount, use.fee, paid[use.fund], use.left) for use in uses]
    departments = []
    for one, own in lines.items():
        parts = [row for use, row in zip(uses, funds, strict=True) if truth.owner[use.fund] == one]
        amount, fee, yuan, left = (sum(column) for column in zip(*parts, strict=True))
        departments.append((amount, fee, yuan, left, 0, yuan, len(own)))
    summary, fund_page, *pages = [numbers_of(page) for page in sheets(written.only("accounts")).values()]
    assert summary == [summed(departments), *departments]
    assert (fund_page[0], Counter(fund_page[1:])) == (summed(funds), Counter(funds))
    for own, page in zip(lines.values(), pages, strict=True):
        total = sum(line.yuan for line in own)
        assert page[0] == (total, 0, total)
        assert Counter(row[1:] for row in page[1:]) == Counter((line.yuan, line.yuan) for line in own)
        assert [row[0] for row in page[1:]] == [*range(1, len(own) + 1)]


def numbers_of(page: list[list[object]]) -> list[tuple[int, ...]]:
    """The numbers of each row that has any."""
    rows = [tuple(value for value in row if isinstance(value, int | float)) for row in page]
    return [row for row in rows if row]  # type: ignore[misc]


def summed(rows: list[tuple[int, ...]]) -> tuple[int, ...]:
    """Sums of columns."""
    return tuple(sum(column) for column in zip(*rows, strict=True))


def test_accounts_and_dates_are_blank_or_given(solutions: dict[str, liftplan.Solution]) -> None:
    """A department's account and due dates stand where the county gives them; elsewhere there are blanks."""
    solved = solutions["example"]
    facts = Facts(solved.plan, solved.county, solved.tables)
    given, blank = notice(facts, "poverty"), notice(facts, "ndrc")
    assert "示例账号-001" in texts(given)
    assert [row[1] for row in tables(given)[QUARTERS][1:5]] == ["2015-03-31", "2015-06-30", "2015-09-30", "2015-12-20"]
    assert [row[1] for row in tables(blank)[QUARTERS][1:5]] == [BLANK] * 4
    assert f"Account number: {BLANK}" in paragraphs(blank)
    assert {row[2] for row in tables(given)[QUARTERS][1:5]} == {BLANK}
