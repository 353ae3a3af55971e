"""Files of a store: written under another name first, on the disk before anybody is told of them."""

from __future__ import annotations

import gzip
import os
from contextlib import suppress
from pathlib import Path
from time import time

from liftplan.models.placing import file_made

LEFTOVER_SECONDS = 3600.0
"""Files that belong to no run are removed once they are so old: a younger one may be of a run that is being added."""


def put_file(target: Path, content: bytes) -> None:
    """Write a file, complete or not at all, and on the disk when this returns. Raises OSError."""
    with file_made(target) as made, made.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # some file systems refuse
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def packed(text: str) -> bytes:
    """A text, compressed; the same text gives the same bytes."""
    return gzip.compress(text.encode(), mtime=0)


def unpacked(content: bytes) -> str:
    """The text of a compressed file. Raises OSError or EOFError if it is damaged."""
    return gzip.decompress(content).decode()


def leftovers(folder: Path, known: set[str]) -> list[Path]:
    """Files of no run, and unfinished ones, old enough to be removed."""
    if not folder.is_dir():
        return []
    before = time() - LEFTOVER_SECONDS
    found = []
    for path in folder.iterdir():
        with suppress(OSError):
            if path.name not in known and path.is_file() and path.stat().st_mtime < before:
                found.append(path)
    return found
