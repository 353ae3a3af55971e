"""Funds, villages and projects of a small county."""

from __future__ import annotations

from liftplan.models.base import Id
from liftplan.models.rows import CostLine, Department, Fund, Need, Project, Purpose, Village
from liftplan.scenarios.small.draft import Draft

DEPARTMENTS = (
    Department(id="poverty", name="扶贫办", name_en="Poverty office"),
    Department(id="ndrc", name="发改局", name_en="Development and reform"),
    Department(id="finance", name="财政局", name_en="Finance"),
    Department(id="transport", name="交通局", name_en="Transport"),
    Department(id="water", name="水利局", name_en="Water"),
    Department(id="housing", name="住建局", name_en="Housing"),
    Department(id="disabled", name="残联", name_en="Disabled persons' federation"),
    Department(id="society", name="社会各界", name_en="Society"),
)

PURPOSES = (
    Purpose(id="industry", name="产业", name_en="Industry", poolable=True),
    Purpose(id="road", name="道路", name_en="Roads", poolable=True),
    Purpose(id="water", name="饮水", name_en="Drinking water", poolable=True),
    Purpose(id="housing", name="住房", name_en="Housing"),
    Purpose(id="training", name="培训教育", name_en="Training"),
    Purpose(id="public", name="公共服务", name_en="Public service"),
)

NEEDS = (
    Need(id="housing", name="住房安全", name_en="Safe housing"),
    Need(id="water", name="饮水安全", name_en="Safe drinking water"),
    Need(id="education", name="义务教育", name_en="Compulsory education"),
)

TAGS = ("reservoir", "high_mountain")
BOTH = ("projects", "measures")


def add_funds(draft: Draft) -> None:
    """Four to eight funds: four that reach everything, some narrow ones, sometimes a ring-fenced one."""
    villages = [village.id for village in draft.villages]
    fee = (0, 0, 100, 200)
    draft.funds += [
        Fund(
            id="development",
            name="财政专项扶贫发展资金",
            department="poverty",
            channel="fiscal",
            amount=0,
            poolable=True,
            purposes=("industry", "training", *draft.some(["road", "housing", "water"], 0, 2)),
            fee_bp=fee[draft.whole(0, 3)],
        ),
        Fund(
            id="work_relief",
            name="以工代赈资金",
            department="ndrc",
            channel="fiscal",
            amount=0,
            poolable=True,
            purposes=("road", "water", *draft.some(["housing"], 0, 1)),
            modes=("grant", "reward", "build_first"),
        ),
        Fund(
            id="drinking_water",
            name="农村饮水安全资金",
            department="water",
            channel="sector",
            amount=0,
            purposes=("water",),
            poolable=draft.chance(0.5),
            fee_bp=fee[draft.whole(0, 3)],
        ),
        Fund(
            id="renovation",
            name="农村危房改造资金",
            department="housing",
            channel="household",
            amount=0,
            purposes=("housing",),
            recipients=("measures",),
            modes=("grant",),
        ),
    ]
    narrow = [
        Fund(
            id="one_case",
            name="一事一议奖补资金",
            department="finance",
            channel="sector",
            amount=0,
            purposes=("road", "public"),
            recipients=("projects",),
        ),
        Fund(
            id="village_road",
            name="通村公路资金",
            department="transport",
            channel="sector",
            amount=0,
            poolable=True,
            purposes=("road",),
            village_tags=tuple(draft.some(list(TAGS), 0, 1)),
            modes=("grant", "reward", "build_first"),
        ),
        Fund(
            id="disabled_housing",
            name="残疾人危房改造资金",
            department="disabled",
            channel="household",
            amount=0,
            purposes=("housing",),
            recipients=("measures",),
            household_groups=("disabled",),
        ),
        Fund(
            id="donations",
            name="社会帮扶资金",
            department="society",
            channel="social",
            amount=0,
            purposes=tuple(draft.some([purpose.id for purpose in PURPOSES], 2, 4)),
            villages=tuple(draft.some(villages, 1, len(villages))) if draft.chance(0.5) else (),
        ),
    ]
    draft.funds += draft.some(narrow, 0, 4)
    if len(draft.funds) < 8 and draft.chance(0.3):
        draft.funds.append(
            Fund(
                id="flood_relief",
                name="救灾资金",
                department="poverty",
                channel="fiscal",
                amount=50_000,
                purposes=("housing", "road"),
                integrable=False,
            )
        )


def add_villages(draft: Draft, most: int = 4) -> None:
    """Two to `most` villages in one or two townships; one in eight is not in push."""
    for number in range(1, draft.whole(2, most) + 1):
        draft.villages.append(
            Village(
                id=f"v{number:02d}",
                name=f"第{number}村",
                township="茅坪镇" if number % 2 else "郭家坝镇",
                tags=tuple(draft.some(list(TAGS), 0, 2)),
                population=draft.whole(300, 2000),
                in_push=not draft.chance(0.125),
            )
        )


def add_projects(draft: Draft) -> None:
    """Three to six projects a village: alternatives, a site with slots, chains, now and then across villages."""
    for place, village in enumerate(draft.villages):
        made: dict[str, Id] = {}
        scale = 2 if draft.chance(0.2) else 1
        wanted = ["road_a", "road_b", *draft.some(["main", "site", "base", "culture", "workshop"], 1, 4)]
        if draft.chance(0.3):
            wanted.remove("road_b")
        for kind in wanted:
            made[kind] = f"{village.id}-p{len(made) + 1:02d}"
            requires: list[Id] = []
            if kind in ("base", "site") and draft.chance(0.6):
                requires.append(made["road_a"])
            if kind == "workshop" and "culture" in made and draft.chance(0.7):
                requires.append(made["culture"])
            if kind in ("base", "main") and place and draft.chance(0.3):
                requires.append(f"{draft.villages[place - 1].id}-p01")
            draft.projects.append(
                Project(
                    id=made[kind],
                    village=village.id,
                    name=kind,
                    requires=tuple(requires),
                    alternative_group="road" if kind.startswith("road") else "",
                    slots=draft.whole(1, 3) if kind == "site" else 0,
                    mode=("grant", "grant", "reward", "build_first")[draft.whole(0, 3)] if kind != "site" else "grant",
                    leveraged=draft.yuan(0, 20_000) if draft.chance(0.3) else 0,
                )
            )
            for purpose, low, high in LINES[kind]:
                if purpose == LINES[kind][0][0] or draft.chance(0.6):
                    draft.costs.append(CostLine(item=made[kind], purpose=purpose, yuan=draft.yuan(low, high) * scale))


LINES: dict[str, tuple[tuple[str, int, int], ...]] = {
    "road_a": (("road", 15_000, 60_000),),
    "road_b": (("road", 40_000, 90_000), ("public", 3_000, 9_000)),
    "main": (("water", 8_000, 40_000), ("road", 2_000, 6_000)),
    "site": (("housing", 10_000, 30_000), ("road", 5_000, 15_000), ("water", 3_000, 9_000)),
    "base": (("industry", 10_000, 50_000), ("road", 4_000, 12_000)),
    "culture": (("public", 5_000, 20_000),),
    "workshop": (("training", 5_000, 15_000), ("public", 3_000, 9_000)),
}
"""Purpose, least and most yuan of the cost lines of each kind of project, the first for certain."""
