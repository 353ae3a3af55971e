"""Forcing the opposite of what a plan does, and what the county reaches then: proved by solving it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from liftplan.models.county import County, table_rows
from liftplan.models.plan import Plan
from liftplan.models.policy import Policy
from liftplan.models.rows import Demand
from liftplan.models.tables import Table
from liftplan.solver.explain.proved import Proved, Solver
from liftplan.solver.explain.question import Question
from liftplan.solver.explain.values import Value

Sense = Literal["must", "never"]


@dataclass(frozen=True)
class Forced(Value):
    """The county as it is, and with a demand (R12) for the opposite of what the plan does."""

    sense: Sense
    target: str
    id: str
    base: Proved
    """The county as it is; `least` is that of the better of the plan explained and the one found again."""
    forced: Proved
    """With the demand; `most` is at most that of `base`, unless a demand gave way."""
    contrary: bool
    """A hard demand for the contrary gave way, so that forcing may bring something, too."""

    @property
    def loss_least(self) -> float | None:
        """The demand costs at least so many people (points), below 0: it brings some; None: not known."""
        if self.base.least is None or self.forced.most is None:
            return None
        return self._cost(self.base.least - self.forced.most)

    @property
    def loss_most(self) -> float | None:
        """It costs at most so many; None: not known, or there is no plan."""
        if self.base.most is None or self.forced.least is None:
            return None
        return self._cost(self.base.most - self.forced.least)

    def _cost(self, loss: float) -> float:
        """A demand that is only added costs nothing less than 0."""
        return round(loss, 9) if self.contrary else max(0.0, round(loss, 9))

    def as_json(self) -> dict[str, object]:
        """Field by field, with the loss."""
        return {**super().as_json(), "loss_least": self.loss_least, "loss_most": self.loss_most}


def opposite(plan: Plan, question: Question) -> Sense | None:
    """What demand forces the opposite of the plan; None: there is none (funds, rules, households already out)."""
    name = question.id
    if question.kind == "household":
        return None if name in plan.already_out else "never" if name in plan.lifted else "must"
    if question.kind == "project":
        return "never" if name in plan.projects else "must"
    if question.kind == "measure":
        return "never" if name in plan.measures else "must"
    if question.kind == "village":
        return "never" if plan.totals.by_village[name] else "must"
    return None


def demanding(county: County, sense: Sense, target: str, name: str) -> County:
    """The county with one hard demand more; a hard demand for the contrary gives way."""
    policy, kept = county.policy, []
    if policy.R12.enforce == "hard":
        kept = [row for row in table_rows(county, "demands") if isinstance(row, Demand)]
        kept = [row for row in kept if (row.target, row.id) != (target, name) or row.enforce == "soft"]
        kept = [row for row in kept if (row.sense, row.target, row.id) != (sense, target, name)]
    else:
        content = policy.model_dump()
        content["R12"] |= {"enforce": "hard"}
        policy = Policy.model_validate(content)
    new = Demand.model_validate({"sense": sense, "target": target, "id": name, "enforce": "hard"})
    return county.with_policy(policy).with_tables(demands=Table.from_rows(Demand, [*kept, new]))


def force(county: County, plan: Plan, question: Question, solver: Solver, known: Proved | None = None) -> Forced | None:
    """Force the opposite of what a plan does and solve both counties; None: there is no opposite, or it was cancelled.

    Measures without cost lines have none: they come with their projects.
    known: what the county as it is reaches, if that has been proved before. A soft demand that the forced one repeats
    is dropped: its penalty can no longer arise.
    """
    sense = opposite(plan, question)
    if sense is None or (question.kind == "measure" and question.id not in set(county["costs"]["item"].tolist())):
        return None
    base = solver.as_it_is(county, plan)[0] if known is None else known
    if solver.cancelled:
        return None
    forced, _ = solver(demanding(county, sense, question.kind, question.id), plan, question.id)
    contrary = _contrary(county, sense, question)
    if not contrary:
        forced = within(forced, base)
    return Forced(sense, question.kind, question.id, base, forced, contrary)


def within(forced: Proved, base: Proved) -> Proved:
    """What is proved with a demand only added: each plan that keeps it is a plan of the county, whose bound holds."""
    if forced.status == "infeasible" or base.most is None:
        return forced
    return replace(forced, most=base.most if forced.most is None else min(forced.most, base.most))


def _contrary(county: County, sense: Sense, question: Question) -> bool:
    """Whether a hard demand for the contrary is in force."""
    rows = [row for row in table_rows(county, "demands") if isinstance(row, Demand)]
    other = "never" if sense == "must" else "must"
    hard = {(row.sense, row.target, row.id) for row in rows if row.enforce == "hard"}
    return county.policy.R12.enforce == "hard" and (other, question.kind, question.id) in hard
