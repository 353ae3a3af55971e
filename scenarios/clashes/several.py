"""Planted counties with several conflicts at once, apart from each other or with a rule in common."""

from __future__ import annotations

from liftplan.models.policy import GrowthMin, SpendMin, SpendMinRow
from liftplan.models.rows import Baseline
from liftplan.scenarios.clashes.case import Clash, clash, county, fund, minimums, must, never, project

CASES = (
    Clash(
        "two-minimums",
        "The poverty office has 250,000 for 3 x 100,000, finance 170,000 for 3 x 60,000.",
        lambda: county("two-minimums", fund("special", "poverty", 250_000, "industry", "road"),
                       fund("squares", "finance", 170_000, "public", recipients=("projects",)),
                       R4=minimums(poverty=100_000, finance=60_000)),
        (clash("R4 poverty", "R1 special"), clash("R4 finance", "R1 squares")),
    ),
    Clash(
        "three-at-once",
        "A minimum beyond the money, one beyond what v2 takes up, and a must against a never.",
        lambda: county("three-at-once", fund("special", "poverty", 250_000, "industry", "road"),
                       project("v2-square", "public", 30_000), must("project", "v3-square"),
                       never("project", "v3-square-base"), project("v3-square-base", "public", 1_000),
                       project("v3-square", "public", 60_000, requires=("v3-square-base",)),
                       R4=minimums(poverty=100_000, finance=40_000)),
        (
            clash("R4 poverty", "R1 special"),
            clash("R4 finance"),
            clash("R12 must project:v3-square", "R12 never project:v3-square-base"),
        ),
        arithmetic=False,
        repairs=frozenset({"rules"}),
    ),
    Clash(
        "shared-fund",
        "The poverty office's 90,000 reach neither for 3 x 40,000 nor for a bridge of 100,000 that must be built.",
        lambda: county("shared-fund", fund("special", "poverty", 90_000, "industry", "road", "bridge"),
                       fund("roads", "transport", 100_000, "road", recipients=("projects",)),
                       must("project", "v1-bridge"), project("v1-bridge", "bridge", 100_000),
                       R4=minimums(poverty=40_000)),
        (clash("R4 poverty", "R1 special"), clash("R12 must project:v1-bridge", "R1 special")),
    ),
    Clash(
        "shared-minimum",
        "The minimum of 100,000 from finance: v2 takes up 30,000, and 3 x 100,000 are more than 200,000.",
        lambda: county("shared-minimum", fund("squares", "finance", 200_000, "public", recipients=("projects",)),
                       *(project(f"{village}-hall", "public", 100_000) for village in ("v1", "v2", "v3")),
                       R4=minimums(finance=100_000),
                       R13=SpendMin(enforce="hard", rows=(SpendMinRow(id="h", fund="houses", share_bp=10_000),))),
        (clash("R4 finance", "R1 squares"), clash("R13 h")),
    ),
    Clash(
        "growth-and-spend",
        "Growth beyond all items, and a fund that must spend more than can be.",
        lambda: county("growth-and-spend", Baseline(yuan=800_000), R6=GrowthMin(),
                       R13=SpendMin(enforce="hard", rows=(SpendMinRow(id="f", fund="squares", share_bp=10_000),))),
        (clash("R6 county"), clash("R13 f")),
    ),
)  # fmt: skip
