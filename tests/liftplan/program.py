"""Calling the program: as a process of its own, or inside the test's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from liftplan.cli.running import run


def environment(**changes: str) -> dict[str, str]:
    """The environment of a process, in English whatever the machine speaks."""
    kept = {name: value for name, value in os.environ.items() if name not in {"LC_ALL", "LC_MESSAGES", "LANG"}}
    return {**kept, "LANG": "C.UTF-8", **changes}


def process(*arguments: str, cwd: Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """`python -m liftplan ...` to its end."""
    command = [sys.executable, "-m", "liftplan", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment(**changes), capture_output=True, timeout=300, check=False)


def script(text: str, *, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """A Python script to its end."""
    command = [sys.executable, "-c", text]
    return subprocess.run(command, cwd=cwd, env=environment(), capture_output=True, timeout=300, check=False)


def one_object(output: bytes | str) -> dict[str, Any]:
    """The JSON object that is the whole of an output."""
    text = output.decode("ascii") if isinstance(output, bytes) else output
    found = json.loads(text)
    assert isinstance(found, dict)
    assert text == json.dumps(found) + "\n"
    assert {"schema_version", "status", "stopped_by", "problems"} <= set(found)
    return found


class Inside:
    """The program inside the test's process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        self._capsys.readouterr()
        code = run(arguments)
        out, err = self._capsys.readouterr()
        return code, out, err

    def json(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        """Exit code and the JSON object."""
        code, out, _ = self(*arguments, "--json")
        return code, one_object(out)
