"""Who does the jobs of a batch: processes of this machine, or the workers of a cluster."""

from __future__ import annotations

from functools import partial
from os import cpu_count
from pathlib import Path
from typing import Any, Protocol

from liftplan.api.answering import Given, answer
from liftplan.api.extras import part
from liftplan.api.solving import settings_of, warm
from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.scenarios.batch import Executor, LocalProcesses
from liftplan.solver.settings import Settings

ROOM = "liftplan.scenarios.cluster"
"""What needs the packages of the extra `cluster`."""


class Hands(Protocol):
    """What does jobs, and how many at a time."""

    given: Given
    """What holds for all jobs."""
    count: int
    """Jobs done at the same time."""

    def executor(self) -> Executor:
        """What they are handed to."""

    def close(self) -> None:
        """End it; jobs under way are given up."""


class Here:
    """Processes of this machine, started when the first job comes."""

    def __init__(self, given: Given, count: int) -> None:
        self.given, self.count = given, count
        self._started: LocalProcesses | None = None

    def executor(self) -> Executor:
        """What jobs are handed to."""
        self._started = LocalProcesses(partial(answer, given=self.given), warm, self.count)
        return self._started

    def close(self) -> None:
        """End them."""
        if self._started is not None:
            self._started.close()


class There:
    """The workers of a cluster, connected at once, so that a wrong address is told before anything is written."""

    def __init__(self, given: Given, address: str) -> None:
        self.given = given
        self._connected = part(ROOM, "cluster").DaskCluster(partial(answer, given=given), address)
        self.count: int = self._connected.workers

    def executor(self) -> Executor:
        """What jobs are handed to."""
        connected: Executor = self._connected
        return connected

    def close(self) -> None:
        """Leave the cluster."""
        self._connected.close()


def hands_for(
    settings: Settings | None, options: dict[str, Any], workers: int, cluster: str | None, *, times: bool
) -> Hands:
    """What does the jobs of a batch. Raises `InputProblems` if a setting is not valid or the cluster cannot be used."""
    checked = settings_of(settings, options)
    stated = {**(settings.model_dump(exclude_unset=True) if settings else {}), **options}
    told = checked.model_dump(mode="json", include=set(stated) - {"threads"})
    if cluster is None:
        cores = cpu_count() or 1
        count = workers or cores
        return Here(Given(told, checked.threads or max(1, cores // count), times), count)
    if workers:
        message = m("The workers of a cluster are started where it is, not here.")
        raise InputProblems([Problem("cluster-workers", Place(), message, m("Leave out --workers or --cluster."))])
    if not cluster.strip():
        message = m("The address of the cluster is empty.")
        raise InputProblems([Problem("cluster-address", Place(), message, m("Name its scheduler: tcp://host:8786."))])
    return There(Given(told, checked.threads or 1, times, str(Path.cwd())), cluster.strip())
