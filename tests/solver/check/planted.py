"""Plans by construction: decisions drawn at random on a small county, then rules drawn at what the decisions reach.

The plan keeps every hard rule, many of them to the yuan, and breaks some soft ones. `Tight` says which limits are met
exactly, so that a change in the wrong direction is known to break them.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from liftplan.models.base import BP
from liftplan.models.county import County
from liftplan.models.policy import (
    Committed,
    DepartmentMin,
    Fairness,
    FundAmount,
    FundShareRule,
    GrowthMin,
    HouseholdMax,
    HouseholdMin,
    Objective,
    Policy,
    SpendMin,
    SpendMinRow,
    VillageDepartmentMin,
    VillageTotalMin,
)
from liftplan.models.rows import TABLES, Baseline, Commitment, Demand, Fund, FundShare, MinimumOverride, Row
from liftplan.models.tables import Table
from liftplan.scenarios.small import random_small
from liftplan.solver.check.decided import Decided
from liftplan.solver.check.facts import Facts, Home
from liftplan.solver.check.funds import purpose

Line = tuple[str, str, str]
"""fund, item, purpose."""

EMPTIED = ("fund_shares", "minimum_overrides", "commitments", "baseline", "demands", "budgets")


@dataclass
class Tight:
    """Limits of hard rules that the plan meets exactly."""

    funds: set[str] = field(default_factory=set)
    villages: set[str] = field(default_factory=set)
    departments: set[tuple[str, str]] = field(default_factory=set)
    """(village, department), each department alone in its R4 row."""
    county: bool = False
    commitments: set[Line] = field(default_factory=set)
    richest: set[str] = field(default_factory=set)
    """Households at the R9 maximum."""


class Planter:
    """One random plan with its county; the same for the same seed."""

    GROUPS: ClassVar[dict[str, Callable[[Facts, Home], set[str]]]] = {
        "village": lambda _, home: {home.village},
        "township": lambda facts, home: {facts.villages[home.village].township},
        "group": lambda _, home: set(home.groups),
    }
    """Groups of a household, by how R10 counts."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        county = random_small(seed)
        bare = {name: Table.empty(TABLES[name]) for name in EMPTIED}
        self.county = county.with_policy(Policy()).with_tables(**bare)
        self.facts = Facts(self.county)
        self.tight = Tight()
        self.rules: dict[str, Any] = {}
        self.tables: dict[str, list[Row]] = {name: [] for name in EMPTIED}
        self.projects: set[str] = set()
        self.measures: set[str] = set()
        self.topups: dict[str, int] = {}
        self.pays: Counter[Line] = Counter()
        self._pick_projects()
        self._pick_measures()
        self._pay()
        self._top_up()
        self._draw_rules()

    def result(self) -> County:
        """The county with its rules."""
        tables = {name: Table.from_rows(TABLES[name], rows) for name, rows in self.tables.items()}
        return self.county.with_policy(Policy(**self.rules)).with_tables(**tables)

    def payers(self, item: str, use: str) -> list[str]:
        """Funds that may pay a line."""
        funds = sorted(self.facts.purses)
        probe = Decided(self.facts, (), (), {}, [(fund, item, use, 1) for fund in funds])
        refused = {breach.subject.split("/")[0] for breach in purpose(self.facts, probe)}
        return [fund for fund in funds if fund not in refused]

    def payable(self, item: str) -> bool:
        """True if each of its cost lines has a payer."""
        return all(self.payers(item, use) for use in self.facts.lines.get(item, {}))

    def _pick_projects(self) -> None:
        groups = set()
        for name, row in self.facts.projects.items():
            group = (row.village, row.alternative_group or name)
            allowed = self.projects.issuperset(row.requires) and group not in groups and self.payable(name)
            if allowed and self.random.random() < 0.7:
                self.projects.add(name)
                groups.add(group)

    def _pick_measures(self) -> None:
        effects = self.facts.effects(self.facts.automatic_rows)
        self.measures |= {measure for measure, _, projects in effects if self.projects.issuperset(projects)}
        labour: Counter[str] = Counter()
        used: set[object] = set()
        slots: Counter[str] = Counter()
        for name in self.random.sample(sorted(self.facts.option_index), len(self.facts.option_index)):
            option = self.facts.option(name)
            once = {(option.household, "house")} if option.main_house else set()
            once |= {(option.household, "group", option.group)} if option.group else set()
            fits = labour[option.household] + option.labour <= self.facts.homes[option.household].labour
            room = not option.slot or slots[option.slot] < self.facts.projects[option.slot].slots
            built = self.projects.issuperset(option.requires)
            if name in self.facts.automatic_ids or not (fits and room and built) or once & used:
                continue
            if self.random.random() < 0.6 and self.payable(name):
                self.measures.add(name)
                used |= once
                labour[option.household] += option.labour
                slots[option.slot] += 1

    def _pay(self) -> None:
        for item in sorted(self.projects | self.measures):
            for use, yuan in self.facts.lines.get(item, {}).items():
                self._split(item, use, yuan)

    def _split(self, item: str, use: str, yuan: int) -> None:
        payers = self.random.sample(payers := self.payers(item, use), len(payers))
        part = self.random.randint(1, yuan - 1) if len(payers) > 1 and yuan > 1 and self.random.random() < 0.5 else yuan
        self.pays[payers[0], item, use] += part
        if part < yuan:
            self.pays[payers[1], item, use] += yuan - part

    def decided(self) -> Decided:
        """The decisions so far."""
        lines = [(*key, yuan) for key, yuan in sorted(self.pays.items())]
        return Decided(self.facts, sorted(self.projects), sorted(self.measures), self.topups, lines)

    def _enforce(self) -> tuple[Any, int]:
        enforce = self.random.choice(["hard", "hard", "soft", "off"])
        return enforce, self.random.choice([0, 1, 70_000, 2_000_000]) if enforce == "soft" else 0

    def _top_up(self) -> None:
        enforce, price = self._enforce()
        every = self.random.random() < 0.5
        minimum = self.random.choice([3_000, 10_000])
        before = self.decided()
        homes = before.assisted | ({*self.facts.homes} - before.already_out if every else set())
        short = {home: minimum - before.direct[home] for home in sorted(homes) if before.direct[home] < minimum}
        self.rules["R5"] = HouseholdMin(enforce="off")
        if enforce == "off" or not all(self.payers(f"topup:{home}", "industry") for home in short):
            return
        self.rules["R5"] = HouseholdMin(
            enforce=enforce, price=price, minimum=minimum, applies_to="every" if every else "assisted"
        )
        for home, yuan in short.items():
            given = self.random.choice([0, self.random.randint(0, yuan), yuan]) if enforce == "soft" else yuan
            if given:
                self.topups[home] = given
                self._split(f"topup:{home}", "industry", given)

    def _draw_rules(self) -> None:
        done = self.decided()
        weights = self.random.choice([{}, {"disabled": 2, "illness": 3}])
        second = self.random.choice(["least_money", "most_needs"])
        self.rules["objective"] = Objective(weights=weights, second=second)
        self._funds(done)
        self._minimums(done)
        self._shares(done)
        self._most(done)
        self._commit(done)
        self._demand(done)
        self._spend(done)

    def _funds(self, done: Decided) -> None:
        enforce, price = ("hard", 0) if self.random.random() < 0.7 else ("soft", 500_000)
        self.rules["R1"] = FundAmount(enforce=enforce, price=price)
        rows = []
        for fund, purse in self.facts.purses.items():
            spent, amount = done.by_fund[fund], purse.amount
            if purse.row.integrable:
                exact = self.random.random() < 0.6
                amount = spent if exact else spent + self.random.randint(1, 50_000)
                while amount - -(-amount * purse.row.fee_bp // BP) < spent:
                    amount += 1
                if enforce == "hard" and amount - -(-amount * purse.row.fee_bp // BP) == spent:
                    self.tight.funds.add(fund)
                if enforce == "soft" and self.random.random() < 0.5:
                    amount = amount * 9 // 10
            rows.append(purse.row.model_copy(update={"amount": amount}))
        self.county = self.county.with_tables(funds=Table.from_rows(Fund, rows))
        self.facts = Facts(self.county)

    def _minimums(self, done: Decided) -> None:
        enforce, price = self._enforce()
        beyond = 1_000 if enforce == "soft" else 0
        self.rules["R3"] = VillageTotalMin(enforce=enforce, price=price, minimum=0)
        pushed = [village.id for village in self.facts.villages.values() if village.in_push]
        for village in pushed:
            reached = done.by_village[village]
            self.tables["minimum_overrides"].append(
                MinimumOverride(village=village, rule="R3", minimum=reached + beyond)
            )
            if enforce == "hard":
                self.tight.villages.add(village)
        enforce, price = self._enforce()
        beyond = 77 if enforce == "soft" else 0
        owners = sorted({purse.row.department for purse in self.facts.purses.values()})[:3]
        rows = tuple(DepartmentMin(id=f"by_{owner}", departments=(owner,), minimum=0) for owner in owners)
        self.rules["R4"] = VillageDepartmentMin(enforce=enforce, price=price, rows=rows)
        for village in pushed:
            for owner in owners:
                reached = sum(
                    yuan
                    for (place, fund), yuan in done.by_village_fund.items()
                    if place == village and self.facts.purses[fund].row.department == owner
                )
                minimum = MinimumOverride(village=village, rule=f"by_{owner}", minimum=reached + beyond)
                self.tables["minimum_overrides"].append(minimum)
                if enforce == "hard":
                    self.tight.departments.add((village, owner))
        enforce, price = self._enforce()
        self.rules["R6"] = GrowthMin(
            enforce=enforce, price=price, growth_bp=10_000, villages=self.random.random() < 0.5
        )
        total = sum(done.by_fund.values())
        self.tables["baseline"].append(Baseline(yuan=total + (500 if enforce == "soft" else 0)))
        self.tables["baseline"] += [Baseline(village=name, yuan=yuan) for name, yuan in sorted(done.by_village.items())]
        self.tight.county = enforce == "hard"

    def _shares(self, done: Decided) -> None:
        enforce, price = self._enforce()
        self.rules["R7"] = FundShareRule(enforce=enforce, price=price)
        for fund, spent in sorted(done.by_fund.items()):
            uses = sorted(self.facts.purses[fund].row.purposes)
            if spent and len(uses) > 1:
                part = done.by_fund_purpose[fund, uses[0]] * BP
                shares = {"at_least": part // spent, "at_most": min(BP, part // spent + 1)}
                sense: Any = self.random.choice(["at_least", "at_most"])
                share = shares[sense]
                if enforce == "soft":
                    share = min(BP, share + 300) if sense == "at_least" else max(0, share - 300)
                self.tables["fund_shares"].append(
                    FundShare(id=f"s-{fund}", fund=fund, sense=sense, share_bp=share, purposes=(uses[0],))
                )

    def _most(self, done: Decided) -> None:
        enforce, price = self._enforce()
        gets = {home: done.direct[home] + done.topups.get(home, 0) for home in self.facts.homes}
        most = max(gets.values())
        self.rules["R9"] = HouseholdMax(
            enforce=enforce, price=price, maximum=most * 3 // 4 if enforce == "soft" else most
        )
        if enforce == "hard" and most:
            self.tight.richest = {home for home, yuan in gets.items() if yuan == most}
        enforce, price = self._enforce()
        by, share = self._fairest(done)
        if enforce == "soft":
            share = min(BP, share + 2_000)
        self.rules["R10"] = Fairness(enforce=enforce, price=price, share_bp=share, by=by)

    def _fairest(self, done: Decided) -> tuple[Any, int]:
        """How R10 may be counted so that every group lifts somebody, if it can be so, and the least share lifted."""
        shares = {}
        for by, groups in self.GROUPS.items():
            people: Counter[str] = Counter()
            lifted: Counter[str] = Counter()
            for home in self.facts.homes.values():
                if home.id not in done.already_out:
                    people.update(dict.fromkeys(groups(self.facts, home), home.persons))
                    lifted.update(dict.fromkeys(groups(self.facts, home), home.persons * (home.id in done.lifted)))
            shares[by] = min((lifted[group] * BP // people[group] for group in people), default=0)
        by = self.random.choice([by for by, share in shares.items() if share] or list(shares))
        return by, shares[by]

    def _commit(self, done: Decided) -> None:
        enforce, price = self._enforce()
        self.rules["R11"] = Committed(enforce=enforce, price=price)
        lines = [(key, yuan) for key, yuan in sorted(self.pays.items()) if not key[1].startswith("topup:")]
        for (fund, item, use), yuan in self.random.sample(lines, min(4, len(lines))):
            self.tables["commitments"].append(Commitment(fund=fund, item=item, purpose=use, yuan=yuan))
            if enforce == "hard":
                self.tight.commitments.add((fund, item, use))
        left_out = sorted(set(self.facts.projects) - done.built)
        if enforce == "soft" and left_out and (uses := self.facts.lines.get(left_out[0])):
            fund, use = min(self.facts.purses), min(uses)
            self.tables["commitments"].append(Commitment(fund=fund, item=left_out[0], purpose=use, yuan=uses[use]))

    def _demand(self, done: Decided) -> None:
        left_out = sorted(set(self.facts.option_index) - set(done.taken))
        known = sorted(done.assisted)
        kept: list[tuple[Any, Any, str]] = [
            *(("must", "project", name) for name in self._some(done.built, 2)),
            *(("must", "measure", name) for name in self._some(done.taken, 2)),
            *(("must", "household", name) for name in self._some([one for one in known if one in done.lifted], 1)),
            *(("must", "village", name) for name in self._some([v for v, yuan in done.by_village.items() if yuan], 1)),
            *(("never", "project", name) for name in self._some(set(self.facts.projects) - done.built, 1)),
            *(("never", "measure", name) for name in self._some(left_out, 2)),
        ]
        broken: list[tuple[Any, Any, str]] = [
            *(("never", "project", name) for name in self._some(done.built, 1)),
            *(("must", "measure", name) for name in self._some(left_out, 1)),
            *(("never", "household", name) for name in self._some(known, 1)),
        ]
        rows = {
            **{key: Demand(sense=key[0], target=key[1], id=key[2], enforce="soft", price=123_456) for key in broken},
            **{key: Demand(sense=key[0], target=key[1], id=key[2]) for key in kept},
        }
        self.tables["demands"] += rows.values()

    def _some(self, names: Any, most: int) -> list[str]:
        listed = sorted(names)
        return self.random.sample(listed, self.random.randint(0, min(most, len(listed))))

    def _spend(self, done: Decided) -> None:
        """A fund, or all funds of a department, must spend as much of their amounts as they do."""
        enforce, price = self._enforce()
        purses = {fund: purse for fund, purse in sorted(self.facts.purses.items()) if purse.row.integrable}
        owners = sorted({purse.row.department for purse in purses.values()})
        names = [("fund", fund, [fund]) for fund in purses]
        names += [
            ("department", one, [f for f, purse in purses.items() if purse.row.department == one]) for one in owners
        ]
        rows = []
        for kind, name, funds in names:
            amount = sum(purses[fund].amount for fund in funds)
            if amount and self.random.random() < 0.5:
                share = min(BP, sum(done.by_fund[fund] for fund in funds) * BP // amount)
                if enforce == "soft":
                    share = min(BP, share + 500)
                rows.append(SpendMinRow(id=f"spend-{kind}-{name}", share_bp=share, **{kind: name}))
        self.rules["R13"] = SpendMin(enforce=enforce, price=price, rows=tuple(rows))
