"""What the code imports and what pyproject.toml declares are the same."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("models", "solver", "scenarios", "liftplan")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOADED_BY_OTHERS = {"pyarrow"}  # pandas reads Parquet with it
ROOMS = {
    "liftplan/assistant": "mcp",
    "liftplan/client": "client",
    "liftplan/reports/documents": "documents",
    "liftplan/service": "service",
    "liftplan/web": "service",
    "scenarios/cluster": "cluster",
}
"""Folders that may import what an extra installs, and the extra."""


def names(requirements: Iterable[str]) -> set[str]:
    """Normalised distribution names of requirement texts."""
    return {re.split(r"[\s<>=!~\[;]", text, maxsplit=1)[0].lower().replace("_", "-") for text in requirements}


def imported(folders: Iterable[str], without: Iterable[str] = ()) -> set[str]:
    """Distributions whose modules are imported in the tracked files of these folders, but for some folders in them."""
    left_out = [f":(exclude){folder}" for folder in without]
    command = ["git", "ls-files", *folders, *left_out]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    modules: set[str] = set()
    own = {"liftplan"} | {Path(name).stem for name in listed.stdout.splitlines() if Path(name).name.startswith("_")}
    own |= {"made"}  # tests/scenarios/store/killed.py runs beside it
    for name in listed.stdout.splitlines():
        if name.endswith(".py") and (ROOT / name).exists():
            for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    modules |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    modules.add(node.module.partition(".")[0])
    owners = importlib.metadata.packages_distributions()
    foreign = modules - set(sys.stdlib_module_names) - own  # scripts import their neighbours _x.py
    # what is not installed here (engines of the studies) goes by its own name
    return {owner.lower().replace("_", "-") for module in foreign for owner in owners.get(module, [module])}


def test_every_import_is_declared() -> None:
    """The four packages import nothing that an installation of the core would lack."""
    assert imported(FOLDERS, without=ROOMS) <= names(PROJECT["dependencies"])


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_its_extra_only(room: str) -> None:
    """What a folder imports beyond the core is in the extra that it names."""
    extra = PROJECT["optional-dependencies"][ROOMS[room]]
    assert imported([room]) <= names([*PROJECT["dependencies"], *extra])


def test_every_dependency_is_used() -> None:
    """Nothing is installed on users' machines without need."""
    assert names(PROJECT["dependencies"]) <= imported(FOLDERS) | LOADED_BY_OTHERS


def test_tests_and_studies_need_no_more_than_the_extras() -> None:
    """What tests and benchmarks import is in the core or in an extra."""
    extras = names(text for texts in PROJECT["optional-dependencies"].values() for text in texts)
    assert imported(["tests", "benchmarks"]) <= names(PROJECT["dependencies"]) | extras
