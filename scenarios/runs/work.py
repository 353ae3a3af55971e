"""One job, from its county to its run in the store."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from importlib.metadata import version

from liftplan.models.planfiles import plan_text
from liftplan.scenarios.runs.job import Job
from liftplan.scenarios.separate import decide_separately, outcome_text
from liftplan.scenarios.store import CANCELLED, Damaged, Run, RunStore
from liftplan.solver.prepared import Prepared
from liftplan.solver.progress import Cancel, Listener
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve


def work(
    job: Job, store: RunStore, listener: Listener | None, cancel: Cancel, prepared: Prepared | None = None
) -> Run | None:
    """Do a job and keep its run. Returns it; None if it was cancelled before there was a plan.

    prepared: what earlier jobs of this process have left.
    """
    if job.separate:
        return _separate(job, store)
    warm = None
    if job.warm:
        try:
            warm = store.plan(store.get(job.warm))
        except Damaged:
            warm = None  # it only saves time
    result = solve(
        job.county,
        Settings.model_validate(job.settings),
        listener=listener,
        cancel=cancel,
        warm_start=warm,
        scenario=job.scenario,
        applied=job.applied,
        prepared=prepared,
    )
    plan = result.plan
    if plan is None and result.stopped_by == CANCELLED:
        return None
    facts = {
        **_common(job),
        "status": result.status,
        "stopped_by": result.stopped_by,
        "objective_bound": result.objective_bound,
        "gap": result.gap,
        "seconds": round(result.seconds, 3),
        "stages": {stage: round(seconds, 3) for stage, seconds in result.stages.items()},
        "warm": job.warm if result.warm else None,
    }
    if plan is not None:
        facts |= {
            "people_lifted": plan.totals.people_lifted,
            "households_lifted": plan.totals.households_lifted,
            "objective": plan.objective,
            "ledger_yuan": plan.totals.ledger_yuan,
            "leveraged_yuan": plan.totals.leveraged_yuan,
        }
    return store.add(Run.model_validate(facts), None if plan is None else plan_text(plan))


def _separate(job: Job, store: RunStore) -> Run:
    begun = datetime.now(UTC)
    outcome, _ = decide_separately(job.county, job.scenario, job.applied)
    run = Run.model_validate(
        {
            **_common(job),
            "status": None,
            "stopped_by": None,
            "people_lifted": outcome.totals.people_lifted,
            "households_lifted": outcome.totals.households_lifted,
            "ledger_yuan": outcome.totals.ledger_yuan,
            "leveraged_yuan": outcome.totals.leveraged_yuan,
            "broken": len(outcome.broken),
            "seconds": round((datetime.now(UTC) - begun).total_seconds(), 3),
        }
    )
    return store.add(run, outcome_text(outcome))


def _common(job: Job) -> dict[str, object]:
    """What every run says."""
    return {
        "id": secrets.token_hex(5),
        "finished": datetime.now(UTC).isoformat(timespec="microseconds"),
        "key": job.key,
        "county": job.county.head.id,
        "base_digest": job.base_digest,
        "county_digest": job.county.digest,
        "scenario": job.scenario,
        "overrides": job.overrides,
        "separate": job.separate,
        "settings": Settings.model_validate(job.settings).model_dump(mode="json"),
        "version": version("liftplan"),
    }
