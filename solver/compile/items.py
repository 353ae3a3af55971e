"""Projects and measures of the flat problem."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from liftplan.solver.compile.blocks import Order
from liftplan.solver.compile.bounds import Bounds
from liftplan.solver.compile.commitments import Promised
from liftplan.solver.compile.demands import ItemDemands
from liftplan.solver.compile.facts import Facts, Texts
from liftplan.solver.compile.households import need_bits
from liftplan.solver.compile.money import Lines, Money
from liftplan.solver.compile.rows import RowBook
from liftplan.solver.compile.sites import Sites
from liftplan.solver.problem import HARD, Csr, Ints, Measures, Projects


@dataclass(frozen=True)
class Parts:
    """What items are made of."""

    facts: Facts
    places: Sites
    lines: Lines
    cash: Money
    order: Order
    limits: Bounds
    demands: ItemDemands
    promised: Promised
    book: RowBook


def slot_rows(facts: Facts, places: Sites, limits: Bounds, order: Order, book: RowBook) -> None:
    """R8: slots of a project, if built, >= measures taken that use them. Left out where the slots reach for all."""
    using = np.flatnonzero((places.slot >= 0) & limits.kept)
    for site in np.unique(places.slot[using]).tolist():
        users, slots = using[places.slot[using] == site], int(facts.projects["slots"][site])
        if slots < len(users):
            name = ("R8", str(facts.projects["id"][site]))
            row = book.add(name, 0, HARD, local=int(order.village_block[places.home[site]]))
            book.sites.add(row, np.array([site]), slots)
            book.measures.add(row, users, -1)


def projects(parts: Parts) -> Projects:
    """Sites in the problem's order."""
    facts, places, order, cash = parts.facts, parts.places, parts.order, parts.cash
    real, size, ranked = len(facts.projects), places.size, parts.order.sites
    worth = np.zeros(size, dtype=np.int64)  # copies are worth nothing
    worth[: len(parts.demands.site_worth)] = parts.demands.site_worth
    worth[:real] += parts.promised.worth[:real]
    groups = np.full(size, -1, dtype=np.int64)
    groups[:real] = _numbered(facts.project_village, facts.projects["alternative_group"])
    own = np.flatnonzero((parts.lines.item < real) & (cash.cell >= 0))
    return Projects(
        order.village_block[places.home][ranked],
        worth[ranked],
        Csr.from_entries(size, order.site_index[parts.lines.item[own]], cash.cell[own], parts.lines.yuan[own]),
        Csr.from_entries(size, order.site_index[places.owner], order.site_index[places.needs]),
        groups[ranked],
        parts.book.sites.finish(size, order.site_index),
        parts.limits.site_low[ranked],
        parts.limits.site_high[ranked],
    )


def measures(parts: Parts) -> Measures:
    """Kept measures in the problem's order."""
    facts, places, order, cash = parts.facts, parts.places, parts.order, parts.cash
    table, real, ranked, index = facts.measures, len(facts.projects), order.measures, order.measure_index
    size = len(ranked)
    home = order.home_index[facts.measure_home[ranked]]
    item = parts.lines.item - real
    own = np.flatnonzero((item >= 0) & (cash.cell >= 0))
    own = own[index[item[own]] >= 0]
    needs = index[places.measure_owner] >= 0
    low, high = parts.limits.low[ranked], parts.limits.high[ranked]
    gain = np.where(table["gain_from_year"][ranked] > facts.year, 0, table["income_gain"][ranked])
    return Measures(
        home,
        (parts.demands.measure_worth + parts.promised.worth[real:])[ranked],
        gain.astype(np.int64),
        need_bits(facts, table["meets"][ranked]),
        table["labour"][ranked].astype(np.int64),
        table["main_house"][ranked].astype(np.bool_),
        _within(home, _numbered(home, table["alternative_group"][ranked])),
        Csr.from_entries(size, index[item[own]], cash.cell[own], parts.lines.yuan[own]),
        Csr.from_entries(size, index[places.measure_owner[needs]], order.site_index[places.measure_needs[needs]]),
        parts.book.measures.finish(size, index),
        facts.automatic[ranked] & (low <= high),
        low,
        high,
    )


def _numbered(place: Ints, names: Texts) -> Ints:
    """Number of each (place, name), in order of appearance; -1 where the name is empty."""
    groups = np.full(len(names), -1, dtype=np.int64)
    named = np.flatnonzero(names != "")
    if len(named):
        name, distinct = pd.factorize(names[named])
        groups[named] = pd.factorize(place[named] * len(distinct) + name)[0]
    return groups


def _within(home: Ints, groups: Ints) -> Ints:
    """Numbers from 0 in each household (households ascending)."""
    least = np.full(int(home.max(initial=-1)) + 1, np.iinfo(np.int64).max)
    named = np.flatnonzero(groups >= 0)
    np.minimum.at(least, home[named], groups[named])
    numbers = groups.copy()
    numbers[named] -= least[home[named]]
    return numbers
