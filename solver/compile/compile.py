"""County -> flat problem, step by step."""

from __future__ import annotations

from functools import reduce
from math import gcd

import numpy as np
import pandas as pd

from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, Place, Problem as InputProblem
from liftplan.solver.compile.blocks import Links, Order, arrange, links
from liftplan.solver.compile.compiled import Compiled, LineTable, Promises
from liftplan.solver.compile.facts import ITEM_UNITS, YUAN_UNITS, Facts, located, rule_price
from liftplan.solver.compile.households import assisted_by_rule, households, need_bits, out_of_reach
from liftplan.solver.compile.money import Money, money
from liftplan.solver.compile.payers import Eligibility
from liftplan.solver.compile.rows import RowList, fairness_rows, money_rows
from liftplan.solver.oracle.data import MOST_MEASURES
from liftplan.solver.problem import HARD, Bools, Csr, Flows, Ints, Measures, Names, Problem, Projects

MOST_PRICE = 10**9
"""Largest price of a soft rule, in millionths of a person: a thousand people. Beyond it sums leave 64 bits."""


def compile_county(county: County) -> Compiled:
    """Compile a validated county. Raises InputProblems for what cannot be solved (several years, prices out of range)."""
    _refuse(county)
    facts = Facts(county)
    linked = links(facts)
    rules = Eligibility(facts)
    cash = money(facts, rules, _topped(facts))
    site_low, site_high, measure_low, measure_high = _bounds(facts, linked, cash)
    order = arrange(facts, linked, (measure_high > 0) | (measure_low > 0))
    most = int(cash.yuan.sum()) + facts.policy.R5.minimum * len(facts.households)
    rows = money_rows(facts, cash, order, most)
    fairness = fairness_rows(facts, rows, order)
    slot_rows = _slots(facts, linked, order, rows)
    committed = _commitments(facts, cash, rows)
    sites, site_constant = _projects(facts, linked, cash, order, site_low, site_high, slot_rows, committed)
    measures, measure_constant, start = _measures(
        facts, linked, cash, order, measure_low, measure_high, slot_rows, committed
    )
    home_rows = Csr.from_entries(
        len(facts.households),
        order.home_index[np.concatenate([homes for homes, _ in fairness])] if fairness else [],
        np.concatenate([np.full(len(homes), row) for homes, row in fairness]) if fairness else [],
        np.concatenate([facts.households["persons"][homes] for homes, _ in fairness]) if fairness else [],
    )
    own = Csr(start, np.arange(len(order.measures), dtype=np.int64), np.ones(len(order.measures), dtype=np.int64))
    homes, home_constant = households(facts, order, cash.topup_cell, home_rows, own)
    constant = site_constant + measure_constant + home_constant + committed.constant
    finished = rows.finish()
    problem = Problem(
        order.blocks,
        Flows(
            cash.cell_village,
            order.village_block[cash.cell_village],
            cash.cell_arcs,
            cash.arc_fund,
            cash.arc_cell,
        ),
        finished,
        sites,
        homes,
        measures,
        _names(facts, order, rows, cash),
        constant,
        _granularity(facts, finished.price, homes.worth, homes, sites, measures),
    )
    return Compiled(county, problem, _line_table(facts, cash, order), _promises(facts, cash, order))


def _refuse(county: County) -> None:
    problems = []
    if len(county.head.years) != 1:
        problems.append(
            InputProblem(
                "several-years",
                Place(column="years"),
                m(
                    "the county plans {count} years; a solve over several years is not offered yet",
                    count=len(county.head.years),
                ),
                m("keep one year in `years` and in `poverty_line`"),
            )
        )
    for name in type(county.policy).model_fields:
        price = getattr(getattr(county.policy, name), "price", 0)
        if price > MOST_PRICE:
            problems.append(_dear(Place(table="policy", column=f"{name}.price"), price))
    prices = county["demands"]["price"]
    for row in np.flatnonzero(prices > MOST_PRICE).tolist():
        problems.append(_dear(Place("demands", row + 1, "price"), int(prices[row])))
    if problems:
        raise InputProblems(problems)


