"""The sheets of households and of the ledger: one row each, thousands of rows."""

from __future__ import annotations

from liftplan.models.messages import m
from liftplan.reports.frames import PlanTables
from liftplan.reports.words import RESULTS
from liftplan.reports.workbook.sheet import Column, Sheet


def households(tables: PlanTables) -> Sheet:
    """Every household: what it gets and whether it leaves poverty."""
    frame = tables.households
    lifted, out = frame["lifted"].tolist(), frame["already_out"].tolist()
    people = [count if flag else 0 for count, flag in zip(frame["persons"].tolist(), lifted, strict=True)]
    words = {key: str(word) for key, word in RESULTS.items()}
    names = frame["village"].map(tables.villages.set_index("village")["name"])
    return Sheet(
        m("Households"),
        m("Households"),
        m(
            "Whole yuan; income is yuan a person a year. "
            "The project share is the household's equal part of its village's projects; it counts for no rule. "
            "Direct effects follow from projects at no cost; they are not among the measures."
        ),
        [
            Column("", m("household"), frame["household"].tolist()),
            Column("household_village", m("village id"), frame["village"].tolist()),
            Column("", m("village"), names.tolist()),
            Column("", m("persons"), frame["persons"].tolist(), "whole", total=True),
            Column("", m("income"), frame["income"].tolist(), "whole"),
            Column("", m("result"), [words[state] for state in map(_state, lifted, out)]),
            Column("household_lifted", m("people lifted"), people, "whole", total=True),
            Column("", m("measures"), frame["measures"].tolist(), "whole", total=True),
            Column("", m("direct effects"), frame["direct_effects"].tolist(), "whole", total=True),
            Column("household_yuan", m("money, yuan"), frame["yuan"].tolist(), "whole", total=True),
            Column("", m("of it grant"), frame["topup"].tolist(), "whole", total=True),
            Column("", m("project share"), frame["project_share"].tolist(), "whole"),
        ],
        wide=True,
    )


def ledger(tables: PlanTables) -> Sheet:
    """The ledger: who pays which yuan for what."""
    frame = tables.ledger
    places = tables.villages.set_index("village")["name"]
    grant = str(m("household development grant"))
    items = frame["item_name"].where(frame["kind"] != "topup", grant)
    return Sheet(
        m("Ledger"),
        m("Ledger: who pays which yuan for what"),
        m("Whole yuan. One line for each fund, item and purpose; the total follows the filter."),
        [
            Column("ledger_department", m("department id"), frame["department"].tolist()),
            Column("", m("department"), frame["department"].map(tables.owners).tolist()),
            Column("ledger_fund", m("fund id"), frame["fund"].tolist()),
            Column("", m("fund"), frame["fund_name"].tolist()),
            Column("ledger_village", m("village id"), frame["village"].tolist()),
            Column("", m("village"), frame["village"].map(places).tolist()),
            Column("", m("household"), frame["household"].tolist()),
            Column("", m("item id"), frame["item"].tolist()),
            Column("", m("item"), items.tolist()),
            Column("", m("purpose"), frame["purpose_name"].tolist()),
            Column("ledger_yuan", m("money, yuan"), frame["yuan"].tolist(), "whole", total=True),
        ],
        wide=True,
    )


def _state(lifted: bool, out: bool) -> str:
    return "lifted" if lifted else "out" if out else "poor"
