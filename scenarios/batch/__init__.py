"""Batches: many independent jobs in order, by processes that may die, with bounded memory."""

from __future__ import annotations

from liftplan.scenarios.batch.executor import Executor, Finished
from liftplan.scenarios.batch.job import BatchJob, read_job
from liftplan.scenarios.batch.local import LocalProcesses
from liftplan.scenarios.batch.order import in_order
from liftplan.scenarios.batch.results import append_results, kept_results, other_jobs

__all__ = [
    "BatchJob",
    "Executor",
    "Finished",
    "LocalProcesses",
    "append_results",
    "in_order",
    "kept_results",
    "other_jobs",
    "read_job",
]
