"""Measures for a safe house: repair, rebuilding, the site, scattered relocation, ecological migration."""

from __future__ import annotations

import numpy as np

from liftplan.scenarios.generator.draws import Drawer
from liftplan.scenarios.generator.households import NEEDS, Households
from liftplan.scenarios.generator.measures import Offers
from liftplan.scenarios.generator.projects import Projects
from liftplan.scenarios.generator.villages import Villages

REPAIR, REBUILD = 7_500, 8_500
"""Yuan a house that the renovation standard pays: 2012-2015, and in poor areas; the rest is local share."""
RELOCATION = 6_000
"""Yuan a person that the relocation standard of 2014 pays; site and local share come on top."""


def offer_houses(
    draw: Drawer, made: Offers, villages: Villages, projects: Projects, homes: Households, linked: float
) -> None:
    """Houses for those without a safe one; linked: share of sites that also take a neighbouring village's."""
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
