"""Small random counties for tests and studies: two to four villages, eight to twenty-five households.

Each is made around a planted plan that keeps every hard rule, so that all but a few have a plan; rules put in focus are
drawn at the level that the planted plan just reaches (hard) or beyond it (soft).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from liftplan.models.county import County, Head
from liftplan.models.rows import (
    Baseline,
    Commitment,
    CostLine,
    Demand,
    Department,
    Fund,
    FundShare,
    Household,
    Measure,
    MinimumOverride,
    Need,
    Project,
    Purpose,
    Village,
)
from liftplan.models.tables import Table
from liftplan.scenarios.small.demands import add_demands
from liftplan.scenarios.small.draft import LINE, Draft
from liftplan.scenarios.small.funds import DEPARTMENTS, NEEDS, PURPOSES, add_funds, add_projects, add_villages
from liftplan.scenarios.small.households import add_households
from liftplan.scenarios.small.levels import Focus
from liftplan.scenarios.small.links import add_links
from liftplan.scenarios.small.order import HARD_RULES, SOFT_RULES, foci, seed_of
from liftplan.scenarios.small.planted import plant
from liftplan.scenarios.small.rules import amounts, begin, policy


def random_small(seed: int, *, hard: Sequence[str] = (), soft: Sequence[str] = ()) -> County:
    """A small county, the same for the same arguments.

    Parameters
    ----------
    seed
        Any whole number >= 0.
    hard, soft
        Rules (`R1` ... `R13`) to make tight; the others are left to chance, mostly slack or off. R2 is in focus through
        the fixed purposes and R8 through slots, labour and alternatives, which every county has.
    """
    unknown = (set(hard) - set(HARD_RULES)) | (set(soft) - set(SOFT_RULES)) | (set(hard) & set(soft))
    if unknown:
        raise ValueError(f"rules that cannot be in focus so: {', '.join(sorted(unknown))}")
    focus = Focus(frozenset(hard), frozenset(soft))
    draft = Draft(np.random.Generator(np.random.PCG64(seed)))
    # Few villages with many households each: a share of people to lift is then seldom 0.
    add_villages(draft, 2 if "R10" in hard else 4)
    add_funds(draft)
    add_projects(draft)
    dear = 2 if "R10" in hard else 3 if {"R3", "R4"} & set(hard) else 1
    add_households(draft, dear=dear, fewest=16 if "R10" in hard else 8)
    # Draws of its own, so that a county without links is the same as if there were none anywhere.
    add_links(replace(draft, rng=np.random.Generator(np.random.PCG64([seed, 1]))), dear=dear)
    tightness = (0.05, 0.2, 0.6)[draft.whole(0, 2)]
    start = begin(draft, focus)
    plan = plant(draft, start.minimum if start.enforce != "off" else 0, start.every, start.maximum, eager="R10" in hard)
    draft.funds = amounts(draft, plan, focus, tightness)
    rules, overrides, baseline = policy(draft, plan, focus, start)
    add_demands(draft, plan, focus.of("R12"))
    name = "-".join([f"small-{seed}", *sorted(focus.hard), *(f"{rule}~" for rule in sorted(focus.soft))])
    head = Head(
        id=name.replace("~", "s"),
        name=f"试验县 {seed}",
        name_en=f"Test county {seed}",
        years=(2015,),
        poverty_line={2015: LINE},
    )
    owners = {fund.department for fund in draft.funds}
    tables = {
        "departments": Table.from_rows(Department, [row for row in DEPARTMENTS if row.id in owners]),
        "purposes": Table.from_rows(Purpose, PURPOSES),
        "needs": Table.from_rows(Need, NEEDS),
        "funds": Table.from_rows(Fund, draft.funds),
        "fund_shares": Table.from_rows(FundShare, draft.shares),
        "villages": Table.from_rows(Village, draft.villages),
        "minimum_overrides": Table.from_rows(MinimumOverride, overrides),
        "projects": Table.from_rows(Project, draft.projects),
        "households": Table.from_rows(Household, draft.households),
        "measures": Table.from_rows(Measure, draft.measures),
        "costs": Table.from_rows(CostLine, draft.costs),
        "commitments": Table.from_rows(Commitment, draft.commitments),
        "baseline": Table.from_rows(Baseline, baseline),
        "demands": Table.from_rows(Demand, draft.demands),
    }
    return County.build(head, rules, tables)


def suite(n: int = 200) -> Iterator[tuple[str, County]]:
    """`n` small counties with their names, round robin over the rules in focus, up to three at a time."""
    for place in range(n):
        hard, soft = foci(place)
        county = random_small(seed_of(place), hard=hard, soft=soft)
        yield county.head.id, county
