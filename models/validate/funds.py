"""Funds: scope, recipients, budgets and share rules."""

from __future__ import annotations

from collections.abc import Callable

from liftplan.models.county import County, table_rows
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m
from liftplan.models.nearest import Nearest
from liftplan.models.rows import Fund, FundShare


def check_funds(county: County, findings: Findings) -> None:
    """What a fund may pay, where and when."""
    _scope(county, findings)
    _recipients(county, findings)
    _budgets(county, findings)
    _shares(county, findings)


def _scope(county: County, findings: Findings) -> None:
    """Tags and groups that nobody has."""
    known = {
        "village_tags": {tag for tags in set(county["villages"]["tags"].tolist()) for tag in tags},
        "household_groups": {group for groups in set(county["households"]["groups"].tolist()) for group in groups},
    }
    for column, names in known.items():
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
    funds = county["funds"]
    columns = (
        funds[name].tolist() for name in ("household_groups", "recipients", "integrable", "purposes", "poolable")
    )
    nobody, nothing = [], []
    for row, (groups, recipients, integrable, purposes, poolable) in enumerate(zip(*columns, strict=True)):
        if groups and recipients and "measures" not in recipients:
            nobody.append(row)
        if integrable and not purposes and not poolable:
            nothing.append(row)
    findings.cells(
        "fund-pays-nobody",
        "funds",
        "household_groups",
        nobody,
        lambda _: m("The fund has household groups, so it pays no project; but its recipients are projects only."),
        m("Add measures to its recipients, or empty its household groups."),
    )
    findings.cells(
        "fund-pays-nothing",
        "funds",
        "purposes",
        nothing,
        lambda _: m("The fund has no purposes, so it pays nothing."),
        m("Name its purposes; ring-fenced money has integrable false."),
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
        lambda row: m("{year} is not a year of the plan ({years}).", year=years[row], years=_listed(county)),
        m("The row counts for nothing; correct the year, or delete the row."),
        warning=True,
    )


def _listed(county: County) -> str:
    return ", ".join(str(year) for year in county.head.years)


def _shares(county: County, findings: Findings) -> None:
    try:
        funds = {row.id: row for row in table_rows(county, "funds") if isinstance(row, Fund)}
        shares = [row for row in table_rows(county, "fund_shares") if isinstance(row, FundShare)]
    except ValueError:
        return  # a cell is wrong, which has been said
    for row, share in enumerate(shares):
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
            message = m("The fund {fund} does not pay for {purposes}.", fund=fund.id, purposes=", ".join(foreign))
            way_out = m("Correct the purposes of the rule, or of the fund.")
            findings.add("share-purpose", findings.at("fund_shares", row, "purposes"), message, way_out, warning=True)
        for other in shares:
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


def _clash(least: FundShare, most: FundShare) -> bool:
    """Whether purposes are to get more than they may, together with others, have at most."""
    opposed = (least.fund, least.sense, most.sense) == (most.fund, "at_least", "at_most")
    return opposed and least.share_bp > most.share_bp and set(least.purposes) <= set(most.purposes)
