"""Packages and data of the root folders: `models/` is imported as `liftplan.models`, and so on.

Both lists are computed, so that a new subpackage or data file is never left out of a wheel.
"""

from pathlib import Path

from setuptools import setup

ROOT = Path(__file__).parent
FOLDERS = {
    "liftplan.models": "models",
    "liftplan.solver": "solver",
    "liftplan.scenarios": "scenarios",
    "liftplan": "liftplan",
}
LINKS = {ROOT / "liftplan" / name for name in ("models", "solver", "scenarios")}  # for type checkers; not packaged
LEFT_OUT = {".py", ".pyc", ".pyo", ".so", ".nbi", ".nbc", ".orig", ".rej"}


def files(root: Path) -> list[Path]:
    """Every file under `root`, without the links, caches and hidden files."""
    found: list[Path] = []
    for path in sorted(root.iterdir()):
        if path in LINKS or path.name.startswith(".") or path.name == "__pycache__" or path.name.endswith("~"):
            continue
        found.extend(files(path) if path.is_dir() else [path])
    return found


def packages_and_data() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Each package with its folder, and with its data files, relative to that folder."""
    packages: dict[str, str] = {}
    data: dict[str, list[str]] = {}
    for name, root in FOLDERS.items():
        inside = files(ROOT / root)
        owners: dict[Path, str] = {}
        for file in inside:
            if file.name == "__init__.py":
                package = ".".join((name, *file.parent.relative_to(ROOT / root).parts))
                packages[package] = file.parent.relative_to(ROOT).as_posix()
                owners[file.parent] = package
        for file in inside:
            if file.suffix not in LEFT_OUT:
                folder = next(folder for folder in file.parents if folder in owners)
                data.setdefault(owners[folder], []).append(file.relative_to(folder).as_posix())
    return packages, data


PACKAGES, DATA = packages_and_data()
setup(packages=list(PACKAGES), package_dir=PACKAGES, package_data=DATA)
