"""What becomes of a plan when costs, incomes and arrivals of money turn out otherwise."""

from __future__ import annotations

from liftplan.scenarios.stress.outcome import QUANTILES, FundStress, Outcome, VillageStress, outcome
from liftplan.scenarios.stress.spread import Spread
from liftplan.scenarios.stress.subject import Subject
from liftplan.scenarios.stress.trial import Trials, trials

__all__ = ["QUANTILES", "FundStress", "Outcome", "Spread", "Subject", "Trials", "VillageStress", "outcome", "trials"]
