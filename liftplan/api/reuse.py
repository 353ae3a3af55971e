"""What a plan to begin with has in common with the county."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.plan import Plan
from liftplan.models.problems import InputProblems, Place, Problem


@dataclass(frozen=True)
class Reused:
    """How much of a plan to begin with the county knows, by id."""

    county: str
    """Id of the plan's county."""
    same: bool
    """The plan is of this very county."""
    projects: int
    """Projects of the plan that this county has."""
    all_projects: int
    """Projects of the plan."""
    measures: int
    """Measures of the plan that this county has."""
    all_measures: int
    """Measures of the plan."""

    def warning(self, used: bool) -> Problem | None:
        """What whoever gave the plan should know; None if the plan is of this very county and was used.

        used: whether the solver could use what the county knows (`Result.warm`).
        """
        if used and self.same:
            return None
        if used:
            message = m(
                "The plan to begin with was made for another county or version ({county}): "
                "{projects} of its {all_projects} projects and {measures} of its {all_measures} measures "
                "are known here and used.",
                county=self.county,
                projects=f"{self.projects:,}",
                all_projects=f"{self.all_projects:,}",
                measures=f"{self.measures:,}",
                all_measures=f"{self.all_measures:,}",
            )
        else:
            message = m("Nothing of the plan to begin with was used: its decisions break rules of this county.")
        return Problem("warm-start", Place(), message, Message(""), warning=True)


def reuse(plan: Plan, county: County) -> Reused:
    """What the county knows of a plan.

    Raises
    ------
    InputProblems
        If the plan is of another county and has no project and no measure of this one.
    """
    projects = set(plan.projects) & set(county["projects"]["id"].tolist())
    measures = set(plan.measures) & set(county["measures"]["id"].tolist())
    same = plan.county.digest == county.digest
    if not (same or projects or measures):
        message = m(
            "The plan to begin with is of another county: {value}. It shares no project and no measure with {limit}.",
            value=plan.county.id,
            limit=county.head.id,
        )
        raise InputProblems([Problem("warm-start-county", Place(), message, m("Begin with a plan of this county."))])
    return Reused(plan.county.id, same, len(projects), len(plan.projects), len(measures), len(plan.measures))
