"""Raw records of measurements: what was measured, when, on what machine, at which commit."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "record"
LIBRARIES = ("liftplan", "highspy", "numba", "numpy", "ortools", "pulp", "pyarrow")


def write_record(name: str, content: dict[str, Any]) -> Path:
    """Write `record/NAME.json`: circumstances and content, at once or not at all. Returns its path."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.json"
    made = path.with_suffix(".new")
    made.write_text(json.dumps({**circumstances(), **content}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    made.replace(path)
    return path


def circumstances() -> dict[str, Any]:
    """Date, commit, machine and versions."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _git("rev-parse", "HEAD"),
        "changed_since_commit": bool(_git("status", "--porcelain", "--untracked-files=no")),
        "machine": {
            "system": platform.platform(),
            "processor": _processor(),
            "cores": len(os.sched_getaffinity(0)),
            "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
            "python": platform.python_version(),
        },
        "versions": {name: version(name) for name in LIBRARIES},
    }


def _git(*line: str) -> str:
    """What git says; nothing where the files are no checkout, or there is no git."""
    try:
        done = subprocess.run(["git", *line], cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return "" if done.returncode else done.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
