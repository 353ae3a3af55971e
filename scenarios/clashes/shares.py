"""Planted conflicts of shares, spending, fairness and household limits (R5, R7, R9, R10, R13)."""

from __future__ import annotations

from liftplan.models.policy import Fairness, FundShareRule, HouseholdMax, HouseholdMin, SpendMin, SpendMinRow
from liftplan.models.rows import FundShare
from liftplan.scenarios.clashes.case import Clash, clash, committed, county, fund, minimums, must

INDUSTRY = FundShare(id="least_industry", fund="special", sense="at_least", share_bp=5_000, purposes=("industry",))
ROADS = FundShare(id="most_roads", fund="special", sense="at_most", share_bp=1_000, purposes=("road",))
SHARES = FundShareRule()


def spend(name: str, fund_: str, share_bp: int) -> SpendMin:
    """R13 of one fund."""
    return SpendMin(enforce="hard", rows=(SpendMinRow(id=name, fund=fund_, share_bp=share_bp),))


CASES = (
    Clash(
        "share-spend",
        "Half of the fund goes to industry, where 48,000 can be spent: 96,000 in all; it must spend 300,000.",
        lambda: county("share-spend", INDUSTRY, R7=SHARES, R13=spend("p", "special", 5_000)),
        (clash("R7 special/least_industry", "R13 p"),),
    ),
    Clash(
        "share-minimum",
        "Half of the fund goes to industry: 96,000 in all; the villages ask for 3 x 40,000.",
        lambda: county("share-minimum", INDUSTRY, R7=SHARES, R4=minimums(poverty=40_000)),
        (clash("R7 special/least_industry", "R4 poverty"),),
        (3, 3),
    ),
    Clash(
        "share-at-most",
        "At most 10 % for roads: 5,333 beside 48,000 for industry; a village asks for 20,000, 4,000 of it for roads.",
        lambda: county("share-at-most", ROADS, R7=SHARES, R4=minimums(poverty=20_000)),
        (clash("R7 special/most_roads", "R4 poverty"),),
        (2, 3),
    ),
    Clash(
        "share-committed",
        "60,000 are committed to a road; at most 10 % of what the fund can spend for industry and it may be.",
        lambda: county("share-committed", ROADS, committed("special", "v1-road", "road", 60_000), R7=SHARES),
        (clash("R7 special/most_roads", "R11 special/v1-road/road"),),
    ),
    Clash(
        "share-two",
        "At least half for industry and at most half for industry: exactly half; must spend 20 % of 600,000.",
        lambda: county("share-two", INDUSTRY, R7=SHARES, R13=spend("p", "special", 2_000)),
        (clash("R7 special/least_industry", "R13 p"),),
    ),
    Clash(
        "maximum-must",
        "A house of 15,000 must be built, and no household gets more than 12,000.",
        lambda: county("maximum-must", must("measure", "v1-h1-house"),
                       R9=HouseholdMax(enforce="hard", maximum=12_000)),
        (clash("R9", "R12 must measure:v1-h1-house"),),
        arithmetic=False,
    ),
    Clash(
        "minimum-maximum",
        "Goats for 8,000 must be bought; an assisted household gets at least 10,000, none more than 9,000.",
        lambda: county("minimum-maximum", must("measure", "v1-h1-goats"), R5=HouseholdMin(),
                       R9=HouseholdMax(enforce="hard", maximum=9_000)),
        (clash("R5", "R9", "R12 must measure:v1-h1-goats"),),
        arithmetic=False,
    ),
    Clash(
        "fairness-money",
        "Half of the people of each village: a house and goats for one household, and 30,000 for houses.",
        lambda: county("fairness-money", fund("houses", "housing", 30_000, "house", recipients=("measures",)),
                       R10=Fairness(enforce="hard", share_bp=5_000)),
        (clash("R10", "R1 houses"),),
        (3, 3),
        arithmetic=False,
    ),
    Clash(
        "fairness-nobody",
        "Nobody in village v2 can have a house, half of the people of each village must be lifted.",
        lambda: county("fairness-nobody", without=("v2-h1-house", "v2-h2-house"),
                       R10=Fairness(enforce="hard", share_bp=5_000)),
        (clash("R10"),),
        (1, 1),
        arithmetic=False,
        repairs=frozenset({"rules"}),
    ),
    Clash(
        "household-nobody-pays",
        "A house must be built and 30,000 are due; house and goats are 23,000, and no fund pays the top-up's purpose.",
        lambda: county("household-nobody-pays", must("measure", "v1-h1-house"),
                       R5=HouseholdMin(minimum=30_000, purpose="public")),
        (clash("R5", "R12 must measure:v1-h1-house"),),
    ),
)  # fmt: skip
