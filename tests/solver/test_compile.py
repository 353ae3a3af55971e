"""The compiled problem means what the checker says, whatever is decided: same plans, same people, same objective."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

import numpy as np
import pulp
import pytest

from liftplan.models.county import County
from liftplan.models.policy import RULES
from liftplan.scenarios.small import random_small
from liftplan.solver import reference
from liftplan.solver.check import Facts, Findings, examine
from liftplan.solver.columns import objective_of
from liftplan.solver.compile import Compiled, compile_county
from liftplan.solver.compile.sites import is_stand_in
from liftplan.solver.problem import Decisions, Ints
from liftplan.solver.reference.adapter import run
from liftplan.solver.value import objective_units, unpaid_cells, violated_rows

from ..thorough import many
from .drawn import broken, draw, ledger
from .wild import wild_county

PARTS = range(20)
PER_PART = many(16, 2)
PER_COUNTY = 4
"""Whole decisions drawn of each county, the first without any regard to rules."""

LEAST = many(10, 2)
"""Draws at least in which each rule is broken."""

SOFT = ("R1", "R3", "R4", "R5", "R6", "R7", "R9", "R10", "R11", "R13")


@dataclass(frozen=True)
class Drawn:
    """Random decisions and flows of a county, and what the checker makes of them."""

    compiled: Compiled
    decisions: Decisions
    flows: Ints
    findings: Findings

    @property
    def faults(self) -> set[str]:
        """What is wrong according to the flat problem."""
        problem = self.compiled.problem
        rows = violated_rows(problem, self.decisions, self.flows).tolist()
        assert not len(unpaid_cells(problem, self.decisions, self.flows))
        return broken(problem, self.decisions) | {" ".join(problem.names.rows[row]) for row in rows}


@cache
def county_of(seed: int) -> tuple[County, Compiled]:
    """A county with demands and dates thrown at it, compiled."""
    county = wild_county(seed)
    return county, compile_county(county)


@cache
def drawn(part: int) -> list[Drawn]:
    """One part of all draws."""
    found = []
    for seed in range(part * PER_PART, (part + 1) * PER_PART):
        county, compiled = county_of(seed)
        facts, rng = Facts(county), np.random.default_rng(seed)
        for number in range(PER_COUNTY):
            decisions, flows = draw(compiled, rng, tidy=number > 0)
            named = compiled.named(decisions)
            lines = ledger(compiled, decisions, flows)
            findings = examine(facts, named.projects, named.measures, named.topups, lines)
            found.append(Drawn(compiled, decisions, flows, findings))
    return found


@pytest.mark.parametrize("part", PARTS)
def test_a_plan_of_the_problem_is_what_the_checker_accepts(part: int) -> None:
    """Decisions and flows break nothing in the flat problem exactly if the checker finds no violation."""
    for one in drawn(part):
        assert one.findings.accepted == (not one.faults), (one.compiled.county.head.id, one.faults)


@pytest.mark.parametrize("part", PARTS)
def test_the_objective_is_the_checkers(part: int) -> None:
    """Plans are worth the same to the last unit, penalties of soft rules included."""
    for one in drawn(part):
        if one.findings.accepted:
            value = objective_units(one.compiled.problem, one.decisions, one.flows)
            assert value == one.findings.evaluation.objective_units, one.compiled.county.head.id


@pytest.mark.parametrize("part", PARTS)
def test_the_people_lifted_are_the_checkers(part: int) -> None:
    """As many people are lifted, whether or not the decisions keep the rules."""
    for one in drawn(part):
        people = objective_of(one.compiled.problem, one.decisions)[1]
        assert people == one.findings.evaluation.totals.people_lifted, one.compiled.county.head.id


@pytest.mark.parametrize("part", PARTS)
def test_objectives_differ_by_whole_steps(part: int) -> None:
    """Objectives of plans are the constant and a whole number of the problem's steps."""
    for one in drawn(part):
        if one.findings.accepted:
            problem = one.compiled.problem
            value = objective_units(problem, one.decisions, one.flows)
            assert (value - problem.constant) % problem.granularity == 0, one.compiled.county.head.id


def test_every_rule_is_kept_and_broken_among_the_draws() -> None:
    """A hundred draws and more are plans, and each rule but R2, which no flow can break, is broken hard and soft."""
    hard: Counter[str] = Counter()
    soft: Counter[str] = Counter()
    plans = 0
    for part in PARTS:
        for one in drawn(part):
            hard.update({violation.rule for violation in one.findings.violations})
            plans += one.findings.accepted
            if one.findings.accepted:
                soft.update({shortfall.rule for shortfall in one.findings.evaluation.shortfalls})
    assert plans >= many(300, 3)
    assert {rule: hard[rule] for rule in RULES if rule != "R2" and hard[rule] < LEAST} == {}
    assert {rule: soft[rule] for rule in (*SOFT, "R12") if soft[rule] < LEAST} == {}


