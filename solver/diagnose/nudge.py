"""A plan that nearly keeps rules, and what a fund with more money could pay besides."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from liftplan.solver.compile import Compiled, Named
from liftplan.solver.problem import Bools, Csr, Decisions, Ints, Problem


def nudged(compiled: Compiled, near: Named, funds: Collection[str], yuan: int) -> Named | None:
    """The plan with more projects and measures that these funds may pay alone; None: they find less than `yuan`.

    Nothing that was done is given up but top-ups that are no longer due; no place of a site is taken.
    """
    decisions = compiled.decisions(near.projects, near.measures, near.topups)
    more = _More(compiled, decisions, funds)
    taken = more.projects(yuan)
    if taken < yuan:
        taken += more.measures(yuan - taken)
    return compiled.named(more.decisions) if taken >= yuan else None


def relieved(problem: Problem, flows: Ints, fund: str, yuan: int) -> set[str]:
    """Funds that a fund could take over so much from: what they pay where it may pay, too."""
    arcs, names = problem.flows, problem.names.funds
    cells = np.zeros(len(arcs.cell_village), dtype=np.bool_)
    cells[arcs.arc_cell[arcs.arc_fund == names.index(fund)]] = True
    paid = np.zeros(len(names), dtype=np.int64)
    np.add.at(paid, arcs.arc_fund, np.where(cells[arcs.arc_cell], flows, 0))
    return {names[one] for one in np.flatnonzero(paid >= yuan).tolist()}


class _More:
    """Adds to decisions what some funds may pay alone, the dearest first."""

    def __init__(self, compiled: Compiled, decisions: Decisions, funds: Collection[str]) -> None:
        problem = self._problem = compiled.problem
        self.decisions = Decisions(decisions.built.copy(), decisions.taken.copy(), decisions.topup.copy())
        paying = np.array([fund in funds for fund in problem.names.funds], dtype=np.bool_)
        self._payable = np.zeros(len(problem.flows.cell_village), dtype=np.bool_)
        self._payable[problem.flows.arc_cell[paying[problem.flows.arc_fund]]] = True

    def projects(self, yuan: int) -> int:
        """Build until so much is spent; returns how much is."""
        projects, built = self._problem.projects, self.decisions.built
        cost, able = self._own(projects.lines, projects.rows)
        able &= ~built & (projects.high > 0) & ~_unmet(projects.requires, built)
        groups, spent = set(projects.group[built & (projects.group >= 0)].tolist()), 0
        for one in _dearest(able, cost):
            group = int(projects.group[one])
            if spent < yuan and group not in groups:
                groups |= {group} if group >= 0 else set()
                built[one] = True
                spent += int(cost[one])
        return spent

    def measures(self, yuan: int) -> int:
        """Take until so much is spent; returns how much is."""
        measures, homes, taken = self._problem.measures, self._problem.households, self.decisions.taken
        cost, able = self._own(measures.lines, measures.rows)
        able &= ~taken & ~measures.automatic & (measures.high > 0)
        able &= ~_unmet(measures.requires, self.decisions.built)
        all_cost = np.zeros(len(taken), dtype=np.int64)
        np.add.at(all_cost, measures.lines.owner_of_entry(), measures.lines.value)
        direct, labour = np.zeros(len(homes.block), dtype=np.int64), homes.labour.copy()
        np.add.at(direct, measures.household[taken], all_cost[taken])
        np.subtract.at(labour, measures.household[taken], measures.labour[taken])
        topup, house = self.decisions.topup, np.zeros(len(homes.block), dtype=np.bool_)
        house[measures.household[taken & measures.house]] = True
        pairs = zip(measures.household[taken].tolist(), measures.group[taken].tolist(), strict=True)
        groups, spent = {pair for pair in pairs if pair[1] >= 0}, 0
        for one in _dearest(able, cost):
            home, group = int(measures.household[one]), int(measures.group[one])
            total, most = int(direct[home] + cost[one]), int(homes.maximum[home])
            if spent >= yuan:
                break
            if (home, group) in groups or (measures.house[one] and house[home]) or measures.labour[one] > labour[home]:
                continue
            less = min(int(topup[home]), int(cost[one]))  # of a top-up that is no longer due
            if total + int(topup[home]) - less < homes.minimum[home] or 0 <= most < total or less == cost[one]:
                continue
            topup[home] -= less
            groups |= {(home, group)} if group >= 0 else set()
            house[home] |= measures.house[one]
            labour[home] -= measures.labour[one]
            direct[home], taken[one] = total, True
            spent += int(cost[one]) - less
        return spent

    def _own(self, lines: Csr, rows: Csr) -> tuple[Ints, Bools]:
        """(items,) yuan, and whether the funds may pay all of it and no row counts the item."""
        owner = lines.owner_of_entry()
        cost, able = np.zeros(lines.owners, dtype=np.int64), np.ones(lines.owners, dtype=np.bool_)
        np.add.at(cost, owner, lines.value)
        able[owner[~self._payable[lines.index]]] = False
        able[rows.owner_of_entry()] = False
        return cost, able & (cost > 0)


def _unmet(requires: Csr, built: Bools) -> Bools:
    """(items,) whether a project that it needs is not built."""
    found = np.zeros(requires.owners, dtype=np.bool_)
    found[requires.owner_of_entry()[~built[requires.index]]] = True
    return found


def _dearest(able: Bools, cost: Ints) -> list[int]:
    chosen = np.flatnonzero(able)
    dearest: list[int] = chosen[np.argsort(-cost[chosen], kind="stable")].tolist()
    return dearest
