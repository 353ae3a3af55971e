"""One job of a batch, from its line to the line of its result. Whatever happens becomes a result."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from liftplan.api.failure import Failed, reproducible
from liftplan.api.opening import counties, load
from liftplan.api.scenario import Scenario, library, under
from liftplan.api.separating import separate
from liftplan.api.solving import settings_of, solve
from liftplan.models.county import County, canonical
from liftplan.models.files import read_document
from liftplan.models.messages import Message, m
from liftplan.models.problems import InputProblems, LiftplanError, Place, Problem
from liftplan.reports.separate import times_broken
from liftplan.scenarios.batch import BatchJob, Finished, read_job

RESULT_VERSION = 1
"""`schema_version` of results."""


@dataclass(frozen=True)
class Given:
    """What holds for all jobs of a batch."""

    settings: dict[str, Any] = field(default_factory=dict)
    """Settings where a job says nothing."""
    threads: int = 1
    """Threads of a solve where nobody says anything; results do not depend on them if they are reproducible."""
    times: bool = False
    """Whether results tell how long their solve took."""
    folder: str = ""
    """Where relative paths of jobs begin; "" = where the process is."""

    @property
    def told(self) -> bytes:
        """What results depend on besides their job."""
        return canonical({"settings": self.settings, "times": self.times})


def answer(number: int, line: bytes, given: Given) -> str:
    """The result, as a line, of the job in line `number`."""
    try:
        read = read_job(line, number)
    except InputProblems as error:
        return _written(number, None, line, given, {"status": "invalid", "problems": _told(error.problems)})
    facts = {"job": line.decode("utf-8", "replace")}
    try:
        with reproducible(facts):
            found = _answered(read, given)
    except InputProblems as error:
        found = {"status": "invalid", "problems": _told(error.problems)}
    except Failed as failure:
        way_out = m("What repeats it is saved in {folder}; please send it with your report.", folder=failure.folder)
        message = m("Internal error ({kind}). This is a fault of liftplan.", kind=type(failure.__cause__).__name__)
        found = {"status": "error", "problems": _told([Problem("internal", Place(), message, way_out)])}
    except LiftplanError as error:
        problem = Problem("refused", Place(), m("{text}", text=error), Message(""))
        found = {"status": "invalid", "problems": _told([problem])}
    return _written(number, read.id, line, given, found)


def died(line: bytes, given: Given, finished: Finished) -> str:
    """The result, as a line, of a job that its workers died of."""
    number = finished.number
    try:
        name = read_job(line, number).id
    except InputProblems:
        name = None
    times, code = finished.tries, finished.exit_code
    if code is None:
        message = m("Its worker died {times} times.", times=times)
    else:
        message = m("Its worker process ended {times} times (exit code {code}).", times=times, code=code)
    way_out = m("Often memory is short: use fewer workers, or solve it alone.")
    problems = _told([Problem("worker-died", Place(row=number), message, way_out)])
    return _written(number, name, line, given, {"status": "error", "problems": problems})


def digest(line: bytes, given: Given) -> str:
    """What tells whether a result answers this job under these settings: 16 hexadecimal digits."""
    return hashlib.sha256(given.told + b"\n" + line.strip()).hexdigest()[:16]


def _answered(job: BatchJob, given: Given) -> dict[str, Any]:
    county = (
        read_document(json.dumps(job.county).encode(), "county")
        if isinstance(job.county, dict)
        else _county(job, given)
    )
    settings = settings_of(None, {"threads": given.threads, **given.settings, **job.settings})
    named = (job.scenario,) if isinstance(job.scenario, str) else job.scenario
    asked = [one if one in library() else _placed(one, given) for one in named]
    begun = under(county, asked, overrides=job.overrides)
    if begun.separate:
        return _separated(begun, given)
    solution = solve(begun, settings)
    result, plan = solution.result, solution.result.plan
    totals = None if plan is None else plan.totals
    return {
        "status": result.status,
        "stopped_by": result.stopped_by,
        "problems": [],
        **_about(begun),
        "people_lifted": totals and totals.people_lifted,
        "households_lifted": totals and totals.households_lifted,
        "objective": plan and plan.objective,
        "objective_bound": result.objective_bound,
        "gap": result.gap,
        "ledger_yuan": totals and totals.ledger_yuan,
        "leveraged_yuan": totals and totals.leveraged_yuan,
        **({"seconds": round(result.seconds, 3)} if given.times else {}),
        **({"plan": plan and plan.model_dump(mode="json")} if job.plan else {}),
    }


def _separated(begun: Scenario, given: Given) -> dict[str, Any]:
    """Of departments that decide alone there is no status and no bound, but what they break."""
    found = separate(begun)
    totals = found.outcome.totals
    return {
        "status": None,
        "stopped_by": None,
        "problems": [],
        **_about(begun),
        "people_lifted": totals.people_lifted,
        "households_lifted": totals.households_lifted,
        "objective": None,
        "objective_bound": None,
        "gap": None,
        "ledger_yuan": totals.ledger_yuan,
        "leveraged_yuan": totals.leveraged_yuan,
        "broken": times_broken(found.violations),
        **({"seconds": round(found.seconds, 3)} if given.times else {}),
    }


def _about(begun: Scenario) -> dict[str, Any]:
    return {"county": begun.county.head.id, "county_digest": begun.county.digest, "scenario": begun.name}


def _county(job: BatchJob, given: Given) -> County:
    source = str(job.county)
    return _built_in(source) if source in counties() else load(_placed(source, given))


def _placed(name: str, given: Given) -> str:
    """A name as it is, unless it is the path of something where whoever asks is; `#part` may follow a file."""
    path, mark, part = name.partition("#")
    place = Path(given.folder) / path
    return f"{place}{mark}{part}" if given.folder and path and place.exists() else name


@lru_cache(maxsize=2)
def _built_in(name: str) -> County:
    """A built-in county, which many jobs of a batch ask for; files may change, and are read each time."""
    return load(name)


def _told(problems: Any) -> list[dict[str, str]]:
    return [
        {
            "code": problem.code,
            "place": str(problem.place),
            "message": str(problem.message),
            "way_out": str(problem.way_out),
        }
        for problem in problems
    ]


def _written(number: int, name: str | int | None, line: bytes, given: Given, found: dict[str, Any]) -> str:
    content = {"schema_version": RESULT_VERSION, "job": number, "id": name, "digest": digest(line, given), **found}
    return json.dumps(content, allow_nan=False)
