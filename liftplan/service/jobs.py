"""Jobs: asked for, queued, run, ended; each change is kept before it is told."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import time
from typing import Any, Literal

from liftplan.models.base import Frozen
from liftplan.models.messages import m
from liftplan.service.database import Database
from liftplan.service.refusals import Refusal, missing
from liftplan.service.texts import Noted

State = Literal["queued", "running", "done", "failed", "cancelled", "interrupted"]

ENDED: tuple[State, ...] = ("done", "failed", "cancelled", "interrupted")
"""States of jobs that are over. interrupted: the server ended under it again and again."""

SHARED = "('queued', 'running', 'done')"
"""States of jobs whose result others may share."""

PLAN = "plan"
VIEW = "view.json"
OUTLINE = "outline.json"
"""What a job leaves in its folder: the plan folder, and what pages show of the plan and of its county."""


class Job(Frozen):
    """One job."""

    id: str
    kind: str
    identity: str
    """Digest of everything that decides the result: identical jobs have the same."""
    state: State
    owner: str
    county: str
    """Id under which the server knows the county."""
    asked: dict[str, Any]
    """Parameters, as checked."""
    seconds: float
    """Time that it may take, without reading and writing."""
    plans: tuple[str, ...] = ()
    """Jobs whose plans it is about; none: it opens the county."""
    created: float
    """Seconds since 1970."""
    started: float | None = None
    ended: float | None = None
    attempts: int = 0
    """How often it was begun."""
    cancelled: bool = False
    """Somebody asked for its end."""
    outcome: dict[str, Any] | None = None
    """What it found; the fields depend on its kind."""
    problems: tuple[Noted, ...] = ()

    @property
    def over(self) -> bool:
        """True if nothing more will happen to it."""
        return self.state in ENDED


class Jobs:
    """The jobs in the store. `queued` is the most that may wait, `attempts` how often one may be begun."""

    def __init__(self, database: Database, store: Path, *, queued: int, attempts: int) -> None:
        self._database = database
        self._folder = store / "jobs"
        self._queued = queued
        self._attempts = attempts

    def folder(self, job: Job) -> Path:
        """Where a job's files are; its name is of the server's own making."""
        return self._folder / job.id

    def ask(
        self,
        kind: str,
        identity: str,
        owner: str,
        county: str,
        asked: dict[str, Any],
        seconds: float = 60.0,
        plans: tuple[str, ...] = (),
    ) -> tuple[Job, bool]:
        """A new job, or the one that does the same already (then True). Raises `Refusal` if too many wait."""
        with self._database.change() as cursor:
            cursor.execute(
                f"select facts from jobs where identity = ? and state in {SHARED} order by number desc limit 1",
                (identity,),
            )
            found = cursor.fetchone()
            if found:
                return Job.model_validate_json(found[0]), True
            cursor.execute("select count(*) from jobs where state = 'queued'")
            if cursor.fetchone()[0] >= self._queued:
                message = m("{limit} jobs are waiting; no more are taken.", limit=self._queued)
                way_out = m("Try again in {seconds} s.", seconds=5)
                raise Refusal(429, "queue", message, way_out, headers={"retry-after": "5"})
            made = Job(
                id=f"j-{secrets.token_hex(8)}",
                kind=kind,
                identity=identity,
                state="queued",
                owner=owner,
                county=county,
                asked=asked,
                seconds=seconds,
                plans=plans,
                created=time(),
            )
            cursor.execute(
                "insert into jobs (id, identity, state, owner, county, created, facts, progress)"
                " values (?, ?, ?, ?, ?, ?, ?, '[]')",
                (made.id, identity, made.state, owner, county, made.created, made.model_dump_json()),
            )
        return made, False

    def get(self, job: str) -> Job:
        """A job. Raises `Refusal` if there is none."""
        rows = self._database.rows("select facts from jobs where id = ?", (job,))
        if not rows:
            raise missing(m("There is no job {name}.", name=job))
        return Job.model_validate_json(rows[0][0])

    def plan(self, job: str) -> Path:
        """The plan folder of a job. Raises `Refusal` if it has none (yet)."""
        folder = self.folder(self.get(job)) / PLAN
        if not folder.is_dir():
            raise Refusal(409, "no-plan", m("The job {name} has no plan.", name=job), m("Wait for its end."))
        return folder

    def listed(self, *, states: Sequence[str] = (), most: int = 100) -> list[Job]:
        """The newest jobs, newest first; `states`: only those in them."""
        marks = ", ".join("?" for _ in states)
        only = f"where state in ({marks})" if states else ""
        rows = self._database.rows(f"select facts from jobs {only} order by number desc limit ?", (*states, most))
        return [Job.model_validate_json(facts) for (facts,) in rows]

    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self.listed(states=("queued", "running"), most=1))

    def ahead(self, job: Job) -> int | None:
        """How many jobs are before this one in the queue; None if it does not wait."""
        query = "select count(*) from jobs where state = 'queued' and number < (select number from jobs where id = ?)"
        return self._database.rows(query, (job.id,))[0][0] if job.state == "queued" else None

    def next(self) -> Job | None:
        """Begin the job that has waited longest; None if none waits."""
        with self._database.change() as cursor:
            cursor.execute("select facts from jobs where state = 'queued' order by number limit 1")
            found = cursor.fetchone()
            if found is None:
                return None
            job = Job.model_validate_json(found[0])
            change = {"state": "running", "started": time(), "attempts": job.attempts + 1}
            return _put(cursor, job.model_copy(update=change))

    def end(
        self,
        job: str,
        state: State,
        *,
        outcome: dict[str, Any] | None = None,
        problems: Iterable[Noted] = (),
        progress: Sequence[Any] = (),
    ) -> Job:
        """Note the end of a job that runs."""
        with self._database.change() as cursor:
            change = {"state": state, "ended": time(), "outcome": outcome, "problems": tuple(problems)}
            ended = _put(cursor, _get(cursor, job).model_copy(update=change))
            cursor.execute("update jobs set progress = ? where id = ?", (json.dumps(list(progress)), job))
        return ended

    def cancel(self, job: str) -> Job:
        """Note that a job is to end: one that waits ends at once. Raises `Refusal` if it is over or not there."""
        self.get(job)
        with self._database.change() as cursor:
            found = _get(cursor, job)
            if found.over:
                raise Refusal(409, "job-over", m("The job is over."), m("Look at its result."))
            change: dict[str, Any] = {"cancelled": True}
            if found.state == "queued":
                change |= {"state": "cancelled", "ended": time()}
            return _put(cursor, found.model_copy(update=change))

    def forget(self, job: str) -> None:
        """Delete a job that is over, with its files."""
        with self._database.change() as cursor:
            found = _get(cursor, job)
            if not found.over:
                message = m("The job is not over.")
                raise Refusal(409, "job-runs", message, m("Cancel it, or wait for its end."))
            cursor.execute("delete from jobs where id = ?", (job,))
        shutil.rmtree(self.folder(found), ignore_errors=True)

    def progress(self, job: str) -> list[Any]:
        """The events of a job that is over."""
        rows = self._database.rows("select progress from jobs where id = ?", (job,))
        found: list[Any] = json.loads(rows[0][0]) if rows else []
        return found

    def recover(self) -> tuple[int, int]:
        """After a start: jobs that ran when the last server ended wait again, or are marked.

        Returns how many wait again, and how many were begun too often and are interrupted.
        """
        again = marked = 0
        with self._database.change() as cursor:
            cursor.execute("select facts from jobs where state = 'running' order by number")
            for (facts,) in cursor.fetchall():
                job = Job.model_validate_json(facts)
                if job.cancelled:
                    change: dict[str, Any] = {"state": "cancelled", "ended": time()}
                elif job.attempts >= self._attempts:
                    message = m("The server ended while this job ran, {count} times.", count=job.attempts)
                    told = Noted.plain("interrupted", message, m("Ask for it again."))
                    change = {"state": "interrupted", "ended": time(), "problems": (told,)}
                    marked += 1
                else:
                    change = {"state": "queued", "started": None}
                    again += 1
                _put(cursor, job.model_copy(update=change))
        return again, marked


def _get(cursor: Any, job: str) -> Job:
    cursor.execute("select facts from jobs where id = ?", (job,))
    found = cursor.fetchone()
    if found is None:
        raise missing(m("There is no job {name}.", name=job))
    return Job.model_validate_json(found[0])


def _put(cursor: Any, job: Job) -> Job:
    cursor.execute("update jobs set state = ?, facts = ? where id = ?", (job.state, job.model_dump_json(), job.id))
    return job
