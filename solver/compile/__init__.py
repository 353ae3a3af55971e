"""From a county to the flat problem, and the way back."""

from liftplan.solver.compile.compile import compile_county
from liftplan.solver.compile.compiled import Compiled, Named, Payable

__all__ = ["Compiled", "Named", "Payable", "compile_county"]
