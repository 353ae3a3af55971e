"""The funds of a generated county, after the fund lines of 2011-2015; amounts are yuan a village in push."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from liftplan.models.rows import Channel, Fund, FundShare, Mode, Recipient
from liftplan.scenarios.generator.knobs import Knobs

CHANNEL_WEIGHTS: dict[Channel, int] = {"fiscal": 230, "sector": 450, "household": 235, "social": 35}
"""Channels of the Zigui article, hundredths of 100 million yuan over 2011-2015."""

VILLAGE_YUAN = 8_360_000
"""Integrated yuan a village in 2015 (Zigui article)."""

K = TypeVar("K")

GRANTS: tuple[Mode, ...] = ("grant", "reward", "build_first")
ECOLOGICAL = "ecological"
"""Tag of villages in the ecological migration area."""
RESERVOIR = "reservoir"
"""Tag of villages at the reservoir."""
ETHNIC = "ethnic_minority"
"""Tag of villages of an ethnic minority."""


@dataclass(frozen=True)
class FundLine:
    """One fund: who owns it, what it may pay, and its weight within its channel."""

    id: str
    name: str
    name_en: str
    department: str
    channel: Channel
    weight: int
    purposes: tuple[str, ...]
    recipients: tuple[Recipient, ...] = ("projects", "measures")
    village_tags: tuple[str, ...] = ()
    household_groups: tuple[str, ...] = ()
    modes: tuple[Mode, ...] = GRANTS
    poolable: bool = False
    fee_bp: int = 0
    carry_over: bool = False


LINES: tuple[FundLine, ...] = (
    FundLine("special_poverty", "财政专项扶贫发展资金", "Special poverty fund: development", "poverty", "fiscal", 370,
             ("industry", "group_road", "irrigation", "drinking_water", "renovation", "relocation", "training",
              "schooling", "interest", "energy"),
             modes=("grant", "interest_subsidy", "reward", "build_first"), poolable=True, fee_bp=100, carry_over=True),
    FundLine("old_revolutionary", "革命老区转移支付与彩票公益金", "Old revolutionary area and lottery fund",
             "poverty", "fiscal", 100,
             ("industry", "village_road", "group_road", "farmland", "irrigation", "drinking_water", "public"),
             recipients=("projects",), poolable=True),
    FundLine("rain_dew", "雨露计划资金", "Rain-Dew training plan", "poverty", "fiscal", 45, ("training",),
             recipients=("measures",)),
    FundLine("work_relief", "以工代赈资金", "Work-relief fund", "ndrc", "fiscal", 260,
             ("village_road", "group_road", "farmland", "irrigation", "drinking_water", "site"),
             recipients=("projects",), poolable=True, carry_over=True),
    FundLine("ethnic_development", "少数民族发展资金", "Ethnic-minority development fund",
             "ethnic_affairs", "fiscal", 50,
             ("industry", "village_road", "group_road", "irrigation", "drinking_water", "renovation", "training",
              "public"),
             village_tags=(ETHNIC,), poolable=True),
    FundLine("county_matching", "县级财政配套扶贫资金", "County matching fund", "finance", "fiscal", 175,
             ("local_share", "industry", "interest", "medical"),
             modes=("grant", "interest_subsidy", "reward", "build_first")),
    FundLine("one_case", "一事一议财政奖补资金", "One-case-one-discussion reward fund", "finance", "sector", 80,
             ("group_road", "irrigation", "drinking_water", "public"), recipients=("projects",), poolable=True),
    FundLine("agri_development", "农业综合开发资金", "Agricultural comprehensive development", "finance", "sector",
             110, ("industry", "farmland", "irrigation", "forestry"), recipients=("projects",), poolable=True,
             fee_bp=100),
    FundLine("small_irrigation", "小型农田水利建设资金", "Small irrigation fund", "water", "sector", 110,
             ("irrigation",), recipients=("projects",), poolable=True),
    FundLine("village_road", "通村公路建设资金", "Village road fund", "transport", "sector", 310, ("village_road",),
             recipients=("projects",), poolable=True),
    FundLine("land_consolidation", "高标准基本农田建设资金", "Land consolidation fund", "land", "sector", 190,
             ("farmland", "irrigation"), recipients=("projects",), poolable=True),
    FundLine("forestry", "退耕还林与林业补助资金", "Forestry fund", "forestry", "sector", 100, ("forestry",),
             poolable=True),
    FundLine("modern_agriculture", "现代农业生产发展资金", "Modern agriculture fund", "agriculture", "sector", 120,
             ("industry",), poolable=True),
    FundLine("three_gorges", "三峡后续工作与移民后期扶持资金", "Three Gorges follow-up and resettlers' support fund",
             "resettlement", "sector", 90,
             ("industry", "village_road", "group_road", "farmland", "irrigation", "drinking_water", "relocation",
              "training", "forestry", "public"),
             village_tags=(RESERVOIR,)),
    FundLine("rural_clinic", "村卫生室与医疗救助资金", "Rural clinic and medical aid fund", "health", "sector", 20,
             ("medical",)),
    FundLine("school_support", "农村教育资助资金", "School support fund", "education", "sector", 10,
             ("schooling", "public")),
    FundLine("poverty_relocation", "扶贫搬迁资金", "Poverty office relocation fund", "poverty", "household", 80,
             ("relocation",), recipients=("measures",)),
    FundLine("relocation", "易地扶贫搬迁资金", "Relocation fund", "ndrc", "household", 250, ("relocation", "site"),
             poolable=True),
    FundLine("renovation", "农村危房改造资金", "Rural house renovation fund", "housing", "household", 260,
             ("renovation",), recipients=("measures",), poolable=True),
    FundLine("ecological_migration", "生态移民资金", "Ecological migration fund", "forestry", "household", 80,
             ("relocation", "site"), village_tags=(ECOLOGICAL,)),
    FundLine("collapsed_houses", "因灾倒房恢复重建资金", "Disaster-collapsed house fund", "civil_affairs",
             "household", 40, ("renovation", "relocation"), recipients=("measures",), household_groups=("disaster",)),
    FundLine("disabled_housing", "残疾人危房改造资金", "Disabled persons' housing fund", "disabled", "household", 40,
             ("renovation", "relocation"), recipients=("measures",), household_groups=("disabled",)),
    FundLine("drinking_water", "农村饮水安全资金", "Drinking-water safety fund", "water", "household", 160,
             ("drinking_water",), poolable=True),
    FundLine("clean_energy", "农村清洁能源（沼气）资金", "Clean energy fund", "agriculture", "household", 90,
             ("energy",)),
    FundLine("donations", "社会帮扶资金", "Donations and partner units", "society", "social", 100,
             ("industry", "village_road", "group_road", "farmland", "irrigation", "drinking_water", "renovation",
              "relocation", "site", "training", "schooling", "medical", "interest", "energy", "forestry", "public",
              "local_share")),
)  # fmt: skip
"""Funds that may be integrated: owners and purposes after the fund lines of 2011-2015.

