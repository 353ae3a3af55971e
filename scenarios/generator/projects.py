"""Village projects of a generated county: about eighteen a village, with cost lines by purpose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from liftplan.models.rows import CostLine, Mode, Project
from liftplan.models.tables import Table
from liftplan.scenarios.generator.columns import Ints, Objects, objects, table
from liftplan.scenarios.generator.villages import HIGH, LOW, Villages

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Kind:
    """A kind of project: cost = uniform(low, high) x unit, times remoteness where it is a building site."""

    key: str
    name: str
    name_en: str
    low: float
    high: float
    """Size: km, mu, people, kW or 1 (a whole thing)."""
    unit: int
    """Yuan per unit of size."""
    lines: tuple[tuple[str, int], ...]
    """Purpose and share of the cost in basis points."""
    requires: tuple[str, ...] = ()
    group: str = ""
    mode: Mode = "grant"
    remote: bool = True
    leveraged: float = 0.0
    """Others' money in parts of the cost."""
    slots: bool = False
    likely: float = 1.0
    """Share of villages that have it in their plan."""


KINDS: tuple[Kind, ...] = (
    Kind("road35", "通村公路硬化3.5米", "Village road, 3.5 m", 2.0, 6.5, 350_000,
         (("village_road", 8_500), ("local_share", 1_500)), group="road", mode="reward"),
    Kind("road45", "通村公路硬化4.5米", "Village road, 4.5 m", 0, 0, 450_000,
         (("village_road", 8_500), ("local_share", 1_500)), group="road", mode="reward"),
    Kind("group_road_a", "组级公路（上片）", "Group road, upper groups", 2.0, 7.0, 65_000, (("group_road", 10_000),)),
    Kind("group_road_b", "组级公路（下片）", "Group road, lower groups", 2.0, 7.0, 65_000, (("group_road", 10_000),)),
    Kind("field_road", "田间道路", "Field road", 1.5, 5.0, 75_000, (("farmland", 10_000),)),
    Kind("water_main", "集中供水管网", "Water main", 500, 1_300, 528,
         (("drinking_water", 7_557), ("local_share", 2_443)), leveraged=0.112),
    Kind("ponds", "蓄水池与堰塘整治", "Ponds", 2, 6, 90_000, (("irrigation", 10_000),)),
    Kind("canals", "灌溉渠道", "Irrigation canals", 2.0, 6.0, 60_000, (("irrigation", 8_000), ("local_share", 2_000)),
         requires=("ponds",)),
    Kind("terraces", "坡改梯与高标准农田", "Terraces and good farmland", 250, 700, 2_000, (("farmland", 10_000),),
         requires=("field_road",)),
    Kind("site", "集中安置点", "Resettlement site", 12, 28, 26_000, (("site", 8_000), ("public", 2_000)), slots=True),
    Kind("base", "柑橘（茶叶、高山蔬菜）基地", "Citrus, tea or vegetable base", 250, 750, 800,
         (("industry", 10_000),), requires=("group_road_a",), mode="build_first"),
    Kind("second_base", "核桃（板栗、烟叶）基地", "Walnut, chestnut or tobacco base", 200, 600, 450,
         (("industry", 10_000),), requires=("group_road_b",), mode="build_first"),
    Kind("cooperative", "专业合作社与加工", "Cooperative and processing", 0.6, 1.5, 300_000,
         (("industry", 8_500), ("public", 1_500)), requires=("base",), remote=False, leveraged=0.5),
    Kind("pv_station", "村级光伏电站", "Village photovoltaic station", 60, 100, 8_000,
         (("energy", 4_000), ("industry", 6_000)), remote=False, leveraged=0.2, likely=0.8),
    Kind("clinic", "村卫生室", "Village clinic", 60, 100, 1_000, (("medical", 10_000),), remote=False),
    Kind("service_centre", "党员群众服务中心", "Service centre", 150, 300, 1_000, (("public", 10_000),),
         remote=False),
    Kind("training_centre", "文化室与培训教室", "Culture room and training class", 50, 100, 1_000,
         (("public", 10_000),), requires=("service_centre",), remote=False),
    Kind("mutual_fund", "村级互助资金", "Village mutual fund", 150, 200, 1_000, (("interest", 10_000),),
         remote=False),
    Kind("forest", "退耕还林与经济林", "Grain for green and economic forest", 120, 450, 1_500,
         (("forestry", 10_000),)),
)  # fmt: skip
"""Unit costs after the standards of 2012-2016; sizes are assumptions around the village means of press reports."""

LOCAL = {
    LOW: ("柑橘基地", "Citrus base"),
    1: ("茶叶基地", "Tea base"),
    HIGH: ("高山蔬菜基地", "Mountain vegetable base"),
}
SECOND = {LOW: ("核桃基地", "Walnut base"), 1: ("板栗基地", "Chestnut base"), HIGH: ("烟叶基地", "Tobacco base")}


