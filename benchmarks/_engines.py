"""General solvers on one program: the best point, the bound they claim, and when each improvement came.

All are asked for gap 0 with two threads where they can use them (SCIP's Python package and PDLP's results here use
one), all else as they come. What they claim is in floating point, but for CP-SAT; points are checked by the caller.
"""

from __future__ import annotations

import re
import resource
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import cbcbox
import highspy
import numpy as np
import pyscipopt
from _forms import OPEN, Form, Scaled, scaled
from _mps import column_name, write_mps
from ortools.linear_solver.python import model_builder
from ortools.sat.python import cp_model

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.problem import Ints

THREADS = 2


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
    """(seconds, best plan, bound) at improvements."""

    def saw(self, seconds: float, plan: float | None, bound: float | None) -> None:
        """Note an improvement."""
        finite = [None if value is None or abs(value) > 1e15 else value for value in (plan, bound)]
        self.trace.append((round(seconds, 3), *finite))


def highs(form: Form, limit: float, start: Ints | None) -> Run:
    """HiGHS, branch and cut."""
    data, run = scaled(form), Run()
    engine = _loaded(data)
    if start is not None:
        known = np.arange(len(start), dtype=np.int32)
        engine.setSolution(len(known), known, start / data.unit)

    def better(event: highspy.HighsCallbackEvent) -> None:
        out = event.data_out
        run.saw(out.running_time, -out.objective_function_value, -out.mip_dual_bound)

    engine.cbMipImprovingSolution.subscribe(better)
    for name, value in (("time_limit", limit), ("threads", THREADS), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0)):
        engine.setOptionValue(name, value)
    begin = monotonic()
    engine.run()
    run.seconds, run.status = monotonic() - begin, engine.modelStatusToString(engine.getModelStatus())
    info = engine.getInfo()
    run.bound = -info.mip_dual_bound
    if info.primal_solution_status == 2:
        run.plan = -info.objective_function_value
        run.x = _whole(np.array(engine.getSolution().col_value), data)
    return run


def highs_lp(form: Form, limit: float, start: Ints | None) -> Run:
    """HiGHS on the relaxation: interior point without crossover."""
    assert start is None
    engine, run = _loaded(scaled(form), relaxed=True), Run()
    for name, value in (("time_limit", limit), ("threads", THREADS), ("solver", "ipm"), ("run_crossover", "off")):
        engine.setOptionValue(name, value)
    begin = monotonic()
    engine.run()
    run.seconds, run.status = monotonic() - begin, engine.modelStatusToString(engine.getModelStatus())
    if engine.getModelStatus() == highspy.HighsModelStatus.kOptimal:
        run.bound = -engine.getInfo().objective_function_value
    return run


def cpsat(form: Form, limit: float, start: Ints | None) -> Run:
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
            run.saw(self.wall_time, self.objective_value * persons, self.best_objective_bound * persons)

    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_time_in_seconds = THREADS, limit
    begin = monotonic()
    solver.best_bound_callback = lambda bound: run.saw(
        monotonic() - begin, run.trace[-1][1] if run.trace else None, bound * persons
    )
    status = solver.solve(model, Heard())
    run.seconds, run.status = monotonic() - begin, solver.status_name(status)
    run.bound = solver.best_objective_bound * persons
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
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
        known = model.createPartialSol() if False else model.createSol()
        for column, number in zip(ordered, (start / data.unit).tolist(), strict=True):
            model.setSolVal(known, column, number)
        model.addSol(known)

    class Heard(pyscipopt.Eventhdlr):
        """Notes solutions."""

        def eventinit(self) -> None:
            """Listen."""
            self.model.catchEvent(pyscipopt.SCIP_EVENTTYPE.BESTSOLFOUND, self)

        def eventexit(self) -> None:
            """Listen no more."""
            self.model.dropEvent(pyscipopt.SCIP_EVENTTYPE.BESTSOLFOUND, self)

        def eventexec(self, _event: pyscipopt.scip.Event) -> None:
            """One more."""
            found = self.model.getBestSol()
            run.saw(self.model.getSolvingTime(), -self.model.getSolObjVal(found), -self.model.getDualbound())

    model.includeEventhdlr(Heard(), "heard", "notes solutions")
    model.setParam("limits/time", limit)
    model.setParam("limits/gap", 0.0)
    begin = monotonic()
    model.optimize()
    run.seconds, run.status = monotonic() - begin, model.getStatus()
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
        line = [cbcbox.cbc_bin_path(), str(model), "-sec", str(limit), "-timeMode", "elapsed"]
        line += ["-threads", str(THREADS), "-ratioGap", "0", "-allowableGap", "0"]
        if start is not None:
            known.write_text(_mip_start(start, data), encoding="ascii")
            line += ["-mipstart", str(known)]
        line += ["-solve", "-solution", str(answer)]
        begin = monotonic()
        with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            assert process.stdout is not None
            log = [_heard_cbc(text, run, begin) for text in process.stdout]
        run.seconds = monotonic() - begin
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
    solver.set_time_limit_in_seconds(limit)
    solver.set_solver_specific_parameters(f"num_threads: {THREADS}")
    begin = monotonic()
    status = solver.solve(model)
    run.seconds, run.status = monotonic() - begin, str(status).removeprefix("SolveStatus.")
    if status == model_builder.SolveStatus.OPTIMAL:
        run.bound = -solver.objective_value
    return run


ENGINES: dict[str, Callable[[Form, float, Ints | None], Run]] = {
    "HiGHS": highs,
    "CP-SAT": cpsat,
    "SCIP": scip,
    "CBC": cbc,
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


def _heard_cbc(text: str, run: Run, begin: float) -> str:
    """Note what a line of CBC's log says of plans and bounds."""
    found = re.search(r"Integer solution of (-?[\d.e+]+) found", text)
    if found:
        run.saw(monotonic() - begin, -float(found[1]), run.trace[-1][2] if run.trace else None)
    found = re.search(r"best solution (-?[\d.e+]+), best possible (-?[\d.e+]+)", text) or re.search(
        r"Objective value: *(-?[\d.e+]+)() *$", text
    )
    if found and found[2]:
        plan, bound = -float(found[1]), -float(found[2])
        run.saw(monotonic() - begin, None if abs(plan) > 1e15 else plan, bound)
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