Conditional permissions are expressed by narrower purposes (group roads, small irrigation) or by scope (reservoir
villages, villages of an ethnic minority). Weights within a channel are assumptions.
"""

RING_FENCED: tuple[tuple[str, str, str, int], ...] = (
    ("flood_relief", "防汛救灾资金", "Flood and disaster relief", 30),
    ("low_income_allowance", "农村最低生活保障资金", "Rural low-income allowance", 70),
)
"""Funds that the article's rule leaves out: id, names, weight."""

SHARES = (
    FundShare(id="special_industry", fund="special_poverty", sense="at_least", share_bp=7_000,
              purposes=("industry", "interest", "training")),
    FundShare(id="agri_industry", fund="agri_development", sense="at_most", share_bp=4_000, purposes=("industry",)),
)  # fmt: skip
"""Share rules (R7)."""


def funds(knobs: Knobs) -> list[Fund]:
    """All funds; the sums of the channels keep the article's proportions to the yuan."""
    total = round(VILLAGE_YUAN * knobs.villages * knobs.tightness)
    amounts: dict[str, int] = {}
    for channel, share in _shared(total, list(CHANNEL_WEIGHTS.values()), list(CHANNEL_WEIGHTS)).items():
        lines = [line for line in LINES if line.channel == channel]
        amounts |= _shared(share, [line.weight for line in lines], [line.id for line in lines])
    made = [
        Fund(
            id=line.id, name=line.name, name_en=line.name_en, department=line.department, channel=line.channel,
            amount=amounts[line.id], purposes=line.purposes, recipients=line.recipients, village_tags=line.village_tags,
            household_groups=line.household_groups, modes=line.modes, poolable=line.poolable, fee_bp=line.fee_bp,
            carry_over=line.carry_over,
        )
        for line in LINES
    ]  # fmt: skip
    fenced = round(total * knobs.ring_fenced_share / (1 - knobs.ring_fenced_share))
    names = [name for name, *_ in RING_FENCED]
    split = _shared(fenced, [weight for *_, weight in RING_FENCED], names)
    for name, chinese, english, _ in RING_FENCED:
        made.append(
            Fund(
                id=name, name=chinese, name_en=english, department="civil_affairs", channel="household",
                amount=split[name], purposes=("renovation", "public"), integrable=False,
            )
        )  # fmt: skip
    return made


def _shared(total: int, weights: list[int], names: list[K]) -> dict[K, int]:
    """Whole yuan in proportion to weights, adding up to `total` (rounded to 100 yuan but for the last)."""
    exact = np.array(weights, dtype=np.int64) * total // sum(weights) // 100 * 100
    exact[-1] += total - int(exact.sum())
    return dict(zip(names, exact.tolist(), strict=True))
