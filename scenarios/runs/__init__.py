"""Runs of many scenarios: parallel processes, warm starts, nothing solved twice."""

from __future__ import annotations

from liftplan.scenarios.runs.job import Answer, Asked, Failed
from liftplan.scenarios.runs.run import Watcher, run_all

__all__ = ["Answer", "Asked", "Failed", "Watcher", "run_all"]
