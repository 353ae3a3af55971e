"""Bars on standard error, as every long command shows them."""

from __future__ import annotations

from rich.console import Console
from rich.progress import Progress, ProgressColumn


def bars(*columns: ProgressColumn) -> Progress:
    """A display of these columns that is gone at the end and leaves standard output alone."""
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
