"""A plan as arrays, for many draws at once: ledger lines in the order of payment, what needs what, who is lifted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from liftplan.models.base import BP
from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.models.policy import LEDGER_TOPUP
from liftplan.solver.check.facts import Facts

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Subject:
    """A plan on a county whose costs and amounts are the true ones; the plan may have been made with margins.

    Items are projects built, measures taken, top-ups. Lines are sorted by fund, then in the order in which the fund
    pays: commitments, then the items that lift the most people for their money in the plan.
    """

    def __init__(self, county: County, plan: Plan) -> None:
        facts = Facts(county)
        options = facts.options(plan.measures)
        homes = [home for home in facts.homes.values() if not facts.passes(home, 0, set())]
        taken: defaultdict[str, list[str]] = defaultdict(list)
        for name, option in options.items():
            taken[option.household].append(name)
        self.households = [
            home
            for home in homes
            if facts.passes(
                home,
                sum(options[one].gain for one in taken[home.id]),
                {need for one in taken[home.id] for need in options[one].meets},
            )
        ]
        """Households that the plan lifts if all goes as the county says."""
        self.villages = sorted({home.village for home in self.households})
        place = {name: index for index, name in enumerate(self.villages)}
        self.village = np.array([place[home.village] for home in self.households], dtype=np.int64)
        self.persons = np.array([home.persons for home in self.households], dtype=np.int64)
        self.income = np.array([home.income * home.persons for home in self.households], dtype=np.float64)
        line = facts.poverty_line * (BP + facts.policy.exit.margin_bp) / BP
        self.asked = self.persons * line
        """Yuan a household a year with which it is out."""
        self._index(facts, plan, sorted(options))
        self.gain = np.array([options[name].gain for name in sorted(options)], dtype=np.float64)
        """(measures,) yuan a year."""
        measure = {name: index for index, name in enumerate(sorted(options))}
        project = {name: index for index, name in enumerate(plan.projects)}
        self.needs_project = _pairs(
            (measure[name], project[one])
            for name, option in options.items()
            for one in option.requires
            if one in project
        )
        """(pairs, 2) measure, project that it needs."""
        self.requires = _pairs(
            (project[name], project[one])
            for name in plan.projects
            for one in facts.projects[name].requires
            if one in project
        )
        """(pairs, 2) project, project that it requires."""
        self.helped = _pairs((row, measure[one]) for row, home in enumerate(self.households) for one in taken[home.id])
        """(pairs, 2) household, measure of it, by household."""
        needs = [(row, need) for row, home in enumerate(self.households) for need in home.needs]
        self.needs = np.array([row for row, _ in needs], dtype=np.int64)
        """(needs,) household."""
        self.met = _pairs(
            (number, measure[one])
            for number, (row, need) in enumerate(needs)
            for one in taken[self.households[row].id]
            if need in options[one].meets
        )
        """(pairs, 2) need, measure that meets it."""

    def _index(self, facts: Facts, plan: Plan, measures: list[str]) -> None:
        items = [*plan.projects, *measures, *(LEDGER_TOPUP + name for name in sorted(plan.topups))]
        number = {name: index for index, name in enumerate(items)}
        self.projects, self.measures, self.items = len(plan.projects), len(measures), len(items)
        self.funds = [name for name, purse in facts.purses.items() if purse.row.integrable]
        departments = sorted({facts.purses[name].row.department for name in self.funds})
        self.department = np.array(
            [departments.index(facts.purses[name].row.department) for name in self.funds], dtype=np.int64
        )
        self.amount = np.array([facts.purses[name].amount for name in self.funds], dtype=np.float64)
        self.fee = np.array([facts.purses[name].fee for name in self.funds], dtype=np.float64)
        fund = {name: index for index, name in enumerate(self.funds)}
        planned: Counter[tuple[str, str]] = Counter()
        for _, item, purpose, yuan in plan.ledger:
            planned[item, purpose] += yuan
        true = {(item, purpose): yuan for item, purpose, yuan in _costs(facts)}
        promised = {row.item for row in facts.commitments}
        lift = self._lift(facts, plan)
        spent: Counter[str] = Counter()
        for _, item, _, yuan in plan.ledger:
            spent[item] += yuan
        order = sorted(
            plan.ledger,
            key=lambda one: (fund[one[0]], one[1] not in promised, -lift[one[1]] / spent[one[1]], one[1], one[2]),
        )
        self.line_fund = np.array([fund[one[0]] for one in order], dtype=np.int64)
        self.line_item = np.array([number[one[1]] for one in order], dtype=np.int64)
        scale = [
            true.get((item, purpose), planned[item, purpose]) / planned[item, purpose] for _, item, purpose, _ in order
        ]
        self.line_yuan = np.array([one[3] for one in order], dtype=np.float64) * np.array(scale, dtype=np.float64)
        """(lines,) yuan at true costs."""
        self.line_varies = np.array([not one[1].startswith(LEDGER_TOPUP) for one in order], dtype=np.bool_)

    def _lift(self, facts: Facts, plan: Plan) -> Counter[str]:
        """Item -> people lifted in the plan who need it: those of its household, or of all whose measures need it."""
        persons = {home.id: home.persons for home in self.households}
        users: defaultdict[str, set[str]] = defaultdict(set)
        for name, option in facts.options(plan.measures).items():
            if option.household in persons:
                users[name].add(option.household)
                for project in option.requires:
                    users[project].add(option.household)
        for name in plan.topups:
            if name in persons:
                users[LEDGER_TOPUP + name].add(name)
        return Counter({item: sum(persons[name] for name in names) for item, names in users.items()})


def _costs(facts: Facts) -> list[tuple[str, str, int]]:
    table = facts.county["costs"]
    columns = (table[name].tolist() for name in ("item", "purpose", "yuan"))
    found: Counter[tuple[str, str]] = Counter()
    for item, purpose, yuan in zip(*columns, strict=True):
        found[item, purpose] += yuan
    return [(item, purpose, yuan) for (item, purpose), yuan in found.items()]


def _pairs(found: Iterable[tuple[int, int]]) -> Ints:
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
