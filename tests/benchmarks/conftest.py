"""What tests of the benchmarks need beyond the extra `dev`."""

from __future__ import annotations

import importlib.util

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line where the engines that the core is compared with are not there."""
    if any(importlib.util.find_spec(name) is None for name in ("cbcbox", "psutil", "pyscipopt")):
        terminalreporter.write_line("Left out: tests of the engines compared (the extra `bench` is not installed)")
