"""Examples of documentation pages, to be run as they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from .program import environment

DOCS = Path(__file__).parents[2] / "docs"

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def examples(page: str, language: str) -> list[str]:
    """The fenced examples of a page in a language, in their order."""
    return [text for name, text in FENCE.findall((DOCS / page).read_text(encoding="utf-8")) if name == language]


def ran(text: str, *, shell: bool = False, cwd: Path, **changes: str) -> str:
    """What an example prints, run to its end with `liftplan` and `python` of this environment."""
    path = f"{Path(sys.executable).parent}:{environment()['PATH']}"
    command = ["bash", "-euo", "pipefail", "-c", text] if shell else [sys.executable, "-c", text]
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment(PATH=path, **changes),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
