"""County -> flat problem, step by step."""

from __future__ import annotations

from dataclasses import replace
from math import gcd

import numpy as np

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.compile.apart import taken_apart, tie_rows
from liftplan.solver.compile.blocks import Order, arrange
from liftplan.solver.compile.bounds import bounds
from liftplan.solver.compile.commitments import Promised, commitments
from liftplan.solver.compile.compiled import Compiled, LineTable, Promises
from liftplan.solver.compile.demands import item_demands
from liftplan.solver.compile.facts import Facts
from liftplan.solver.compile.funds import fund_rows
from liftplan.solver.compile.households import households, persons_weighted
from liftplan.solver.compile.items import Parts, measures, projects, slot_rows
from liftplan.solver.compile.limits import refuse_crowded, refuse_early
from liftplan.solver.compile.money import Lines, Money, classify, money
from liftplan.solver.compile.payers import Eligibility
from liftplan.solver.compile.rows import RowBook
from liftplan.solver.compile.sites import Sites, sites
from liftplan.solver.compile.villages import village_rows
from liftplan.solver.problem import Bools, Flows, Names, Problem


def compile_county(county: County, *, apart: bool = False) -> Compiled:
    """Compile a validated county; the order of rows in its tables does not matter.

    apart: linked villages as blocks of their own, as the search wants them; else they are one block. Raises
    InputProblems for what cannot be solved: several years, prices out of range, households with too many measures. A
    hard demand for something impossible compiles to a problem without a solution.
    """
    refuse_early(county)
    facts, book = Facts(county), RowBook()
    places, rules = sites(facts), Eligibility(facts)
    lines = classify(facts, rules, _topped(facts))
    limits, wanted = bounds(facts, places, lines), places
    if apart:
        places, limits = taken_apart(facts, places, limits)
    order = arrange(facts, places, limits.kept)
    cash = money(facts, lines, np.concatenate([limits.kept_sites[: len(facts.projects)], limits.kept]))
    fund_rows(facts, cash, book)
    village_rows(facts, places, cash, order, book)
    slot_rows(facts, places, limits, order, book)
    promised = commitments(facts, lines, cash, book)
    demands = item_demands(facts, wanted, limits, order, book)
    tie_rows(places, book)
    parts = Parts(facts, places, lines, cash, order, limits, demands, promised, book)
    taken = measures(parts)
    homes, constant = households(facts, order, cash, book, taken.household)
    problem = Problem(
        order.blocks,
        Flows(cash.cell_village, order.village_block[cash.cell_village], cash.cell_arcs, cash.arc_fund, cash.arc_cell),
        book.finish(len(cash.arc_fund)),
        projects(parts),
        homes,
        taken,
        _names(facts, places, lines, cash, order, book),
        constant + demands.constant + promised.constant,
        _granularity(facts),
        twins=tuple((int(order.site_index[one]), int(order.site_index[copy])) for one, copy in places.copies),
    )
    problem = _spanning(problem) if apart else problem
    refuse_crowded(problem)
    table, kept = _line_table(facts, lines, cash, order)
    return Compiled(county, problem, table, _promises(facts, promised, kept), tuple(book.implied))


def _spanning(problem: Problem) -> Problem:
    """Rows to which another block than their own adds something couple blocks."""
    rows, projects, homes, measures = problem.rows, problem.projects, problem.households, problem.measures
    local = rows.local.copy()
    for lists, block in (
        (projects.rows, projects.block),
        (homes.rows, homes.block),
        (measures.rows, homes.block[measures.household]),
    ):
        strange = rows.local[lists.index] != block[lists.owner_of_entry()]
        local[lists.index[strange]] = -1
    return replace(problem, rows=replace(rows, local=local))


def _topped(facts: Facts) -> Bools:
    """(households,) that may get a top-up."""
    rule = facts.policy.R5
    topped: Bools = ~facts.shut_home & (rule.enforce != "off" and rule.minimum > 0)
    return topped


def _granularity(facts: Facts) -> int:
    """Units by which plans differ at least: the divisor of all worths; 1 where priced soft rules are in force."""
    rules = [getattr(facts.policy, name) for name in type(facts.policy).model_fields]
    if any(getattr(rule, "enforce", "") == "soft" and rule.price for rule in rules):
        return 1
    if any(demand.enforce == "soft" and demand.price for demand in facts.demands):
        return 1
    return (gcd(*np.unique(persons_weighted(facts)[~facts.out]).tolist()) or 1) * UNITS_PER_PERSON


def _names(facts: Facts, places: Sites, lines: Lines, cash: Money, order: Order, book: RowBook) -> Names:
    named = [*facts.projects["id"].tolist(), *(one.name for one in places.stand_ins)]
    funds = [purse.fund.id for purse in facts.purses]
    kinds = []
    for payers, shares in zip(lines.kind_payers.tolist(), lines.kind_shares.tolist(), strict=True):
        own = [fund for fund, pays in zip(funds, payers, strict=True) if pays]
        counted = [f"+{share.id}" for share, counts in zip(facts.shares, shares, strict=True) if counts]
        kinds.append(" ".join([", ".join(own), *counted]))
    villages = facts.village_ids.tolist()
    return Names(
        tuple(funds),
        tuple(villages),
        tuple(named[site] for site in order.sites.tolist()),
        tuple(facts.households["id"][order.homes].tolist()),
        tuple(facts.measures["id"][order.measures].tolist()),
        tuple(book.names),
        tuple(
            f"{villages[village]}: {kinds[kind]}"
            for village, kind in zip(cash.cell_village.tolist(), cash.cell_kind.tolist(), strict=True)
        ),
    )


def _line_table(facts: Facts, lines: Lines, cash: Money, order: Order) -> tuple[LineTable, Bools]:
    """Lines with a cell, and which cost lines they are."""
    kept: Bools = cash.cell >= 0
    real = len(facts.projects)
    item = lines.item[kept]
    of_measure = item >= real
    project, measure = np.full(len(item), -1, dtype=np.int64), np.full(len(item), -1, dtype=np.int64)
    project[~of_measure] = order.site_index[item[~of_measure]]
    measure[of_measure] = order.measure_index[item[of_measure] - real]
    purposes = facts.tables["purposes"]["id"]
    return (
        LineTable(
            project,
            measure,
            cash.cell[kept],
            lines.yuan[kept],
            tuple(facts.item_ids[item].tolist()),
            tuple(purposes[lines.purpose[kept]].tolist()),
        ),
        kept,
    )


def _promises(facts: Facts, promised: Promised, kept: Bools) -> Promises:
    place = np.cumsum(kept) - 1
    held = promised.arc >= 0
    firm = facts.policy.R11.enforce == "hard"
    return Promises(
        place[promised.line[held]],
        promised.arc[held],
        promised.yuan[held],
        np.full(int(held.sum()), firm, dtype=np.bool_),
    )
