"""The core without a county: groups of options, what they cost by class, and sources that may pay some classes."""

from liftplan.solver.flat.check import check_choice
from liftplan.solver.flat.mmkp import Mmkp, read_mmkp
from liftplan.solver.flat.problem import FlatProblem, Option, Source, flat_problem
from liftplan.solver.flat.proof import reprove
from liftplan.solver.flat.result import FlatProof, FlatResult
from liftplan.solver.flat.solve import solve_flat

__all__ = [
    "FlatProblem",
    "FlatProof",
    "FlatResult",
    "Mmkp",
    "Option",
    "Source",
    "check_choice",
    "flat_problem",
    "read_mmkp",
    "reprove",
    "solve_flat",
]
