"""A server: its counties, scenarios and jobs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from liftplan.client.answers import About, Checked, HostedCounty
from liftplan.client.connection import Connection
from liftplan.client.following import Listener
from liftplan.client.job import Job
from liftplan.client.packing import HEAD_FILE, packed
from liftplan.models.messages import Message, m
from liftplan.models.messages import language as current
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason

ID = re.compile(r"[A-Za-z0-9_.+\-]{1,64}")
"""Ids of counties and jobs."""

READING_SECONDS = 330.0
"""An upload is read before it is answered; the server allows that 300 s."""


class Service:
    """A server of liftplan.

    Parameters
    ----------
    address
        Such as http://127.0.0.1:8000.
    token
        As `liftplan token add` shows it; None for a server on this machine that asks for none.
    language
        `en` or `zh`: of refusals, and of the files of jobs; otherwise the current language.
    timeout
        Seconds that a call may take to connect, and between any two parts of its answer.
    patience
        Seconds for which a call is tried again, if the server is busy (429, after as long as it asks) or away for a
        moment. A server that never answered is not waited for.
    """

    def __init__(
        self,
        address: str = "http://127.0.0.1:8000",
        *,
        token: str | None = None,
        language: str | None = None,
        timeout: float = 60.0,
        patience: float = 120.0,
    ) -> None:
        self._timeout = timeout
        self._connection = Connection(
            address, token=token, language=language or current(), timeout=timeout, patience=patience
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; jobs go on."""
        self._connection.close()

    def about(self) -> About:
        """What the server is, and who calls."""
        return About.of(self._connection.call("GET", "/v1/version"))

    def scenarios(self) -> list[str]:
        """Names of the built-in scenarios."""
        return [one["name"] for one in self._connection.call("GET", "/v1/scenarios")]

    def counties(self) -> list[HostedCounty]:
        """All counties, the built-in ones first."""
        return [HostedCounty.of(one) for one in self._connection.call("GET", "/v1/counties")]

    def county(self, county: str) -> HostedCounty:
        """One county."""
        return HostedCounty.of(self._connection.call("GET", f"/v1/counties/{_id(county)}"))

    def outline(self, county: str) -> dict[str, Any]:
        """A county in outline: departments, funds, villages, rules; texts are objects of `en`, `zh`."""
        found: dict[str, Any] = self._connection.call("GET", f"/v1/counties/{_id(county)}/outline")
        return found

    def upload(self, path: str | Path) -> HostedCounty:
        """Upload a county: a workbook, a JSON document, a zip, or the folder of one.

        With problems all are raised, and nothing is kept.
        """
        return HostedCounty.of(self._sent("/v1/counties", Path(path), once=True))

    def validate(self, path: str | Path) -> Checked:
        """Check a county and keep nothing of it there; its problems are raised, all together."""
        return Checked.of(self._sent("/v1/counties/validate", Path(path)))

    def delete_county(self, county: str) -> None:
        """Delete an uploaded county; plans made for it keep their own copy."""
        self._connection.call("DELETE", f"/v1/counties/{_id(county)}", once=True)

    def jobs(self, *states: str, most: int = 100) -> list[Job]:
        """The newest jobs, newest first; `states`: only those in them."""
        query: dict[str, Any] = {"state": states, "most": most}
        return [Job(self._connection, one) for one in self._connection.call("GET", "/v1/jobs", params=query)]

    def job(self, job: str, on_progress: Listener | None = None) -> Job:
        """A job by its id."""
        return Job(self._connection, self._connection.call("GET", f"/v1/jobs/{_id(job)}"), on_progress)

    def solve(
        self,
        county: str,
        *,
        scenario: str | Iterable[str] = (),
        overrides: Iterable[str] = (),
        name: str = "",
        language: str | None = None,
        on_progress: Listener | None = None,
        **settings: Any,
    ) -> Job:
        """Ask for the best plan of a county.

        Parameters
        ----------
        county
            Id of a county.
        scenario
            Built-in scenarios, in order.
        overrides
            Single overrides after them, each `SELECTOR OP VALUE`.
        name
            What these overrides are called.
        settings
            `gap`, `time_limit` (seconds), `seed`, `reproducible`.
        """
        given = {"scenario": _names(scenario), "overrides": list(overrides), "name": name, "settings": settings}
        return self.ask("solve", on_progress, county=county, language=language, **given)

    def diagnose(
        self,
        county: str,
        *,
        scenario: str | Iterable[str] = (),
        overrides: Iterable[str] = (),
        time_limit: float = 120.0,
        language: str | None = None,
        on_progress: Listener | None = None,
    ) -> Job:
        """Ask whether a county has a plan; if not, which rules clash, and for the smallest repairs (`answer`)."""
        given = {"scenario": _names(scenario), "overrides": list(overrides), "time_limit": time_limit}
        return self.ask("diagnose", on_progress, county=county, language=language, **given)

    def compare(
        self,
        *jobs: Job | str,
        only_differences: bool = False,
        language: str | None = None,
        on_progress: Listener | None = None,
    ) -> Job:
        """Ask for a comparison of two to six solves that are over, told against the first (`answer`)."""
        ids = [_job_id(job) for job in jobs]
        return self.ask("compare", on_progress, jobs=ids, only_differences=only_differences, language=language)

    def curve(
        self,
        county: str,
        over: str = "money",
        start: str = "80%",
        stop: str = "120%",
        points: int = 20,
        *,
        scenario: str | Iterable[str] = (),
        overrides: Iterable[str] = (),
        language: str | None = None,
        on_progress: Listener | None = None,
        **settings: Any,
    ) -> Job:
        """Ask how many people leave poverty over one quantity, a solve a point (`answer`).

        Parameters are those of `liftplan.curve`. Each point comes with a step as it is solved.
        """
        given = {"over": over, "start": start, "stop": stop, "points": points, "settings": settings}
        given |= {"scenario": _names(scenario), "overrides": list(overrides)}
        return self.ask("curve", on_progress, county=county, language=language, **given)

    def explain(
        self,
        job: Job | str,
        *,
        fund: str | None = None,
        village: str | None = None,
        household: str | None = None,
        project: str | None = None,
        rule: str | None = None,
        prove: bool = False,
        language: str | None = None,
        on_progress: Listener | None = None,
    ) -> Job:
        """Ask why one thing of a solve that is over is as it is (`answer`).

        Parameters
        ----------
        fund, village, household, project, rule
            The id of what is asked about; exactly one of them. A rule is `R4`, `R4/poverty`, `R4/v07/poverty`.
        prove
            Also force the opposite and solve again, so that what it costs is proved.
        """
        given = {"fund": fund, "village": village, "household": household, "project": project, "rule": rule}
        about = {subject: name for subject, name in given.items() if name is not None}
        if len(about) != 1:
            message = m("Name exactly one fund, village, household, project or rule.")
            raise InputProblems([Problem("question", Place(), message, Message(""))])
        ((subject, name),) = about.items()
        return self.ask(
            "explain", on_progress, job=_job_id(job), subject=subject, id=name, prove=prove, language=language
        )

    def ask(self, kind: str, on_progress: Listener | None = None, **asked: Any) -> Job:
        """Ask for a job of any kind that the server has, with the fields that it takes (docs/service.md).

        The same job asked for before is that job: asking again is safe. `language` is the server's own unless given.
        """
        asked = {**asked, "kind": kind, "language": asked.get("language") or self._connection.language}
        return Job(self._connection, self._connection.call("POST", "/v1/jobs", json=asked), on_progress)

    def _sent(self, address: str, path: Path, *, once: bool = False) -> Any:
        """What the server answers to an upload."""
        try:
            folder = path.is_dir()
            content = packed(path) if folder else path.read_bytes()
        except OSError as error:
            message = m("The file cannot be read: {reason}.", reason=system_reason(error))
            way_out = m("Give a workbook, a JSON document, a zip, or a folder with {file}.", file=HEAD_FILE)
            raise InputProblems([Problem("upload-read", Place(file=str(path)), message, way_out)]) from error
        name = f"{path.resolve().name}.zip" if folder else path.name
        seconds = max(self._timeout, READING_SECONDS)
        return self._connection.call("POST", address, once=once, files={"file": (name, content)}, timeout=seconds)


def _names(scenario: str | Iterable[str]) -> list[str]:
    return [scenario] if isinstance(scenario, str) else list(scenario)


def _job_id(job: Job | str) -> str:
    """The id of a job, once it is over: a plan must be there before anything can be asked of it."""
    return job.wait().id if isinstance(job, Job) else job


def _id(name: str) -> str:
    """An id as a part of an address: what is none would lead elsewhere."""
    if not ID.fullmatch(name) or not name.strip("."):
        message = m("{name} is no id.", name=name or '""')
        raise InputProblems([Problem("id", Place(), message, m("Use one that the server lists."))])
    return name
