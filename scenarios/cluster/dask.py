"""The workers of a Dask cluster as an executor: one task a job; a worker that dies costs a retry."""

from __future__ import annotations

import gc
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from queue import Empty, Queue
from time import monotonic
from typing import Any

from distributed import Client, Future
from distributed.scheduler import KilledWorker

from liftplan.models.messages import Message, language, m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.scenarios.batch.executor import Finished
from liftplan.scenarios.cluster.remote import done, installed

CONNECT_SECONDS = 10.0
"""How long the scheduler has to answer."""

WORKER_SECONDS = 30.0
"""How long is waited for the first worker."""

LOST_SECONDS = 30.0
"""How long a connection may be interrupted."""


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Collect no garbage meanwhile: a client that was never connected is garbage, and closes itself when collected.

    For that it needs the lock that starting and stopping a client holds (distributed's `LoopRunner`): one that is
    collected just then waits for itself for ever.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class DaskCluster:
    """An executor of the workers that a Dask scheduler knows.

    The scheduler starts a job again when its worker dies, as often as its setting `allowed-failures` says (otherwise
    3); the nannies of workers start these again. Workers may come and go.

    Parameters
    ----------
    work
        Does a job, as for `LocalProcesses`; the workers import it.
    address
        Of the scheduler, as in `tcp://host:8786`.

    Raises
    ------
    InputProblems
        If nobody answers there, there is no worker, or one has no liftplan of this version.
    """

    def __init__(self, work: Callable[[int, bytes], str], address: str) -> None:
        self._work, self._address = work, address
        self._token = secrets.token_hex(4)
        self._done: Queue[tuple[int, Future[str]]] = Queue()
        self._under_way: dict[int, Future[str]] = {}
        self._jobs: dict[int, bytes] = {}
        self._forgotten: list[int] = []
        self._handed_in = 0
        self._last_seen = monotonic()
        try:
            client: Any = Client
            with _no_garbage():
                self._client = client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:  # a timeout is an OSError
            message = m("No scheduler answers at {address}: {reason}.", address=address, reason=_short(error))
            raise _refused("cluster-address", message, _SCHEDULER) from None
        try:
            self.workers = self._ready()
        except BaseException:
            self.close()
            raise

    def submit(self, number: int, job: bytes) -> None:
        """Hand a job in; returns at once."""
        self._handed_in += 1
        key = f"liftplan-{self._token}-{number}-{self._handed_in}"
        try:
            future = self._client.submit(done, self._work, number, job, language(), key=key, pure=False)
        except (OSError, RuntimeError):
            raise self._lost() from None
        self._under_way[number], self._jobs[number] = future, job
        future.add_done_callback(lambda one: self._done.put((number, one)))

    def finished(self, seconds: float) -> Sequence[Finished]:
        """Jobs done since the last call, waited for as long as that."""
        found = []
        with suppress(Empty):
            found.append(self._done.get(timeout=seconds) if seconds else self._done.get_nowait())
            while True:
                found.append(self._done.get_nowait())
        now = monotonic()
        if self._client.status == "running":
            self._last_seen = now
            forgotten, self._forgotten = self._forgotten, []
            for number in forgotten:
                self.submit(number, self._jobs[number])
        elif now - self._last_seen > LOST_SECONDS or self._client.status == "closed":
            raise self._lost()
        told = [self._told(*one) for one in found]
        return [one for one in told if one is not None]

    def close(self) -> None:
        """Leave the cluster; jobs that wait are taken back, those under way end for nobody."""
        with suppress(Exception):  # whoever leaves does not mind that the other side has gone
            self._client.cancel(list(self._under_way.values()), force=True)
        self._under_way.clear()
        with suppress(Exception), _no_garbage():
            self._client.close(timeout=CONNECT_SECONDS)

    def _ready(self) -> int:
        """Threads of the workers there are, each with the right liftplan."""
        try:
            self._client.wait_for_workers(1, timeout=WORKER_SECONDS)
        except TimeoutError:
            message = m("The scheduler at {address} has no workers.", address=self._address)
            raise _refused("cluster-empty", message, _WORKER) from None
        own = version("liftplan")
        for worker, found in sorted(self._client.run(installed, on_error="return").items()):
            if isinstance(found, BaseException):
                reason = _short(found)
                message = m("Worker {worker} cannot use liftplan: {reason}.", worker=worker, reason=reason)
                raise _refused("cluster-version", message, _SAME)
            if found != own:
                message = m("Worker {worker} has liftplan {theirs}, not {own}.", worker=worker, theirs=found, own=own)
                raise _refused("cluster-version", message, _SAME)
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def _told(self, number: int, future: Future[str]) -> Finished | None:
        """What came of a job; its future is let go. None: the connection was interrupted, and it is handed in again."""
        self._under_way.pop(number, None)
        if future.status not in {"finished", "error"}:
            self._forgotten.append(number)
            return None
        self._jobs.pop(number, None)
        if future.status == "finished":
            return Finished(number, str(future.result()))
        failed: Any = future
        error = failed.exception()
        if isinstance(error, KilledWorker):
            return Finished(number, None, error.allowed_failures + 1)
        message = m("A worker of the cluster failed: {reason}.", reason=_short(error))
        raise _refused("cluster-worker", message, _SAME)

    def _lost(self) -> InputProblems:
        message = m("The scheduler at {address} has gone.", address=self._address)
        way_out = m("What has a result is kept; the same line goes on once there is a scheduler again.")
        return _refused("cluster-lost", message, way_out)


_SCHEDULER = m("Check the address; {command} starts a scheduler.", command="dask scheduler")
_WORKER = m("Start some, as in {command}.", command="dask worker tcp://host:8786")
_SAME = m("Install the same version of liftplan on all machines.")


def _short(error: BaseException | None) -> str:
    """The first line of an error."""
    return str(error or "").strip().partition("\n")[0].rstrip(".") or type(error).__name__


def _refused(code: str, message: Message, way_out: Message) -> InputProblems:
    return InputProblems([Problem(code, Place(), message, way_out)])