def _dear(place: Place, price: int) -> InputProblem:
    return InputProblem(
        "price-too-high",
        place,
        m("the price {price} is above {most} (a thousand people)", price=price, most=MOST_PRICE),
        m("lower the price, or make the rule hard"),
    )


def _topped(facts: Facts) -> Bools:
    """(households,) that may need a top-up line."""
    rule = facts.policy.R5
    active = rule.enforce != "off" and rule.minimum > 0
    return ~out_of_reach(facts) & active


def _bounds(facts: Facts, linked: Links, cash: Money) -> tuple[Ints, Ints, Ints, Ints]:
    """Low and high of sites and of measures (county rows): demands, commitments, lines that nobody may pay."""
    sites, real = len(facts.site_village), len(facts.projects)
    site_low, site_high = np.zeros(sites, dtype=np.int64), np.ones(sites, dtype=np.int64)
    low, high = np.zeros(len(facts.measures), dtype=np.int64), np.ones(len(facts.measures), dtype=np.int64)
    for row, _ in facts.listed("must", "project", hard=True):
        site_low[row] = 1
    for row, _ in facts.listed("never", "project", hard=True):
        site_high[row] = 0
    for row, _ in facts.listed("must", "measure", hard=True):
        low[row] = 1
    for row, _ in facts.listed("never", "measure", hard=True):
        high[row] = 0
    unpaid = cash.item[cash.cell < 0]
    site_high[unpaid[unpaid < real]] = 0
    high[unpaid[unpaid >= real] - real] = 0
    high[facts.banned_home[facts.measure_home]] = 0
    if facts.policy.R11.enforce == "hard":
        items = located(
            facts.county["commitments"]["item"], np.concatenate([facts.projects["id"], facts.measures["id"]])
        )
        site_low[items[items < real]] = 1
        low[items[items >= real] - real] = 1
    year = facts.year
    acceptance = facts.projects["acceptance_year"]
    site_high[:real][(facts.projects["mode"] == "build_first") & (acceptance > year)] = 0
    forced = assisted_by_rule(facts) & (facts.policy.R5.enforce == "hard") & (facts.policy.R5.minimum > 0)
    for number, (village, _) in enumerate(facts.unwanted):
        if forced[facts.home_village == village].any():
            site_low[real + number] = 1
    # a measure whose project cannot be built cannot be taken
    dead = linked.measure_owner[site_high[linked.measure_needs] == 0]
    high[dead] = 0
    return site_low, site_high, low, high


def _slots(facts: Facts, linked: Links, order: Order, rows: RowList) -> dict[int, int]:
    """R8: slots of a project (county row) >= measures that use them. Returns the row of each such project."""
    found = {}
    for site in np.unique(linked.slot[linked.slot >= 0]).tolist():
        none = np.zeros(0, dtype=np.int64)
        local = int(order.village_block[facts.project_village[site]])
        found[site] = rows.add("R8", str(facts.projects["id"][site]), none, 0, 0, HARD, local)
    return found


class _Committed:
    """R11: rows on arcs, and what items add to them (soft)."""

    def __init__(self) -> None:
        self.constant = 0
        self.items: dict[int, list[tuple[int, int, int]]] = {}
        """item -> (row, coefficient, worth when taken)."""


