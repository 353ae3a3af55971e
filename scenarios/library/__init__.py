"""Built-in scenarios: YAML files beside this one, each named after its scenario."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def names() -> tuple[str, ...]:
    """Names of the files, without ending; a file with a matrix stands for several scenarios."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def path(name: str) -> Path:
    """The file of a name."""
    return FOLDER / f"{name}.yaml"


def is_built_in(file: Path) -> bool:
    """Whether a file is one of them."""
    return file.resolve().parent == FOLDER.resolve()
