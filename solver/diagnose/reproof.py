"""Proving again that no plan keeps some rules, from what a diagnosis wrote down: in whole numbers, without search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.solver.certificate import Proof
from liftplan.solver.certificate.blocks import Broken
from liftplan.solver.certificate.bounds import Unsafe
from liftplan.solver.certificate.packages import TooMany
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.reduced import reduced
from liftplan.solver.diagnose.refutation import Refutation, Times
from liftplan.solver.diagnose.reproved_minimums import Minimums
from liftplan.solver.diagnose.rules import Instance
from liftplan.solver.exact import MOST
from liftplan.solver.problem import Csr, Ints, Problem


class Reprover:
    """Proves claims about one county."""

    def __init__(self, county: County) -> None:
        self._ground = Ground(county)

    def wrong(self, claim: Refutation) -> Message | None:
        """What is wrong with a claim; None: it is proved that no plan keeps its rules."""
        kept = frozenset(Instance(*one) for one in claim.kept)
        if not kept <= self._ground.everything:
            rule, subject = min(kept - self._ground.everything)
            return m("The county has no hard rule {rule} {subject}.", rule=rule, subject=subject)
        try:
            if claim.tree is None:
                return self._added_up(kept, claim.sums)
            problem = self._ground.plain(kept)
            part = reduced(problem, MOST) if claim.part else None
            if claim.part and part is None:
                return m("The part of the county that the rules gain from is too large.")
            bound = Proof(problem if part is None else part.problem, claim.tree).bound()
        except Broken as error:
            return m("The proof does not hold together: {reason}.", reason=error.reason)
        except Unsafe:
            return m("The proof's prices are too large to be added up exactly.")
        except TooMany:
            return m("A household has too many packages to be enumerated.")
        if bound is not None and bound >= 0:
            return m("The proof does not show that there is no plan.")
        return None

    def _added_up(self, kept: frozenset[Instance], sums: Iterable[Times]) -> Message | None:
        problem = self._ground.compiled(kept).problem
        asked, gains = Fraction(0), defaultdict[int, Fraction](Fraction)
        households: Minimums | None = None
        for row in sums:
            named = [Instance(*one) for one in row.instances]
            if not kept.issuperset(named) or not named:
                return m("The proof adds up a rule that is not among those of the conflict.")
            try:
                times = Fraction(row.times)
            except (ValueError, ZeroDivisionError):
                return m("{value} is not a number.", value=row.times)
            if named[0].rule == "R5":
                households = households or Minimums(problem)
                found = households.row(named, row.block, row.where)
            else:
                found = _row(problem, named)
            if times <= 0 or found is None:
                return m("The proof adds up a row that the county does not have.")
            least, arcs, coefs = found
            asked += times * least
            for arc, coef in zip(arcs.tolist(), coefs.tolist(), strict=True):
                gains[arc] += times * coef
        carried = Fraction(0)
        cells = {int(problem.flows.arc_cell[arc]) for arc in gains}
        most, least_in = _carried(problem, cells)
        for cell in cells:
            best = max(gains.get(arc, Fraction(0)) for arc in problem.flows.cell_arcs.of(cell)[0].tolist())
            carried += best * (most[cell] if best > 0 else least_in[cell])
        if asked > carried:
            return None
        return m("Added up, the rules ask for no more than there can be.")


def _row(problem: Problem, named: list[Instance]) -> tuple[int, Ints, Ints] | None:
    """Least, arcs and coefficients of a row over money alone."""
    rule, subject = named[0].rule, " + ".join(one.subject for one in named)
    number = next((at for at, name in enumerate(problem.names.rows) if name == (rule, subject)), None)
    if number is None or rule in {"R8", "R12"}:
        return None
    if any((lists.index == number).any() for lists in _items(problem)):
        return None
    arcs, coefs = problem.rows.arcs.of(number)
    return int(problem.rows.rhs[number]), arcs, coefs


def _items(problem: Problem) -> tuple[Csr, Csr, Csr]:
    return problem.projects.rows, problem.measures.rows, problem.households.rows


def _carried(problem: Problem, cells: set[int]) -> tuple[dict[int, int], dict[int, int]]:
    """Yuan that flow into each of some cells at most, and at least, in any plan."""
    projects, measures, homes = problem.projects, problem.measures, problem.households
    most, least = dict.fromkeys(cells, 0), dict.fromkeys(cells, 0)
    largest: dict[tuple[int, tuple[int, int]], int] = {}

    def line(cell: int, yuan: int, choice: tuple[int, int] | None) -> None:
        if choice is None:
            most[cell] += yuan
        else:
            largest[cell, choice] = max(largest.get((cell, choice), 0), yuan)

    for project, cell, yuan in _lines(projects.lines, cells):
        if projects.low[project] > 0:
            least[cell] += yuan
        if projects.high[project] > 0:
            group = int(projects.group[project])
            line(cell, yuan, (-1, group) if group >= 0 else None)
    for measure, cell, yuan in _lines(measures.lines, cells):
        home = int(measures.household[measure])
        if measures.low[measure] > 0:
            least[cell] += yuan
        if measures.high[measure] > 0 and measures.labour[measure] <= homes.labour[home]:
            group = int(measures.group[measure])
            house = (home, -1) if measures.house[measure] else None
            line(cell, yuan, (home, group) if group >= 0 else house)
    for cell, minimum in zip(homes.topup_cell.tolist(), homes.minimum.tolist(), strict=True):
        if cell in cells:
            most[cell] += minimum
    for (cell, _), yuan in largest.items():
        most[cell] += yuan
    return most, least


def _lines(lines: Csr, cells: set[int]) -> Iterable[tuple[int, int, int]]:
    """(item, cell, yuan) of the cost lines in some cells."""
    own = np.isin(lines.index, sorted(cells))
    return zip(lines.owner_of_entry()[own].tolist(), lines.index[own].tolist(), lines.value[own].tolist(), strict=True)
