"""What `liftplan.solve` returns: the outcome, the plan, and the plan's tables as data frames."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd
from rich.console import RenderableType

from liftplan.api.reuse import Reused
from liftplan.api.saving import save_plan
from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.plan import Plan
from liftplan.models.problems import LiftplanError, Problem
from liftplan.reports.certainty import certainty, headline
from liftplan.reports.frames import PlanTables
from liftplan.reports.notebook import page
from liftplan.reports.summary import summary
from liftplan.solver.result import Result


class NoPlan(LiftplanError):
    """There is no plan to look at: the county is infeasible, or a limit was reached before a plan was found."""


class Solution:
    """Outcome of one solve. Its plan has passed the independent checker, and its bound is proved."""

    def __init__(
        self, result: Result, county: County, reused: Reused | None = None, warnings: tuple[Problem, ...] = ()
    ) -> None:
        self.result = result
        """The solver's own account: status, bound, seconds by stage."""
        self.county = county
        """The county as solved, scenario applied."""
        self._reused = reused
        self._asked = warnings
        self._unmade: tuple[Problem, ...] = ()

    @property
    def status(self) -> str:
        """`optimal` (proved), `feasible`, `infeasible` (proved) or `unknown`."""
        return self.result.status

    @property
    def stopped_by(self) -> str | None:
        """`proof`, `gap`, `time`, `rounds`, `cancelled` or None."""
        return self.result.stopped_by

    @property
    def gap(self) -> float | None:
        """(objective_bound - objective) / max(1, objective); None without both."""
        return self.result.gap

    @property
    def objective_bound(self) -> float | None:
        """Proved upper bound of the objective, persons; None if nothing was proved."""
        return self.result.objective_bound

    @property
    def seconds(self) -> float:
        """Seconds from tables loaded to plan checked."""
        return self.result.seconds

    @property
    def has_plan(self) -> bool:
        """True if there is a plan."""
        return self.result.plan is not None

    @property
    def plan(self) -> Plan:
        """The plan.

        Raises
        ------
        NoPlan
            If there is none.
        """
        if self.result.plan is None:
            raise NoPlan(str(m("There is no plan: {reason}", reason=self.certainty)))
        return self.result.plan

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What whoever asked should know.

        Which scenarios contradict each other; what was used of a plan to begin with, unless it was all; which files of
        the folder saved last are missing.
        """
        found = None if self._reused is None else self._reused.warning(bool(self.result.warm))
        return (*self._asked, *(() if found is None else (found,)), *self._unmade)

    @property
    def people_lifted(self) -> int:
        """People lifted out of poverty."""
        return self.plan.totals.people_lifted

    @property
    def households_lifted(self) -> int:
        """Households lifted out of poverty."""
        return self.plan.totals.households_lifted

    @property
    def objective(self) -> float:
        """Level 1 of the objective, persons."""
        return self.plan.objective

    @cached_property
    def tables(self) -> PlanTables:
        """The plan's tables as data frames."""
        return PlanTables(self.plan, self.county)

    @property
    def ledger(self) -> pd.DataFrame:
        """See `PlanTables.ledger`."""
        return self.tables.ledger

    @property
    def projects(self) -> pd.DataFrame:
        """See `PlanTables.projects`."""
        return self.tables.projects

    @property
    def measures(self) -> pd.DataFrame:
        """See `PlanTables.measures`."""
        return self.tables.measures

    @property
    def households(self) -> pd.DataFrame:
        """See `PlanTables.households`."""
        return self.tables.households

    @property
    def villages(self) -> pd.DataFrame:
        """See `PlanTables.villages`."""
        return self.tables.villages

    @property
    def funds(self) -> pd.DataFrame:
        """See `PlanTables.funds`."""
        return self.tables.funds

    @property
    def departments(self) -> pd.DataFrame:
        """See `PlanTables.departments`."""
        return self.tables.departments

    @property
    def channels(self) -> pd.DataFrame:
        """See `PlanTables.channels`."""
        return self.tables.channels

    @property
    def purposes(self) -> pd.DataFrame:
        """See `PlanTables.purposes`."""
        return self.tables.purposes

    @property
    def prices(self) -> pd.DataFrame:
        """See `PlanTables.prices`."""
        return self.tables.prices

    def save(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Write the plan folder: `plan.json`, `ledger.csv`, `county.zip`, `run.json`, `plan.xlsx`, `summary.html`.

        Returns the folder, absolute. If one of the last two cannot be made, which is a fault of liftplan, the folder
        goes without it, and `warnings` tell.

        Raises
        ------
        NoPlan
            If there is no plan.
        InputProblems
            If the folder is in the way (a plan folder is replaced with `overwrite`) or cannot be written.
        """
        saved = save_plan(self.plan, self.county, self.result, Path(folder), overwrite=overwrite)
        self._unmade = saved.warnings
        return saved.folder

    @property
    def certainty(self) -> Message:
        """How sure the outcome is, in plain words."""
        return certainty(self.result)

    @property
    def headline(self) -> str:
        """The outcome in one line, in the current language."""
        return headline(self.result, self.county)

    def summary(self, folder: Path | None = None) -> RenderableType:
        """The summary that the command line shows, for `rich.print`; `folder` is named as the plan's place."""
        return summary(self.result, self.county, folder)

    def __repr__(self) -> str:
        return f"<Solution {self.headline}>"

    def _repr_html_(self) -> str:
        """For notebooks."""
        return page(self.result, self.county)
