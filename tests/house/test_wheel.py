"""A built wheel holds exactly what git tracks in the four folders, each file under its one import name."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("liftplan", "models", "solver", "scenarios")
LINKS = {f"liftplan/{name}" for name in FOLDERS[1:]}


def tracked() -> list[str]:
    """Every file that git tracks and that lies in the checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def packaged(names: list[str]) -> set[str]:
    """Where tracked files of the four folders belong in a wheel."""
    inside = [name for name in names if name.split("/")[0] in FOLDERS and name not in LINKS]
    return {name if name.startswith("liftplan/") else f"liftplan/{name}" for name in inside}


def build(source: Path, out: Path, *options: str) -> Path:
    """Build with the tools that are installed here (no network) and return the one file built."""
    command = [sys.executable, "-m", "build", "--quiet", "--no-isolation", "--outdir", str(out), *options, str(source)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = out.iterdir()
    return built


def contents(wheel: Path) -> list[str]:
    """Files of a wheel, without its metadata folder."""
    with zipfile.ZipFile(wheel) as archive:
        return [name for name in archive.namelist() if ".dist-info/" not in name]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tracked files alone, as a fresh clone would have them."""
    root = tmp_path_factory.mktemp("source")
    for name in tracked():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, root / name, follow_symlinks=False)
    return root


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built straight from the tracked files."""
    return build(source, tmp_path_factory.mktemp("wheel"), "--wheel")


def test_wheel_holds_exactly_the_tracked_files(wheel: Path) -> None:
    """Code, tables, catalogues and `py.typed` all reach the wheel, and nothing else does."""
    assert set(contents(wheel)) == packaged(tracked())


def test_no_file_is_in_the_wheel_twice(wheel: Path) -> None:
    """The links inside `liftplan/` do not double any file."""
    names = contents(wheel)
    assert len(names) == len(set(names))


def test_wheel_has_one_top_level_name(wheel: Path) -> None:
    """Nothing but `liftplan` is installed: a top-level `models` would collide with other people's scripts."""
    assert {name.split("/")[0] for name in contents(wheel)} == {"liftplan"}


def test_wheel_holds_both_forms_of_the_catalogue(wheel: Path) -> None:
    """The Chinese catalogue is in the wheel, compiled and as text."""
    folder = "liftplan/models/locale/zh_CN/LC_MESSAGES"
    assert {f"{folder}/liftplan.mo", f"{folder}/liftplan.po"} <= set(contents(wheel))


def test_wheel_says_that_it_is_typed(wheel: Path) -> None:
    """Type checkers of other projects see the annotations."""
    assert "liftplan/py.typed" in contents(wheel)


def test_wheel_by_way_of_sdist_is_the_same(source: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Source archive to wheel gives the same files as checkout to wheel."""
    archive = build(source, tmp_path_factory.mktemp("sdist"), "--sdist")
    unpacked = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(archive) as packed:
        packed.extractall(unpacked, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))  # 3.11.4
    (root,) = unpacked.iterdir()
    again = build(root, tmp_path_factory.mktemp("again"), "--wheel")
    assert sorted(contents(again)) == sorted(contents(wheel))
