"""Planted conflicts of whole items: halves of projects would do, whole ones do not."""

from __future__ import annotations

from liftplan.models.policy import DepartmentMin, SpendMin, SpendMinRow, VillageDepartmentMin
from liftplan.models.rows import Fund
from liftplan.scenarios.clashes.case import Clash, clash, county, fund, minimums, must, project


def squares(amount: int) -> Fund:
    """Finance with another amount."""
    return fund("squares", "finance", amount, "public", recipients=("projects",))


CASES = (
    Clash(
        "lump-spend",
        "Finance must spend 90,000 of 100,000; a square costs 60,000, so it is 60,000 or 120,000.",
        lambda: county("lump-spend", squares(100_000),
                       R13=SpendMin(enforce="hard", rows=(SpendMinRow(id="f", fund="squares", share_bp=9_000),))),
        (clash("R13 f", "R1 squares"),),
        arithmetic=False,
    ),
    Clash(
        "lump-village",
        "In v1 finance pays 50,000 at least and has 70,000; what there is costs 40,000 or 80,000.",
        lambda: county("lump-village", squares(70_000), project("v1-square", "public", 40_000),
                       project("v1-hall", "public", 80_000), without=("v2-square", "v3-square"),
                       R4=VillageDepartmentMin(rows=(DepartmentMin(id="finance", departments=("finance",), minimum=0),
                                                     DepartmentMin(id="public", departments=("finance", "housing"),
                                                                   minimum=0))),
                       R13=SpendMin(enforce="hard", rows=(SpendMinRow(id="f", fund="squares", share_bp=7_143),))),
        (clash("R13 f", "R1 squares"),),
        arithmetic=False,
    ),
    Clash(
        "lump-minimum",
        "Each village gets 30,000 from finance, which has 170,000: three whole squares of 60,000 cost 180,000.",
        lambda: county("lump-minimum", squares(170_000), R4=minimums(finance=30_000)),
        (clash("R4 finance", "R1 squares"),),
        (3, 3),
        arithmetic=False,
    ),
    Clash(
        "lump-alternatives",
        "v1 must get 70,000 from finance; of the halls for 45,000 and 50,000 only one can be built, no square.",
        lambda: county("lump-alternatives", project("v1-hall", "public", 45_000, alternative_group="hall"),
                       project("v1-big", "public", 50_000, alternative_group="hall"),
                       project("v2-square", "public", 90_000), project("v3-square", "public", 90_000),
                       without=("v1-square",), R4=minimums(finance=70_000)),
        (clash("R4 finance"),),
        (1, 1),
    ),
    Clash(
        "lump-must",
        "The hall of 50,000 must be built beside a minimum of 60,000 in each village, and finance has 220,000.",
        lambda: county("lump-must", squares(220_000), project("v1-hall", "public", 50_000), must("project", "v1-hall"),
                       R4=minimums(finance=60_000)),
        (clash("R4 finance", "R1 squares", "R12 must project:v1-hall"),),
        (3, 3),
        arithmetic=False,
    ),
    Clash(
        "lump-requires",
        "Finance must spend at least 50,000 of 100,000: a fountain of 30,000 requires the square of 80,000, no other.",
        lambda: county("lump-requires", squares(100_000), project("v1-square", "public", 80_000 + 30_000),
                       project("v1-fountain", "public", 30_000, requires=("v1-square",)),
                       without=("v2-square", "v3-square"),
                       R13=SpendMin(enforce="hard", rows=(SpendMinRow(id="f", fund="squares", share_bp=5_000),))),
        (clash("R13 f", "R1 squares"),),
        arithmetic=False,
    ),
)  # fmt: skip
