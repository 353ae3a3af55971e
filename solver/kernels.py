"""How numerical kernels are compiled: numba without the interpreter lock, cached by the hash of every kernel's source.

numba's own cache serves stale machine code when a callee in another file has changed; a folder per hash cannot.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import numba
import platformdirs

Function = TypeVar("Function", bound=Callable[..., Any])

MARK = "all-compiled"
"""File in the cache that says so: a process that was stopped may have left some."""

_ready: set[str] = set()

_configured = Lock()
"""Held while numba's cache folder, one for all of a process, is that of kernels: modules may be imported by threads."""


@cache
def cache_folder() -> str:
    """Folder of the machine code of exactly these sources under this numba."""
    sources = hashlib.sha256(numba.__version__.encode())
    for file in sorted((Path(__file__).parent / "oracle").glob("*.py")):
        sources.update(file.name.encode() + file.read_bytes())
    root = os.environ.get("LIFTPLAN_CACHE") or platformdirs.user_cache_dir("liftplan")
    return str(Path(root) / f"kernels-{sources.hexdigest()[:16]}")


def kernel(function: Function) -> Function:
    """Compile on first call; without a cache where its folder cannot be written."""
    return _compiled(function)


def inner(function: Function) -> Function:
    """Compile as part of kernels; nobody else may call it, and so what Python would need for that is left out."""
    return _compiled(function, no_cpython_wrapper=True)


def _compiled(function: Function, **options: bool) -> Function:
    compile_with = partial(numba.njit, nogil=True, no_cfunc_wrapper=True, **options)
    with _configured:
        before = numba.config.CACHE_DIR
        numba.config.CACHE_DIR = cache_folder()
        try:
            compiled: Function = compile_with(cache=True)(function)
        except (RuntimeError, OSError):
            compiled = compile_with()(function)
        finally:
            numba.config.CACHE_DIR = before
    return compiled


def kept(function: Callable[..., Any]) -> bool:
    """Whether what is compiled of a kernel is kept for other processes."""
    stats = getattr(function, "stats", None)
    return stats is not None and stats.cache_path is not None


def mark_ready() -> None:
    """Note that all kernels are compiled: for this process, and for others if they are kept."""
    _ready.add(cache_folder())
    folder = Path(cache_folder())
    if folder.is_dir():
        with suppress(OSError):
            (folder / MARK).touch()


def ready() -> bool:
    """Whether all kernels are compiled: this process did, or this machine keeps all machine code of these sources."""
    return cache_folder() in _ready or (Path(cache_folder()) / MARK).is_file()
