"""The tables of a plan as pandas data frames: the ledger, and what follows from it by regrouping."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from liftplan.models.county import County
from liftplan.models.messages import listed
from liftplan.models.plan import Plan
from liftplan.models.policy import LEDGER_TOPUP
from liftplan.reports.spoken import Spoken
from liftplan.reports.words import CHANNELS, REASONS, shown

MONEY = ("amount", "fee", "allocated", "left")
"""What becomes of money: amount = fee + allocated + left."""

IMPLYING = "R4"
"""The rule that implies others: R3, where the departments' minimums add up to as much."""


class PlanTables:
    """Data frames of one plan, made on first use. Money is whole yuan (int64); names are in the current language.

    A frame asked for in another language is another frame.

    Every fund, department, channel, purpose, village and household of the county has its row, zeros included;
    `ledger`, `projects` and `measures` hold what the plan decides. Change a copy, not the frames themselves.
    """

    def __init__(self, plan: Plan, county: County) -> None:
        self._plan = plan
        self._county = county

    @Spoken
    def ledger(self) -> pd.DataFrame:
        """One row per ledger line: who pays which yuan for what.

        fund, fund_name, department, channel, village, household, item, kind (`project`, `measure`, `topup`), item_name,
        purpose, purpose_name, yuan.
        """
        county = self._county
        lines = self._plan.ledger
        frame = pd.DataFrame({"fund": _texts(line[0] for line in lines), "item": _texts(line[1] for line in lines)})
        purpose = _texts(line[2] for line in lines)
        topup = frame["item"].str.startswith(LEDGER_TOPUP).to_numpy(dtype=bool)
        items = set(frame["item"])
        owner = frame["item"].map(_column(county, "measures", "household", only=items))
        topped = frame["item"].str.slice(len(LEDGER_TOPUP)).where(topup, "")
        household = topped.where(topup, owner).fillna("")
        village = household.map(_column(county, "households", "village"))
        names = pd.concat([_names(county, table, only=items) for table in ("projects", "measures")])
        return pd.DataFrame(
            {
                "fund": frame["fund"],
                "fund_name": frame["fund"].map(_names(county, "funds")),
                "department": frame["fund"].map(_column(county, "funds", "department")),
                "channel": frame["fund"].map(_column(county, "funds", "channel")),
                "village": village.fillna(frame["item"].map(_column(county, "projects", "village"))),
                "household": household,
                "item": frame["item"],
                "kind": np.where(topup, "topup", np.where(household != "", "measure", "project")),
                "item_name": frame["item"].map(names).fillna(""),
                "purpose": purpose,
                "purpose_name": purpose.map(_names(county, "purposes")),
                "yuan": np.array([line[3] for line in lines], dtype=np.int64),
            }
        )

    @Spoken
    def projects(self) -> pd.DataFrame:
        """Projects built: project, name, village, mode, yuan, leveraged, users, padding.

        `users`: measures taken that need it directly; `padding`: built without users, because a minimum forces
        spending.
        """
        built = _frame(self._county, "projects", "project", only=self._plan.projects)
        built["yuan"] = self._yuan("item", built["project"])
        built["users"] = _whole(built["project"].map(self._users()))
        built["padding"] = built["project"].isin(self._plan.padding)
        return built[["project", "name", "village", "mode", "yuan", "leveraged", "users", "padding"]]

    @Spoken
    def measures(self) -> pd.DataFrame:
        """Measures taken: measure, name, household, village, income_gain, meets, mode, yuan, leveraged, direct_effect.

        `direct_effect`: without cost, it follows from projects; reports count the others alone.
        """
        taken = _frame(self._county, "measures", "measure", only=self._plan.measures)
        taken["village"] = taken["household"].map(_column(self._county, "households", "village"))
        taken["yuan"] = self._yuan("item", taken["measure"])
        taken["direct_effect"] = taken["yuan"] == 0
        columns = ["measure", "name", "household", "village", "income_gain", "meets", "mode"]
        return taken[[*columns, "yuan", "leveraged", "direct_effect"]]

    @Spoken
    def households(self) -> pd.DataFrame:
        """Every household: what it gets and whether it leaves poverty.

        household, village, persons, income (yuan a person a year), lifted, already_out, measures (taken that cost
        something), direct_effects (taken without cost), yuan (measures and top-up), topup (yuan), project_share (its
        equal share of its village's projects, whole yuan rounded down; it counts for no rule).
        """
        table = _frame(self._county, "households", "household")
        frame = table[["household", "village", "persons", "income"]].copy()
        frame["lifted"] = frame["household"].isin(self._plan.lifted)
        frame["already_out"] = frame["household"].isin(self._plan.already_out)
        free = self.measures["direct_effect"]
        for column, taken in (("measures", self.measures[~free]), ("direct_effects", self.measures[free])):
            frame[column] = _whole(frame["household"].map(taken["household"].value_counts()))
        frame["yuan"] = self._yuan("household", frame["household"])
        frame["topup"] = _whole(frame["household"].map(pd.Series(self._plan.topups, dtype="int64")))
        projects = self.ledger[self.ledger["kind"] == "project"].groupby("village")["yuan"].sum()
        share = projects // frame["village"].value_counts().reindex(projects.index)
        frame["project_share"] = _whole(frame["village"].map(share))
        return frame

    @Spoken
    def villages(self) -> pd.DataFrame:
        """Every village, and what it gets.

        village, name, township, households, persons (registered), out (people registered who are out already),
        lifted_households, lifted_people, projects (built), yuan.
        """
        table = _frame(self._county, "villages", "village")
        frame = table[["village", "name", "township"]].copy()
        registered = self.households
        lifted = registered[registered["lifted"]]
        frame["households"] = _whole(frame["village"].map(registered["village"].value_counts()))
        frame["persons"] = _whole(frame["village"].map(registered.groupby("village")["persons"].sum()))
        out = registered[registered["already_out"]].groupby("village")["persons"].sum()
        frame["out"] = _whole(frame["village"].map(out))
        frame["lifted_households"] = _whole(frame["village"].map(lifted["village"].value_counts()))
        frame["lifted_people"] = _whole(frame["village"].map(lifted.groupby("village")["persons"].sum()))
        frame["projects"] = _whole(frame["village"].map(self.projects["village"].value_counts()))
        frame["yuan"] = self._yuan("village", frame["village"])
        return frame

    @Spoken
    def funds(self) -> pd.DataFrame:
        """Every fund: fund, name, department, channel, amount, fee, allocated, left, reason, why, price.

        amount = fee + allocated + left; `why`: `reason` in words; `price`: people per extra 10,000 yuan, nan where
        none was found.
        """
        use = pd.DataFrame([line.model_dump() for line in self._plan.funds])
        table = _frame(self._county, "funds", "fund")
        frame = table[["fund", "name", "department", "channel"]].merge(use, on="fund", how="left", validate="1:1")
        frame["why"] = [str(REASONS[reason]) for reason in frame["reason"]]
        frame["price"] = frame["fund"].map(pd.Series(self._plan.prices, dtype="float64"))
        return frame

    @property
    def owners(self) -> dict[str, str]:
        """Department -> its name."""
        return dict(zip(self.departments["department"], self.departments["name"], strict=True))

    @Spoken
    def prices(self) -> pd.DataFrame:
        """What relaxing a rule is worth, dearest first: rule, subject, name, price, implied_by.

        `R1` are funds. `price`: people per 10,000 yuan by which it is relaxed (R10: per person). `implied_by`: the rule
        that asks for as much anyway, so that this one has no price of its own; else "".
        """
        county = self._county
        owners = _names(county, "departments")
        words = {**_names(county, "villages").to_dict(), **_names(county, "funds").to_dict()}
        parts = {
            row.id: row.name or str(listed(owners.get(one, one) for one in row.departments))
            for row in county.policy.R4.rows
        }
        known = [
            *((f"R1 {fund}", price, "") for fund, price in self._plan.prices.items()),
            *((key, price, "") for key, price in self._plan.rule_prices.items()),
            *((key, 0.0, IMPLYING) for key in self._plan.implied),
        ]
        rows = []
        for key, price, by in known:
            rule, _, subject = key.partition(" ")
            first, *rest = subject.split("/")
            name = " / ".join([words.get(first, first), *(parts.get(part, part) for part in rest)])
            rows.append((rule, subject, name, price, by))
        frame = pd.DataFrame(rows, columns=["rule", "subject", "name", "price", "implied_by"])
        return frame.sort_values("price", ascending=False, kind="stable", ignore_index=True)

    @Spoken
    def departments(self) -> pd.DataFrame:
        """Each department's account and credit.

        department, name, amount, fee, allocated, left, villages, households, lines. Only funds that may be allocated
        count: amount = fee + allocated + left; villages and households are those that it pays in, or for.
        """
        table = _frame(self._county, "departments", "department")
        frame = table[["department", "name"]].copy()
        funds = self.funds[self.funds["reason"] != "ring_fenced"].groupby("department")
        for column in MONEY:
            frame[column] = _whole(frame["department"].map(funds[column].sum()))
        lines = self.ledger.groupby("department")
        paid = self.ledger[self.ledger["household"] != ""].groupby("department")
        frame["villages"] = _whole(frame["department"].map(lines["village"].nunique()))
        frame["households"] = _whole(frame["department"].map(paid["household"].nunique()))
        frame["lines"] = _whole(frame["department"].map(lines.size()))
        return frame

    @Spoken
    def channels(self) -> pd.DataFrame:
        """Each channel: channel, name, amount (that may be allocated) = fee + allocated + left."""
        frame = pd.DataFrame({"channel": list(CHANNELS), "name": [str(name) for name in CHANNELS.values()]})
        funds = self.funds[self.funds["reason"] != "ring_fenced"].groupby("channel")
        for column in MONEY:
            frame[column] = _whole(frame["channel"].map(funds[column].sum()))
        return frame

    @Spoken
    def purposes(self) -> pd.DataFrame:
        """Each purpose: purpose, name, yuan, lines."""
        frame = _frame(self._county, "purposes", "purpose")[["purpose", "name"]].copy()
        frame["yuan"] = self._yuan("purpose", frame["purpose"])
        frame["lines"] = _whole(frame["purpose"].map(self.ledger["purpose"].value_counts()))
        return frame

    def _yuan(self, key: str, values: pd.Series[Any]) -> pd.Series[Any]:
        """Ledger yuan of each value of a key column."""
        return _whole(values.map(self.ledger.groupby(key)["yuan"].sum()))

    def _users(self) -> pd.Series[Any]:
        """Project -> number of measures taken that need it directly."""
        table = self._county["measures"]
        taken = np.isin(table["id"].astype(str), np.array(self._plan.measures, dtype=str))
        needed = pd.Series(table["requires"][taken], dtype=object).explode().dropna()
        slots = pd.Series(table["uses_slot"][taken], dtype=object)
        counts: pd.Series[Any] = pd.concat([needed, slots[slots != ""]]).value_counts()
        return counts


