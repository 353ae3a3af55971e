"""Packages of the root folders: `models/` is imported as `liftplan.models`, and so on.

The list is computed, so that a new subpackage is never left out of a wheel.
"""

from pathlib import Path

from setuptools import setup

ROOT = Path(__file__).parent
FOLDERS = {"liftplan": "liftplan", "liftplan.models": "models", "liftplan.solver": "solver", "liftplan.scenarios": "scenarios"}


def packages() -> dict[str, str]:
    """Every package with its folder: each folder under the four roots that holds Python files."""
    found: dict[str, str] = {}
    for name, root in FOLDERS.items():
        for file in sorted((ROOT / root).rglob("__init__.py")):
            folder = file.parent.relative_to(ROOT)
            inside = folder.relative_to(root)
            if name == "liftplan" and inside.parts[:1] in (("models",), ("solver",), ("scenarios",)):
                continue
            found[".".join((name, *inside.parts))] = folder.as_posix()
    return found


setup(packages=list(packages()), package_dir=packages())
