"""Soft R12 on projects and measures: what building or taking them is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.compile.blocks import Order
from liftplan.solver.compile.bounds import Bounds
from liftplan.solver.compile.facts import ITEM_UNITS, Facts
from liftplan.solver.compile.rows import RowBook
from liftplan.solver.compile.sites import Sites
from liftplan.solver.problem import Ints


@dataclass(frozen=True)
class ItemDemands:
    """Worths of items, stand-ins included."""

    site_worth: Ints
    """(sites,) units when built."""
    measure_worth: Ints
    """(measures,) units when taken; 0 for direct effects, whose demands lie on their projects."""
    constant: int
    """Units off every plan: the musts, earned back when kept."""


def item_demands(facts: Facts, places: Sites, limits: Bounds, order: Order, book: RowBook) -> ItemDemands:
    """Soft musts and nevers of projects and measures."""
    real = len(facts.projects)
    site_worth = np.zeros(places.size, dtype=np.int64)
    site_worth[real:] = [one.worth for one in places.stand_ins]
    measure_worth = np.zeros(len(facts.measures), dtype=np.int64)
    constant = 0
    for sense, sign in (("must", 1), ("never", -1)):
        for row, demand in facts.listed(sense, "project", hard=False):
            site_worth[row] += sign * demand.price * ITEM_UNITS
            constant -= demand.price * ITEM_UNITS if sense == "must" else 0
        for row, demand in facts.listed(sense, "measure", hard=False):
            units = sign * demand.price * ITEM_UNITS
            constant -= max(0, units)
            if not facts.automatic[row]:
                measure_worth[row] += units
                continue
            if not limits.high[row]:
                continue
            required = places.measure_needs[places.measure_owner == row]
            if not len(required):
                constant += units
            elif len(required) == 1:
                site_worth[required[0]] += units
            elif units < 0:
                # Short by one exactly if all of its projects are built; a must has its stand-in.
                block = int(order.village_block[places.home[required[0]]])
                name = ("R12", f"never measure:{demand.id}")
                number = book.add(name, 1 - len(required), -units, local=block, upper=1)
                book.sites.add(number, required, -1)
    return ItemDemands(site_worth, measure_worth, constant)
