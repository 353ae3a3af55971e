"""Counties of any size from a seed: documented distributions, no personal data, nothing that is not invented."""

from __future__ import annotations

import numpy as np

from liftplan.models.county import County, Head, Source
from liftplan.models.policy import FundShareRule, GrowthMin, Policy
from liftplan.models.rows import Baseline, CostLine, Department, Fund, FundShare, Need, Purpose
from liftplan.models.tables import Table
from liftplan.scenarios.generator.columns import table
from liftplan.scenarios.generator.funds import SHARES, funds
from liftplan.scenarios.generator.households import POVERTY_LINE, households
from liftplan.scenarios.generator.knobs import Knobs
from liftplan.scenarios.generator.names import DEPARTMENTS, NEEDS, PURPOSES
from liftplan.scenarios.generator.offers import offers
from liftplan.scenarios.generator.projects import projects
from liftplan.scenarios.generator.villages import villages

__all__ = ["Knobs", "generate"]

LAST_YEAR = 6_870_000
"""Yuan a village before (press report of 2014), the baseline of R6."""


def generate(knobs: Knobs) -> County:
    """A county for one year, 2015; the same knobs give the same county."""
    rng = np.random.Generator(np.random.PCG64(knobs.seed))
    places = villages(rng, knobs)
    plans = projects(rng, places)
    homes = households(rng, places)
    measures, costs = offers(rng, knobs, places, plans, homes).tables()
    name = knobs.name or f"合成县（种子 {knobs.seed}）"
    head = Head(
        id=knobs.id,
        name=name,
        name_en="" if knobs.name else f"Generated county, seed {knobs.seed}",
        years=(2015,),
        poverty_line={2015: POVERTY_LINE},
        sources=(Source(subject="*", kind="synthetic", note=f"Drawn by the generator: {knobs.model_dump_json()}"),),
    )
    policy = Policy(R6=GrowthMin(source="Zigui article: at least 10 % a year"), R7=FundShareRule(enforce="hard"))
    baseline = round(LAST_YEAR * knobs.villages * min(1.0, knobs.tightness))
    return County.build(
        head,
        policy,
        {
            "departments": Table.from_rows(Department, DEPARTMENTS),
            "purposes": Table.from_rows(Purpose, PURPOSES),
            "needs": Table.from_rows(Need, NEEDS),
            "funds": Table.from_rows(Fund, funds(knobs)),
            "fund_shares": Table.from_rows(FundShare, SHARES),
            "villages": places.table,
            "projects": plans.table,
            "households": homes.table,
            "measures": measures,
            "costs": _joined(plans.costs, costs),
            "baseline": Table.from_rows(Baseline, [Baseline(yuan=baseline)]),
        },
    )


def _joined(first: Table, second: Table) -> Table:
    columns = {name: np.concatenate([first[name], second[name]]) for name in CostLine.model_fields}
    return table(CostLine, len(first) + len(second), columns)
