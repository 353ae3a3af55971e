"""Says in the summary of a run what was left out."""

import os
from pathlib import Path

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line where the public benchmark problems are not there."""
    if not Path(os.environ.get("MMKP_DATA", "-")).is_dir():
        terminalreporter.write_line(
            "Left out: tests of published knapsack problems (MMKP_DATA does not name the folder of the files)"
        )
