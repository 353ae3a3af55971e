"""Changes of a county after it was planned: what an earlier plan may meet."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.models.policy import HouseholdMax, HouseholdMin
from liftplan.models.rows import Demand
from liftplan.models.tables import Table
from liftplan.scenarios.small import random_small


def richer(county: County, _: Plan, __: np.random.Generator) -> County:
    """Every fund has a fifth more."""
    return _with_amounts(county, 1.2)


def poorer(county: County, _: Plan, __: np.random.Generator) -> County:
    """Every fund has a third less."""
    return _with_amounts(county, 0.67)


def refused(county: County, plan: Plan, rng: np.random.Generator) -> County:
    """Something that the plan builds or takes must not be."""
    return _with_demand(county, plan, rng, "never")


def demanded(county: County, plan: Plan, rng: np.random.Generator) -> County:
    """Something that the plan leaves out must be."""
    return _with_demand(county, plan, rng, "must")


def without_household(county: County, plan: Plan, rng: np.random.Generator) -> County:
    """A household that the plan helps is gone, and all about it."""
    helped = sorted({name.rsplit("-", 1)[0] for name in plan.measures}) or county["households"]["id"].tolist()
    gone = str(rng.choice(helped))
    changed = {}
    for name, column in (
        ("households", "id"),
        ("measures", "household"),
        ("costs", "item"),
        ("commitments", "item"),
        ("demands", "id"),
    ):
        kept = [not (value == gone or value.startswith(f"{gone}-")) for value in county[name][column].tolist()]
        changed[name] = county[name].take(np.flatnonzero(kept))
    return county.with_tables(**changed)


def weaker(county: County, _: Plan, rng: np.random.Generator) -> County:
    """Every other household has lost a worker."""
    labour = county["households"]["labour"].copy()
    labour[rng.random(len(labour)) < 0.5] -= 1
    return county.with_tables(households=county["households"].replace(labour=np.maximum(0, labour)))


def fewer_slots(county: County, _: Plan, __: np.random.Generator) -> County:
    """Every site has one slot less."""
    slots = np.maximum(0, county["projects"]["slots"] - 1)
    return county.with_tables(projects=county["projects"].replace(slots=slots))


def dearer(county: County, _: Plan, rng: np.random.Generator) -> County:
    """Half of the cost lines have risen by a quarter."""
    yuan = county["costs"]["yuan"].copy()
    risen = rng.random(len(yuan)) < 0.5
    yuan[risen] = yuan[risen] * 5 // 4
    return county.with_tables(costs=county["costs"].replace(yuan=yuan))


def higher_minimum(county: County, _: Plan, __: np.random.Generator) -> County:
    """Each assisted household must get 12,000 yuan."""
    old = county.policy.R5
    rule = HouseholdMin(minimum=12_000, applies_to=old.applies_to, purpose=old.purpose)
    return county.with_policy(county.policy.model_copy(update={"R5": rule}))


def low_maximum(county: County, _: Plan, __: np.random.Generator) -> County:
    """No household may get more than 11,000 yuan."""
    return county.with_policy(county.policy.model_copy(update={"R9": HouseholdMax(enforce="hard", maximum=11_000)}))


def another(_: County, __: Plan, rng: np.random.Generator) -> County:
    """Another county altogether."""
    return random_small(int(rng.integers(500, 600)))


CHANGES: tuple[Callable[[County, Plan, np.random.Generator], County], ...] = (
    richer,
    poorer,
    refused,
    demanded,
    without_household,
    weaker,
    fewer_slots,
    dearer,
    higher_minimum,
    low_maximum,
    another,
)


def _with_amounts(county: County, factor: float) -> County:
    amounts = (county["funds"]["amount"] * factor).astype(np.int64)
    return county.with_tables(funds=county["funds"].replace(amount=amounts))


def _with_demand(county: County, plan: Plan, rng: np.random.Generator, sense: str) -> County:
    """A hard demand about a project or measure with cost that nothing is demanded of yet."""
    known = {*county["demands"]["id"].tolist(), *county["commitments"]["item"].tolist()}
    done = {*plan.projects, *plan.measures}
    measures = set(county["measures"]["id"].tolist())
    items = [
        ("measure" if name in measures else "project", name)
        for name in sorted(set(county["costs"]["item"].tolist()) - known)
        if (name in done) == (sense == "never")
    ]
    if not items:
        return county
    target, name = items[int(rng.integers(len(items)))]
    row = Demand.model_validate({"sense": sense, "target": target, "id": name})
    return county.with_tables(demands=Table.from_rows(Demand, [*county["demands"].rows(), row]))
