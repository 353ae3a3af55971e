"""The tests see the installed package under its one import name."""

import importlib.metadata
import json
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

import liftplan
import liftplan.models
import liftplan.scenarios
import liftplan.solver

ROOT = Path(__file__).parents[2]
FOLDERS = ("models", "solver", "scenarios")


def installed_folder() -> Path:
    """Where the installed distribution says that its package lies (the checkout, if it is installed editable)."""
    distribution = importlib.metadata.distribution("liftplan")
    origin = json.loads(distribution.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        return Path(url2pathname(urlparse(origin["url"]).path)) / "liftplan"
    return Path(str(distribution.locate_file("liftplan")))


def test_tests_run_against_the_installed_package() -> None:
    """`import liftplan` finds the installed distribution, not a folder that happens to be in the way."""
    assert Path(liftplan.__file__).resolve().parent == installed_folder().resolve()


def test_editable_install_is_this_checkout() -> None:
    """An editable install under test is the one of this very checkout."""
    origin = json.loads(importlib.metadata.distribution("liftplan").read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        assert installed_folder().resolve() == (ROOT / "liftplan").resolve()


def test_root_folders_have_one_import_name() -> None:
    """`models`, `solver` and `scenarios` are never imported under their bare names."""
    assert not set(FOLDERS) & set(sys.modules)


def test_packages_lie_in_the_root_folders() -> None:
    """Each subpackage is the folder of its name: at the root of the checkout, or in the installed package."""
    for module in (liftplan.models, liftplan.solver, liftplan.scenarios):
        folder = Path(str(module.__file__)).resolve().parent
        assert folder.name == module.__name__.rpartition(".")[2]
        assert folder.parent in (ROOT.resolve(), installed_folder().resolve())


def test_version_is_written_once() -> None:
    """`liftplan.__version__` is the version of pyproject.toml, by way of the installed metadata."""
    written = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert liftplan.__version__ == importlib.metadata.version("liftplan") == written