@dataclass(frozen=True)
class Projects:
    """Projects of all villages."""

    table: Table
    costs: Table
    one: dict[str, Objects]
    """Kind -> per village, the project's id as a tuple of one, or () where it has none; (villages,)."""
    exists: dict[str, npt.NDArray[np.bool_]]
    """Kind -> whether the village has it; (villages,)."""
    slots: Ints
    """Slots of the village's site; (villages,)."""


def projects(rng: np.random.Generator, villages: Villages) -> Projects:
    """Draw every kind for every village; ids number the projects of a village from 01."""
    n = len(villages.ids)
    sizes, exists = _sizes(rng, n)
    slots = np.round(sizes["site"]).astype(np.int64)
    number = np.zeros(n, dtype=np.int64)
    ids: dict[str, list[str]] = {}
    for kind in KINDS:
        number += exists[kind.key]
        ids[kind.key] = [
            f"{village}-p{count:02d}" for village, count in zip(villages.ids, number.tolist(), strict=True)
        ]
    rows: list[tuple[int, int, Kind]] = [
        (place, order, kind) for place in range(n) for order, kind in enumerate(KINDS) if exists[kind.key][place]
    ]
    costs = {kind.key: _cost(kind, sizes[kind.key], villages.remoteness) for kind in KINDS}
    columns: dict[str, npt.NDArray[np.object_] | Ints] = {
        "id": objects([ids[kind.key][place] for place, _, kind in rows]),
        "village": objects([villages.ids[place] for place, _, _ in rows]),
        "name": objects([_name(kind, int(villages.altitude[place]))[0] for place, _, kind in rows]),
        "name_en": objects([_name(kind, int(villages.altitude[place]))[1] for place, _, kind in rows]),
        "requires": _tuples([tuple(ids[key][place] for key in kind.requires) for place, _, kind in rows]),
        "alternative_group": objects([kind.group for _, _, kind in rows]),
        "slots": np.array([slots[place] if kind.slots else 0 for place, _, kind in rows], dtype=np.int64),
        "mode": objects([kind.mode for _, _, kind in rows]),
        "leveraged": np.array(
            [int(costs[kind.key][place] * kind.leveraged) for place, _, kind in rows], dtype=np.int64
        ),
    }
    lines = [
        (ids[kind.key][place], purpose, yuan)
        for place, _, kind in rows
        for purpose, yuan in _split(int(costs[kind.key][place]), kind.lines)
    ]
    cost_columns: dict[str, npt.NDArray[np.object_] | Ints] = {
        "item": objects([item for item, _, _ in lines]),
        "purpose": objects([purpose for _, purpose, _ in lines]),
        "yuan": np.array([yuan for _, _, yuan in lines], dtype=np.int64),
    }
    one = {
        kind.key: _tuples([(ids[kind.key][place],) if exists[kind.key][place] else () for place in range(n)])
        for kind in KINDS
    }
    return Projects(
        table(Project, len(rows), dict(columns)), table(CostLine, len(lines), dict(cost_columns)), one, exists, slots
    )


def _sizes(rng: np.random.Generator, n: int) -> tuple[dict[str, Floats], dict[str, npt.NDArray[np.bool_]]]:
    sizes: dict[str, Floats] = {}
    exists: dict[str, npt.NDArray[np.bool_]] = {}
    for kind in KINDS:
        # The wider road follows the line of the narrower one.
        sizes[kind.key] = sizes["road35"] if kind.key == "road45" else rng.uniform(kind.low, kind.high, n)
        exists[kind.key] = rng.random(n) < kind.likely
    return sizes, exists


def _cost(kind: Kind, size: Floats, remoteness: Floats) -> Ints:
    factor = remoteness if kind.remote else np.ones_like(remoteness)
    return np.maximum(1_000, np.round(size * kind.unit * factor / 100).astype(np.int64) * 100)


def _split(cost: int, lines: tuple[tuple[str, int], ...]) -> list[tuple[str, int]]:
    parts = [(purpose, cost * share // 10_000 // 100 * 100) for purpose, share in lines[:-1]]
    return [*parts, (lines[-1][0], cost - sum(yuan for _, yuan in parts))]


def _name(kind: Kind, altitude: int) -> tuple[str, str]:
    if kind.key == "base":
        return LOCAL[altitude]
    return SECOND[altitude] if kind.key == "second_base" else (kind.name, kind.name_en)


def _tuples(values: list[tuple[str, ...]]) -> Objects:
    column = np.empty(len(values), dtype=object)
    for index, value in enumerate(values):
        column[index] = value
    return column
