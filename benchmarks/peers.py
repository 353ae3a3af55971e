"""The core against general solvers on the same counties, each run in a process of its own, one at a time.

`python benchmarks/peers.py [--instances zigui-2015,3,6,12,24] [--time-limit SECONDS] [--engines NAMES] [--forms NAMES]
[--name RECORD]`; a number is a county of that many villages from the generator (seed 1). Every engine gets `natural`,
the program that a modeller would write first, and `packages`, the strongest one that we know (restricted to packages
worth having, see `_package_form.py`), each from nothing and from the core's plan; PDLP and HiGHS' interior point method
bound the relaxations. Two threads, gap 0, all else as the engines come; building the program is not counted.

Writes `record/peers.json` after every run and goes on where it stopped: a run that the record has, of the same county
and time limit, is not repeated. Every engine's best point is paid in whole yuan before it counts as a plan.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import Any

import _natural_form
import _package_form
import numpy as np
from _engines import ENGINES, RELAXATIONS, THREADS, Run, peak_mib
from _forms import Form
from _peer_times import timed
from _record import FOLDER, circumstances, write_record

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.planfiles import plan_text
from liftplan.models.planreading import read_plan
from liftplan.scenarios.counties import load
from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver.compile import compile_county
from liftplan.solver.incumbent import realise
from liftplan.solver.problem import Ints
from liftplan.solver.progress import Event
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

CORE = "liftplan"
FORMS = {"natural": _natural_form, "packages": _package_form}
PACKAGES = {"HiGHS": "highspy", "CP-SAT": "ortools", "SCIP": "pyscipopt", "CBC": "cbcbox", "PDLP": "ortools"}
PACKAGES |= {"HiGHS ipm": "highspy", CORE: "liftplan"}
SLACK = 240.0
"""Seconds beyond the time limit after which a process counts as hung: building the program, checking the plan."""


@dataclass(frozen=True)
class Task:
    """One run."""

    instance: str
    engine: str
    form: str
    """"" for the core, which has its own."""
    started: bool
    """Whether it begins from the core's plan."""
    time_limit: float

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells runs apart in the record."""
        return tuple(asdict(self).values())


def main() -> None:
    """Do what the record lacks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--instances", default="3,6,12,24,zigui-2015")
    parser.add_argument("--time-limit", type=float, default=300.0)
    parser.add_argument("--engines", default=",".join([CORE, *ENGINES]))
    parser.add_argument("--forms", default=",".join(FORMS))
    parser.add_argument("--name", default="peers")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(Task(**json.loads(given.one)), Path(given.work))))
        return
    path = FOLDER / f"{given.name}.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["runs"] if path.exists() else []
    tasks = list(wanted(given.instances.split(","), given.engines.split(","), given.forms.split(","), given.time_limit))
    with tempfile.TemporaryDirectory(prefix="liftplan-peers-") as work:
        for task in lacking(tasks, rows):
            row = {"task": asdict(task), "digest": digest_of(task.instance), **about(), **child(task, Path(work))}
            rows = [old for old in rows if (old["task"], old["digest"]) != (row["task"], row["digest"])]
            rows.append(row)
            write_record(given.name, {"threads": THREADS, "runs": timed(rows)})
            print(say(row), flush=True)
    print(f"written: {path}")


def wanted(instances: list[str], engines: list[str], forms: list[str], limit: float) -> Iterator[Task]:
    """The core first, for the others may begin from its plan."""
    for instance in instances:
        if CORE in engines:
            yield Task(instance, CORE, "", False, limit)
        for form in forms:
            for engine in engines:
                if engine == CORE:
                    continue
                yield Task(instance, engine, form, False, limit)
                if engine not in RELAXATIONS and CORE in engines:
                    yield Task(instance, engine, form, True, limit)


def lacking(tasks: list[Task], rows: list[dict[str, Any]]) -> list[Task]:
    """Tasks that the record lacks, and the core's where one of them begins from its plan."""
    known = {(*Task(**row["task"]).key, row["digest"]) for row in rows}
    todo = {task for task in tasks if (*task.key, digest_of(task.instance)) not in known}
    needed = {task.instance for task in todo if task.started}
    return [task for task in tasks if task in todo or (task.engine == CORE and task.instance in needed)]


