"""What the reference answers: a plan in whole yuan that the independent checker accepts, or that there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liftplan.models.plan import UNITS_PER_PERSON, LedgerLine
from liftplan.models.problems import InternalError
from liftplan.solver.check import Evaluation, check_decisions
from liftplan.solver.reference.adapter import Status
from liftplan.solver.reference.build import Built

NEAR = UNITS_PER_PERSON // 10**6
"""Units that the arithmetic of a solver may be off: a millionth of a person, as the proof of a plan may be."""


@dataclass(frozen=True)
class Decisions:
    """What is decided, by id; nothing is 0."""

    projects: tuple[str, ...]
    measures: tuple[str, ...]
    topups: dict[str, int]
    ledger: tuple[LedgerLine, ...]


@dataclass(frozen=True)
class Answer:
    """Outcome of one reference solve; sums are exact, status and bound are the solver's word."""

    status: Status
    """optimal, feasible (a limit was reached), infeasible, or unknown (a limit, and no plan)."""
    decisions: Decisions | None
    evaluation: Evaluation | None
    """What the checker derives from the decisions."""
    bound: int | None
    """Upper bound of level 1 in units; None if none is known, or if another level was maximised."""

    @property
    def objective(self) -> int | None:
        """Level 1 in units of 10^-14 persons, exact."""
        return self.evaluation.objective_units if self.evaluation else None

    def second(self, goal: str) -> int | None:
        """Level 2: ledger yuan (least_money) or needs met (most_needs)."""
        if self.evaluation is None:
            return None
        return self.evaluation.totals.ledger_yuan if goal == "least_money" else self.evaluation.person_needs_met


def decisions(built: Built, values: Mapping[str, float]) -> Decisions:
    """Decisions from the columns' values, rounded to whole numbers."""
    model = built.model

    def whole(variable: object) -> int:
        return round(values.get(variable.name, 0.0))  # type: ignore[attr-defined]

    return Decisions(
        tuple(sorted(name for name, variable in model.built.items() if whole(variable))),
        tuple(sorted(name for name, variable in model.taken.items() if whole(variable))),
        {name: whole(variable) for name, variable in sorted(model.topup.items()) if whole(variable)},
        tuple((*key, whole(variable)) for key, variable in sorted(model.ledger.pays.items()) if whole(variable)),
    )


def checked(built: Built, found: Decisions, claimed: float) -> Evaluation:
    """What decisions are worth by the independent checker.

    Raises InternalError if it rejects them, or finds them worth something else than the solver claims for its level.
    """
    findings = check_decisions(built.county, found.projects, found.measures, found.topups, found.ledger)
    if not findings.accepted:
        shown = "; ".join(str(violation) for violation in findings.violations[:5])
        raise InternalError(f"the checker rejects the reference's plan: {shown}")
    value = findings.evaluation
    if built.level == 1 and abs(claimed * UNITS_PER_PERSON - value.objective_units) > NEAR:
        raise InternalError(f"the reference claims {claimed}, its plan is worth {value.objective}")
    if built.level == 2:
        least_money = built.county.policy.objective.second == "least_money"
        exact = -value.totals.ledger_yuan if least_money else value.person_needs_met
        if round(claimed) != exact:
            raise InternalError(f"the reference claims {claimed} for level 2, its plan has {exact}")
    return value
