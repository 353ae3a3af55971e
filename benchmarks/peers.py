"""The core against general solvers on the same counties, each run in a process of its own.

`python benchmarks/peers.py [--instances zigui-2015,3,6,12,24] [--time-limit SECONDS] [--engines NAMES] [--forms NAMES]
[--parallel RUNS] [--name RECORD] [--work FOLDER]`; engines are separated by `;`, and a number is a county of that many
villages from the generator (seed 1). Every engine gets `natural`, the program that a modeller would write first, and
`packages`, the strongest one that we know (restricted to packages worth having, see `_package_form.py`), each from
nothing and from the core's plan; PDLP and HiGHS' interior point method bound the relaxations. Gap 0, one thread each,
processor time, so that other work on the machine does not count: limits and times are processor seconds of the run's
process, ours too; building the program is not counted. All else is as the engines come. From nothing first, then from
the core's plan, then CP-SAT with more workers, then relaxations; what is begun with the core's plan waits for it.

Writes `record/peers.json` after every run and goes on where it stopped: a run that the record has, of the same county
and time limit, is not repeated (but for the core's where its plan is needed and FOLDER, in which plans and programs are
kept, has none). Every engine's best point is paid in whole yuan before it counts as a plan.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import nullcontext
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
from _processor_time import Stopwatch, core_counts_processor_time
from _record import FOLDER, circumstances, write_record

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.planfiles import plan_text
from liftplan.models.planreading import read_plan
from liftplan.scenarios.counties import load
from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver.compile import compile_county
from liftplan.solver.exercise import exercise
from liftplan.solver.incumbent import realise
from liftplan.solver.problem import Ints
from liftplan.solver.progress import Event
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

CORE = "liftplan"
FORMS = {"natural": _natural_form, "packages": _package_form}
PACKAGES = {"HiGHS": "highspy", "CP-SAT": "ortools", "SCIP": "pyscipopt", "CBC": "cbcbox", "PDLP": "ortools"}
PACKAGES |= {"HiGHS ipm": "highspy", "CP-SAT, 8 workers": "ortools", CORE: "liftplan"}
LATE = ("CP-SAT, 8 workers", *RELAXATIONS)
"""Engines that come last, and never begin from a plan."""

HUNG = 10.0
"""A process counts as hung after this many times its time limit, by the clock on the wall, and `SLACK`."""

SLACK = 600.0
MEASURE = "one thread each, processor time, so that other work on the machine does not count"


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
    def needs_plan(self) -> bool:
        """Whether the core's plan is in what it is given: as its start, or among its packages."""
        return self.started or self.form == "packages"

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells runs apart in the record."""
        return tuple(asdict(self).values())


def main() -> None:
    """Do what the record lacks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--instances", default="3,6,12,24,zigui-2015")
    parser.add_argument("--time-limit", type=float, default=300.0)
    parser.add_argument("--engines", default=";".join([CORE, *ENGINES]))
    parser.add_argument("--forms", default=",".join(FORMS))
    parser.add_argument("--parallel", type=int, default=1, help="runs at a time")
    parser.add_argument("--name", default="peers")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--work", help="folder in which plans and programs are kept")
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(Task(**json.loads(given.one)), Path(given.work))), flush=True)
        os._exit(0)  # engines that are deaf to their limit are not waited for
    path = FOLDER / f"{given.name}.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["runs"] if path.exists() else []
    tasks = list(wanted(given.instances.split(","), given.engines.split(";"), given.forms.split(","), given.time_limit))
    kept = nullcontext(given.work) if given.work else tempfile.TemporaryDirectory(prefix="liftplan-peers-")
    with kept as work:
        for row in runs(lacking(tasks, rows, Path(work)), Path(work), given.parallel):
            rows = [old for old in rows if (old["task"], old["digest"]) != (row["task"], row["digest"])]
            rows.append(row)
            content = {"measure": MEASURE, "threads": THREADS, "parallel": given.parallel, "runs": timed(rows)}
            write_record(given.name, content)
            print(say(row), flush=True)
    print(f"written: {path}")


