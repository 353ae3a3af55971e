"""A plan that nearly keeps rules, and what funds with money to spare could pay besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from liftplan.solver.compile import Compiled, Named
from liftplan.solver.diagnose.spare import spare
from liftplan.solver.diagnose.sums import nearest_sum
from liftplan.solver.engines.highs import Floats
from liftplan.solver.incumbent import Incumbent, realise
from liftplan.solver.problem import Bools, Csr, Decisions, Ints, Problem
from liftplan.solver.progress import Cancel
from liftplan.solver.value import shortfalls

END = 40_000
"""Yuan from which on what is taken last is chosen together, to the yuan if it can be."""

ASKING = ("R3", "R4", "R6", "R13")
"""Rules that every yuan of some funds helps alike."""

FILLS = 4
"""Times that money left over is looked for."""

LITTLE = 1e-3
"""How gladly a fund that could pay for nothing more should have money to spare."""


def nudged(
    compiled: Compiled, near: Named, budgets: Mapping[str, int | None], yuan: int, *, thrifty: bool = False
) -> Named | None:
    """The plan with more projects and measures that these funds pay; None: they find less than `yuan` in all.

    budgets: what each fund may pay besides, None for anything. Nothing that was done is given up but top-ups that are
    no longer due; no place of a site is taken. What is spent is as little above `yuan` as is easily found. thrifty:
    first what uses up most of what has a limit.
    """
    problem = compiled.problem
    decisions = compiled.decisions(near.projects, near.measures, near.topups)
    cells = np.ones(len(problem.flows.cell_village), dtype=np.bool_)
    more = _More(problem, decisions, budgets, cells, thrifty)
    return compiled.named(more.decisions) if more.taken(yuan, enough=True) >= yuan else None


def filled(problem: Problem, plan: Incumbent, cancel: Cancel | None = None) -> Incumbent:
    """The plan with more of what funds can pay from money left over, as long as that lessens what a row is short by."""
    rows, arcs, names = problem.rows, problem.flows, problem.names
    reach = np.array([(arcs.arc_fund == fund).sum() for fund in range(len(names.funds))], dtype=np.float64)
    for _ in range(FILLS):
        short = shortfalls(problem, plan.decisions, plan.flows)
        short[[rule not in ASKING for rule, _ in names.rows]] = 0
        short[rows.price <= 0] = 0
        if not short.any():
            break
        row = int(np.argmax(short))
        helping, coef = rows.arcs.of(row)
        helping = helping[coef > 0]
        left = spare(problem, plan.decisions, plan.flows, 1.0 + reach / reach.sum(), most=int(short[row]))
        better = plan
        for fund in np.argsort(-left, kind="stable")[: int((left > 0).sum())].tolist():
            cells = np.zeros(len(arcs.cell_village), dtype=np.bool_)
            cells[arcs.arc_cell[helping[arcs.arc_fund[helping] == fund]]] = True
            budget = int(left[fund])
            more = _More(problem, better.decisions, {names.funds[fund]: budget}, cells)
            if more.taken(budget, enough=False):
                better = replace(better, decisions=more.decisions)
        found = None
        if better is not plan:
            found = realise(problem, better.decisions, better_than=plan.objective, cancel=cancel)
        if found is None:
            break
        plan = found
    return plan


def appetite(problem: Problem, decisions: Decisions, yuan: int) -> Floats:
    """(funds,) how gladly each should have money to spare: what it could pay besides, up to `yuan`, and how widely."""
    arcs, funds = problem.flows, problem.names.funds
    cells = np.ones(len(arcs.cell_village), dtype=np.bool_)
    free = _More(problem, decisions, dict.fromkeys(funds), cells).choice()
    found = np.full(len(funds), LITTLE)
    for fund in range(len(funds)):
        own = arcs.arc_fund == fund
        payable = np.zeros(len(cells), dtype=np.bool_)
        payable[arcs.arc_cell[own]] = True
        most = sum(int(cost[lines.within(payable)].sum()) for lines, cost in free)
        found[fund] += min(most, yuan) / yuan * (1.0 + own.sum() / len(cells))
    return found


def budgets(problem: Problem, plan: Incumbent, fund: str, yuan: int, wanted: Floats) -> dict[str, int | None]:
    """What funds could pay besides if one of them could pay anything: what it could take over from the others.

    wanted: (funds,) how gladly each should have money to spare, `appetite`.
    """
    number = problem.names.funds.index(fund)
    left = spare(problem, plan.decisions, plan.flows, wanted, most=yuan, unlimited=number)
    found: dict[str, int | None] = {problem.names.funds[one]: int(left[one]) for one in np.flatnonzero(left).tolist()}
    return found | {fund: None}


class _More:
    """Adds to decisions what some funds may pay, the dearest first."""

    def __init__(
        self,
        problem: Problem,
        decisions: Decisions,
        budgets: Mapping[str, int | None],
        cells: Bools,
        thrifty: bool = False,
    ) -> None:
        """cells: (cells,) those that money may go to."""
        self._problem, self._sign = problem, -1 if thrifty else 1
        self.decisions = Decisions(decisions.built.copy(), decisions.taken.copy(), decisions.topup.copy())
        self._exact = None not in budgets.values()
        names, arcs = problem.names.funds, problem.flows
        self._left = {fund: budgets[name] for fund, name in enumerate(names) if name in budgets}
        self._payers: dict[int, list[int]] = {}
        chosen = np.flatnonzero(np.isin(arcs.arc_fund, list(self._left)) & cells[arcs.arc_cell])
        for arc in chosen.tolist():
            self._payers.setdefault(int(arcs.arc_cell[arc]), []).append(int(arcs.arc_fund[arc]))
        unlimited = [fund for fund, left in self._left.items() if left is None]
        self._free = np.zeros(len(arcs.cell_village), dtype=np.bool_)
        self._free[arcs.arc_cell[chosen[np.isin(arcs.arc_fund[chosen], unlimited)]]] = True
        self._payable = np.zeros(len(arcs.cell_village), dtype=np.bool_)
        self._payable[list(self._payers)] = True

    def taken(self, yuan: int, *, enough: bool) -> int:
        """Add what is worth about so much; returns how much it is. enough: at least that if it can be, else at most."""
        spent = self._projects(yuan)
        spent += self._measures(yuan - spent, enough)
        return spent if spent >= yuan or not enough else spent + self._large(yuan - spent)

    def _large(self, yuan: int) -> int:
        """The cheapest project that is more than that, paid by whoever may pay anything; returns its yuan, or 0."""
        projects, built = self._problem.projects, self.decisions.built
        cost, dear, able = self._own(projects.lines, projects.rows)
        able &= ~built & (projects.high > 0) & ~_unmet(projects.requires, built) & (dear == 0) & (cost >= yuan)
        able &= ~np.isin(projects.group, projects.group[built & (projects.group >= 0)])
        if not able.any():
            return 0
        one = int(np.argmin(np.where(able, cost, np.iinfo(np.int64).max)))
        built[one] = True
        return int(cost[one])

    def choice(self) -> list[tuple[Csr, Ints]]:
        """Cost lines of projects and of measures, with the yuan of each item that could be added on its own, or 0."""
        projects, measures, built = self._problem.projects, self._problem.measures, self.decisions.built
        cost, _, able = self._own(projects.lines, projects.rows)
        able &= ~built & (projects.high > 0) & ~_unmet(projects.requires, built)
        able &= ~np.isin(projects.group, projects.group[built & (projects.group >= 0)])
        worth, _, free = self._own(measures.lines, measures.rows)
        free &= ~self.decisions.taken & ~measures.automatic & (measures.high > 0) & ~_unmet(measures.requires, built)
        gains = _Homes(self._problem, self.decisions).gains(worth)
        return [(projects.lines, np.where(able, cost, 0)), (measures.lines, np.where(free, gains, 0))]

    def _projects(self, yuan: int) -> int:
        projects, built = self._problem.projects, self.decisions.built
        cost, dear, able = self._own(projects.lines, projects.rows)
        able &= ~built & (projects.high > 0) & ~_unmet(projects.requires, built)
        groups, spent = set(projects.group[built & (projects.group >= 0)].tolist()), 0
        for one in _order(able, cost, self._sign * dear):
            group = int(projects.group[one])
            if spent + cost[one] <= yuan and group not in groups and self._paid(projects.lines, one):
                groups |= {group} if group >= 0 else set()
                built[one] = True
                spent += int(cost[one])
        return spent

    def _measures(self, yuan: int, enough: bool) -> int:
        """Measures one by one while much is missing, then some that add up to what is."""
        measures = self._problem.measures
        cost, dear, able = self._own(measures.lines, measures.rows)
        able &= ~self.decisions.taken & ~measures.automatic & (measures.high > 0)
        able &= ~_unmet(measures.requires, self.decisions.built)
        homes, spent = _Homes(self._problem, self.decisions), 0
        able &= homes.gains(cost) > 0
        order = _order(able, cost, self._sign * dear)
        last: dict[int, tuple[int, int]] = {}
        yuan_of, home = cost.tolist(), measures.household.tolist()
        for one in order:
            own = yuan_of[one]
            gain = homes.gain(one, own)
            if gain <= 0 or (self._exact and gain < own):
                continue
            if yuan - spent > END and spent + gain <= yuan:
                if self._paid(measures.lines, one):
                    homes.take(one, own, gain)
                    last.pop(home[one], None)
                    spent += gain
            else:
                last.setdefault(home[one], (one, gain))
        if spent >= yuan:
            return spent
        listed = list(last.values())
        chosen = nearest_sum([gain for _, gain in listed], yuan - spent, enough=enough)
        rest = [place for place in range(len(listed)) if place not in set(chosen)] if enough else []
        for place in [*chosen, *rest]:
            one = listed[place][0]
            gain = homes.gain(one, int(cost[one]))
            if spent < yuan and gain > 0 and self._paid(measures.lines, one):
                homes.take(one, int(cost[one]), gain)
                spent += gain
        return spent

    def _own(self, lines: Csr, rows: Csr) -> tuple[Ints, Ints, Bools]:
        """(items,) yuan; yuan that funds with a limit must pay; whether the funds may pay it and no row counts it."""
        owner = lines.owner_of_entry()
        cost, dear = (np.zeros(lines.owners, dtype=np.int64) for _ in range(2))
        able = np.ones(lines.owners, dtype=np.bool_)
        np.add.at(cost, owner, lines.value)
        np.add.at(dear, owner, np.where(self._free[lines.index], 0, lines.value))
        able[owner[~self._payable[lines.index]]] = False
        able[rows.owner_of_entry()] = False
        return cost, dear, able & (cost > 0)

    def _paid(self, lines: Csr, one: int) -> bool:
        """Charge the lines of an item; False, and nothing is charged, where money does not last."""
        charged: list[tuple[int, int]] = []
        for cell, value in zip(*(entries.tolist() for entries in lines.of(one)), strict=True):
            if self._free[cell]:
                continue
            payer = max(self._payers[cell], key=lambda fund: self._left[fund] or 0)
            charged.append((payer, value))
            self._left[payer] = (self._left[payer] or 0) - value
        if all((self._left[payer] or 0) >= 0 for payer, _ in charged):
            return True
        for payer, value in charged:
            self._left[payer] = (self._left[payer] or 0) + value
        return False


_PAIR = 1 << 32
"""More than there are groups of alternatives."""


class _Homes:
    """What households have, as measures are added. Lists, since they are read one by one."""

    def __init__(self, problem: Problem, decisions: Decisions) -> None:
        measures, homes, taken = problem.measures, problem.households, decisions.taken
        self._measures, self._homes, self._decisions = measures, homes, decisions
        cost = np.zeros(len(taken), dtype=np.int64)
        np.add.at(cost, measures.lines.owner_of_entry(), measures.lines.value)
        direct, labour = np.zeros(len(homes.block), dtype=np.int64), homes.labour.copy()
        np.add.at(direct, measures.household[taken], cost[taken])
        np.subtract.at(labour, measures.household[taken], measures.labour[taken])
        house = np.zeros(len(homes.block), dtype=np.bool_)
        house[measures.household[taken & measures.house]] = True
        self._direct: list[int] = direct.tolist()
        self._labour: list[int] = labour.tolist()
        self._house: list[bool] = house.tolist()
        self._topup: list[int] = decisions.topup.tolist()
        self._minimum: list[int] = homes.minimum.tolist()
        self._maximum: list[int] = homes.maximum.tolist()
        self._home: list[int] = measures.household.tolist()
        self._group: list[int] = measures.group.tolist()
        self._main: list[bool] = measures.house.tolist()
        self._work: list[int] = measures.labour.tolist()
        pairs = zip(measures.household[taken].tolist(), measures.group[taken].tolist(), strict=True)
        self._groups = {pair for pair in pairs if pair[1] >= 0}

    def gains(self, cost: Ints) -> Ints:
        """(measures,) `gain` of each as things stand."""
        measures, homes, home = self._measures, self._homes, self._measures.household
        pairs = np.array([one * _PAIR + group for one, group in self._groups], dtype=np.int64)
        barred = (measures.group >= 0) & np.isin(home * _PAIR + measures.group, pairs)
        barred |= (measures.house & np.array(self._house)[home]) | (measures.labour > np.array(self._labour)[home])
        topup, total, most = self._decisions.topup[home], np.array(self._direct)[home] + cost, homes.maximum[home]
        less = np.minimum(topup, cost)
        barred |= (total + topup - less < homes.minimum[home]) | ((most >= 0) & (most < total))
        found: Ints = np.where(barred, 0, cost - less)
        return found

    def gain(self, one: int, cost: int) -> int:
        """Yuan by which a measure adds to what is spent, top-ups that are no longer due taken off; 0: it cannot be."""
        home, group = self._home[one], self._group[one]
        if (home, group) in self._groups or (self._main[one] and self._house[home]):
            return 0
        topup, total, most = self._topup[home], self._direct[home] + cost, self._maximum[home]
        less = min(topup, cost)
        if self._work[one] > self._labour[home] or total + topup - less < self._minimum[home] or 0 <= most < total:
            return 0
        return cost - less

    def take(self, one: int, cost: int, gain: int) -> None:
        """Take a measure."""
        home, group = self._home[one], self._group[one]
        self._decisions.taken[one] = True
        self._topup[home] -= cost - gain
        self._decisions.topup[home] = self._topup[home]
        self._groups |= {(home, group)} if group >= 0 else set()
        self._house[home] = self._house[home] or self._main[one]
        self._labour[home] -= self._work[one]
        self._direct[home] += cost


def _unmet(requires: Csr, built: Bools) -> Bools:
    """(items,) whether a project that it needs is not built."""
    return ~requires.within(built)


def _order(able: Bools, cost: Ints, dear: Ints) -> list[int]:
    """Those with the smallest part of `dear` first, of equal ones the dearest."""
    chosen = np.flatnonzero(able)
    part = dear[chosen] / cost[chosen]
    ordered: list[int] = chosen[np.lexsort((chosen, -cost[chosen], part))].tolist()
    return ordered
