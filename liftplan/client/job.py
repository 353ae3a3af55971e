"""A job of a server: followed, cancelled, its answers and files fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from liftplan.client.answers import File, Step
from liftplan.client.connection import Connection
from liftplan.client.errors import JobFailed, problems_of
from liftplan.client.following import Listener, followed
from liftplan.client.keeping import keep_files, keep_plan, kept
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place, Problem

ANSWERS = {
    "diagnose": "diagnosis.json",
    "compare": "comparison.json",
    "curve": "curve.json",
    "explain": "explanation.json",
}
"""Kinds of jobs whose answer is a file of JSON -> its name."""

PACKED_PLAN = "plan.zip"
"""The plan folder of a solve, in one file."""

ENDED = ("done", "failed", "cancelled", "interrupted")
"""States of jobs that are over."""


class Job:
    """A job. It runs on the server, whether anybody waits or not.

    `result`, `answer`, `view`, `files`, `download` and `save` wait for its end; meanwhile its steps are told to the
    `on_progress` that it was asked for with.
    """

    def __init__(self, connection: Connection, told: dict[str, Any], on_progress: Listener | None = None) -> None:
        self._connection, self._told, self._listener, self._heard = connection, told, on_progress, 0

    @property
    def id(self) -> str:
        """Its id."""
        return str(self._told["id"])

    @property
    def kind(self) -> str:
        """What was asked: `solve`, `diagnose`, `compare`, `curve`, `explain`, ..."""
        return str(self._told["kind"])

    @property
    def state(self) -> str:
        """When it was last heard of: `queued`, `running`; `done`, `failed`, `cancelled`, `interrupted`."""
        return str(self._told["state"])

    @property
    def over(self) -> bool:
        """True if it had ended when it was last heard of."""
        return self.state in ENDED

    @property
    def facts(self) -> dict[str, Any]:
        """All that the server said of it when it was last heard of: owner, county, asked, times, ahead, ..."""
        return dict(self._told)

    @property
    def step(self) -> Step | None:
        """The newest step when it was last heard of; None if it did not run."""
        told = self._told.get("progress")
        return Step.of(told) if told else None

    def refresh(self) -> Self:
        """Hear of it again."""
        self._told = self._connection.call("GET", self._path())
        return self

    def wait(self, on_progress: Listener | None = None, *, timeout: float | None = None) -> Self:
        """Wait for its end, however often the connection breaks meanwhile.

        Parameters
        ----------
        on_progress
            Called with each `Step`; otherwise the one that the job was asked for with.
        timeout
            Seconds to wait at most; None: until it is over. Then `over` says whether it is; it goes on in any case, and
            a further `wait` tells the steps that come after.
        """
        if not self.over:
            listener = on_progress or self._listener or _nobody
            self._told, self._heard = followed(self._connection, self._told, listener, timeout, self._heard)
        return self

    def result(self) -> dict[str, Any]:
        """What it found: the fields of the command line's JSON object; `status` says how good that is.

        A proved infeasibility is a result. A cancelled solve has the best checked plan so far, or `status` unknown.

        Raises
        ------
        JobFailed
            If it ended without a result.
        """
        self._ended_well()
        found: dict[str, Any] = self._connection.call("GET", self._path("/result"))
        return found

    def answer(self) -> dict[str, Any]:
        """What a diagnosis, comparison, curve or explanation says, as in its JSON file; asks for a planner.

        Raises
        ------
        JobFailed
            If it ended without an answer.
        """
        self._ended_well()
        name = ANSWERS.get(self.kind)
        if name is None:
            return self.result()
        found: dict[str, Any] = self._connection.call("GET", self._path(f"/files/{name}"))
        return found

    def view(self) -> dict[str, Any]:
        """The plan in figures, by fund, department, channel, purpose and village; texts are objects of `en`, `zh`."""
        self._ended_well()
        found: dict[str, Any] = self._connection.call("GET", self._path("/view"))
        return found

    def files(self) -> list[File]:
        """The files that the caller may have."""
        self.wait()
        return [File.of(one) for one in self._connection.call("GET", self._path("/files"))]

    def download(self, name: str, path: str | Path, *, overwrite: bool = False) -> Path:
        """Fetch one file; it appears whole, or not at all.

        Parameters
        ----------
        name
            One of `files()`.
        path
            Where to; the name of a folder that is there: into it, under the file's own name.
        overwrite
            Replace a file that is there already.

        Returns
        -------
        Path
            The file, absolute.

        Raises
        ------
        InputProblems
            If it cannot be written, or is there already.
        """
        self.wait()
        return kept(self._connection, self._path(f"/files/{name}"), Path(path), name, overwrite=overwrite)

    def save(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Fetch everything.

        Of a solve this is the plan folder as `liftplan solve` writes it, which `liftplan verify` reads; it appears
        whole, or not at all. Of other jobs, and for viewers, it is every file that the caller may have.

        Parameters
        ----------
        overwrite
            Replace the plan folder, or the files, that are there already.

        Returns
        -------
        Path
            The folder, absolute.

        Raises
        ------
        JobFailed
            If it ended without a result.
        InputProblems
            If the folder cannot be written, or is in the way.
        """
        self._ended_well()
        names = [file.name for file in self.files()]
        if PACKED_PLAN in names:
            return keep_plan(self._connection, self._path(f"/files/{PACKED_PLAN}"), Path(folder), overwrite=overwrite)
        return keep_files(self._connection, self._path("/files"), names, Path(folder), overwrite=overwrite)

    def cancel(self) -> Self:
        """Ask for its end; a solve that runs keeps its best checked plan. `wait` waits for the end."""
        self._told = self._connection.call("POST", self._path("/cancel"), once=True)
        return self

    def delete(self) -> None:
        """Delete it on the server with its files; it must be over."""
        self._connection.call("DELETE", self._path(), once=True)

    def __repr__(self) -> str:
        return f"<Job {self.id}: {self.kind}, {self.state}>"

    def _path(self, part: str = "") -> str:
        return f"/v1/jobs/{self.id}{part}"

    def _ended_well(self) -> None:
        """Wait for the end; raise `JobFailed` if there is no result."""
        self.wait()
        if self.state in {"failed", "interrupted"}:
            found = problems_of(self._told.get("problems") or ())
            message = m("The job ended without a result ({state}).", state=self.state)
            raise JobFailed(found or [Problem("job-failed", Place(file=self.id), message, Message(""))])


def _nobody(_: Step) -> None:
    """Nobody wants to hear of steps."""
