"""What each fund could pay with nobody's help."""

from __future__ import annotations

import numpy as np

from liftplan.solver.problem import Ints, Problem


def alone(problem: Problem) -> Ints:
    """(funds,) yuan of all items that a fund may pay in full, whether they go together or not."""
    arcs, found = problem.flows, np.zeros(len(problem.names.funds), dtype=np.int64)
    for fund in range(len(found)):
        cells = np.zeros(len(arcs.cell_village), dtype=np.bool_)
        cells[arcs.arc_cell[arcs.arc_fund == fund]] = True
        for lines, high in (
            (problem.projects.lines, problem.projects.high),
            (problem.measures.lines, problem.measures.high),
        ):
            whole = (high > 0) & lines.within(cells)
            found[fund] += int(lines.value[whole[lines.owner_of_entry()]].sum())
    return found
