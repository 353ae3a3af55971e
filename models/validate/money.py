"""Cost lines that nobody pays, and commitments that do not fit their lines."""

from __future__ import annotations

from collections import Counter

from liftplan.models.county import County
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, listed, m


def check_money(county: County, findings: Findings) -> None:
    """Purposes without a fund; commitments without a line, beyond it, or of ring-fenced money."""
    _unpaid(county, findings)
    if len(county["commitments"]):
        _commitments(county, findings)


def _unpaid(county: County, findings: Findings) -> None:
    """Purposes that cost lines have and that no fund may pay."""
    if findings.incomplete("funds", "integrable", "poolable", "purposes") or findings.incomplete(
        "purposes", "poolable"
    ):
        return
    funds, purposes = county["funds"], county["purposes"]
    names = zip(*(funds[name].tolist() for name in ("integrable", "poolable", "purposes")), strict=True)
    paid: set[str] = set()
    poolable = set(purposes["id"][purposes["poolable"]].tolist())
    for integrable, pooled, own in names:
        if integrable:
            paid |= set(own) | (poolable if pooled else set())
    lines = Counter(county["costs"]["purpose"].tolist())
    ids = purposes["id"].tolist()
    findings.cells(
        "purpose-unpaid",
        "purposes",
        "id",
        [row for row, id_ in enumerate(ids) if lines[id_] and id_ not in paid],
        lambda row: m(
            "No fund may pay for {purpose}: its {count} cost lines can never be paid.",
            purpose=ids[row],
            count=lines[ids[row]],
        ),
        m("Add the purpose to a fund."),
        warning=True,
    )


def _commitments(county: County, findings: Findings) -> None:
    costs, table = county["costs"], county["commitments"]
    lines = dict(
        zip(
            zip(costs["item"].tolist(), costs["purpose"].tolist(), strict=True),
            costs["yuan"].tolist(),
            strict=True,
        )
    )
    items = {item for item, _ in lines}
    columns = (table[name].tolist() for name in ("item", "purpose", "yuan"))
    keys, total = [], Counter[tuple[str, str]]()
    read = set(findings.judged("commitments", range(len(table)), "yuan"))
    for row, (item, purpose, yuan) in enumerate(zip(*columns, strict=True)):
        keys.append((item, purpose))
        total[item, purpose] += yuan if row in read else 0
    known = set(county["projects"]["id"].tolist()) | set(county["measures"]["id"].tolist())
    unsure, elsewhere = _unsure(county, findings)
    missing = [
        row
        for row, key in enumerate(keys)
        if key not in lines and key[0] in known and key[1] and key[0] not in unsure and key[1] not in elsewhere
    ]

    def way_out(row: int) -> Message:
        item = keys[row][0]
        if item not in items:
            return m("Add the cost line.")
        own = listed(purpose for one, purpose in lines if one == item)
        return m("{item} has the lines {purposes}; correct the purpose.", item=item, purposes=own)

    findings.cells(
        "commitment-line",
        "commitments",
        "purpose",
        [row for row in missing if not findings.lost("costs", keys[row][0])],
        lambda row: m("{item} has no cost line for {purpose}.", item=keys[row][0], purpose=keys[row][1]),
        way_out,
    )
    sure = findings.judged("costs", range(len(costs)), "yuan")
    sound = set(zip(costs["item"][sure].tolist(), costs["purpose"][sure].tolist(), strict=True))
    beyond = {key: row for row, key in reversed(list(enumerate(keys))) if key in sound and total[key] > lines[key]}
    findings.cells(
        "commitment-beyond",
        "commitments",
        "yuan",
        sorted(beyond.values()),
        lambda row: m(
            "{committed} yuan are committed to the line {item} / {purpose} of {yuan} yuan.",
            committed=f"{total[keys[row]]:,}",
            item=keys[row][0],
            purpose=keys[row][1],
            yuan=f"{lines[keys[row]]:,}",
        ),
        m("Correct the commitments, or the cost line."),
    )
    funds = county["funds"]
    fenced = set(funds["id"][~funds["integrable"]].tolist())
    names = table["fund"].tolist()
    findings.cells(
        "commitment-ring-fenced",
        "commitments",
        "fund",
        [row for row, name in enumerate(names) if name in fenced],
        lambda row: m("The fund {fund} is ring-fenced: it is never allocated.", fund=names[row]),
        m(
            "Name another fund, or set {column} to {value}.",
            column=findings.wording.column("integrable"),
            value=findings.wording.value("true"),
        ),
    )


def _unsure(county: County, findings: Findings) -> tuple[set[str], set[str]]:
    """Items with a cost line whose purpose is told to be wrong, and purposes of lines whose item is."""
    costs = county["costs"]
    sure = set(findings.judged("costs", range(len(costs)), "item", "purpose"))
    purposes = set(county["purposes"]["id"].tolist())
    items: set[str] = set()
    elsewhere: set[str] = set()
    for row, (item, purpose) in enumerate(zip(costs["item"].tolist(), costs["purpose"].tolist(), strict=True)):
        if row not in sure or purpose not in purposes:
            items.add(item)
        if row not in sure or not item:
            elsewhere.add(purpose)
    return items, elsewhere
