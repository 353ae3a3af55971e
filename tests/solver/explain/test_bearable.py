"""What a way out may cost to be worth its money: where its costs are that small, its worth is what they would do."""

import numpy as np
import pytest

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.scenarios.small import random_small
from liftplan.solver.explain.case import Case
from liftplan.solver.explain.household import explain_household
from liftplan.solver.explain.ways import Way, ways_out
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

SEEDS = (3, 18, 23, 36)
"""Counties with and without top-ups, with projects to be built and without."""


def cheaper(county: County, way: Way, share: float) -> County:
    """The county where what a way takes, and is not paid yet, costs less."""
    costs = county["costs"]
    own = np.isin(costs["item"], [line.item for line in way.lines])
    less = np.where(own, np.maximum(1, np.rint(costs["yuan"] * share)), costs["yuan"])
    return county.with_tables(costs=costs.replace(yuan=less.astype(np.int64)))


def there(county: County, plan: Plan, name: str, way: Way, share: float) -> Way | None:
    """The same way where it costs less, at the same prices; None: another is better there."""
    found = ways_out(Case(cheaper(county, way, share), plan), name)
    return next((one for one in (found.cheapest, found.favoured) if one and one.measures == way.measures), None)


def nets(county: County, plan: Plan, name: str, way: Way, most: int) -> tuple[float, float] | None:
    """What the way is worth, less its cost, where it costs `most` yuan, and where its costs are a tenth higher."""
    low, high = 0.0, 1.0
    for _ in range(14):
        middle = (low + high) / 2
        same = there(county, plan, name, way, middle)
        if same is None:
            return None
        low, high = (middle, high) if same.yuan <= most else (low, middle)
    found = there(county, plan, name, way, low), there(county, plan, name, way, low * 1.1)
    return None if found[0] is None or found[1] is None else (found[0].net, found[1].net)


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_worth_its_money_from_there_on(seed: int) -> None:
    """Costs shrink until the way costs what was told: then it is worth it, and was not while it cost more."""
    county = random_small(seed)
    plan = solve(county, Settings(gap=0, threads=1)).plan
    assert plan is not None
    case = Case(county, plan)
    looked_at = 0
    for name in sorted(set(case.facts.homes) - case.lifted - case.out):
        facts = explain_household(case, name)
        if facts.cheapest is not None and facts.bearable_yuan is not None:
            assert facts.cheapest.net < 0
            found = nets(county, plan, name, facts.cheapest, facts.bearable_yuan)
            if found is not None:
                looked_at += 1
                assert found[0] == pytest.approx(0, abs=0.01)
                assert found[1] < 0
    assert looked_at
