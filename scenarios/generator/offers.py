"""Which measures a generated household is offered, what they cost and bring.

Unit costs follow the subsidy standards of 2012-2016; income gains are assumptions, scaled by `calibrate`.
"""

from __future__ import annotations

import numpy as np

from liftplan.scenarios.generator.draws import Drawer
from liftplan.scenarios.generator.earning import offer_earning
from liftplan.scenarios.generator.effects import offer_effects
from liftplan.scenarios.generator.farming import offer_farming
from liftplan.scenarios.generator.guarantees import offer_guarantees
from liftplan.scenarios.generator.households import Households
from liftplan.scenarios.generator.houses import offer_houses
from liftplan.scenarios.generator.knobs import Knobs
from liftplan.scenarios.generator.measures import Offers
from liftplan.scenarios.generator.projects import Projects
from liftplan.scenarios.generator.villages import Villages


def offers(rng: np.random.Generator, knobs: Knobs, villages: Villages, projects: Projects, homes: Households) -> Offers:
    """About ten measures a household: houses, guarantees, ways to earn, direct effects of projects."""
    made = Offers(homes.ids, homes.village)
    draw = Drawer(rng, homes)
    offer_houses(draw, made, villages, projects, homes, knobs.linked_sites)
    offer_guarantees(draw, made, projects, homes)
    offer_farming(draw, made, knobs.interdependence, projects, homes)
    offer_earning(draw, made, knobs.interdependence, projects, homes)
    offer_effects(draw, made, projects, homes)
    return made