def runs(tasks: list[Task], work: Path, parallel: int) -> Iterator[dict[str, Any]]:
    """Do the tasks, so many at a time; rows as they come."""
    solving = {task.instance for task in tasks if task.engine == CORE}
    held = [task for task in tasks if task.needs_plan and task.instance in solving]
    with ThreadPoolExecutor(parallel) as pool:
        going = {pool.submit(row_of, task, work): task for task in tasks if task not in held}
        while going:
            for future in wait(going, return_when=FIRST_COMPLETED).done:
                task = going.pop(future)
                if task.engine == CORE:
                    going |= {pool.submit(row_of, one, work): one for one in held if one.instance == task.instance}
                yield future.result()


def row_of(task: Task, work: Path) -> dict[str, Any]:
    """One run, with its circumstances."""
    begun = about()
    return {"task": asdict(task), "digest": digest_of(task.instance), **begun, **child(task, work)}


def wanted(instances: list[str], engines: list[str], forms: list[str], limit: float) -> Iterator[Task]:
    """All runs, the most telling first."""
    if CORE in engines:
        yield from (Task(instance, CORE, "", False, limit) for instance in instances)
    others = [engine for engine in engines if engine not in (CORE, *LATE)]
    for started in (False, True) if CORE in engines else (False,):
        for instance in instances:
            yield from (Task(instance, engine, form, started, limit) for form in forms for engine in others)
    for engine in (engine for engine in engines if engine in LATE):
        yield from (Task(instance, engine, form, False, limit) for instance in instances for form in forms)


def lacking(tasks: list[Task], rows: list[dict[str, Any]], work: Path) -> list[Task]:
    """Tasks that the record lacks, and the core's whose plan others need and nobody has kept."""
    known = {(*Task(**row["task"]).key, row["digest"]) for row in rows}
    todo = {task for task in tasks if (*task.key, digest_of(task.instance)) not in known}
    needed = {task.instance for task in todo if task.needs_plan and not plan_path(work, task.instance).exists()}
    return [task for task in tasks if task in todo or (task.engine == CORE and task.instance in needed)]


def plan_path(work: Path, instance: str) -> Path:
    """Where the core's plan of a county is kept."""
    return work / instance / "plan.json"


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
        done = subprocess.run(line, capture_output=True, text=True, timeout=HUNG * task.time_limit + SLACK, check=False)
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
        return head | _core(county, task.time_limit, plan_path(work, task.instance))
    compiled = compile_county(county)
    problem = compiled.problem
    known = None
    if plan_path(work, task.instance).exists():
        plan = read_plan(plan_path(work, task.instance))
        known = realise(problem, compiled.decisions(plan.projects, plan.measures, plan.topups))
    begin = monotonic()
    stored = folder / f"{task.form}.npz"
    if not stored.exists():
        written = (
            _natural_form.natural_form(problem)
            if task.form == "natural"
            else _package_form.package_form(problem, None if known is None else known.decisions)
        )
        mine = stored.with_name(f"{os.getpid()}-{stored.name}")
        written.save(mine)
        mine.replace(stored)  # another run may be writing it too
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
    exercise()  # kernels are compiled once for a machine
    core_counts_processor_time()
    run, before = Run(), peak_mib()
    watch = Stopwatch()

    def heard(event: Event) -> None:
        run.saw(watch.seconds, event.objective, event.bound)

    result = solve(county, Settings(gap=0, time_limit=limit, threads=THREADS), listener=heard)
    run.status, run.seconds, run.bound = result.status, watch.seconds, result.objective_bound
    if result.plan is not None:
        run.plan = result.plan.objective
        path.write_text(plan_text(result.plan), encoding="utf-8")
        run.saw(watch.seconds, run.plan, run.bound)
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
