"""What cannot be solved: refused with a reason and a way out."""

from __future__ import annotations

import numpy as np

from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, Place
from liftplan.models.problems import Problem as Fault
from liftplan.solver.oracle.data import MOST_MEASURES
from liftplan.solver.problem import Csr, Problem

MOST_PRICE = 10**9
"""Largest price of a soft rule, in millionths of a person: a thousand people."""

MOST_NEEDS = 60
"""Most kinds of needs: they are bits of one integer."""

MOST_SITES = 62
"""Most projects that the measures of one household may need together: bits again."""

_ROOM = 2.0**62
"""Sums inside a block must stay below."""


def refuse_early(county: County) -> None:
    """Raise InputProblems for several years, too many needs, prices out of range."""
    faults = []
    if len(county.head.years) != 1:
        faults.append(
            Fault(
                "several-years",
                Place(column="years"),
                m(
                    "the county plans {count} years; a solve over several years is not offered yet",
                    count=len(county.head.years),
                ),
                m("keep one year in `years` and in `poverty_line`"),
            )
        )
    if len(county["needs"]) > MOST_NEEDS:
        faults.append(
            Fault(
                "too-many-needs",
                Place("needs"),
                m(
                    "there are {count} needs; at most {most} can be planned",
                    count=len(county["needs"]),
                    most=MOST_NEEDS,
                ),
                m("remove needs that no household has"),
            )
        )
    for name in type(county.policy).model_fields:
        price = getattr(getattr(county.policy, name), "price", 0)
        if price > MOST_PRICE:
            faults.append(_dear(Place(table="policy", column=f"{name}.price"), price))
    prices = county["demands"]["price"]
    dear = np.flatnonzero(prices > MOST_PRICE).tolist()
    faults += [_dear(Place("demands", int(row) + 1, "price"), int(prices[row])) for row in dear]
    if faults:
        raise InputProblems(faults)


def _dear(place: Place, price: int) -> Fault:
    return Fault(
        "price-too-high",
        place,
        m("the price {price} is above {most} (a thousand people)", price=price, most=MOST_PRICE),
        m("lower the price, or make the rule hard"),
    )


def refuse_crowded(problem: Problem) -> None:
    """Raise InputProblems for households with too many measures or projects, and for sums beyond 64 bits."""
    faults = []
    for home in np.flatnonzero(np.diff(problem.households.measures.start) > MOST_MEASURES).tolist():
        count = len(problem.households.measures.of(home)[0])
        faults.append(
            Fault(
                "too-many-measures",
                Place("measures", column="household"),
                m(
                    "household {household} has {count} measures; at most {most} can be planned",
                    household=problem.names.households[home],
                    count=count,
                    most=MOST_MEASURES,
                ),
                m("remove measures that are not meant to be taken"),
            )
        )
    for home, count in _projects_needed(problem).items():
        faults.append(
            Fault(
                "too-many-projects",
                Place("measures", column="requires"),
                m(
                    "the measures of household {household} need {count} projects; at most {most} can be planned",
                    household=problem.names.households[home],
                    count=count,
                    most=MOST_SITES,
                ),
                m("remove requirements that do not matter"),
            )
        )
    if _largest_sum(problem) > _ROOM:
        faults.append(
            Fault(
                "sums-too-large",
                Place(table="policy"),
                m("weights, prices and amounts are too large to be added up exactly"),
                m("lower the weights and the prices of soft rules"),
            )
        )
    if faults:
        raise InputProblems(faults)


def _projects_needed(problem: Problem) -> dict[int, int]:
    """Households that need too many projects, those that their projects require included, and how many."""
    requires, measures = problem.projects.requires, problem.measures
    entries = np.bincount(
        measures.household[measures.requires.owner_of_entry()], minlength=len(problem.names.households)
    )
    most = max((len(_required(requires, [one])) for one in range(requires.owners)), default=1)
    found = {}
    for home in np.flatnonzero(entries * most > MOST_SITES).tolist():
        own = problem.households.measures.of(home)[0]
        span = slice(int(measures.requires.start[own[0]]), int(measures.requires.start[own[-1] + 1]))
        seen = _required(requires, measures.requires.index[span].tolist())
        if len(seen) > MOST_SITES:
            found[home] = len(seen)
    return found


def _required(requires: Csr, waiting: list[int]) -> set[int]:
    """Some projects, with all that they require."""
    seen: set[int] = set()
    while waiting:
        project = waiting.pop()
        if project not in seen:
            seen.add(project)
            waiting += requires.of(project)[0].tolist()
    return seen


def _largest_sum(problem: Problem) -> float:
    """Largest sum that may come up: worths and penalties in a block, row units in a row."""
    households, measures, projects = problem.households, problem.measures, problem.projects
    total = np.zeros(problem.blocks)
    np.add.at(total, projects.block, np.abs(projects.worth.astype(np.float64)))
    owner = households.block[measures.household]
    np.add.at(total, owner, np.abs(measures.worth.astype(np.float64)))
    inside = households.worth.astype(np.float64) - households.touch_worth
    inside += np.maximum(0, households.minimum_price).astype(np.float64) * households.minimum
    np.add.at(total, households.block, inside)
    yuan = measures.lines.value.astype(np.float64)
    lines = measures.lines.owner_of_entry()
    over = np.maximum(0, households.maximum_price).astype(np.float64)[measures.household[lines]] * yuan
    np.add.at(total, owner[lines], over)
    money = float(yuan.sum() + projects.lines.value.sum(dtype=np.float64) + households.minimum.sum(dtype=np.float64))
    coefficients = float(np.abs(problem.rows.arcs.value).max(initial=1))
    return max(float(total.max(initial=0.0)), money * coefficients)
