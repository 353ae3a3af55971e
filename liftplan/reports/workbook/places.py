"""The sheets of villages, their minimums, and projects."""

from __future__ import annotations

from collections.abc import Sequence

from liftplan.models.base import BP
from liftplan.models.messages import Message, m
from liftplan.reports.frames import PlanTables
from liftplan.reports.limits import Limit
from liftplan.reports.words import MODES
from liftplan.reports.workbook.sheet import Column, Sheet
from liftplan.reports.workbook.styles import Kind

AT_LEAST, AT_MOST = "≥", "≤"

UNITS: dict[str, Message] = {"yuan": m("yuan"), "people": m("people"), "bp": m("share"), "items": m("number")}
"""Units of limits."""


def villages(tables: PlanTables, *, live: bool) -> Sheet:
    """Every village: people, households, money. With `live`, sums are formulas over households and ledger."""
    frame = tables.villages
    people = "=SUMPRODUCT(--EXACT(household_village,{village_id}{row}),household_lifted)" if live else ""
    money = "=SUMPRODUCT(--EXACT(ledger_village,{village_id}{row}),ledger_yuan)" if live else ""
    persons, lifted = frame["persons"].tolist(), frame["lifted_people"].tolist()
    already = frame["out"].tolist()
    shares = [part / max(1, whole - gone) for part, whole, gone in zip(lifted, persons, already, strict=True)]
    share = "={village_lifted}{row}/MAX(1,{village_persons}{row}-{village_out}{row})"
    return Sheet(
        m("Villages"),
        m("Villages"),
        m("People, households and whole yuan. The share is of registered people who are not out of poverty already."),
        [
            Column("village_id", m("village id"), frame["village"].tolist()),
            Column("", m("village"), frame["name"].tolist()),
            Column("", m("township"), frame["township"].tolist()),
            Column("village_lifted", m("people lifted"), lifted, "whole", people, total=True),
            Column("village_persons", m("people registered"), persons, "whole", total=True),
            Column("village_out", m("already out"), already, "whole", total=True),
            Column("", m("share lifted"), shares, "share", share),
            Column("", m("households lifted"), frame["lifted_households"].tolist(), "whole", total=True),
            Column("", m("households registered"), frame["households"].tolist(), "whole", total=True),
            Column("", m("projects built"), frame["projects"].tolist(), "whole", total=True),
            Column("village_yuan", m("money, yuan"), frame["yuan"].tolist(), "whole", money, total=True),
        ],
        fixed=2,
        wide=True,
    )


def minimums(limits: Sequence[Limit]) -> Sheet:
    """Every amount that a rule asks for or allows, what the plan has, and how far inside it is."""
    kinds: list[Kind] = ["share" if one.unit == "bp" else "whole" for one in limits]
    scales = [BP if one.unit == "bp" else 1 for one in limits]
    both = list(zip(limits, scales, strict=True))
    most = "{limit_limit}{row}-{limit_value}{row}"
    least = "{limit_value}{row}-{limit_limit}{row}"
    return Sheet(
        m("Minimums"),
        m("Minimums and maximums, and how far inside they are"),
        m("A negative room is a soft rule that is not fully kept."),
        [
            Column("", m("rule"), [one.rule for one in limits]),
            Column("", m("what"), [one.name for one in limits]),
            Column("", m("where"), [one.where or str(m("the whole county")) for one in limits]),
            Column("limit_sense", m("sense"), [AT_MOST if one.at_most else AT_LEAST for one in limits]),
            Column("", m("unit"), [str(UNITS[one.unit]) for one in limits]),
            Column("limit_limit", m("limit"), [one.limit / scale for one, scale in both], kinds),
            Column("limit_value", m("in the plan"), [one.value / scale for one, scale in both], kinds),
            Column(
                "",
                m("room"),
                [one.room / scale for one, scale in both],
                kinds,
                f'=IF({{limit_sense}}{{row}}="{AT_MOST}",{most},{least})',
            ),
        ],
        fixed=3,
    )


def projects(tables: PlanTables) -> Sheet:
    """Projects built, with their village, money and users."""
    frame = tables.projects
    places = tables.villages.set_index("village")
    padding = str(m("padding"))
    return Sheet(
        m("Projects"),
        m("Projects built"),
        m("Whole yuan. Padding: built with no user, because a minimum forces spending."),
        [
            Column("", m("project id"), frame["project"].tolist()),
            Column("", m("project"), frame["name"].tolist()),
            Column("", m("village id"), frame["village"].tolist()),
            Column("", m("village"), frame["village"].map(places["name"]).tolist()),
            Column("", m("township"), frame["village"].map(places["township"]).tolist()),
            Column("", m("mode"), [str(MODES[mode]) for mode in frame["mode"]]),
            Column("project_yuan", m("money, yuan"), frame["yuan"].tolist(), "whole", total=True),
            Column("project_leveraged", m("leveraged yuan"), frame["leveraged"].tolist(), "whole", total=True),
            Column("", m("measures that need it"), frame["users"].tolist(), "whole"),
            Column("", m("padding"), [padding if flag else "" for flag in frame["padding"].tolist()]),
        ],
        fixed=2,
        wide=True,
    )
