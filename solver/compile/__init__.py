"""From a county to the flat problem, and the way back."""

from liftplan.solver.compile.compile import compile_county
from liftplan.solver.compile.compiled import Compiled

__all__ = ["Compiled", "compile_county"]
