"""The reference: a county's whole problem as a plain PuLP model, one function a rule; the yardstick for small cases."""

from liftplan.solver.reference.answer import Answer, Decisions
from liftplan.solver.reference.build import Built, build, write
from liftplan.solver.reference.solve import highs, solve

__all__ = ["Answer", "Built", "Decisions", "build", "highs", "solve", "write"]
