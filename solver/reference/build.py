"""From a county to the whole model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liftplan.models.county import County
from liftplan.solver.reference.adapter import write_mps
from liftplan.solver.reference.households import assistance, lifting
from liftplan.solver.reference.ledger import ledger
from liftplan.solver.reference.model import Model
from liftplan.solver.reference.objective import second_level, third_level
from liftplan.solver.reference.rules import COLUMNS_FIRST, RULES


@dataclass(frozen=True)
class Built:
    """A county's whole model, stated in PuLP; `model` has its columns by id."""

    county: County
    model: Model
    level: int
    """Level of the objective that it maximises."""

    @property
    def problem(self) -> Any:
        """The pulp.LpProblem."""
        return self.model.problem


def build(county: County, *, first: int | None = None, second: int | None = None, whole_yuan: bool = True) -> Built:
    """State the whole problem of a validated county of one year.

    Parameters
    ----------
    county
        The county.
    first
        Maximise level 2 for at least these units (10^-14 persons) of level 1, instead of level 1.
    second
        With `first`: maximise level 3 (fewest ledger lines) for this value of level 2 (ledger yuan at most, or needs
        met at least), too.
    whole_yuan
        False: yuan may be fractions, the best of which bounds the best in whole yuan.

    Raises
    ------
    InputProblems
        If the county plans several years.
    """
    model = Model(county, whole_yuan=whole_yuan)
    for name in (*COLUMNS_FIRST, *(name for name in RULES if name not in COLUMNS_FIRST)):
        RULES[name](model)
    lifting(model)
    assistance(model)
    ledger(model)
    goal = model.first_level()
    level = 1
    if first is not None:
        goal, level = second_level(model, first), 2
        if second is not None:
            least_money = county.policy.objective.second == "least_money"
            goal, level = third_level(model, goal, -second if least_money else second), 3
    model.problem.setObjective(goal)
    return Built(county, model, level)


def write(built: Built, path: str | Path) -> None:
    """Write a model as LP, or as MPS if the name says so (what it maximises is then minimised with its sign changed).

    Raises OSError if the file cannot be written.
    """
    if Path(path).suffix == ".mps":
        write_mps(built.problem, str(path))
    else:
        built.problem.writeLP(str(path))
