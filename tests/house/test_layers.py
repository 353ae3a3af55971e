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


@pytest.mark.parametrize(
    "package, others",
    [("check", ()), ("reference", ("check",))],  # the reference has its answers checked like any plan
    ids=["check", "reference"],
)
def test_judges_share_no_code_with_the_core(graph: grimp.ImportGraph, package: str, others: tuple[str, ...]) -> None:
    """What the checker and the reference model reach in the solver is the judges' own: no fault of the core hides."""
    reached = graph.find_upstream_modules(f"liftplan.solver.{package}", as_package=True)
    inside = {name for name in reached if name.startswith("liftplan.solver.")}
    assert not {name for name in inside if name.split(".")[2] not in {package, *others}}


@pytest.mark.parametrize("module", ["liftplan", "liftplan.cli"])
def test_heavy_libraries_are_loaded_on_first_use_only(module: str) -> None:
    """Importing the face or starting the command line loads none of the slow libraries."""
    script = f"import sys, {module}; print([name for name in {HEAVY} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert shown.stdout.strip() == "[]"
