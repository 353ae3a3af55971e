"""A plan on its county: looked up by id, compiled, and priced at the plan's prices."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import numpy as np

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON, LedgerLine, Plan
from liftplan.solver.certificate.packages import closure
from liftplan.solver.check import Facts
from liftplan.solver.check.facts import Option, Spot
from liftplan.solver.compile import Compiled, compile_county
from liftplan.solver.generation import priced_at
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.oracle.pricing import Prices
from liftplan.solver.problem import Ints, Problem
from liftplan.solver.warm import multipliers

DIGITS = 9
"""People at prices are rounded to so many digits, as the plan's prices are."""


class Case:
    """What explanations are read from. Everything about prices holds at the margin, at the plan's prices."""

    def __init__(self, county: County, plan: Plan) -> None:
        self.county, self.plan = county, plan
        self.facts = Facts(county)
        self.compiled: Compiled = compile_county(county)
        self.problem: Problem = self.compiled.problem
        self.decisions = self.compiled.decisions(plan.projects, plan.measures, plan.topups)
        self.duals = multipliers(plan, self.compiled)
        self.prices: Prices = priced_at(self.problem, self.duals)
        self.built, self.taken = frozenset(plan.projects), frozenset(plan.measures)
        self.lifted, self.out = frozenset(plan.lifted), frozenset(plan.already_out)
        self.left = {use.fund: max(0, use.left) for use in plan.funds if use.reason != "ring_fenced"}
        """Allocating fund -> yuan left over."""
        names = self.problem.names
        self.home = {name: index for index, name in enumerate(names.households)}
        self.project = {name: index for index, name in enumerate(names.projects)}
        self.measure = {name: index for index, name in enumerate(names.measures)}

    def persons(self, units: int) -> float:
        """Units of 2^shift of the prices as people."""
        return round(int(units) * 2.0**self.prices.shift / UNITS_PER_PERSON, DIGITS)

    @property
    def scored(self) -> bool:
        """Whether level 1 counts points: people weighted, or less penalties of soft rules."""
        return scored(self.county)

    @cached_property
    def oracle(self) -> Oracle:
        """Packages of every household, listed."""
        return Oracle(self.problem, 1)

    @cached_property
    def closure(self) -> list[frozenset[int]]:
        """Per project: it and everything it requires."""
        return closure(self.problem)

    @cached_property
    def excluded(self) -> frozenset[int]:
        """Projects that no plan builds, an alternative of each being in every plan."""
        table = self.problem.projects
        must = frozenset[int]().union(*(self.closure[project] for project in np.flatnonzero(table.low > 0).tolist()))
        groups = {int(table.group[project]) for project in must} - {-1}
        return frozenset(np.flatnonzero(np.isin(table.group, list(groups))).tolist()) - must

    @cached_property
    def cells(self) -> dict[tuple[str, str], int]:
        """(item, purpose) -> cell, of lines that some fund may pay."""
        lines = self.compiled.lines
        return dict(zip(zip(lines.item, lines.purpose, strict=True), lines.cell.tolist(), strict=True))

    @cached_property
    def measures_of(self) -> dict[str, list[str]]:
        """Household -> ids of its measures in the county."""
        found: dict[str, list[str]] = {}
        table = self.county["measures"]
        for measure, household in zip(table["id"].tolist(), table["household"].tolist(), strict=True):
            found.setdefault(household, []).append(measure)
        return found

    @cached_property
    def options(self) -> dict[str, Option]:
        """Every measure of the county."""
        return self.facts.options(self.facts.option_index)

    @cached_property
    def needed_by(self) -> dict[str, list[str]]:
        """Project -> ids of the measures that need it directly."""
        found: dict[str, list[str]] = {}
        for option in self.options.values():
            for project in option.requires:
                found.setdefault(project, []).append(option.id)
        return found

    @cached_property
    def paid(self) -> dict[str, list[LedgerLine]]:
        """Ledger item -> its lines."""
        found: dict[str, list[LedgerLine]] = {}
        for line in self.plan.ledger:
            found.setdefault(line[1], []).append(line)
        return found

    @cached_property
    def slots_used(self) -> Counter[str]:
        """Project -> slots that measures taken use."""
        return Counter(self.options[name].slot for name in self.taken if self.options[name].slot)

    @cached_property
    def flows(self) -> Ints:
        """(arcs,) whole yuan of the ledger."""
        flows = self.problem.flows
        funds = {name: index for index, name in enumerate(self.problem.names.funds)}
        arcs = {
            pair: arc for arc, pair in enumerate(zip(flows.arc_cell.tolist(), flows.arc_fund.tolist(), strict=True))
        }
        found = np.zeros(len(flows.arc_cell), dtype=np.int64)
        for fund, item, purpose, yuan in self.plan.ledger:
            cell = self.cells.get((item, purpose))
            if cell is None:
                cell = int(self.problem.households.topup_cell[self.home[item.partition(":")[2]]])
            found[arcs[cell, funds[fund]]] += yuan
        return found

    @cached_property
    def row_values(self) -> Ints:
        """(rows,) left-hand sides of the plan, row units."""
        problem = self.problem
        values = np.zeros(len(problem.rows.rhs), dtype=np.int64)
        arcs = problem.rows.arcs
        np.add.at(values, arcs.owner_of_entry(), arcs.value * self.flows[arcs.index])
        lifted = np.array([name in self.lifted for name in problem.names.households], dtype=np.bool_)
        for lists, chosen in (
            (problem.projects.rows, self.decisions.built),
            (problem.measures.rows, self.decisions.taken),
            (problem.households.rows, lifted),
        ):
            kept = chosen[lists.owner_of_entry()]
            np.add.at(values, lists.index[kept], lists.value[kept])
        return values

    def spot(self, item: str) -> Spot:
        """Where a project or measure lies and how it is financed."""
        if item in self.facts.projects:
            project = self.facts.projects[item]
            return Spot(project.village, "", project.mode)
        option = self.options[item]
        return Spot(self.facts.homes[option.household].village, option.household, option.mode)


def scored(county: County) -> bool:
    """Whether level 1 counts points: people weighted, or less penalties of soft rules."""
    policy = county.policy
    rules = (getattr(policy, name) for name in type(policy).model_fields)
    soft = any(getattr(rule, "enforce", "") == "soft" and rule.price for rule in rules)
    demands = county["demands"]
    priced = bool(((demands["enforce"] == "soft") & (demands["price"] > 0)).any()) and policy.R12.enforce != "off"
    return soft or priced or bool(policy.objective.weights)
