"""Households and measures of a small county."""

from __future__ import annotations

from typing import Any

from liftplan.models.rows import CostLine, Household, Measure, Project
from liftplan.scenarios.small.draft import LINE, Draft


def add_households(draft: Draft, *, dear: int, fewest: int) -> None:
    """`fewest` to twenty-five households, spread unevenly, each with its measures.

    Help in the last village costs `dear` times as much.
    """
    total = draft.whole(fewest, 25)
    weights = draft.rng.dirichlet([3.0] * len(draft.villages))
    counts = [max(1, int(share * total)) for share in weights]
    for place, (village, count) in enumerate(zip(draft.villages, counts, strict=True)):
        here = {project.name: project for project in draft.projects if project.village == village.id}
        before = draft.villages[place - 1].id if place else village.id
        there = {project.name: project for project in draft.projects if project.village == before}
        for number in range(1, count + 1):
            household = Household(
                id=f"{village.id}-h{number:04d}",
                village=village.id,
                persons=draft.whole(1, 2 if dear == 2 and village is draft.villages[-1] else 6),
                income=draft.whole(LINE, LINE + 900) if draft.chance(0.15) else draft.whole(900, LINE - 1),
                needs=tuple(draft.some(["housing", "water", "education"], 0, 2)),
                groups=tuple(draft.some(["disabled", "illness", "minority"], 0, 2)),
                labour=draft.whole(0, 3),
            )
            draft.households.append(household)
            _measures(draft, household, here, there, dear if village is draft.villages[-1] else 1)


def _measures(
    draft: Draft, household: Household, here: dict[str, Project], there: dict[str, Project], scale: int
) -> None:
    """Measures that suit the needs, and ways to earn; direct effects of the village's projects."""
    made = 0

    def add(lines: list[tuple[str, int, int]], **fields: Any) -> None:
        nonlocal made
        made += 1
        identifier = f"{household.id}-m{made:02d}"
        draft.measures.append(Measure(id=identifier, household=household.id, **fields))
        for purpose, low, high in lines:
            draft.costs.append(CostLine(item=identifier, purpose=purpose, yuan=draft.yuan(low, high) * scale))

    gap = max(300, (LINE - household.income) * household.persons)
    if "housing" in household.needs:
        own = [("industry", 1_000, 8_000)] if draft.chance(0.4) else []
        add([("housing", 5_000, 20_000), *own], name="renovation", meets=("housing",), main_house=True)
        site = here.get("site") or there.get("site")
        if site is not None:
            add(
                [("housing", 8_000, 25_000)],
                name="relocation",
                meets=("housing", "water"),
                main_house=True,
                uses_slot=site.id,
                income_gain=draft.whole(0, gap),
            )
    if "water" in household.needs:
        if "main" in here:
            if draft.chance(0.5):
                add([], name="main_reaches", meets=("water",), requires=(here["main"].id,))
            else:
                add(
                    [("water", 300, 1_500)],
                    name="tap",
                    meets=("water",),
                    requires=(here["main"].id,),
                    alternative_group="water",
                )
        add([("water", 2_000, 6_000)], name="tank", meets=("water",), alternative_group="water")
    if "education" in household.needs:
        if draft.chance(0.1):
            add([], name="enrolment", meets=("education",))
        else:
            add([("training", 1_500, 4_000)], name="school_aid", meets=("education",))
    base = here.get("base")
    ways = draft.some(["planting", "breeding", "loan", "work", "housing_plus"], 1, 3)
    if "planting" in ways:
        add(
            [("industry", 1_000, 9_000)],
            name="planting",
            labour=draft.whole(0, 1),
            income_gain=draft.whole(gap // 3, gap * 2),
            requires=(base.id,) if base is not None and draft.chance(0.7) else (),
            alternative_group="farming",
        )
    if "breeding" in ways:
        add(
            [("industry", 2_000, 14_000)],
            name="breeding",
            labour=1,
            income_gain=draft.whole(gap // 2, gap * 2),
            alternative_group="farming" if draft.chance(0.5) else "",
        )
    if "loan" in ways:
        add(
            [("industry", 500, 2_500)],
            name="loan",
            mode="interest_subsidy",
            leveraged=draft.yuan(10_000, 50_000),
            income_gain=draft.whole(gap // 3, gap + 500),
            labour=draft.whole(0, 1),
        )
    if "work" in ways:
        needed = tuple(project.id for name, project in here.items() if name == "workshop")
        add([], name="work", labour=draft.whole(1, 2), income_gain=draft.whole(gap // 4, gap), requires=needed)
    if "housing_plus" in ways:
        add(
            [("training", 300, 2_000), ("public", 200, 900)][: draft.whole(1, 2)],
            name="training",
            mode="reward",
            income_gain=draft.whole(gap // 5, gap),
            labour=1,
        )
    for kind, share in (("road_a", 3), ("road_b", 2)):
        if kind in here and draft.chance(0.35):
            add(
                [],
                name=f"{kind}_effect",
                income_gain=draft.whole(100, max(200, gap // share)),
                requires=(here[kind].id,),
            )
