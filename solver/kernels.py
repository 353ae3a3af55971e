"""How numerical kernels are compiled: numba without the interpreter lock, cached by the hash of every kernel's source.

numba's own cache serves stale machine code when a callee in another file has changed; a folder per hash cannot.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numba
import platformdirs

Function = TypeVar("Function", bound=Callable[..., Any])


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
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = cache_folder()
    try:
        compiled: Function = numba.njit(nogil=True, cache=True)(function)
    except (RuntimeError, OSError):
        compiled = numba.njit(nogil=True)(function)
    finally:
        numba.config.CACHE_DIR = before
    return compiled


def ready(function: Callable[..., Any]) -> bool:
    """Whether a kernel is compiled: this process has used it, or this machine keeps machine code of these sources."""
    return bool(getattr(function, "signatures", ())) or any(Path(cache_folder()).rglob("*.nbi"))
