"""Measures that earn by farming: crops, breeding, forest on steep land."""

from __future__ import annotations

from liftplan.scenarios.generator.draws import Drawer
from liftplan.scenarios.generator.households import Households
from liftplan.scenarios.generator.measures import Offers
from liftplan.scenarios.generator.projects import Projects


def offer_farming(draw: Drawer, made: Offers, share: float, projects: Projects, homes: Households) -> None:
    """Crops, animals and trees; share: how many of them need a village project first."""
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
