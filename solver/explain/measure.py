"""A measure of a household: taken and paid from where, or what stands before it."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.solver.explain.case import Case
from liftplan.solver.explain.demanded import demanded
from liftplan.solver.explain.money import Line, Paid, cost, cost_lines, ledger_lines
from liftplan.solver.explain.values import Value


@dataclass(frozen=True)
class MeasureFacts(Value):
    """What is to say of a measure."""

    measure: str
    household: str
    taken: bool
    effect: bool
    """It has no cost lines: it comes with the projects that it requires."""
    lifted: bool
    """The plan lifts its household."""
    yuan: int
    paid: tuple[Paid, ...]
    demanded: tuple[str, ...]
    """`must measure`, `never measure`; `committed` where R11 names it."""
    requires: tuple[str, ...]
    """Projects that it requires and the plan does not build."""
    rivals: tuple[str, ...]
    """Measures that its household takes instead: of its alternative group, or another main house."""
    lines: tuple[Line, ...]
    """Not taken: its cost lines."""


def explain_measure(case: Case, name: str) -> MeasureFacts:
    """What is to say of a measure of the county."""
    option = case.options[name]
    taken, yuan = name in case.taken, cost(case, name)
    return MeasureFacts(
        name,
        option.household,
        taken,
        not case.facts.lines.get(name),
        option.household in case.lifted,
        yuan,
        ledger_lines(case, (name,)),
        demanded(case, "measure", name),
        tuple(project for project in option.requires if project not in case.built),
        () if taken else tuple(sorted(_rivals(case, name))),
        () if taken else tuple(cost_lines(case, (name,))),
    )


def _rivals(case: Case, name: str) -> set[str]:
    mine = case.options[name]
    others = [case.options[one] for one in case.measures_of[mine.household] if one in case.taken and one != name]
    return {
        one.id for one in others if (mine.group and one.group == mine.group) or (mine.main_house and one.main_house)
    }
