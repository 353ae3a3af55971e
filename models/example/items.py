"""Projects, measures and their cost lines in the example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liftplan.models.base import Row
from liftplan.models.rows import Commitment, CostLine, Demand, Measure, Project

PROJECTS = (
    Project(id="v01-p01", village="v01", name="通村公路3公里", name_en="Village road, 3 km", deadline="2015-10-31"),
    Project(id="v01-p02", village="v01", name="集中供水管网", name_en="Water main", longitude=110.97, latitude=30.83),
    Project(id="v01-p03", village="v01", name="文化广场", name_en="Village square", mode="reward", leveraged=20_000),
    Project(id="v01-p04", village="v01", name="茶园产业路", name_en="Tea garden track", requires=("v01-p01",)),
    Project(id="v02-p01", village="v02", name="村组道路2公里", name_en="Hamlet road, 2 km"),
    Project(id="v02-p02", village="v02", name="易地搬迁安置点", name_en="Resettlement site", slots=2),
    Project(id="v02-p03", village="v02", name="蓄水池（混凝土）", name_en="Cistern", alternative_group="cistern"),
    Project(id="v02-p04", village="v02", name="提水泵站", name_en="Pumping station", alternative_group="cistern"),
    Project(id="v02-p05", village="v02", name="卫生室改造", name_en="Clinic repair", mode="reward"),
    Project(id="v03-p01", village="v03", name="机耕道硬化", name_en="Farm track paving"),
)

_PROJECT_COSTS: Mapping[str, Mapping[str, int]] = {
    "v01-p01": {"road": 330_000},
    "v01-p02": {"water": 150_000},
    "v01-p03": {"public": 48_000},
    "v01-p04": {"road": 60_000, "industry": 25_000},
    "v02-p01": {"road": 210_000},
    "v02-p02": {"road": 40_000, "public": 45_000},
    "v02-p03": {"water": 96_000},
    "v02-p04": {"water": 128_000},
    "v02-p05": {"public": 36_000},
    "v03-p01": {"road": 120_000},
}

_TEA = {"name": "发展茶园3亩", "name_en": "Tea, 3 mu", "income_gain": 3_600, "labour": 1}
_PIGS = {"name": "养猪10头", "name_en": "Ten pigs", "income_gain": 4_200, "labour": 1}
_ORANGES = {"name": "改造柑橘园5亩", "name_en": "Oranges, 5 mu", "income_gain": 5_400, "labour": 2, "leveraged": 4_000}
_SHARES = {"name": "合作社入股分红", "name_en": "Cooperative share", "income_gain": 2_600}
_REPAIR = {"name": "危房改造", "name_en": "House renovation", "meets": ("housing",), "main_house": True}
_MOVE = {
    "name": "易地搬迁",
    "name_en": "Resettlement",
    "meets": ("housing", "water"),
    "main_house": True,
    "uses_slot": "v02-p02",
    "leveraged": 10_000,
}
_TAP = {"name": "自来水入户", "name_en": "Tap water", "meets": ("water",)}
_ROAD = {"name": "道路带动增收", "name_en": "Better access to markets", "income_gain": 600}

_MEASURES: Sequence[tuple[str, Mapping[str, object], Mapping[str, int]]] = (
    ("v01-h001", _TEA, {"industry": 9_000}),
    ("v01-h001", _PIGS, {"industry": 12_000}),
    ("v01-h001", {**_TAP, "requires": ("v01-p02",)}, {}),
    ("v01-h001", {**_ROAD, "requires": ("v01-p01",)}, {}),
    ("v01-h002", _SHARES, {"industry": 10_000}),
    ("v01-h002", _TEA, {"industry": 9_000}),
    ("v01-h002", {**_REPAIR, "leveraged": 6_000}, {"housing": 15_000}),
    ("v01-h002", {**_TAP, "requires": ("v01-p02",)}, {}),
    ("v01-h003", _TEA, {"industry": 9_000}),
    ("v01-h003", {**_TEA, "name": "发展茶园5亩", "name_en": "Tea, 5 mu", "income_gain": 6_000}, {"industry": 15_000}),
    ("v01-h003", {**_TAP, "requires": ("v01-p02",)}, {}),
    ("v01-h003", {**_ROAD, "requires": ("v01-p01",)}, {}),
    ("v02-h001", _ORANGES, {"industry": 14_000}),
    ("v02-h001", {**_REPAIR, "leveraged": 8_000}, {"housing": 16_000}),
    ("v02-h001", _MOVE, {"housing": 32_000}),
    ("v02-h002", _PIGS, {"industry": 12_000}),
    ("v02-h002", {**_TAP, "requires": ("v02-p03",)}, {"water": 2_000}),
    ("v02-h002", {**_TAP, "requires": ("v02-p04",)}, {"water": 1_000}),
    ("v02-h003", _SHARES, {"industry": 10_000}),
    ("v02-h003", _MOVE, {"housing": 28_000}),
    ("v03-h001", _TEA, {"industry": 9_000}),
    ("v03-h001", _REPAIR, {"housing": 15_000}),
    ("v03-h002", _ORANGES, {"industry": 14_000}),
    ("v03-h002", {**_ROAD, "requires": ("v03-p01",)}, {}),
)
"""Household, what the measure is, its cost lines."""

COMMITMENTS = (Commitment(fund="village_road", item="v01-p01", purpose="road", yuan=80_000),)

DEMANDS = (
    Demand(sense="must", target="project", id="v01-p02"),
    Demand(sense="never", target="measure", id="v02-h001-m03", enforce="soft", price=500_000),
)


def rows() -> dict[str, Sequence[Row]]:
    """Rows by table; the measures of a household are numbered in order."""
    measures: list[Measure] = []
    costs = [
        CostLine(item=item, purpose=purpose, yuan=yuan)
        for item, lines in _PROJECT_COSTS.items()
        for purpose, yuan in lines.items()
    ]
    counted: dict[str, int] = {}
    for household, what, lines in _MEASURES:
        counted[household] = counted.get(household, 0) + 1
        id_ = f"{household}-m{counted[household]:02d}"
        measures.append(Measure.model_validate({"id": id_, "household": household, **what}))
        costs += [CostLine(item=id_, purpose=purpose, yuan=yuan) for purpose, yuan in lines.items()]
    return {
        "projects": PROJECTS,
        "measures": measures,
        "costs": costs,
        "commitments": COMMITMENTS,
        "demands": DEMANDS,
    }
