"""General solvers on one program: the best point, the bound they claim, and when each improvement came.

All are asked for gap 0 with one thread each, and all times are processor time, so that other work on the machine does
not count; all else as they come. CP-SAT is made for several workers, so that it is also run with eight of them: the
processor seconds of all eight together count. What engines claim is in floating point, but for CP-SAT; points are
checked by the caller.
"""

from __future__ import annotations

import re
import resource
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event

import cbcbox
import highspy
import numpy as np
import psutil
import pyscipopt
from _forms import OPEN, Form, Scaled, scaled
from _mps import column_name, write_mps
from _processor_time import Stopwatch, within
from ortools.linear_solver.python import model_builder
from ortools.sat.python import cp_model

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.problem import Ints

THREADS = 1

DEAF = "deaf to its limit"
"""Status of an engine that did not end."""

WORKERS = 8
"""Of CP-SAT in its second setting."""


@dataclass
class Run:
    """What one engine did. Numbers in persons; None: it has none."""

    status: str = ""
    plan: float | None = None
    bound: float | None = None
    x: Ints | None = None
    """Best point in the form's whole numbers."""
    seconds: float = 0.0
    trace: list[tuple[float, float | None, float | None]] = field(default_factory=list)
    """(processor seconds, best plan, bound) at improvements."""

    def saw(self, seconds: float, plan: float | None, bound: float | None) -> None:
        """Note an improvement."""
        finite = [None if value is None or abs(value) > 1e15 else value for value in (plan, bound)]
        self.trace.append((round(seconds, 3), *finite))

    def lowers(self, bound: float) -> bool:
        """Whether a bound is lower than all noted so far, by more than noise."""
        known = next((old for _, _, old in reversed(self.trace) if old is not None), None)
        return abs(bound) < 1e15 and (known is None or bound < known - 1e-5 * max(1.0, abs(known)))


def highs(form: Form, limit: float, start: Ints | None) -> Run:
    """HiGHS, branch and cut."""
    data, run, stop = scaled(form), Run(), Event()
    engine = _loaded(data)
    if start is not None:
        known = np.arange(len(start), dtype=np.int32)
        engine.setSolution(len(known), known, start / data.unit)
    for name, value in (("threads", THREADS), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0)):
        engine.setOptionValue(name, value)
    watch = Stopwatch()

    def better(event: highspy.HighsCallbackEvent) -> None:
        out = event.data_out
        run.plan, run.bound = -out.objective_function_value, -out.mip_dual_bound
        run.x = _whole(np.array(out.mip_solution), data)
        run.saw(watch.seconds, run.plan, run.bound)

    def looked(event: highspy.HighsCallbackEvent) -> None:
        bound = -event.data_out.mip_dual_bound
        if run.lowers(bound):
            run.saw(watch.seconds, run.plan, bound)
        if stop.is_set():
            event.interrupt()

    engine.cbMipImprovingSolution.subscribe(better)
    for callback in (engine.cbMipInterrupt, engine.cbSimplexInterrupt):
        callback.subscribe(looked if callback is engine.cbMipInterrupt else partial(_interrupt, stop))
    ended = within(watch, limit, lambda: _run(engine), stop.set)
    run.seconds, run.status = watch.seconds, DEAF
    if not ended:
        return run
    info = engine.getInfo()
    run.status, run.bound = engine.modelStatusToString(engine.getModelStatus()), -info.mip_dual_bound
    if info.primal_solution_status == 2:
        run.plan = -info.objective_function_value
        run.x = _whole(np.array(engine.getSolution().col_value), data)
    return run


def highs_lp(form: Form, limit: float, start: Ints | None) -> Run:
    """HiGHS on the relaxation: interior point without crossover."""
    assert start is None
    engine, run, stop = _loaded(scaled(form), relaxed=True), Run(), Event()
    for name, value in (("threads", THREADS), ("solver", "ipm"), ("run_crossover", "off")):
        engine.setOptionValue(name, value)
    engine.cbIpmInterrupt.subscribe(partial(_interrupt, stop))
    watch = Stopwatch()
    ended = within(watch, limit, lambda: _run(engine), stop.set)
    run.seconds, run.status = watch.seconds, DEAF
    if ended:
        run.status = engine.modelStatusToString(engine.getModelStatus())
        if engine.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            run.bound = -engine.getInfo().objective_function_value
    return run


