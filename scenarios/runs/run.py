"""Many scenarios of one county: what is known is looked up, the rest is solved by several processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from os import cpu_count
from typing import Protocol

from liftplan.models.county import County
from liftplan.models.problems import InputProblems, Problem
from liftplan.models.validate import validate
from liftplan.scenarios.overrides import apply_overrides
from liftplan.scenarios.runs.job import Answer, Asked, Done, Failed, Job, Told
from liftplan.scenarios.runs.siblings import nearest
from liftplan.scenarios.runs.worker import STOP, Worker, heard
from liftplan.scenarios.store import RunStore, question
from liftplan.solver.progress import Cancel, Event
from liftplan.solver.settings import Settings

LOOK_SECONDS = 0.2
"""How often it is looked whether somebody has cancelled."""


class Watcher(Protocol):
    """Told how runs go; called in the thread that asked for them."""

    def begins(self, scenario: str) -> None:
        """A scenario is being solved."""

    def tells(self, scenario: str, event: Event) -> None:
        """A step of its solve."""

    def ends(self, answer: Answer) -> None:
        """A scenario has its answer; a run is in the store."""


def run_all(
    county: County,
    asked: Sequence[Asked],
    store: RunStore,
    settings: Settings,
    *,
    workers: int = 0,
    again: bool = False,
    watcher: Watcher | None = None,
    cancel: Cancel | None = None,
) -> list[Answer]:
    """Solve scenarios of a county, each in its own process, and keep what comes of them.

    Parameters
    ----------
    county
        The county before any scenario.
    asked
        Scenarios; answers come in the same order.
    store
        Where runs are kept. A question that is answered there is not solved again.
    settings
        Of every solve. With 0 threads the cores are shared among the workers.
    workers
        Processes; 0 = one a core, but no more than there are jobs.
    again
        Solve what is known too.
    watcher, cancel
        Told how it goes; a switch that ends it with the best plans so far.

    Raises
    ------
    InputProblems
        If overrides mean nothing in the county: before anything is solved, with all problems of all scenarios.
    """
    cores = cpu_count() or 1
    crew = [Worker.start(store.given) for _ in range(min(workers or cores, len(asked)))]  # ready when jobs are
    try:
        store.keep_county(county)
        return _answers(_jobs(county, asked, settings), crew, store, settings, again, watcher, cancel)
    finally:
        for worker in crew:
            worker.end()


def _answers(
    jobs: Sequence[Job],
    crew: list[Worker],
    store: RunStore,
    settings: Settings,
    again: bool,
    watcher: Watcher | None,
    cancel: Cancel | None,
) -> list[Answer]:
    """Answers of the store, and of workers for the rest."""
    answers: dict[int, Answer] = {}
    todo: list[int] = []
    first: dict[str, int] = {}
    for index, job in enumerate(jobs):
        known = None if again else store.find(job.key)
        if known is not None:
            _ended(answers, index, Answer(job.scenario, known, found=True), watcher)
        elif job.key not in first:
            first[job.key] = index
            todo.append(index)
    if todo:
        for spare in crew[len(todo) :]:
            spare.end()
        _solve(jobs, todo, answers, store, settings, crew[: len(todo)], watcher, Cancel() if cancel is None else cancel)
    for index, job in enumerate(jobs):
        if index not in answers:  # the same question as another's
            _ended(answers, index, replace(answers[first[job.key]], scenario=job.scenario, found=True), watcher)
    return [answers[index] for index in range(len(jobs))]


def _jobs(county: County, asked: Sequence[Asked], settings: Settings) -> list[Job]:
    """Jobs, their overrides tried."""
    jobs: list[Job] = []
    problems: list[Problem] = []
    valid = all(problem.warning for problem in validate(county))
    for one in asked:
        try:
            changed, applied = apply_overrides(county, one.lines, valid=valid)
        except InputProblems as error:
            problems += [problem for problem in error.problems if problem not in problems]
            continue
        key = question(changed.digest, settings, separate=one.separate)
        given = settings.model_dump(mode="json")
        jobs.append(Job(one.name, changed, applied, one.separate, key, county.digest, given))
    if problems:
        raise InputProblems(problems)
    return jobs


def _solve(
    jobs: Sequence[Job],
    todo: list[int],
    answers: dict[int, Answer],
    store: RunStore,
    settings: Settings,
    idle: list[Worker],
    watcher: Watcher | None,
    cancel: Cancel,
) -> None:
    """Hand jobs to workers until all are done, or it is cancelled."""
    threads = settings.threads or max(1, (cpu_count() or 1) // len(idle))
    waiting = list(todo)
    busy: dict[int, Worker] = {}
    stopped = False
    try:
        while busy or (waiting and not stopped):
            if cancel and not stopped:
                stopped = True
                for worker in busy.values():
                    worker.line.send(STOP)
            while idle and waiting and not stopped:
                index, worker = waiting.pop(0), idle.pop()
                job = _begun(jobs[index], store, settings, threads)
                worker.line.send(job)
                busy[index] = worker
                if watcher is not None:
                    watcher.begins(job.scenario)
            for worker in heard(list(busy.values()), LOOK_SECONDS):
                index = next(number for number, other in busy.items() if other is worker)
                answer = _heard(worker, jobs[index], watcher)
                if answer is not None:
                    del busy[index]
                    _ended(answers, index, answer, watcher)
                    if worker.process.is_alive():
                        idle.append(worker)
                    elif waiting:
                        idle.append(Worker.start(store.given))
    finally:
        for worker in (*idle, *busy.values()):
            worker.end()
    for index in waiting:
        _ended(answers, index, Answer(jobs[index].scenario, None), watcher)


def _begun(job: Job, store: RunStore, settings: Settings, threads: int) -> Job:
    """The job with its share of the cores, and with the nearest plan to begin with.

    Where the same plan is asked for on every run nothing may depend on what happens to be in the store.
    """
    asked = {**job.settings, "threads": threads}
    if settings.reproducible or job.separate:
        return replace(job, settings=asked)
    sibling = nearest(job.overrides, store.runs(base_digest=job.base_digest))
    return replace(job, settings=asked, warm="" if sibling is None else sibling.id)


def _heard(worker: Worker, job: Job, watcher: Watcher | None) -> Answer | None:
    """What a worker says; None if its job goes on."""
    try:
        said = worker.line.recv()
    except (EOFError, OSError):
        worker.process.join()
        return Answer(job.scenario, None, failed=Failed(f"exit {worker.process.exitcode}"))
    if isinstance(said, Told):
        if watcher is not None:
            watcher.tells(job.scenario, said.event)
        return None
    if isinstance(said, Done):
        return Answer(job.scenario, said.run)
    return Answer(job.scenario, None, failed=said)


def _ended(answers: dict[int, Answer], index: int, answer: Answer, watcher: Watcher | None) -> None:
    answers[index] = answer
    if watcher is not None:
        watcher.ends(answer)
