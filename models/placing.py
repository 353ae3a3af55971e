"""Putting finished files and folders in their place: whole, or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def file_made(target: Path) -> Iterator[Path]:
    """Yield where to write a file, which then takes the place of `target`; nothing is left of it if that fails.

    Its name ends as that of `target`. Raises OSError.
    """
    made = target.with_name(f".{secrets.token_hex(4)}-{target.name}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield made
        made.replace(target)
    finally:
        with suppress(OSError):  # where nothing can be written there is nothing to remove
            made.unlink(missing_ok=True)


@contextmanager
def folder_made(target: Path) -> Iterator[Path]:
    """Yield an empty folder to fill, which then takes the place of `target`; nothing is left of it if that fails.

    Raises OSError.
    """
    made = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        made.mkdir(parents=True)
        yield made
        _put_folder(made, target)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _put_folder(made: Path, target: Path) -> None:
    """Rename a finished folder to its place; what was there goes only when the new one stands."""
    if not target.exists():
        made.rename(target)
        return
    old = made.with_name(f"{made.name}-old")
    try:
        target.rename(old)
        made.rename(target)
    finally:  # whatever stops it, one of both stands
        if old.exists() and not target.exists():
            old.rename(target)
        shutil.rmtree(old, ignore_errors=True)
