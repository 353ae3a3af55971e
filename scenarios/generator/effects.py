"""Direct effects of village projects: income that comes with a road, a pond or a cooperative."""

from __future__ import annotations

from liftplan.scenarios.generator.draws import Drawer
from liftplan.scenarios.generator.households import Households
from liftplan.scenarios.generator.measures import Offers
from liftplan.scenarios.generator.projects import Projects


def offer_effects(draw: Drawer, made: Offers, projects: Projects, homes: Households) -> None:
    """Income without cost to the household, taken whenever its projects are built."""
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
