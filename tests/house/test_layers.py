"""Who may import whom, beyond the contracts of import-linter."""

import subprocess
import sys

import grimp
import pytest

HEAVY = ("highspy", "numba", "ortools", "pandas", "pulp", "pyarrow")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Imports between the modules of the installed package."""
    return grimp.build_graph("liftplan")


@pytest.mark.parametrize("package", ["check", "reference"])
def test_judges_share_no_code_with_the_core(graph: grimp.ImportGraph, package: str) -> None:
    """What the checker and the reference model reach in the solver is their own: no fault of the core can hide."""
    judge = f"liftplan.solver.{package}"
    reached = graph.find_upstream_modules(judge, as_package=True)
    assert not {name for name in reached if name.startswith("liftplan.solver.") and not name.startswith(judge)}


@pytest.mark.parametrize("module", ["liftplan", "liftplan.cli"])
def test_heavy_libraries_are_loaded_on_first_use_only(module: str) -> None:
    """Importing the face or starting the command line loads none of the slow libraries."""
    script = f"import sys, {module}; print([name for name in {HEAVY} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert shown.stdout.strip() == "[]"