@cache
def digest_of(name: str) -> str:
    """Digest of an instance's county."""
    return county_of(name).digest


def about() -> dict[str, Any]:
    """When and with what a run was made: a record may be continued on another day."""
    now = circumstances()
    return {name: now[name] for name in ("date", "commit", "changed_since_commit", "machine")}


def child(task: Task, work: Path) -> dict[str, Any]:
    """Run a task in a process of its own; a crash is a result too."""
    begin = monotonic()
    line = [sys.executable, __file__, "--one", json.dumps(asdict(task)), "--work", str(work)]
    try:
        done = subprocess.run(line, capture_output=True, text=True, timeout=task.time_limit + SLACK, check=False)
    except subprocess.TimeoutExpired:
        return {"status": "hung", "process_seconds": monotonic() - begin, "trace": []}
    spent = {"process_seconds": round(monotonic() - begin, 2)}
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [""]
        return {"status": f"crashed ({done.returncode})", "error": last[0], "trace": [], **spent}
    return {**json.loads(done.stdout.splitlines()[-1]), **spent}


def county_of(name: str) -> County:
    """A built-in county by name, or one from the generator by its number of villages."""
    return generate(Knobs(seed=1, villages=int(name))) if name.isdigit() else load(name)


def measure(task: Task, work: Path) -> dict[str, Any]:
    """One run, in this process."""
    county = county_of(task.instance)
    folder = work / task.instance
    folder.mkdir(parents=True, exist_ok=True)
    package = PACKAGES[task.engine]
    head = {"version": f"{package} {version(package)}", "households": len(county["households"])}
    if task.engine == CORE:
        return head | _core(county, task.time_limit, folder / "plan.json")
    compiled = compile_county(county)
    problem = compiled.problem
    known = None
    if (folder / "plan.json").exists():
        plan = read_plan(folder / "plan.json")
        known = realise(problem, compiled.decisions(plan.projects, plan.measures, plan.topups))
    begin = monotonic()
    stored = folder / f"{task.form}.npz"
    if not stored.exists():
        written = (
            _natural_form.natural_form(problem)
            if task.form == "natural"
            else _package_form.package_form(problem, None if known is None else known.decisions)
        )
        written.save(stored)
    form = Form.load(stored)
    head |= {"build_seconds": round(monotonic() - begin, 2), "size": form.sizes(), "memory_before_mib": peak_mib()}
    start: Ints | None = None
    if task.started:
        if known is None:
            return head | {"status": "no plan to begin from", "trace": []}
        start = FORMS[task.form].point_of(problem, form, known.decisions, known.flows)
    run = ENGINES[task.engine](form, task.time_limit, start)
    checked = None
    if run.x is not None:
        found = realise(problem, FORMS[task.form].decisions_of(problem, form, run.x))
        checked = None if found is None else found.objective / UNITS_PER_PERSON
    return head | _row(run, checked)


def _core(county: County, limit: float, path: Path) -> dict[str, Any]:
    run = Run()

    def heard(event: Event) -> None:
        run.saw(event.seconds, event.objective, event.bound)

    before = peak_mib()
    result = solve(county, Settings(gap=0, time_limit=limit, threads=THREADS), listener=heard)
    run.status, run.seconds, run.bound = result.status, result.seconds, result.objective_bound
    if result.plan is not None:
        run.plan = result.plan.objective
        path.write_text(plan_text(result.plan), encoding="utf-8")
        run.saw(result.seconds, run.plan, run.bound)
    return {"memory_before_mib": before} | _row(run, run.plan)


def _row(run: Run, checked: float | None) -> dict[str, Any]:
    """checked: what the plan is worth in whole yuan; None: it cannot be paid so, or there is none."""
    return {
        "status": run.status,
        "plan": checked,
        "claimed": run.plan,
        "bound": None if run.bound is None or not np.isfinite(run.bound) else run.bound,
        "seconds": round(run.seconds, 2),
        "memory_mib": peak_mib(),
        "trace": run.trace,
    }


def say(row: dict[str, Any]) -> str:
    """One line on a run."""
    task = Task(**row["task"])
    what = f"{task.instance} {task.engine} {task.form}{' from our plan' if task.started else ''}"
    return f"{what}: {row['status']}, {row.get('plan')} of {row.get('bound')}, {row.get('seconds')} s"


if __name__ == "__main__":
    main()
