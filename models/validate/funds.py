"""Funds: scope, recipients, budgets and share rules."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from liftplan.models.base import Row
from liftplan.models.county import County
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, listed, m
from liftplan.models.nearest import Nearest
from liftplan.models.rows import Fund, FundShare

R = TypeVar("R", bound=Row)

SCOPES = {"village_tags": ("villages", "tags"), "household_groups": ("households", "groups")}
"""Columns of scopes, and the table and column of what they name."""


def check_funds(county: County, findings: Findings) -> None:
    """What a fund may pay, where and when."""
    _scope(county, findings)
    _recipients(county, findings)
    _budgets(county, findings)
    _shares(county, findings)


def _scope(county: County, findings: Findings) -> None:
    """Tags and groups that nobody has."""
    for column, (table, own) in SCOPES.items():
        if findings.incomplete(table, own) or not len(county[table]):
            continue
        names = {name for own_names in set(county[table][own].tolist()) for name in own_names}
        lists = county["funds"][column].tolist()
        strange = [(row, name) for row, wanted in enumerate(lists) for name in wanted if name not in names]
        findings.entries(
            "scope-unknown",
            "funds",
            column,
            strange,
            lambda name: m("Nobody has {name}, so the scope reaches nobody by it.", name=name),
            _speller(names),
            warning=True,
        )


def _speller(names: set[str]) -> Callable[[str], Message]:
    near = Nearest(names)
    return lambda name: m("Did you mean {name}?", name=found) if (found := near(name)) else m("Correct the scope.")


def _recipients(county: County, findings: Findings) -> None:
    funds, wording = county["funds"], findings.wording
    groups, recipients = (funds[name].tolist() for name in ("household_groups", "recipients"))
    nobody = [
        row
        for row in findings.judged("funds", range(len(funds)), "recipients")
        if groups[row] and recipients[row] and "measures" not in recipients[row]
    ]
    integrable, purposes, poolable = (funds[name].tolist() for name in ("integrable", "purposes", "poolable"))
    nothing = [
        row
        for row in findings.judged("funds", range(len(funds)), "integrable", "poolable")
        if integrable[row] and not purposes[row] and not poolable[row]
    ]
    findings.cells(
        "fund-pays-nobody",
        "funds",
        "household_groups",
        nobody,
        lambda _: m(
            "The fund has household groups, so it pays no project; but {column} names {projects} alone.",
            column=wording.column("recipients"),
            projects=wording.value("projects"),
        ),
        m(
            "Add {measures} to {column}, or empty {groups}.",
            measures=wording.value("measures"),
            column=wording.column("recipients"),
            groups=wording.column("household_groups"),
        ),
    )
    findings.cells(
        "fund-pays-nothing",
        "funds",
        "purposes",
        nothing,
        lambda _: m("The fund has no purposes, so it pays nothing."),
        m(
            "Name its purposes; ring-fenced money has {column} = {value}.",
            column=wording.column("integrable"),
            value=wording.value("false"),
        ),
        warning=True,
    )


def _budgets(county: County, findings: Findings) -> None:
    years = county["budgets"]["year"].tolist()
    planned = set(county.head.years)
    rows = [] if findings.spoiled("", "years") else [row for row, year in enumerate(years) if year not in planned]
    findings.cells(
        "budget-year",
        "budgets",
        "year",
        rows,
        lambda row: m("{year} is not a year of the plan ({years}).", year=years[row], years=listed(county.head.years)),
        m("The row counts for nothing; correct the year, or delete the row."),
        warning=True,
    )


def _shares(county: County, findings: Findings) -> None:
    """Rules of R7 that have no effect, or that leave a fund nothing to spend. Rows with a wrong cell are not judged."""
    funds = {row.id: row for _, row in _sound_rows(county, "funds", Fund, findings)}
    shares = _sound_rows(county, "fund_shares", FundShare, findings)
    for row, share in shares:
        fund = funds.get(share.fund)
        if fund is None:
            continue
        if not fund.integrable:
            message = m("The fund {fund} is ring-fenced, so the rule counts for nothing.", fund=fund.id)
            findings.add(
                "share-ring-fenced",
                findings.at("fund_shares", row, "fund"),
                message,
                m("Delete the row."),
                warning=True,
            )
        foreign = [purpose for purpose in share.purposes if purpose not in fund.purposes]
        if foreign and not fund.poolable:
            message = m("The fund {fund} does not pay for {purposes}.", fund=fund.id, purposes=listed(foreign))
            way_out = m("Correct the purposes of the rule, or of the fund.")
            findings.add("share-purpose", findings.at("fund_shares", row, "purposes"), message, way_out, warning=True)
        for _, other in shares:
            if _clash(share, other):
                message = m(
                    "At least {least} bp, but by {id} at most {most} bp of it: the fund {fund} could spend nothing.",
                    least=share.share_bp,
                    id=other.id,
                    most=other.share_bp,
                    fund=fund.id,
                )
                place = findings.at("fund_shares", row, "share_bp")
                findings.add("share-clash", place, message, m("Correct one of the two."), warning=True)


def _sound_rows(county: County, table: str, schema: type[R], findings: Findings) -> list[tuple[int, R]]:
    """Rows of a table with their positions, those left out of which a cell could not be read or is wrong."""
    found = []
    for row in findings.judged(table, range(len(county[table])), *schema.model_fields):
        with suppress(ValueError):
            one = county[table].row(row)
            if isinstance(one, schema):
                found.append((row, one))
    return found


def _clash(least: FundShare, most: FundShare) -> bool:
    """Whether purposes are to get more than they may, together with others, have at most."""
    opposed = (least.fund, least.sense, most.sense) == (most.fund, "at_least", "at_most")
    return opposed and least.share_bp > most.share_bp and set(least.purposes) <= set(most.purposes)
