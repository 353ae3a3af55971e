"""R8: what goes together, what excludes each other, and what is taken of itself."""

from __future__ import annotations

from collections import defaultdict

import pulp

from liftplan.models.rows import Measure, Project
from liftplan.solver.reference.adapter import Variable, weighted
from liftplan.solver.reference.model import Model


def structure(model: Model) -> None:
    """R8, all parts.

    Requires: t_j <= b_p, b_q <= b_p. Alternatives, main house: sum t_j <= 1. Slots: sum_j [slot of p] t_j <= slots_p
    b_p. Labour: sum_(j in J_h) labour_j t_j <= labour_h. Direct effects: t_j = 1 exactly if all its projects are built.
    """
    _requires(model)
    _at_most_one(model)
    _slots(model)
    _labour(model)
    _direct_effects(model)
    _later_years(model)


def _requires(model: Model) -> None:
    data = model.data
    items: list[tuple[Variable, Project | Measure]] = [
        *((model.built[project.id], project) for project in data.projects.values()),
        *((model.taken[measure.id], measure) for measure in data.measures.values()),
    ]
    for done, item in items:
        for project in data.required_projects(item):
            model.row(done - model.built[project] <= 0, "requires", item.id, project)


def _at_most_one(model: Model) -> None:
    """Alternatives of a village's projects or a household's measures; main houses of a household."""
    data = model.data
    rivals: dict[tuple[str, str, str], list[Variable]] = defaultdict(list)
    for project in data.projects.values():
        if project.alternative_group:
            rivals["alternative", project.village, project.alternative_group].append(model.built[project.id])
    for measure in data.measures.values():
        if measure.alternative_group:
            rivals["alternative", measure.household, measure.alternative_group].append(model.taken[measure.id])
        if measure.main_house:
            rivals["main_house", measure.household, ""].append(model.taken[measure.id])
    for (kind, place, group), variables in rivals.items():
        if len(variables) > 1:
            model.row(pulp.lpSum(variables) <= 1, kind, place, group)


def _slots(model: Model) -> None:
    data = model.data
    users: dict[str, list[Variable]] = defaultdict(list)
    for measure in data.measures.values():
        if measure.uses_slot:
            users[measure.uses_slot].append(model.taken[measure.id])
    for project, variables in users.items():
        slots = data.projects[project].slots
        model.row(pulp.lpSum(variables) - slots * model.built[project] <= 0, "slots", project)


def _labour(model: Model) -> None:
    for household, measures in model.data.measures_of.items():
        able = model.data.households[household].labour
        if sum(measure.labour for measure in measures) > able:
            tied = weighted((measure.labour, model.taken[measure.id]) for measure in measures if measure.labour)
            model.row(tied <= able, "labour", household)


def _direct_effects(model: Model) -> None:
    """t_j >= sum of its b_p - (their number - 1), unless a hard R12 never shuts it out; `_requires` has the rest."""
    data = model.data
    for measure in data.measures.values():
        banned = measure.id in data.banned_measures or measure.household in data.banned_households
        if data.automatic(measure) and not banned:
            projects = data.required_projects(measure)
            all_built = pulp.lpSum(model.built[project] for project in projects) - (len(projects) - 1)
            model.row(model.taken[measure.id] >= all_built, "effect", measure.id)


def _later_years(model: Model) -> None:
    """A project built first and refunded in a later year has no money in this one."""
    data = model.data
    for project in data.projects.values():
        if project.mode == "build_first" and project.acceptance_year > data.year:
            model.row(model.built[project.id] <= 0, "later", project.id)
