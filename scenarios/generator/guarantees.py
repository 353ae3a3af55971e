"""Measures for the other needs: drinking water, schooling, medical care."""

from __future__ import annotations

import numpy as np

from liftplan.scenarios.generator.columns import Ints
from liftplan.scenarios.generator.draws import Drawer
from liftplan.scenarios.generator.households import NEEDS, Households
from liftplan.scenarios.generator.measures import Offers
from liftplan.scenarios.generator.projects import Projects

CENTRAL_WATER, LOCAL_WATER = 68, 22
"""Per cent of drinking-water investment: central standard and local share; residents pay the rest."""
BOARDING = 1_250
"""Yuan a pupil a year."""


def water_lines(invested: Ints) -> tuple[tuple[str, Ints], tuple[str, Ints]]:
    """Cost lines of drinking-water investment (yuan, any shape): the central standard and the local share."""
    return ("drinking_water", invested * CENTRAL_WATER // 100), ("local_share", invested * LOCAL_WATER // 100)


def offer_guarantees(draw: Drawer, made: Offers, projects: Projects, homes: Households) -> None:
    """Water, schooling and care for those who lack them."""
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
