"""Villages and households of the example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liftplan.models.base import Row
from liftplan.models.messages import m
from liftplan.models.rows import Household, MinimumOverride, Need, Village

NEEDS = (
    Need(id="housing", name="住房安全", name_en="Safe housing"),
    Need(id="water", name="饮水安全", name_en="Safe drinking water"),
)

VILLAGES = (
    Village(
        id="v01",
        name="桃园村",
        name_en="Taoyuan village",
        township="向阳镇",
        tags=("mountain",),
        population=1_240,
        leader="县委常委、宣传部长",
        lead_unit="县交通运输局",
        enterprise="示范茶业有限公司",
        member_units=("县水利局", "县农业局", "县住建局"),
    ),
    Village(
        id="v02",
        name="石桥村",
        name_en="Shiqiao village",
        township="向阳镇",
        tags=("mountain", "reservoir"),
        population=980,
        leader="副县长",
        lead_unit="县发展和改革局",
        enterprise="示范柑橘合作社",
        member_units=("县财政局", "县林业局", "县教育局"),
    ),
    Village(
        id="v03",
        name="竹林村",
        name_en="Zhulin village",
        township="青山乡",
        population=760,
        in_push=False,
    ),
)

OVERRIDES = (MinimumOverride(village="v02", rule="R3", minimum=320_000),)

HOUSEHOLDS = (
    Household(
        id="v01-h001",
        village="v01",
        persons=4,
        income=2_100,
        needs=("water",),
        groups=("poor", "lack-of-skill"),
        labour=2,
    ),
    Household(
        id="v01-h002",
        village="v01",
        persons=3,
        income=1_800,
        needs=("housing", "water"),
        groups=("poor", "illness"),
        labour=1,
    ),
    Household(
        id="v01-h003", village="v01", persons=5, income=2_300, needs=("water",), groups=("poor", "school"), labour=2
    ),
    Household(id="v01-h004", village="v01", persons=2, income=2_900, groups=("poor", "disaster"), labour=1),
    Household(
        id="v02-h001",
        village="v02",
        persons=4,
        income=1_900,
        needs=("housing",),
        groups=("poor", "disaster"),
        labour=2,
    ),
    Household(
        id="v02-h002",
        village="v02",
        persons=3,
        income=2_200,
        needs=("water",),
        groups=("poor", "lack-of-money"),
        labour=2,
    ),
    Household(
        id="v02-h003",
        village="v02",
        persons=2,
        income=1_600,
        needs=("housing", "water"),
        groups=("allowance", "illness"),
        labour=0,
    ),
    Household(
        id="v03-h001",
        village="v03",
        persons=4,
        income=2_000,
        needs=("housing",),
        groups=("poor", "lack-of-skill"),
        labour=2,
    ),
    Household(id="v03-h002", village="v03", persons=5, income=2_400, groups=("poor", "lack-of-money"), labour=3),
)


def rows() -> Mapping[str, Sequence[Row]]:
    """Rows by table; townships have one name, which is in the current language."""
    towns = {"向阳镇": str(m("Xiangyang town")), "青山乡": str(m("Qingshan township"))}
    villages = tuple(one.model_copy(update={"township": towns[one.township]}) for one in VILLAGES)
    return {"needs": NEEDS, "villages": villages, "minimum_overrides": OVERRIDES, "households": HOUSEHOLDS}