def _commitments(facts: Facts, cash: Money, rows: RowList) -> _Committed:
    """R11: flow of the fund into the cell of the committed lines >= their sum. Soft: of the items taken; an item that is
    not taken is short of all of it."""
    found = _Committed()
    rule = facts.policy.R11
    table = facts.county["commitments"]
    if rule.enforce == "off" or not len(table):
        return found
    lines = _committed_lines(facts, cash)
    price = rule_price(rule, YUAN_UNITS)
    together: dict[int, list[int]] = {}
    for number, (_, arc) in enumerate(lines):
        if arc >= 0:
            together.setdefault(arc, []).append(number)
        elif price != HARD:
            found.constant -= price * int(table["yuan"][number])
        else:
            # its fund may not pay it: no plan can keep the commitment
            subject = "/".join(str(table[name][number]) for name in ("fund", "item", "purpose"))
            rows.add("R11", subject, np.zeros(0, dtype=np.int64), 1, int(table["yuan"][number]), HARD)
    for arc, numbers in sorted(together.items()):
        yuan = [int(table["yuan"][number]) for number in numbers]
        subject = "/".join(str(table[name][numbers[0]]) for name in ("fund", "item", "purpose"))
        arcs = np.array([arc], dtype=np.int64)
        if price == HARD:
            rows.add("R11", subject, arcs, 1, sum(yuan), HARD)
            continue
        row = rows.add("R11", subject, arcs, 1, 0, price, upper=sum(yuan))
        for number, amount in zip(numbers, yuan, strict=True):
            item = int(cash.item[lines[number][0]])
            found.constant -= price * amount
            found.items.setdefault(item, []).append((row, -amount, price * amount))
    return found


def _committed_lines(facts: Facts, cash: Money) -> list[tuple[int, int]]:
    """Per commitment its cost line and arc; -1 where it cannot be paid."""
    table = facts.county["commitments"]
    ids = np.concatenate([facts.projects["id"], facts.measures["id"]])
    items = located(table["item"], ids)
    purposes = located(table["purpose"], facts.county["purposes"]["id"])
    wanted = set(items.tolist())
    lines = {
        (int(cash.item[line]), int(cash.purpose[line])): line
        for line in np.flatnonzero(np.isin(cash.item, list(wanted))).tolist()
    }
    funds = {purse.fund.id: index for index, purse in enumerate(facts.purses)}
    found = []
    for item, purpose, fund in zip(items.tolist(), purposes.tolist(), table["fund"].tolist(), strict=True):
        line = lines.get((item, purpose), -1)
        arc = -1
        if line >= 0 and cash.cell[line] >= 0 and fund in funds:
            into = cash.cell_arcs.of(int(cash.cell[line]))[0]
            hit = into[cash.arc_fund[into] == funds[fund]]
            arc = int(hit[0]) if len(hit) else -1
        found.append((line, arc))
    return found


def _demand_worth(facts: Facts, target: str, size: int) -> tuple[Ints, int]:
    """Soft R12 on projects or measures: units gained when built or taken, and units off every plan."""
    worth, constant = np.zeros(size, dtype=np.int64), 0
    for row, demand in facts.listed("must", target, hard=False):
        worth[row] += demand.price * ITEM_UNITS
        constant -= demand.price * ITEM_UNITS
    for row, demand in facts.listed("never", target, hard=False):
        worth[row] -= demand.price * ITEM_UNITS
    return worth, constant


def _projects(
    facts: Facts,
    linked: Links,
    cash: Money,
    order: Order,
    low: Ints,
    high: Ints,
    slot_rows: dict[int, int],
    committed: _Committed,
) -> tuple[Projects, int]:
    sites, real = len(facts.site_village), len(facts.projects)
    worth, constant = _demand_worth(facts, "project", real)
    worth = np.concatenate([worth, [-demand.price * ITEM_UNITS for _, demand in facts.unwanted]]).astype(np.int64)
    groups = np.full(sites, -1, dtype=np.int64)
    named = np.flatnonzero(facts.projects["alternative_group"] != "")
    keys = pd.MultiIndex.from_arrays([facts.project_village[named], facts.projects["alternative_group"][named]])
    groups[named] = pd.factorize(keys)[0]
    rows: list[list[tuple[int, int]]] = [[] for _ in range(sites)]
    for site, row in slot_rows.items():
        rows[site].append((row, int(facts.projects["slots"][site])))
    for item, parts in committed.items.items():
        if item < real:
            rows[item] += [(row, coefficient) for row, coefficient, _ in parts]
            worth[item] += sum(gain for _, _, gain in parts)
    own = np.flatnonzero((cash.item < real) & (cash.cell >= 0))
    ranked = order.projects
    return (
        Projects(
            order.village_block[facts.site_village][ranked],
            worth[ranked],
            Csr.from_entries(sites, order.project_index[cash.item[own]], cash.cell[own], cash.yuan[own]),
            Csr.from_entries(
                sites, order.project_index[linked.project_owner], order.project_index[linked.project_needs]
            ),
            groups[ranked],
            Csr.from_lists([rows[site] for site in ranked.tolist()]),
            low[ranked],
            high[ranked],
        ),
        constant,
    )


