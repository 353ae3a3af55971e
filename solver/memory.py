"""Memory that is free again goes back to the system.

glibc keeps what large arrays leave between small objects; with millions of rows that comes to gigabytes.
"""

from __future__ import annotations

import ctypes
import gc
import sys


def give_back() -> None:
    """Free what is only in circles, and give memory that nothing uses back to the system, where its library can."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
