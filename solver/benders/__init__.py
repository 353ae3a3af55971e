"""Benders decomposition over sets of projects: which set each block takes is all that is left to decide."""

from liftplan.solver.benders.close import Held, Host, close
from liftplan.solver.benders.cuts import Cuts
from liftplan.solver.benders.tree import Closed, Combinations

__all__ = ["Closed", "Combinations", "Cuts", "Held", "Host", "close"]
