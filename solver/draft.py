"""A plan as decided and paid, before it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON, LedgerLine, StoppedBy
from liftplan.solver.compile import Compiled, Named
from liftplan.solver.engines.highs import Floats
from liftplan.solver.problem import HARD, Decisions
from liftplan.solver.shown import fund_prices, rule_prices


@dataclass(frozen=True)
class Proved:
    """What is proved of decisions."""

    bound: int
    """Of level 1, units."""
    duals: Floats
    """(rows,) at the bound, persons per row unit."""
    second: int | None = None
    """Bound of level 2."""
    certificate: dict[str, Any] | None = None


@dataclass(frozen=True)
class Draft:
    """What a plan says that follows from its problem; it holds nothing of the problem itself, which is large."""

    named: Named
    ledger: tuple[LedgerLine, ...]
    bound: int
    """Proved, units."""
    second_bound: int | None
    """Proved bound of level 2, or None."""
    certificate: dict[str, Any] | None
    stopped_by: StoppedBy
    prices: dict[str, float]
    rule_prices: dict[str, float]
    implied: tuple[str, ...]
    allocating: frozenset[str]
    """Funds that pay."""
    wanted: frozenset[str]
    """Those of them that could pay something that is not done."""


def drafted(
    compiled: Compiled,
    decisions: Decisions,
    named: Named,
    ledger: tuple[LedgerLine, ...],
    proved: Proved,
    stopped_by: StoppedBy,
) -> Draft:
    """The draft of decisions. named: the same by id."""
    rows = compiled.problem.rows
    asked = np.where(  # as bounds do
        rows.price == HARD, proved.duals, np.minimum(proved.duals, rows.price / UNITS_PER_PERSON)
    )
    return Draft(
        named,
        ledger,
        proved.bound,
        proved.second,
        proved.certificate,
        stopped_by,
        fund_prices(compiled, asked),
        rule_prices(compiled, asked),
        tuple(f"{rule} {subject}" for rule, subject in sorted(compiled.implied)),
        frozenset(compiled.problem.names.funds),
        _wanted(compiled, decisions),
    )


def _wanted(compiled: Compiled, decisions: Decisions) -> frozenset[str]:
    """Funds that could pay a line of something that is neither built nor taken."""
    problem, lines = compiled.problem, compiled.lines
    open_line = np.where(
        lines.project >= 0,
        ~decisions.built[lines.project] if len(decisions.built) else False,
        ~decisions.taken[lines.measure] if len(decisions.taken) else False,
    )
    open_cells = np.zeros(len(problem.flows.cell_village), dtype=np.bool_)
    open_cells[lines.cell[open_line]] = True
    useful = np.unique(problem.flows.arc_fund[open_cells[problem.flows.arc_cell]])
    return frozenset(problem.names.funds[fund] for fund in useful.tolist())