@pytest.mark.parametrize("seed", range(many(12, 2)))
def test_what_is_left_out_is_in_no_plan(seed: int) -> None:
    """The reference, however soft its rules, cannot have an item that the problem forbids, nor do without a must."""
    county = random_small(seed, soft=SOFT) if seed % 2 else county_of(seed)[0]
    problem = compile_county(county).problem
    model = reference.build(county, whole_yuan=False).model
    model.problem.setObjective(pulp.lpSum([]))
    for columns, names, low, high in (
        (model.built, problem.names.projects, problem.projects.low, problem.projects.high),
        (model.taken, problem.names.measures, problem.measures.low, problem.measures.high),
    ):
        bounds = dict(zip(names, zip(low.tolist(), high.tolist(), strict=True), strict=True))
        for name, column in columns.items():
            least, most = bounds.get(name, (0, 0))
            for value in {0, 1} - set(range(least, most + 1)):
                column.lowBound = column.upBound = value
                assert run(model.problem, reference.highs()).status == "infeasible", (county.head.id, name)
                column.lowBound, column.upBound = 0, 1


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    """A county with the rows of its tables in another order compiles to the same arrays."""
    county, compiled = county_of(seed)
    rng = np.random.default_rng(seed)
    shuffled = {name: table.take(rng.permutation(len(table))) for name, table in county.tables.items()}
    assert _arrays(compile_county(county.with_tables(**shuffled)).problem) == _arrays(compiled.problem)


@pytest.mark.parametrize("part", PARTS)
def test_decisions_come_back_from_their_names(part: int) -> None:
    """Decisions by id, turned back, are the same decisions, stand-ins included."""
    for one in drawn(part):
        named = one.compiled.named(one.decisions)
        back = one.compiled.decisions(named.projects, named.measures, named.topups)
        assert _arrays(back) == _arrays(one.decisions)


@pytest.mark.parametrize("part", PARTS)
def test_nothing_reaches_beyond_its_block(part: int) -> None:
    """Requirements stay inside blocks, and so does all that adds to a row of one block."""
    for seed in range(part * PER_PART, (part + 1) * PER_PART):
        problem = county_of(seed)[1].problem
        projects, measures, households, rows = problem.projects, problem.measures, problem.households, problem.rows
        owners = households.block[measures.household]
        for lists, block in ((projects.requires, projects.block), (measures.requires, owners)):
            assert (projects.block[lists.index] == block[lists.owner_of_entry()]).all()
        of_arcs = rows.local[rows.arcs.owner_of_entry()]
        assert ((of_arcs == -1) | (of_arcs == problem.flows.cell_block[problem.flows.arc_cell[rows.arcs.index]])).all()
        for lists, block in ((projects.rows, projects.block), (measures.rows, owners)):
            local = rows.local[lists.index]
            assert ((local == -1) | (local == block[lists.owner_of_entry()])).all()


@pytest.mark.parametrize("seed", range(40))
def test_a_block_is_villages_that_require_each_other(seed: int) -> None:
    """Villages share a block exactly if a chain of requirements of what may be built and taken joins them."""
    county = random_small(seed)
    problem = compile_county(county).problem
    names, projects, measures, households = problem.names, problem.projects, problem.measures, problem.households
    of_project = dict(zip(county["projects"]["id"].tolist(), county["projects"]["village"].tolist(), strict=True))
    of_home = dict(zip(county["households"]["id"].tolist(), county["households"]["village"].tolist(), strict=True))
    if any(is_stand_in(name) for name in names.projects):
        return
    site = [of_project[name] for name in names.projects]
    home = [of_home[name] for name in names.households]
    block = {**dict(zip(site, projects.block.tolist(), strict=True))}
    block |= dict(zip(home, households.block.tolist(), strict=True))
    linked: dict[str, set[str]] = {village: {village} for village in block}
    owners = [home[number] for number in measures.household.tolist()]
    for lists, own in ((projects.requires, site), (measures.requires, owners)):
        for owner, needed in zip(lists.owner_of_entry().tolist(), lists.index.tolist(), strict=True):
            joined = linked[own[owner]] | linked[site[needed]]
            linked.update(dict.fromkeys(joined, joined))
    assert all((block[one] == block[other]) == (other in linked[one]) for one in block for other in block)


def _arrays(part: Any) -> Any:
    """Everything in a dataclass as lists and plain values."""
    if is_dataclass(part):
        return [(field.name, _arrays(getattr(part, field.name))) for field in fields(part)]
    return part.tolist() if isinstance(part, np.ndarray) else part
