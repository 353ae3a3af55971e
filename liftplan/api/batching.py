"""Batches: many independent jobs in several processes, a result each, in order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from liftplan.api.answering import died, digest
from liftplan.api.hands import Hands, hands_for
from liftplan.models.county import County
from liftplan.models.files import document_text
from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason
from liftplan.scenarios.batch import append_results, in_order, kept_results, other_jobs
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import Settings

WINDOW = 16
"""Jobs handed in and not yet answered, for each worker: so many may be done while the oldest still goes on."""

Watch = Callable[[dict[str, Any], bool], None]
"""Told a result, and whether it was there already."""


@dataclass(frozen=True)
class BatchEnd:
    """How a batch ended."""

    results: int
    """Results there are."""
    kept: int
    """Of them those of an earlier run."""
    statuses: Mapping[str, int]
    """Status -> how many; `separate` for outcomes that have none."""
    cancelled: bool


def solve_many(
    jobs: Iterable[Mapping[str, Any] | str],
    settings: Settings | None = None,
    *,
    workers: int = 0,
    cluster: str | None = None,
    times: bool = False,
    cancel: Cancel | None = None,
    **options: Any,
) -> Iterator[dict[str, Any]]:
    """Solve many jobs in several processes; yields a result for each, in their order, as they come.

    Jobs are read when there is room for them, in another thread; a bad one has a result with its problems and stops no
    other. A script that calls it needs `if __name__ == "__main__":` around the call, as processes are started fresh.

    Parameters
    ----------
    jobs
        Each as docs/batch.md says, a mapping or a line of JSON; its `county` may be a `County` too.
    settings, options
        As for `solve`; they hold where a job says nothing.
    workers
        Processes; 0 = one a core.
    cluster
        Address of a Dask scheduler whose workers do the jobs instead.
    times
        Whether results tell the seconds of their solves.
    cancel
        A switch that ends it: jobs under way are given up.

    Raises
    ------
    InputProblems
        If a setting is not valid, or the cluster cannot be used.
    """
    hands = hands_for(settings, options, workers, cluster, times=times)
    lines = ((number, _line(job)) for number, job in enumerate(jobs, start=1))
    return (json.loads(text) for text in _results(lines, hands, cancel))


def batch(
    jobs: str | Path | IO[bytes],
    out: str | Path | IO[bytes],
    settings: Settings | None = None,
    *,
    workers: int = 0,
    cluster: str | None = None,
    times: bool = False,
    overwrite: bool = False,
    watch: Watch | None = None,
    cancel: Cancel | None = None,
    **options: Any,
) -> BatchEnd:
    """Solve the jobs of a file, one a line, and write a result a line, in their order.

    A file of results that is there already is gone on with: its results are kept, and the jobs after them are done.

    Parameters
    ----------
    jobs, out
        Paths, or open binary files; what is written to an open file cannot be gone on with.
    settings, options, workers, cluster, times, cancel
        As for `solve_many`.
    overwrite
        Begin anew instead.
    watch
        Called after each result.

    Raises
    ------
    InputProblems
        If a file cannot be read or written, the results are those of other jobs, or the cluster cannot be used.
    """
    source = _opened(jobs)
    try:
        with closing(hands_for(settings, options, workers, cluster, times=times)) as hands:
            lines = ((number, line) for number, line in enumerate(source, start=1) if line.strip())
            tally = _Tally(watch)
            if isinstance(out, str | Path):
                path = Path(out)
                _refuse_same(jobs, path)
                end = 0 if overwrite else _kept(path, lines, hands, tally)
                with append_results(path, end) as file:
                    _write(lines, file, hands, tally, cancel)
            else:
                _write(lines, out, hands, tally, cancel)
    finally:
        if isinstance(jobs, str | Path):
            source.close()
    return tally.end(bool(cancel))


class _Tally:
    """Counts results."""

    def __init__(self, watch: Watch | None) -> None:
        self._watch, self._kept = watch, 0
        self._statuses: Counter[str] = Counter()

    def add(self, result: dict[str, Any], *, kept: bool) -> None:
        """One more."""
        self._kept += kept
        self._statuses[result.get("status") or "separate"] += 1
        if self._watch is not None:
            self._watch(result, kept)

    def end(self, cancelled: bool) -> BatchEnd:
        """How it ended."""
        return BatchEnd(self._statuses.total(), self._kept, dict(sorted(self._statuses.items())), cancelled)


def _line(job: Mapping[str, Any] | str) -> bytes:
    if isinstance(job, str):
        return job.encode()
    county = job.get("county")
    if isinstance(county, County):
        job = {**job, "county": json.loads(document_text(county))}
    return json.dumps(dict(job), ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")


def _results(lines: Iterable[tuple[int, bytes]], hands: Hands, cancel: Cancel | None) -> Generator[str]:
    """Results as lines."""
    texts: dict[int, bytes] = {}

    def noted() -> Iterator[tuple[int, bytes]]:
        for number, line in lines:
            texts[number] = line
            yield number, line

    try:
        with closing(in_order(noted(), hands.executor(), window=WINDOW * hands.count, cancel=cancel)) as found:
            for one in found:
                line = texts.pop(one.number)
                yield died(line, hands.given, one) if one.answer is None else one.answer
    finally:
        hands.close()


def _write(
    lines: Iterator[tuple[int, bytes]], file: IO[bytes], hands: Hands, tally: _Tally, cancel: Cancel | None
) -> None:
    first = list(islice(lines, 1))  # no processes where there is nothing to do
    if not first:
        return
    with closing(_results(_chained(first, lines), hands, cancel)) as found:
        for text in found:
            file.write(text.encode() + b"\n")
            file.flush()
            tally.add(json.loads(text), kept=False)


def _chained(first: list[tuple[int, bytes]], rest: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    yield from first
    yield from rest


def _kept(path: Path, lines: Iterator[tuple[int, bytes]], hands: Hands, tally: _Tally) -> int:
    """Go past the jobs that have results. Returns the byte where these end."""
    end = 0
    for row, kept in enumerate(kept_results(path), start=1):
        number, line = next(lines, (0, b""))
        if (kept.result.get("job"), kept.result.get("digest")) != (number, digest(line, hands.given)):
            raise other_jobs(path, row)
        tally.add(kept.result, kept=True)
        end = kept.end
    return end


def _refuse_same(jobs: str | Path | IO[bytes], out: Path) -> None:
    if isinstance(jobs, str | Path) and out.exists() and Path(jobs).exists() and out.samefile(jobs):
        message = m("This is the file of jobs itself.")
        raise InputProblems([Problem("out-exists", Place(file=str(out)), message, m("Choose another name."))])


def _opened(jobs: str | Path | IO[bytes]) -> IO[bytes]:
    if not isinstance(jobs, str | Path):
        return jobs
    try:
        return Path(jobs).open("rb")
    except OSError as error:
        message = m("Cannot be read: {reason}.", reason=system_reason(error))
        way_out = m("Check the name, and that you may read it.")
        raise InputProblems([Problem("unreadable", Place(file=str(jobs)), message, way_out)]) from None
