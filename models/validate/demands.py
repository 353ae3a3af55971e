"""Must and never (R12)."""

from __future__ import annotations

import numpy as np

from liftplan.models.county import County
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m


def worthless(findings: Findings, price: str, enforce: str) -> Message:
    """What to do about something soft with price 0. price, enforce: the columns or settings that say so."""
    wording = findings.wording
    return m(
        "Fill in {price}, or set {enforce} to {hard} or {off}.",
        price=wording.column(price),
        enforce=wording.column(enforce),
        hard=wording.value("hard"),
        off=wording.value("off"),
    )


def check_demands(county: County, findings: Findings) -> None:
    """The same thing both asked for and forbidden; soft demands without a price."""
    table = county["demands"]
    columns = ("sense", "target", "id", "enforce")
    rows = findings.judged("demands", range(len(table)), *columns)
    first: dict[tuple[str, str], tuple[int, str]] = {}
    both: list[tuple[int, int]] = []
    for row in rows:
        sense, target, name, enforce = (table[column][row] for column in columns)
        if enforce != "off":
            earlier, other = first.setdefault((target, name), (row, sense))
            if other != sense:
                both.append((row, earlier))
    names = table["id"].tolist()
    findings.entries(
        "demand-both",
        "demands",
        "sense",
        [(row, (row, earlier)) for row, earlier in both],
        lambda pair: m(
            "{name} has both a must and a never (row {other}).",
            name=names[pair[0]],
            other=findings.row("demands", pair[1]),
        ),
        m(
            "Delete one of the two rows, or set its {column} to {off}.",
            column=findings.wording.column("enforce"),
            off=findings.wording.value("off"),
        ),
    )
    free = np.flatnonzero((table["enforce"] == "soft") & (table["price"] == 0)).tolist()
    findings.cells(
        "price-zero",
        "demands",
        "price",
        free,
        lambda row: m("The demand on {name} is soft with price 0: it counts for nothing.", name=names[row]),
        worthless(findings, "price", "enforce"),
        warning=True,
    )
