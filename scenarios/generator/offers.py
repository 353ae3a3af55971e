"""Which measures a generated household is offered, what they cost and bring.

Unit costs follow the subsidy standards of 2012-2016; income gains are assumptions, scaled by `calibrate`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from liftplan.scenarios.generator.columns import Bools, Ints
from liftplan.scenarios.generator.households import CAUSES, NEEDS, TYPES, Households
from liftplan.scenarios.generator.knobs import Knobs
from liftplan.scenarios.generator.measures import Offers
from liftplan.scenarios.generator.projects import Projects
from liftplan.scenarios.generator.villages import Villages

REPAIR, REBUILD = 7_500, 8_500
"""Yuan a house that the renovation standard pays: 2012-2015, and in poor areas; the rest is local share."""
RELOCATION = 6_000
"""Yuan a person that the relocation standard of 2014 pays; site and local share come on top."""
CENTRAL_WATER, LOCAL_WATER = 68, 22
"""Per cent of drinking-water investment: central standard and local share; residents pay the rest."""
BOARDING = 1_250
"""Yuan a pupil a year."""
RAIN_DEW = 3_000
"""Yuan a vocational student a year, from 2015."""
BIOGAS = 1_600
"""Central yuan a household biogas digester in the central region; the rest is local share."""


def water_lines(invested: Ints) -> tuple[tuple[str, Ints], tuple[str, Ints]]:
    """Cost lines of drinking-water investment (yuan, any shape): the central standard and the local share."""
    return ("drinking_water", invested * CENTRAL_WATER // 100), ("local_share", invested * LOCAL_WATER // 100)


class Drawer:
    """Random draws over all households of a county."""

    def __init__(self, rng: np.random.Generator, homes: Households) -> None:
        self.rng, self.count = rng, len(homes)

    def chance(self, probability: float | npt.NDArray[np.float64]) -> Bools:
        """(households,) true with a probability."""
        return self.rng.random(self.count) < probability

    def yuan(self, low: float, high: float, step: int = 100) -> Ints:
        """(households,) uniform yuan, rounded to `step`."""
        return np.round(self.rng.uniform(low, high, self.count) / step).astype(np.int64) * step


def offers(rng: np.random.Generator, knobs: Knobs, villages: Villages, projects: Projects, homes: Households) -> Offers:
    """About ten measures a household: houses, guarantees, ways to earn, direct effects of projects."""
    made = Offers(homes.ids, homes.village)
    draw = Drawer(rng, homes)
    _houses(draw, made, villages, projects, homes, knobs.linked_sites)
    _guarantees(draw, made, projects, homes)
    _farming(draw, made, knobs.interdependence, projects, homes)
    _earning(draw, made, knobs.interdependence, projects, homes)
    _effects(draw, made, projects, homes)
    return made


def _houses(
    draw: Drawer, made: Offers, villages: Villages, projects: Projects, homes: Households, linked: float
) -> None:
    need = homes.needs[:, NEEDS.index("housing")]
    heads = homes.persons
    severe = draw.chance(0.45)
    repair, rebuild = draw.yuan(5_500, 10_500), draw.yuan(6_000, 14_000)
    made.offer(
        need & ~severe,
        "危房改造（C级修缮）",
        "House repair (grade C)",
        meets=("housing",),
        main_house=True,
        leveraged=draw.yuan(2_000, 8_000),
        lines=(("renovation", np.minimum(repair, REPAIR)), ("local_share", np.maximum(0, repair - REPAIR))),
    )
    made.offer(
        need & severe,
        "危房改造（D级重建）",
        "House rebuilding (grade D)",
        meets=("housing",),
        main_house=True,
        leveraged=draw.yuan(10_000, 30_000),
        lines=(("renovation", REBUILD), ("local_share", rebuild)),
    )
    # A site takes households of its own village; a linked one also those of the village before it.
    before = np.maximum(0, np.arange(len(villages.ids)) - 1)
    slot = np.array([one[0] for one in projects.one["site"]], dtype=object)
    shared = draw.rng.random(len(villages.ids)) < linked
    shared[0] = False
    chosen = np.where(shared, slot[before], slot)
    made.offer(
        need & draw.chance(0.6),
        "易地搬迁进点",
        "Relocation to the site",
        meets=("housing", "water"),
        main_house=True,
        slot=chosen,
        gain=draw.yuan(200, 1_200),
        leveraged=draw.yuan(5_000, 20_000),
        lines=(("relocation", RELOCATION * heads),),
    )
    made.offer(
        need & draw.chance(0.35),
        "易地搬迁（分散安置）",
        "Relocation, scattered",
        meets=("housing", "water"),
        main_house=True,
        gain=draw.yuan(0, 800),
        leveraged=draw.yuan(10_000, 30_000),
        lines=(("relocation", RELOCATION * heads), ("local_share", draw.yuan(2_000, 6_000))),
    )
    made.offer(
        need & villages.ecological[homes.village] & draw.chance(0.5),
        "生态移民",
        "Ecological migration",
        meets=("housing",),
        main_house=True,
        gain=draw.yuan(0, 1_000),
        leveraged=draw.yuan(10_000, 30_000),
        lines=(("relocation", draw.yuan(8_000, 15_000)),),
    )


def _guarantees(draw: Drawer, made: Offers, projects: Projects, homes: Households) -> None:
    water, school, medical = (homes.needs[:, NEEDS.index(name)] for name in ("water", "education", "medical"))
    near = draw.chance(0.55)
    tap, tank = draw.yuan(600, 2_200), draw.yuan(2_500, 5_000)
    pupils = np.where(homes.persons >= 5, 2, 1)
    main = projects.one["water_main"]
    made.offer(water & near, "集中供水覆盖", "Water main reaches the house", meets=("water",), requires=main)
    made.offer(
        water & ~near,
        "入户供水接管",
        "Tap connected to the main",
        meets=("water",),
        requires=main,
        group="water",
        leveraged=tap // 10,
        lines=water_lines(tap),
    )
    made.offer(
        water & draw.chance(0.75),
        "家庭水窖",
        "Household water tank",
        meets=("water",),
        group="water",
        leveraged=tank // 10,
        lines=water_lines(tank),
    )
    made.offer(
        school,
        "义务教育寄宿生生活补助",
        "Boarding aid for pupils",
        meets=("education",),
        lines=(("schooling", BOARDING * pupils),),
    )
    made.offer(
        school & draw.chance(0.4),
        "送教上门与控辍保学帮扶",
        "Teaching at home",
        meets=("education",),
        lines=(("public", draw.yuan(1_200, 2_500)),),
    )
    clinic = draw.chance(0.5)
    made.offer(
        medical & clinic,
        "村卫生室签约服务",
        "Care at the village clinic",
        meets=("medical",),
        requires=projects.one["clinic"],
    )
    made.offer(
        medical & (~clinic | draw.chance(0.6)),
        "医疗救助",
        "Medical aid",
        meets=("medical",),
        lines=(("medical", draw.yuan(1_000, 4_000)),),
    )


def _farming(draw: Drawer, made: Offers, share: float, projects: Projects, homes: Households) -> None:
    able = homes.labour >= 1
    base, second, forest = projects.one["base"], projects.one["second_base"], projects.one["forest"]
    mu = draw.rng.integers(2, 6, draw.count)
    some, needs = able & draw.chance(0.85), draw.chance(share)
    for mask, requires, per_mu in ((needs, base, 900), (~needs, None, 650)):
        made.offer(
            some & mask,
            "发展特色种植",
            "Cash crops",
            gain=mu * per_mu,
            labour=1,
            requires=requires,
            group="crops",
            leveraged=mu * 300,
            lines=(("industry", mu * 1_000),),
        )
    some, needs = able & draw.chance(0.5), draw.chance(share)
    for mask, requires, bonus in ((needs, second, 1_300), (~needs, None, 1_000)):
        made.offer(
            some & mask,
            "发展经济作物",
            "Second crop",
            gain=draw.yuan(600, 1_500) * bonus // 1_000,
            labour=1,
            requires=requires,
            group="crops",
            lines=(("industry", draw.yuan(1_200, 2_600)),),
        )
    pigs = draw.rng.integers(4, 13, draw.count)
    made.offer(
        able & draw.chance(0.75),
        "发展养殖",
        "Breeding",
        gain=pigs * 420,
        labour=1,
        mode="reward",
        leveraged=pigs * 500,
        lines=(("industry", 2_400 + pigs * 500),),
    )
    some, needs = draw.chance(0.45), draw.chance(share)
    trees = draw.rng.integers(1, 5, draw.count)
    for mask, requires in ((needs, forest), (~needs, None)):
        made.offer(
            some & mask,
            "退耕还林与经济林",
            "Forest on steep land",
            gain=trees * 330,
            requires=requires,
            lines=(("forestry", trees * 1_500),),
        )


def _earning(draw: Drawer, made: Offers, share: float, projects: Projects, homes: Households) -> None:
    able = homes.labour >= 1
    fund, centre = projects.one["mutual_fund"], projects.one["training_centre"]
    loan = draw.rng.integers(2, 6, draw.count) * 10_000
    some, needs = (homes.labour >= 1) & draw.chance(0.6), draw.chance(share)
    for mask, requires in ((needs, fund), (~needs, None)):
        made.offer(
            some & mask,
            "扶贫小额贷款贴息",
            "Micro-credit interest subsidy",
            gain=loan * 6 // 100,
            requires=requires,
            mode="interest_subsidy",
            leveraged=loan,
            lines=(("interest", loan * 5 // 100),),
        )
    some, needs = able & draw.chance(0.55), draw.chance(share)
    for mask, requires in ((needs, centre), (~needs, None)):
        made.offer(
            some & mask,
            "技能培训与转移就业",
            "Skill training and a job",
            gain=draw.yuan(1_800, 5_200),
            labour=1,
            requires=requires,
            lines=(("training", draw.yuan(1_500, 2_500)),),
        )
    made.offer(
        (homes.persons >= 3) & draw.chance(0.12),
        "雨露计划职业教育",
        "Rain-Dew vocational education",
        gain=draw.yuan(2_400, 6_000),
        leveraged=draw.yuan(1_000, 3_000),
        lines=(("training", RAIN_DEW),),
    )
    kilowatts = draw.rng.integers(3, 6, draw.count)
    made.offer(
        draw.chance(0.25),
        "户用光伏",
        "Household photovoltaics",
        gain=kilowatts * 850,
        leveraged=kilowatts * 5_300,
        lines=(("industry", kilowatts * 2_000), ("energy", kilowatts * 700)),
    )
    made.offer(
        draw.chance(0.55),
        "沼气与清洁能源",
        "Biogas and clean energy",
        gain=draw.yuan(250, 700),
        leveraged=500,
        lines=(("energy", BIOGAS), ("local_share", draw.yuan(300, 700))),
    )
    weak = (
        (homes.labour == 0) | (homes.kind == TYPES.index("five_guarantees")) | (homes.cause == CAUSES.index("labour"))
    )
    made.offer(
        weak & draw.chance(0.8),
        "股权量化分红",
        "Share of village assets",
        gain=draw.yuan(900, 2_600),
        lines=(("industry", draw.yuan(4_000, 9_000)),),
    )


def _effects(draw: Drawer, made: Offers, projects: Projects, homes: Households) -> None:
    reached, lower = draw.chance(0.6), draw.chance(0.5)
    gain = draw.yuan(400, 1_600, 10)
    for kind, factor in (("road35", 100), ("road45", 125)):
        made.offer(
            reached,
            "通村公路增收",
            "Income through the village road",
            gain=gain * factor // 100,
            requires=projects.one[kind],
        )
    for kind, part in (("group_road_a", ~lower), ("group_road_b", lower)):
        made.offer(
            part & draw.chance(0.5),
            "组级公路增收",
            "Income through the group road",
            gain=draw.yuan(150, 700, 10),
            requires=projects.one[kind],
        )
    farms = homes.labour >= 1
    for kind, name, english, likely, high in (
        ("ponds", "灌溉增收", "Income through irrigation", 0.35, 700),
        ("canals", "渠道增收", "Income through canals", 0.3, 800),
        ("terraces", "良田增收", "Income through good farmland", 0.4, 1_200),
    ):
        made.offer(
            farms & draw.chance(likely), name, english, gain=draw.yuan(200, high, 10), requires=projects.one[kind]
        )
    made.offer(
        draw.chance(0.4),
        "合作社分红",
        "Cooperative dividend",
        gain=draw.yuan(300, 1_100, 10),
        requires=projects.one["cooperative"],
    )
    station = projects.exists["pv_station"][homes.village]
    made.offer(
        station & (homes.labour <= 1) & draw.chance(0.5),
        "村级光伏分红",
        "Photovoltaic dividend",
        gain=draw.yuan(500, 1_800, 10),
        requires=projects.one["pv_station"],
    )
