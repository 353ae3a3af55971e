"""Putting a finished folder in its place."""

from __future__ import annotations

import shutil
from pathlib import Path


def put_folder(made: Path, target: Path) -> None:
    """Rename a finished folder to its place; what was there goes only when the new one stands. Raises OSError."""
    if not target.exists():
        made.rename(target)
        return
    old = made.with_name(f"{made.name}-old")
    target.rename(old)
    try:
        made.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
