"""`liftplan solve --scenario separate`: an outcome instead of a plan."""

from __future__ import annotations

from pathlib import Path

import liftplan
from liftplan.api.separating import outcome_ready
from liftplan.cli.aside import aside
from liftplan.cli.outcome import Outcome
from liftplan.models.messages import joined
from liftplan.reports.separate import times_broken


def separated(begun: liftplan.Scenario, folder: Path, overwrite: bool) -> Outcome:
    """Let departments decide alone, write the folder of the outcome, tell what comes of it."""
    outcome_ready(folder, overwrite=overwrite)
    found = aside(lambda: liftplan.separate(begun))
    written = found.save(folder, overwrite=overwrite)
    totals = found.outcome.totals
    details = {
        "people_lifted": totals.people_lifted,
        "households_lifted": totals.households_lifted,
        "ledger_yuan": totals.ledger_yuan,
        "leveraged_yuan": totals.leveraged_yuan,
        "seconds": round(found.seconds, 3),
        "outcome": str(written),
        "broken": times_broken(found.violations),
        "people_possible": found.repaired.people_possible,
        "people_kept": found.repaired.people_kept,
    }
    return Outcome(details=details, text=found.summary(written), line=str(joined([found.headline, str(written)])))