def _columns(county: County, table: str, only: Collection[str] | None) -> dict[str, Any]:
    """The columns of a county table, of the rows with these ids alone if any are given."""
    columns = dict(county[table].columns)
    if only is None:
        return columns
    wanted = set(only)
    rows = np.array([one in wanted for one in columns["id"].tolist()], dtype=bool)
    return {name: column[rows] for name, column in columns.items()}


def _frame(county: County, table: str, key: str, *, only: Collection[str] | None = None) -> pd.DataFrame:
    """A county table as a frame; `id` becomes `key`, `name` is in the current language. only: ids of rows."""
    columns = _columns(county, table, only)
    frame = pd.DataFrame(columns).rename(columns={"id": key})
    if "name" in frame:
        frame["name"] = [shown(*both) for both in zip(columns["name"], columns["name_en"], strict=True)]
    return frame


def _names(county: County, table: str, *, only: Collection[str] | None = None) -> pd.Series[Any]:
    """Id -> name in the current language."""
    columns = _columns(county, table, only)
    names = [shown(*both) for both in zip(columns["name"], columns["name_en"], strict=True)]
    return pd.Series(names, index=_texts(columns["id"]), dtype="str")


def _column(county: County, table: str, column: str, *, only: Collection[str] | None = None) -> pd.Series[Any]:
    """Id -> a column of text."""
    columns = _columns(county, table, only)
    return pd.Series(list(columns[column]), index=_texts(columns["id"]), dtype="str")


def _texts(values: Any) -> pd.Series[Any]:
    return pd.Series(list(values), dtype="str")


def _whole(values: pd.Series[Any]) -> pd.Series[Any]:
    filled: pd.Series[Any] = values.fillna(0).astype("int64")
    return filled
