"""Measures that earn otherwise: loans, training, photovoltaics, shares in village assets."""

from __future__ import annotations

from liftplan.scenarios.generator.draws import Drawer
from liftplan.scenarios.generator.households import CAUSES, TYPES, Households
from liftplan.scenarios.generator.measures import Offers
from liftplan.scenarios.generator.projects import Projects

RAIN_DEW = 3_000
"""Yuan a vocational student a year, from 2015."""
BIOGAS = 1_600
"""Central yuan a household biogas digester in the central region; the rest is local share."""


def offer_earning(draw: Drawer, made: Offers, share: float, projects: Projects, homes: Households) -> None:
    """Credit, skills, energy and assets; share: how many of them need a village project first."""
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
