"""The sheets of departments, funds and unspent money."""

from __future__ import annotations

import pandas as pd

from liftplan.models.messages import m
from liftplan.reports.frames import PlanTables
from liftplan.reports.words import CHANNELS
from liftplan.reports.workbook.sheet import Column, Sheet


def departments(tables: PlanTables, *, live: bool) -> Sheet:
    """Each department's account. With `live`, what it paid is summed from the ledger sheet by formulas."""
    frame = tables.departments
    ring_fenced = tables.funds["reason"] == "ring_fenced"
    ring = tables.funds[ring_fenced].groupby("department")["amount"].sum()
    paid = "=SUMPRODUCT(--EXACT(ledger_department,{department_id}{row}),ledger_yuan)" if live else ""
    return Sheet(
        m("Departments"),
        m("Departments: accounts and credit"),
        m("Whole yuan. Each department keeps its own account; allocated money is summed from the ledger."),
        [
            Column("department_id", m("department id"), frame["department"].tolist()),
            Column("", m("department"), frame["name"].tolist()),
            *_account("department", frame, paid),
            Column("", m("ring-fenced"), _matched(frame["department"], ring), "whole", total=True),
            Column("", m("villages"), frame["villages"].tolist(), "whole"),
            Column("", m("households"), frame["households"].tolist(), "whole"),
            Column("", m("ledger lines"), frame["lines"].tolist(), "whole", total=True),
        ],
        fixed=2,
        wide=True,
    )


def funds(tables: PlanTables, *, live: bool) -> Sheet:
    """Every fund: amount, fee, allocated, left over and why."""
    frame = tables.funds
    ring = _ring_fenced(frame)
    paid = "=SUMPRODUCT(--EXACT(ledger_fund,{fund_id}{row}),ledger_yuan)" if live else ""
    return Sheet(
        m("Funds"),
        m("Funds"),
        m("Whole yuan. Amount = ring-fenced + fee + allocated + left over. Ring-fenced money is never allocated."),
        [
            Column("fund_id", m("fund id"), frame["fund"].tolist()),
            Column("", m("fund"), frame["name"].tolist()),
            Column("", m("department"), frame["department"].map(tables.owners).fillna("").tolist()),
            Column("", m("channel"), [str(CHANNELS[channel]) for channel in frame["channel"]]),
            *_account("fund", frame.assign(left=frame["left"] - ring), paid, _ring(ring)),
            Column("", m("why"), frame["why"].tolist()),
        ],
        fixed=2,
        wide=True,
    )


def unspent(tables: PlanTables) -> Sheet:
    """Money that no ledger line spends: left over, with the reason; ring-fenced; reserved as fees."""
    frame = tables.funds[(tables.funds["left"] != 0) | (tables.funds["fee"] != 0)]
    frame = frame.sort_values(["left", "fee"], ascending=False, kind="stable")
    ring = _ring_fenced(frame)
    same_fund = "=SUMPRODUCT(--EXACT(fund_id,{unspent_fund}{row}),{sought})"
    return Sheet(
        m("Unspent money"),
        m("Unspent money, and why"),
        m("Whole yuan. A negative amount is overspent."),
        [
            Column("unspent_fund", m("fund id"), frame["fund"].tolist()),
            Column("", m("fund"), frame["name"].tolist()),
            Column("", m("department"), frame["department"].map(tables.owners).fillna("").tolist()),
            Column(
                "",
                m("left over"),
                (frame["left"] - ring).tolist(),
                "whole",
                same_fund.replace("{sought}", "fund_left"),
                total=True,
            ),
            Column(
                "",
                m("ring-fenced"),
                ring.tolist(),
                "whole",
                same_fund.replace("{sought}", "fund_ring"),
                total=True,
            ),
            Column("", m("why"), frame["why"].tolist()),
            Column(
                "",
                m("reserved as fee"),
                frame["fee"].tolist(),
                "whole",
                same_fund.replace("{sought}", "fund_fee"),
                total=True,
            ),
        ],
        fixed=2,
    )


def _ring_fenced(funds: pd.DataFrame) -> pd.Series[int]:
    """What of each fund is ring-fenced: all or nothing."""
    return funds["left"].where(funds["reason"] == "ring_fenced", 0)


def _ring(yuan: pd.Series[int]) -> Column:
    """The funds' ring-fenced money."""
    return Column("fund_ring", m("ring-fenced"), yuan.tolist(), "whole", total=True)


def _account(name: str, frame: pd.DataFrame, paid: str, ring: Column | None = None) -> list[Column]:
    """Amount, fee, allocated and left over, as columns called `<name>_amount` and so on.

    paid: formula or "". ring: what of the amount is ring-fenced; None: the amount is without it.
    """
    apart = f"-{{{ring.name}}}{{row}}" if ring else ""
    return [
        Column(f"{name}_amount", m("amount"), frame["amount"].tolist(), "whole", total=True),
        *([ring] if ring else []),
        Column(f"{name}_fee", m("fee"), frame["fee"].tolist(), "whole", total=True),
        Column(f"{name}_allocated", m("allocated"), frame["allocated"].tolist(), "whole", paid, total=True),
        Column(
            f"{name}_left",
            m("left over"),
            frame["left"].tolist(),
            "whole",
            f"={{{name}_amount}}{{row}}{apart}-{{{name}_fee}}{{row}}-{{{name}_allocated}}{{row}}",
            total=True,
        ),
    ]


def _matched(keys: pd.Series[str], sums: pd.Series[int]) -> list[int]:
    return [int(value) for value in keys.map(sums).fillna(0)]
