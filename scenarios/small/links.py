"""What reaches beyond one village of a small county: requirements, slots and direct effects."""

from __future__ import annotations

from typing import Any

from liftplan.models.rows import CostLine, Household, Measure, Project
from liftplan.scenarios.small.draft import LINE, Draft
from liftplan.scenarios.small.funds import LINES


def add_links(draft: Draft, *, dear: int) -> None:
    """In three counties of five: sites in most villages, projects and measures that need those of other villages.

    Help in the last village costs `dear` times as much.
    """
    if not draft.chance(0.6):
        return
    _add_sites(draft)
    _join_projects(draft)
    measures: list[Measure] = []
    for household in draft.households:
        own = [measure for measure in draft.measures if measure.household == household.id]
        scale = dear if household.village == draft.villages[-1].id else 1
        measures += [*own, *_measures(draft, household, len(own), scale)]
    draft.measures[:] = measures


def _add_sites(draft: Draft) -> None:
    """A site for most villages without one, now and then a second one."""
    for village in draft.villages:
        here = [project for project in draft.projects if project.village == village.id]
        if draft.chance(0.2 if any(project.slots for project in here) else 0.7):
            site = Project(
                id=f"{village.id}-p{len(here) + 1:02d}",
                village=village.id,
                name="site",
                requires=(here[0].id,) if draft.chance(0.3) else (),
                slots=draft.whole(1, 3),
            )
            draft.projects.append(site)
            for purpose, low, high in LINES["site"][: draft.whole(1, 3)]:
                draft.costs.append(CostLine(item=site.id, purpose=purpose, yuan=draft.yuan(low, high)))


def _join_projects(draft: Draft) -> None:
    """A project or two of each village but the first require a project of a village before it."""
    order = [village.id for village in draft.villages]
    for place, village in enumerate(order[1:], 1):
        before = [project.id for project in draft.projects if project.village in order[:place]]
        here = [number for number, project in enumerate(draft.projects) if project.village == village]
        for number in draft.some(here, 0, 2):
            project = draft.projects[number]
            requires = dict.fromkeys([*project.requires, *draft.some(before, 1, 1)])
            draft.projects[number] = project.model_copy(update={"requires": tuple(requires)})


def _measures(draft: Draft, household: Household, known: int, scale: int) -> list[Measure]:
    """What a household, which has `known` measures, may get through projects of other villages."""
    elsewhere = [project for project in draft.projects if project.village != household.village]
    here = [project.id for project in draft.projects if project.village == household.village]
    gap = max(300, (LINE - household.income) * household.persons)
    made: list[Measure] = []

    def add(name: str, **fields: Any) -> str:
        identifier = f"{household.id}-m{known + len(made) + 1:02d}"
        made.append(Measure(id=identifier, household=household.id, name=name, **fields))
        return identifier

    sites = [project.id for project in elsewhere if project.slots]
    if "housing" in household.needs and sites and draft.chance(0.6):
        item = add(
            "relocation_afar",
            meets=("housing", "water"),
            main_house=True,
            uses_slot=draft.some(sites, 1, 1)[0],
            requires=tuple(draft.some(here, 0, 1)) if draft.chance(0.3) else (),
            income_gain=draft.whole(0, gap),
        )
        draft.costs.append(CostLine(item=item, purpose="housing", yuan=draft.yuan(7_000, 22_000) * scale))
    mains = [project.id for project in elsewhere if project.name == "main"]
    if "water" in household.needs and mains and draft.chance(0.4):
        add("main_afar", meets=("water",), requires=tuple(draft.some(mains, 1, 1)))
    roads = [project.id for project in elsewhere if project.name.startswith("road")]
    if roads and draft.chance(0.3):
        own = draft.some(here, 0, 1)
        add("road_afar", income_gain=draft.whole(100, max(200, gap // 2)), requires=(*own, *draft.some(roads, 1, 1)))
    shops = [project.id for project in elsewhere if project.name in {"workshop", "base"}]
    if shops and draft.chance(0.2):
        needed = tuple(draft.some(shops, 1, 1))
        item = add("work_afar", labour=1, income_gain=draft.whole(gap // 3, gap + 200), requires=needed)
        draft.costs.append(CostLine(item=item, purpose="training", yuan=draft.yuan(300, 2_000) * scale))
    return made
