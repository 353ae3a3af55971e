"""Benders decomposition over sets of projects: which set each block takes is all that is left to decide."""

from liftplan.solver.benders.close import Held, Host, close

__all__ = ["Held", "Host", "close"]
