"""A county whose hard rules may be left out: the flat problem and the checker's county for any set that is kept."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.policy import Policy
from liftplan.solver.check.facts import Facts
from liftplan.solver.compile import Compiled, compile_county
from liftplan.solver.diagnose.rules import (
    EVERYBODY,
    ROW_RULES,
    Group,
    Instance,
    Kept,
    groups_of,
    instances,
    listed_instances,
)
from liftplan.solver.nodes import feasibility
from liftplan.solver.problem import HARD, Bools, Problem

_LOOSE = 1
"""Price of rows while compiling: what is soft is written with the most that it can be short."""


class Ground:
    """One county of one year, compiled with every rule in it. Two threads may ask: at worst something is made twice.

    Raises InputProblems for what cannot be solved.
    """

    def __init__(self, county: County) -> None:
        self.county = county
        self._compiled: dict[Kept, Compiled] = {}
        self._facts: dict[Kept, Facts] = {}
        self._listed = listed_instances(county)
        self.groups: tuple[Group, ...] = groups_of(county, self.compiled(self._listed).problem)
        self.everything: Kept = instances(self.groups)

    @cached_property
    def size(self) -> int:
        """Measures of the flat problem."""
        return len(self.compiled(self._listed).problem.measures.household)

    def listed(self, kept: Kept) -> Kept:
        """Those of the instances that are rows of the county's tables."""
        return kept & self._listed

    def compiled(self, kept: Kept) -> Compiled:
        """The county compiled with the commitments and demands that are kept; rows that may give are soft."""
        listed = kept & self._listed
        if listed not in self._compiled:
            self._compiled[listed] = compile_county(_written_out(self._without(listed)))
        return self._compiled[listed]

    def problem(self, kept: Kept) -> Compiled:
        """The flat problem under the rules that are kept: those hard, all others at no price."""
        compiled = self.compiled(kept)
        return replace(compiled, problem=self.priced(compiled.problem, kept))

    def plain(self, kept: Kept) -> Problem:
        """The same, worth nothing: only whether there is a plan."""
        return feasibility(self.problem(kept).problem)

    def priced(self, problem: Problem, kept: Kept) -> Problem:
        """A compiled problem with the rules that are kept hard and all others at no price."""
        rows, homes = problem.rows, problem.households
        free = np.array([rule in ROW_RULES and Instance(rule, subject) not in kept for rule, subject in
                         problem.names.rows], dtype=np.bool_)  # fmt: skip
        least = Instance("R5", EVERYBODY) in kept
        most = Instance("R9", EVERYBODY) in kept
        minimum = HARD if least or not homes.minimum.any() else 0
        return replace(
            problem,
            rows=replace(rows, price=np.where(free, 0, HARD), upper=np.where(free, rows.upper, 0)),
            households=replace(
                homes,
                minimum_price=np.full(len(homes.block), minimum, dtype=np.int64),
                maximum=homes.maximum if most else np.full(len(homes.block), -1, dtype=np.int64),
                maximum_price=np.full(len(homes.block), HARD, dtype=np.int64),
            ),
            granularity=UNITS_PER_PERSON,
        )

    def facts(self, kept: Kept) -> Facts:
        """What the checker looks at: whatever of the county's rules cannot be told row by row is as it is kept.

        What is broken of `ROW_RULES` is told apart by its subject; see `may_break`.
        """
        apart = frozenset(one for one in kept if one.rule not in ROW_RULES)
        if apart not in self._facts:
            self._facts[apart] = Facts(self._checked(kept))
        return self._facts[apart]

    def _checked(self, kept: Kept) -> County:
        county = self._without(kept & self._listed)
        policy = county.policy
        changes: dict[str, object] = {}
        if policy.R5.enforce == "hard" and Instance("R5", EVERYBODY) not in kept:
            changes["R5"] = policy.R5.model_copy(update={"enforce": "soft", "price": 0})
        if policy.R9.enforce == "hard" and Instance("R9", EVERYBODY) not in kept:
            changes["R9"] = policy.R9.model_copy(update={"enforce": "off"})
        return county.with_policy(policy.model_copy(update=changes)) if changes else county

    def may_break(self, rule: str, subject: str, kept: Kept) -> bool:
        """Whether a plan may break a rule where only `kept` must be kept."""
        return rule in ROW_RULES and Instance(rule, subject) not in kept

    def _without(self, listed: Kept) -> County:
        """The county with those of its commitments and hard demands that are listed."""
        gone = self._listed - listed
        if not gone:
            return self.county
        tables = {}
        for name in ("commitments", "demands"):
            table = self.county[name]
            if len(table):
                tables[name] = table.take(_staying(table, name, gone))
        return self.county.with_tables(**tables)


def _staying(table: object, name: str, gone: Kept) -> Bools:
    """(rows,) those of commitments or demands that are not among the ones left out."""
    columns = ("fund", "item", "purpose") if name == "commitments" else ("sense", "target", "id", "enforce")
    rows = zip(*(table[column].tolist() for column in columns), strict=True)  # type: ignore[index]
    if name == "commitments":
        flags = [Instance("R11", "/".join(row)) not in gone for row in rows]
    else:
        flags = [
            enforce != "hard" or Instance("R12", f"{sense} {target}:{id_}") not in gone
            for sense, target, id_, enforce in rows
        ]
    return np.array(flags, dtype=np.bool_)


def _written_out(county: County) -> County:
    """The county with hard rows soft, so that compiling leaves none out; what is soft already asks for nothing."""
    policy = county.policy
    changes: dict[str, object] = {}
    for name in type(policy).model_fields:
        rule = getattr(policy, name)
        enforce = getattr(rule, "enforce", "")
        if name in ROW_RULES and enforce == "hard":
            changes[name] = rule.model_copy(update={"enforce": "soft", "price": _LOOSE})
        elif enforce == "soft":
            changes[name] = rule.model_copy(update={"price": 0})
    demands = county["demands"]
    priced = demands.replace(price=np.zeros(len(demands), dtype=np.int64))
    return county.with_tables(demands=priced).with_policy(Policy.model_validate(policy.model_copy(update=changes)))
