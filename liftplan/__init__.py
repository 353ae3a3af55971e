"""liftplan: decides which projects and measures to fund, and from which fund each yuan comes.

>>> import liftplan
>>> solution = liftplan.solve(liftplan.load("tiny"))
>>> solution.save("tiny-plan")  # doctest: +SKIP

Names are looked up on first use, so that `import liftplan` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from liftplan.api.batching import BatchEnd, batch, solve_many
    from liftplan.api.checked import PlanRejected
    from liftplan.api.comparing import Comparison, compare
    from liftplan.api.diagnosing import Diagnosis, diagnose
    from liftplan.api.differing import Alternatives, alternatives
    from liftplan.api.documenting import documents
    from liftplan.api.explaining import Explanation, Sensitivity, explain, sensitivity
    from liftplan.api.fairness import Frontier, frontier
    from liftplan.api.goals import Goal, goal
    from liftplan.api.making import convert, example, export, generate, new, schema
    from liftplan.api.opening import counties, examine, load, validate
    from liftplan.api.questions import Curve, curve
    from liftplan.api.reproving import Reproof, reprove_diagnosis
    from liftplan.api.running import export_run, run
    from liftplan.api.saving import ready
    from liftplan.api.scenario import Scenario, definitions, library, under
    from liftplan.api.separating import Separated, separate
    from liftplan.api.solution import NoPlan, Solution
    from liftplan.api.solving import solve, warm
    from liftplan.api.stressing import Stress, stress
    from liftplan.api.verifying import read_plan, verify
    from liftplan.models.county import County
    from liftplan.models.messages import speaking
    from liftplan.models.plan import Plan
    from liftplan.models.policy import Policy
    from liftplan.models.problems import InputProblems, InternalError, LiftplanError, Problem
    from liftplan.scenarios.store import Run, RunStore
    from liftplan.solver.explain.proved import Step
    from liftplan.solver.progress import Cancel, Event
    from liftplan.solver.settings import Settings
    from liftplan.solver.verify import Verification

    __version__: str

_HOMES = {
    "liftplan.api.batching": ("BatchEnd", "batch", "solve_many"),
    "liftplan.api.checked": ("PlanRejected",),
    "liftplan.api.comparing": ("Comparison", "compare"),
    "liftplan.api.diagnosing": ("Diagnosis", "diagnose"),
    "liftplan.api.differing": ("Alternatives", "alternatives"),
    "liftplan.api.documenting": ("documents",),
    "liftplan.api.explaining": ("Explanation", "Sensitivity", "explain", "sensitivity"),
    "liftplan.api.fairness": ("Frontier", "frontier"),
    "liftplan.api.goals": ("Goal", "goal"),
    "liftplan.api.making": ("convert", "example", "export", "generate", "new", "schema"),
    "liftplan.api.opening": ("counties", "examine", "load", "validate"),
    "liftplan.api.questions": ("Curve", "curve"),
    "liftplan.api.reproving": ("Reproof", "reprove_diagnosis"),
    "liftplan.api.running": ("export_run", "run"),
    "liftplan.api.saving": ("ready",),
    "liftplan.api.scenario": ("Scenario", "definitions", "library", "under"),
    "liftplan.api.separating": ("Separated", "separate"),
    "liftplan.api.solution": ("NoPlan", "Solution"),
    "liftplan.api.solving": ("solve", "warm"),
    "liftplan.api.stressing": ("Stress", "stress"),
    "liftplan.api.verifying": ("read_plan", "verify"),
    "liftplan.models.county": ("County",),
    "liftplan.models.messages": ("speaking",),
    "liftplan.models.plan": ("Plan",),
    "liftplan.models.policy": ("Policy",),
    "liftplan.models.problems": ("InputProblems", "InternalError", "LiftplanError", "Problem"),
    "liftplan.solver.explain.proved": ("Step",),
    "liftplan.scenarios.store": ("Run", "RunStore"),
    "liftplan.solver.progress": ("Cancel", "Event"),
    "liftplan.solver.settings": ("Settings",),
    "liftplan.solver.verify": ("Verification",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Alternatives",
    "BatchEnd",
    "Cancel",
    "Comparison",
    "County",
    "Curve",
    "Diagnosis",
    "Event",
    "Explanation",
    "Frontier",
    "Goal",
    "InputProblems",
    "InternalError",
    "LiftplanError",
    "NoPlan",
    "Plan",
    "PlanRejected",
    "Policy",
    "Problem",
    "Reproof",
    "Run",
    "RunStore",
    "Scenario",
    "Sensitivity",
    "Separated",
    "Settings",
    "Solution",
    "Step",
    "Stress",
    "Verification",
    "__version__",
    "alternatives",
    "batch",
    "compare",
    "convert",
    "counties",
    "curve",
    "definitions",
    "diagnose",
    "documents",
    "examine",
    "example",
    "explain",
    "export",
    "export_run",
    "frontier",
    "generate",
    "goal",
    "library",
    "load",
    "new",
    "read_plan",
    "ready",
    "reprove_diagnosis",
    "run",
    "schema",
    "sensitivity",
    "separate",
    "solve",
    "solve_many",
    "speaking",
    "stress",
    "under",
    "validate",
    "verify",
    "warm",
]


def __getattr__(name: str) -> Any:
    """Public names, on first use (PEP 562)."""
    if name == "__version__":
        value: Any = import_module("importlib.metadata").version("liftplan")
    elif name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