def _measures(
    facts: Facts,
    linked: Links,
    cash: Money,
    order: Order,
    low: Ints,
    high: Ints,
    slot_rows: dict[int, int],
    committed: _Committed,
) -> tuple[Measures, int, Ints]:
    """Measures, constant, and the start of each household's measures."""
    table, real, ranked = facts.measures, len(facts.projects), order.measures
    worth, constant = _demand_worth(facts, "measure", len(table))
    home = order.home_index[facts.measure_home[ranked]]
    start = np.zeros(len(facts.households) + 1, dtype=np.int64)
    np.cumsum(np.bincount(home, minlength=len(facts.households)), out=start[1:])
    _refuse_crowded(facts, order, start)
    kept = order.measure_index
    soft_rows = [
        (item - real, row, coefficient)
        for item, parts in committed.items.items()
        if item >= real
        for row, coefficient, _ in parts
    ]
    for item, parts in committed.items.items():
        if item >= real:
            worth[item - real] += sum(gain for _, _, gain in parts)
    using = np.flatnonzero((linked.slot >= 0) & (kept >= 0))
    slots = np.array([slot_rows[site] for site in linked.slot[using].tolist()], dtype=np.int64)
    soft_rows = [entry for entry in soft_rows if kept[entry[0]] >= 0]
    owner = np.concatenate([using, np.array([entry[0] for entry in soft_rows], dtype=np.int64)])
    rows = Csr.from_entries(
        len(ranked),
        kept[owner],
        np.concatenate([slots, np.array([entry[1] for entry in soft_rows], dtype=np.int64)]),
        np.concatenate([np.full(len(using), -1), np.array([entry[2] for entry in soft_rows], dtype=np.int64)]),
    )
    item = cash.item - real
    own = np.flatnonzero((item >= 0) & (cash.cell >= 0))
    own = own[kept[item[own]] >= 0]
    needs = kept[linked.measure_owner] >= 0
    costed = np.zeros(len(table), dtype=np.bool_)
    costed[item[item >= 0]] = True
    group_names = table["alternative_group"][ranked]
    groups = np.full(len(ranked), -1, dtype=np.int64)
    named = np.flatnonzero(group_names != "")
    if len(named):
        codes = pd.factorize(pd.MultiIndex.from_arrays([home[named], group_names[named]]))[0]
        first = pd.Series(codes).groupby(home[named]).transform("min").to_numpy()
        groups[named] = codes - first
    plain = (
        ~costed[ranked]
        & (linked.slot[ranked] < 0)
        & (group_names == "")
        & (table["labour"][ranked] == 0)
        & ~table["main_house"][ranked].astype(np.bool_)
    )
    late = table["gain_from_year"][ranked] > facts.year
    return (
        Measures(
            home,
            worth[ranked],
            np.where(late, 0, table["income_gain"][ranked]).astype(np.int64),
            need_bits(facts, table["meets"])[ranked],
            table["labour"][ranked].astype(np.int64),
            table["main_house"][ranked].astype(np.bool_),
            groups,
            Csr.from_entries(len(ranked), kept[item[own]], cash.cell[own], cash.yuan[own]),
            Csr.from_entries(
                len(ranked), kept[linked.measure_owner[needs]], order.project_index[linked.measure_needs[needs]]
            ),
            rows,
            plain,
            low[ranked],
            high[ranked],
        ),
        constant,
        start,
    )


