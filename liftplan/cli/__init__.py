"""The command line. `main` is the entrance of the program `liftplan`."""

from liftplan.cli.running import main

__all__ = ["main"]
