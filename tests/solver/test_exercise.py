"""Compiling before anybody waits."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest

from liftplan.scenarios.counties import load
from liftplan.solver import exercise as exercising
from liftplan.solver.exercise import load_aside
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

COMPILED = """
import importlib, pkgutil
from numba.core.dispatcher import Dispatcher
import liftplan
from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver import oracle

modules = [importlib.import_module(m.name) for m in pkgutil.walk_packages(oracle.__path__, oracle.__name__ + ".")]
kernels = {
    f"{one.py_func.__module__}.{one.py_func.__name__}": one
    for module in modules for one in vars(module).values() if isinstance(one, Dispatcher)
}
liftplan.warm()
before = {name: len(one.signatures) for name, one in kernels.items()}
liftplan.solve(generate(Knobs(seed=3, villages=6, households_per_village=80)), gap=1e-5, time_limit=8, threads=1)
print(*(name for name, one in kernels.items() if len(one.signatures) > before[name]))
"""
"""Prints the kernels that a solve of a county of real shape compiles, or loads, although the machine is warm."""

SHARED = """
from liftplan.solver import exercise
from liftplan.solver.oracle.options import near_packages, shelf_options
from liftplan.solver.oracle.projects import search_projects

exercise.cores = lambda: 2
exercise.exercise()
print(*(sum(one.stats.cache_hits.values()) for one in (search_projects, shelf_options, near_packages)))
"""
"""Prints of a kernel that chooses projects, and of two others, how often this process found it compiled."""

SPECIALISED = """
import importlib, pkgutil
from numba.core.dispatcher import Dispatcher
from liftplan.solver import oracle
from liftplan.solver.exercise import exercise, exercise_rare

exercise(alone=True)
exercise_rare()
modules = [importlib.import_module(m.name) for m in pkgutil.walk_packages(oracle.__path__, oracle.__name__ + ".")]
kernels = {one for module in modules for one in vars(module).values() if isinstance(one, Dispatcher)}
print(*(one.py_func.__name__ for one in kernels if len(one.signatures) != 1))
"""
"""Prints the kernels, and parts of kernels, that are not compiled for exactly one list of types."""

PARTS = {f"liftplan.solver.oracle.projects.{name}" for name in ("branching", "fix_in", "fix_out")}
"""Parts of other kernels, compiled and kept with these; certificates also use them by themselves."""


def test_a_warm_machine_compiles_nothing_more() -> None:
    """`liftplan.warm` uses every kernel that a larger solve uses, with the same types."""
    ended = subprocess.run([sys.executable, "-c", COMPILED], capture_output=True, text=True, check=True, timeout=300)
    assert set(ended.stdout.split()) <= PARTS


def test_two_processes_share_the_compiling(tmp_path: Path) -> None:
    """On a new machine one process compiles what chooses projects, and finds all else compiled by another."""
    environment = {**os.environ, "LIFTPLAN_CACHE": str(tmp_path)}
    command = [sys.executable, "-c", SHARED]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=300)
    assert ended.stdout.split() == ["0", "1", "1"]


def test_nothing_is_compiled_twice(tmp_path: Path) -> None:
    """Every kernel and every part of one is compiled once: for whole numbers, say, and not for a literal 0 as well."""
    environment = {**os.environ, "LIFTPLAN_CACHE": str(tmp_path)}
    command = [sys.executable, "-c", SPECIALISED]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=300)
    assert ended.stdout.split() == []


@pytest.mark.parametrize("interpreter", [None, "", "/usr/sbin/a-server"])
def test_what_is_no_interpreter_is_not_started(interpreter: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Part of another program, liftplan compiles alone."""
    monkeypatch.setattr(sys, "executable", interpreter)
    monkeypatch.setattr(exercising, "ready", lambda: False)
    monkeypatch.setattr(exercising, "cores", lambda: 2)
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a process was started"))
    exercising.exercise()


@pytest.mark.parametrize("mode", [0o755, 0o644])
def test_what_the_other_process_fails_at_is_compiled_here(
    mode: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interpreter that ends at once, or cannot be started, costs time alone."""
    interpreter = tmp_path / "python"
    interpreter.write_text("#!/bin/sh\nexit 3\n")
    interpreter.chmod(mode)
    monkeypatch.setattr(exercising, "ready", lambda: False)
    monkeypatch.setattr(exercising, "cores", lambda: 2)
    monkeypatch.setattr(sys, "executable", str(interpreter))
    exercising.exercise()


ASKED = """
from pathlib import Path
from liftplan.solver.kernels import cache_folder, mark_ready, ready

folder = Path(cache_folder())
print(ready())
folder.mkdir(parents=True, exist_ok=True)
(folder / "one.nbi").touch()
print(ready())
mark_ready()
print(ready())
"""


def test_a_new_machine_is_known_by_its_cache(tmp_path: Path) -> None:
    """Before everything was compiled for these sources, what is kept for them may be a part; then it is not."""
    environment = {**os.environ, "LIFTPLAN_CACHE": str(tmp_path)}
    command = [sys.executable, "-c", ASKED]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert ended.stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize("warm", [True, False])
def test_a_solve_that_has_to_compile_says_so(warm: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a new machine the stage after setting up the problem is that of the kernels; elsewhere there is none."""
    monkeypatch.setattr(exercising, "ready", lambda: warm)
    monkeypatch.setattr(exercising, "_loading", [])
    stages: list[str] = []
    solve(load("tiny"), Settings(threads=1), listener=lambda event: stages.append(event.stage))
    assert stages[0] == "compile"
    assert (stages[1] == "kernels") is not warm
    assert "kernels" not in stages[2:]


def test_kernels_are_loaded_once_for_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks later waits for the same; nobody waits where nothing is compiled yet."""
    monkeypatch.setattr(exercising, "ready", lambda: False)
    monkeypatch.setattr(exercising, "_loading", [])
    assert load_aside() is None
    monkeypatch.setattr(exercising, "ready", lambda: True)
    first = load_aside()
    assert first is not None
    assert load_aside() is first
    assert first.result() is None


def test_kernels_that_failed_to_load_are_loaded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that was full for a moment ends one solve, and not those after it."""
    failed: Future[None] = Future()
    failed.set_exception(OSError("no room"))
    monkeypatch.setattr(exercising, "ready", lambda: True)
    monkeypatch.setattr(exercising, "_loading", [failed])
    again = load_aside()
    assert again is not None
    assert again.result() is None