def _refuse_crowded(facts: Facts, order: Order, start: Ints) -> None:
    problems = [
        InputProblem(
            "too-many-measures",
            Place("measures", 0, "household"),
            m(
                "household {household} has {count} measures; at most {most} can be planned",
                household=str(facts.households["id"][order.homes[home]]),
                count=int(start[home + 1] - start[home]),
                most=MOST_MEASURES,
            ),
            m("remove measures that are not meant to be taken"),
        )
        for home in np.flatnonzero(np.diff(start) > MOST_MEASURES).tolist()
    ]
    if problems:
        raise InputProblems(problems)


def _granularity(facts: Facts, prices: Ints, worth: Ints, homes: object, sites: Projects, measures: Measures) -> int:
    """Units by which plans differ at least: the divisor of all worths; 1 where penalties make values continuous."""
    policy = facts.policy
    if (
        (prices != HARD).any()
        or policy.R5.enforce == "soft"
        or policy.R9.enforce == "soft"
        or any(demand.enforce == "soft" for demand in facts.demands)
    ):
        return 1
    return reduce(gcd, (value for value in np.unique(worth).tolist() if value > 0), 0) or 1


def _names(facts: Facts, order: Order, rows: RowList, cash: Money) -> Names:
    sites = facts.projects["id"].tolist() + [f"village:{demand.id}" for _, demand in facts.unwanted]
    villages = tuple(village.id for village in facts.villages)
    funds = [purse.fund.id for purse in facts.purses]
    payers = [
        [funds[cash.arc_fund[arc]] for arc in cash.cell_arcs.of(cell)[0]] for cell in range(len(cash.cell_village))
    ]
    return Names(
        tuple(funds),
        villages,
        tuple(sites[index] for index in order.projects.tolist()),
        tuple(facts.households["id"][order.homes].tolist()),
        tuple(facts.measures["id"][order.measures].tolist()),
        tuple(rows.names),
        tuple(
            f"{villages[village]}: {', '.join(own)}"
            for village, own in zip(cash.cell_village.tolist(), payers, strict=True)
        ),
    )


def _line_table(facts: Facts, cash: Money, order: Order) -> LineTable:
    real = len(facts.projects)
    of_measure = cash.item >= real
    measure = np.full(len(cash.item), -1, dtype=np.int64)
    measure[of_measure] = order.measure_index[cash.item[of_measure] - real]
    project = np.full(len(cash.item), -1, dtype=np.int64)
    project[~of_measure] = order.project_index[cash.item[~of_measure]]
    rows = np.flatnonzero((cash.cell >= 0) & ((project >= 0) | (measure >= 0)))
    costs = facts.county["costs"]
    return LineTable(
        project[rows],
        measure[rows],
        cash.cell[rows],
        cash.yuan[rows],
        tuple(costs["item"][rows].tolist()),
        tuple(costs["purpose"][rows].tolist()),
    )


def _promises(facts: Facts, cash: Money, order: Order) -> Promises:
    table = facts.county["commitments"]
    real = len(facts.projects)
    rule = facts.policy.R11
    found: list[tuple[int, int, int]] = []
    if rule.enforce != "off" and len(table):
        kept = (cash.cell >= 0) & np.where(
            cash.item < real,
            True,
            order.measure_index[np.maximum(cash.item - real, 0)] >= 0 if len(facts.measures) else True,
        )
        place = np.cumsum(kept) - 1
        for number, (line, arc) in enumerate(_committed_lines(facts, cash)):
            if arc >= 0 and kept[line]:
                found.append((int(place[line]), arc, int(table["yuan"][number])))
    columns = np.array(found, dtype=np.int64).reshape(len(found), 3)
    return Promises(
        columns[:, 0], columns[:, 1], columns[:, 2], np.full(len(found), rule.enforce == "hard", dtype=np.bool_)
    )