def cpsat(form: Form, limit: float, start: Ints | None, workers: int = THREADS) -> Run:
    """CP-SAT, on whole yuan."""
    run, model = Run(), cp_model.CpModel()
    money = int(_most_money(form))
    upper = np.where(form.upper >= OPEN, money, form.upper).tolist()
    columns = [model.new_int_var(0, most, "") for most in upper]
    first, index, value = form.start.tolist(), form.index.tolist(), form.value.tolist()
    limits = zip(form.least.tolist(), form.most.tolist(), strict=True)
    for row, (least, most) in enumerate(limits):
        span = slice(first[row], first[row + 1])
        terms = cp_model.LinearExpr.weighted_sum([columns[column] for column in index[span]], value[span])
        model.add_linear_constraint(terms, max(least, -(2**62)), min(most, 2**62))
    unit = int(np.gcd.reduce(form.gain))
    model.maximize(cp_model.LinearExpr.weighted_sum(columns, (form.gain // unit).tolist()))
    if start is not None:
        for column, known in zip(columns, start.tolist(), strict=True):
            model.add_hint(column, known)
    persons = unit / UNITS_PER_PERSON

    class Heard(cp_model.CpSolverSolutionCallback):
        """Notes solutions."""

        def on_solution_callback(self) -> None:
            """One more."""
            run.plan, run.bound = self.objective_value * persons, self.best_objective_bound * persons
            run.saw(watch.seconds, run.plan, run.bound)

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    watch = Stopwatch()
    solver.best_bound_callback = lambda bound: run.saw(watch.seconds, run.plan, bound * persons)
    statuses: list[cp_model.CpSolverStatus] = []
    ended = within(watch, limit, lambda: statuses.append(solver.solve(model, Heard())), solver.stop_search)
    run.seconds, run.status = watch.seconds, DEAF
    if not ended:
        return run
    run.status, run.bound = solver.status_name(statuses[0]), solver.best_objective_bound * persons
    if statuses[0] in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        run.plan = solver.objective_value * persons
        run.x = np.array([solver.value(column) for column in columns], dtype=np.int64)
    return run


def scip(form: Form, limit: float, start: Ints | None) -> Run:
    """SCIP, one thread."""
    data, run, model = scaled(form), Run(), pyscipopt.Model()
    model.hideOutput()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.mps"
        write_mps(data, path)
        model.readProblem(str(path))
    columns = {column.name: column for column in model.getVars()}
    ordered = [columns[column_name(place)] for place in range(len(data.cost))]
    if start is not None:
        known = model.createSol()
        for column, number in zip(ordered, (start / data.unit).tolist(), strict=True):
            model.setSolVal(known, column, number)
        model.addSol(known)

    kinds = (pyscipopt.SCIP_EVENTTYPE.BESTSOLFOUND, pyscipopt.SCIP_EVENTTYPE.DUALBOUNDIMPROVED)

    class Heard(pyscipopt.Eventhdlr):
        """Notes solutions and bounds."""

        def eventinit(self) -> None:
            """Listen."""
            for kind in kinds:
                self.model.catchEvent(kind, self)

        def eventexit(self) -> None:
            """Listen no more."""
            for kind in kinds:
                self.model.dropEvent(kind, self)

        def eventexec(self, _event: pyscipopt.scip.Event) -> None:
            """One more."""
            plan = -self.model.getPrimalbound()
            run.saw(watch.seconds, plan, -self.model.getDualbound())

    model.includeEventhdlr(Heard(), "heard", "notes solutions")
    model.setParam("timing/clocktype", 1)  # processor time
    model.setParam("limits/time", limit)
    model.setParam("limits/gap", 0.0)
    watch = Stopwatch()
    model.optimize()
    run.seconds, run.status = watch.seconds, model.getStatus()
    bound = -model.getDualbound()
    run.bound = None if abs(bound) > 1e15 else bound
    if model.getNSols():
        found = model.getBestSol()
        run.plan = -model.getSolObjVal(found)
        run.x = _whole(np.array([model.getSolVal(found, column) for column in ordered]), data)
    return run


def cbc(form: Form, limit: float, start: Ints | None) -> Run:
    """CBC, the program of that name."""
    data, run = scaled(form), Run()
    with tempfile.TemporaryDirectory() as folder:
        model, known, answer = (Path(folder) / name for name in ("form.mps", "start.sol", "answer.sol"))
        write_mps(data, model)
        line = [cbcbox.cbc_bin_path(), str(model), "-sec", str(limit), "-timeMode", "cpu"]
        line += ["-ratioGap", "0", "-allowableGap", "0"]
        if start is not None:
            known.write_text(_mip_start(start, data), encoding="ascii")
            line += ["-mipstart", str(known)]
        line += ["-solve", "-solution", str(answer)]
        with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            assert process.stdout is not None
            seen = psutil.Process(process.pid)
            log = []
            for text in process.stdout:
                run.seconds = max(run.seconds, _spent(seen))
                log.append(_heard_cbc(text, run, run.seconds))
        run.status = next((text for text in log if text.startswith("Result - ")), "no result").removeprefix("Result - ")
        if answer.exists():
            _read_cbc(answer, data, run)
    return run


def pdlp(form: Form, limit: float, start: Ints | None) -> Run:
    """PDLP on the relaxation, from OR-tools; its bound is good to its own tolerance only."""
    assert start is None
    data, run = scaled(form), Run()
    model = model_builder.Model()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.mps"
        write_mps(data, path, relaxed=True)
        model.import_from_mps_file(str(path))
    solver = model_builder.Solver("PDLP")
    solver.set_solver_specific_parameters(f"num_threads: {THREADS}")
    watch = Stopwatch()
    statuses: list[model_builder.SolveStatus] = []
    ended = within(watch, limit, lambda: statuses.append(solver.solve(model)), solver.stop_search)
    run.seconds, run.status = watch.seconds, DEAF
    if ended:
        run.status = str(statuses[0]).removeprefix("SolveStatus.")
        if statuses[0] == model_builder.SolveStatus.OPTIMAL:
            run.bound = -solver.objective_value
    return run


ENGINES: dict[str, Callable[[Form, float, Ints | None], Run]] = {
    "HiGHS": highs,
    "CP-SAT": cpsat,
    "SCIP": scip,
    "CBC": cbc,
    "CP-SAT, 8 workers": partial(cpsat, workers=WORKERS),
    "PDLP": pdlp,
    "HiGHS ipm": highs_lp,
}
RELAXATIONS = ("PDLP", "HiGHS ipm")


def peak_mib() -> float:
    """Largest memory so far of this process or of one that it started."""
    kib = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return round(kib / 1024, 1)


def _loaded(data: Scaled, *, relaxed: bool = False) -> highspy.Highs:
    engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(data.cost), len(data.least)
    model.col_cost_, model.col_lower_, model.col_upper_ = data.cost, np.zeros(len(data.cost)), data.upper
    model.row_lower_, model.row_upper_ = data.least, data.most
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = data.start.astype(np.int32)
    model.a_matrix_.index_, model.a_matrix_.value_ = data.index.astype(np.int32), data.value
    if not relaxed:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(whole)] for whole in data.integer]
    engine.passModel(model)
    return engine


def _run(engine: highspy.Highs) -> None:
    engine.run()


def _interrupt(stop: Event, event: highspy.HighsCallbackEvent) -> None:
    if stop.is_set():
        event.interrupt()


def _spent(process: psutil.Process) -> float:
    """Processor seconds of a process, 0 once it is gone."""
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def _whole(x: np.ndarray, data: Scaled) -> Ints:
    return np.rint(x * data.unit).astype(np.int64)


def _most_money(form: Form) -> int:
    """Yuan that all decisions together can cost."""
    owner = np.repeat(np.arange(len(form.least)), np.diff(form.start))
    balance = (form.least == 0) & (form.most == 0)
    paid = balance[owner] & (form.value < 0) & ~form.money[form.index]
    topups = form.money & (form.upper < OPEN)
    return int(-form.value[paid].sum() + form.upper[topups].sum())


def _mip_start(start: Ints, data: Scaled) -> str:
    lines = ["Stopped on time - objective value 0"]
    values = (start / data.unit).tolist()
    lines += [f"{place} {column_name(place)} {value!r} 0" for place, value in enumerate(values) if value]
    return "\n".join(lines) + "\n"


def _heard_cbc(text: str, run: Run, seconds: float) -> str:
    """Note what a line of CBC's log says of plans and bounds."""
    found = re.search(r"Integer solution of (-?[\d.e+]+) found", text)
    if found:
        run.saw(seconds, -float(found[1]), run.trace[-1][2] if run.trace else None)
    found = re.search(r"best solution (-?[\d.e+]+), best possible (-?[\d.e+]+)", text) or re.search(
        r"Objective value: *(-?[\d.e+]+)() *$", text
    )
    if found and found[2]:
        plan, bound = -float(found[1]), -float(found[2])
        run.saw(seconds, None if abs(plan) > 1e15 else plan, bound)
    lower = re.search(r"(?:Lower bound|best possible):? *(-?[\d.e+]+)", text)
    if lower and abs(float(lower[1])) < 1e15:
        run.bound = -float(lower[1])
    return text.strip()


def _read_cbc(answer: Path, data: Scaled, run: Run) -> None:
    lines = answer.read_text(encoding="ascii").splitlines()
    if not lines or "infeasible" in lines[0].lower() or "no integer solution" in lines[0].lower():
        return
    x = np.zeros(len(data.cost))
    for line in lines[1:]:
        words = line.split()
        x[int(words[-3][1:])] = float(words[-2])
    run.plan, run.x = -float(data.cost @ x), _whole(x, data)
    if lines[0].startswith("Optimal"):
        run.bound = run.plan
