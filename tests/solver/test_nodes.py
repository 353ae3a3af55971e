"""Nodes and tree: decisions restrict plans as they say, mixtures are split where they disagree, the best is first."""

from __future__ import annotations

import numpy as np
import pytest

from liftplan.solver.columns import Column
from liftplan.solver.nodes import Fixing, Kept, Leaf, Node, branching, feasibility, fractions, restricted
from liftplan.solver.oracle.oracle import Effort, Oracle, total_bound
from liftplan.solver.oracle.pricing import price
from liftplan.solver.problem import Problem
from liftplan.solver.tree import UNBOUNDED, Tree

from .columns import Case, case
from .flat import multipliers
from .whole import Plans, settled_problem

SEEDS = range(40)
NOWHERE = np.zeros(0)
"""Multipliers that nobody reads."""


def some_fixings(problem: Problem, rng: np.random.Generator, count: int) -> tuple[Fixing, ...]:
    """Random decisions, none twice."""
    projects, homes, measures = (
        len(part) for part in (problem.names.projects, problem.names.households, problem.names.measures)
    )
    every = [Fixing("project", index, 0) for index in range(projects)]
    every += [Fixing("lift", index, 0) for index in range(homes)]
    every += [Fixing("measure", index, 0) for index in range(measures) if not problem.measures.automatic[index]]
    chosen = rng.choice(len(every), min(len(every), count), replace=False).tolist()
    return tuple(Fixing(every[one].kind, every[one].index, int(rng.integers(2))) for one in chosen)


def keeps(own: Case, column: Column, fixing: Fixing) -> bool:
    """Whether a block plan keeps a decision, taken from its bits."""
    blocks, problem = own.oracle.static.blocks, own.problem
    home = int(problem.measures.household[fixing.index]) if fixing.kind == "measure" else fixing.index
    if fixing.kind == "project":
        if problem.projects.block[fixing.index] != column.block:
            return True
        return bool(column.built[fixing.index - blocks.project[column.block]]) == bool(fixing.value)
    if problem.households.block[home] != column.block:
        return True
    place = home - int(blocks.household[column.block])
    if fixing.kind == "lift":
        return bool(column.lifted[place]) == bool(fixing.value)
    bit = fixing.index - int(problem.households.measures.start[home])
    return (int(column.take[place]) >> bit & 1) == fixing.value


@pytest.mark.parametrize("seed", SEEDS)
def test_a_restricted_problem_has_the_plans_that_keep_the_fixings(seed: int) -> None:
    """Of all plans exactly those under the fixings are left, and the problem itself is as before."""
    problem = settled_problem(seed)
    fixings = some_fixings(problem, np.random.default_rng(seed), 2)
    everything = Plans(problem)
    below = Plans(restricted(problem, fixings))
    kept = everything.under(fixings)
    assert below.objective.tolist() == everything.objective[kept].tolist()
    assert (below.built == everything.built[kept]).all()
    assert len(Plans(problem).objective) == len(everything.objective)


@pytest.mark.parametrize("seed", SEEDS)
def test_columns_kept_are_those_that_keep_each_fixing(seed: int) -> None:
    """Which columns keep fixings is answered as by looking at each, also after more have come."""
    own, rng = case(seed), np.random.default_rng(seed)
    columns = own.columns[: len(own.columns) // 2]
    kept = Kept(own.problem, own.oracle.static.blocks, columns)
    for _ in range(2):
        for count in (0, 1, 3):
            fixings = some_fixings(own.problem, rng, count)
            assert kept.allowed(fixings).tolist() == [all(keeps(own, one, f) for f in fixings) for one in columns]
        columns += own.columns[len(columns) :]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_keeps_fixings_if_each_of_its_columns_does(seed: int) -> None:
    """Two columns, held against some fixings."""
    own, rng = case(seed), np.random.default_rng(seed)
    kept = Kept(own.problem, own.oracle.static.blocks, own.columns)
    for count in (0, 1, 3):
        plan = [own.columns[index] for index in rng.permutation(len(own.columns))[:2].tolist()]
        fixings = some_fixings(own.problem, rng, count)
        assert kept.holds(plan, fixings) == all(keeps(own, one, f) for f in fixings for one in plan)


def test_no_column_keeps_what_contradicts_itself() -> None:
    """A project that is to be built and is not: no plan of its block is left, those of others are."""
    own = case(0)
    kept = Kept(own.problem, own.oracle.static.blocks, own.columns)
    for fixings in (
        (Fixing("project", 0, 0), Fixing("project", 0, 1)),
        (Fixing("project", 0, 1), Fixing("project", 0, 0)),
    ):
        block = int(own.problem.projects.block[0])
        assert kept.allowed(fixings).tolist() == [column.block != block for column in own.columns]


@pytest.mark.parametrize("seed", SEEDS)
def test_fractions_are_weighted_decisions(seed: int) -> None:
    """Projects built, households lifted and measures taken, each times the weight of its column."""
    own = case(seed)
    blocks, problem = own.oracle.static.blocks, own.problem
    found = fractions(problem, blocks, own.columns, own.mixture)
    for values, kind in ((found.built, "project"), (found.lifted, "lift"), (found.taken, "measure")):
        for index, value in enumerate(values.tolist()):
            yes = Fixing(kind, index, 1)  # type: ignore[arg-type]
            no = Fixing(kind, index, 0)  # type: ignore[arg-type]
            weights = [
                weight
                for column, weight in zip(own.columns, own.mixture.weights.tolist(), strict=True)
                if keeps(own, column, yes) and not keeps(own, column, no)
            ]
            assert value == pytest.approx(sum(weights), abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_split_is_decided_next(seed: int) -> None:
    """The next decision is open and, where the mixture is not whole, one that it splits."""
    own = case(seed)
    found = fractions(own.problem, own.oracle.static.blocks, own.columns, own.mixture)
    choice = branching(own.problem, own.problem, found)
    assert choice is not None
    kind, index = choice
    value = {"project": found.built, "lift": found.lifted, "measure": found.taken}[kind][index]
    assert found.whole or 1e-6 < value < 1 - 1e-6
    bounds = {
        "project": own.problem.projects,
        "measure": own.problem.measures,
    }
    if found.whole:
        assert (bounds[kind].low[index], bounds[kind].high[index]) == (0, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_deciding_comes_to_an_end(seed: int) -> None:
    """Deciding what is proposed, one after another, leaves nothing open: all projects and all measures are decided."""
    own, rng = case(seed), np.random.default_rng(seed)
    found = fractions(own.problem, own.oracle.static.blocks, own.columns, own.mixture)
    whole = type(found)(np.rint(found.built), np.rint(found.lifted), np.rint(found.taken))
    fixings: tuple[Fixing, ...] = ()
    while (choice := branching(own.problem, node := restricted(own.problem, fixings), whole)) is not None:
        assert choice not in [(fixing.kind, fixing.index) for fixing in fixings]
        fixings += (Fixing(*choice, int(rng.integers(2))),)
    assert not ((node.projects.low == 0) & (node.projects.high == 1)).any()
    assert not ((node.measures.low == 0) & (node.measures.high == 1) & ~node.measures.automatic).any()


@pytest.mark.parametrize("seed", range(120))
def test_prices_rule_out_only_what_has_no_plan(seed: int) -> None:
    """A bound below 0 where nothing is worth anything is a proof: by enumeration no plan keeps the hard rows."""
    plain = feasibility(settled_problem(seed))
    oracle, rng = Oracle(plain, 1), np.random.default_rng(seed)
    possible = Plans(plain).best()
    assert possible in {None, 0}
    for _ in range(10):
        prices = price(plain, multipliers(plain, rng), 0)
        bound = total_bound(prices, oracle.ask(prices, Effort(0, nodes=1000), range(plain.blocks)))
        assert possible is None or (bound is not None and bound >= 0)


def test_some_impossible_problems_are_ruled_out_so() -> None:
    """Random prices prove a good part of the problems above impossible that are."""
    proved = 0
    for seed in range(120):
        plain = feasibility(settled_problem(seed))
        oracle, rng = Oracle(plain, 1), np.random.default_rng(seed)
        for _ in range(10):
            prices = price(plain, multipliers(plain, rng), 0)
            bound = total_bound(prices, oracle.ask(prices, Effort(0, nodes=1000), range(plain.blocks)))
            if bound is None or bound < 0:
                proved += 1
                break
    assert proved >= 10


def node(bound: int | None, number: int = 0) -> Node:
    """A node with nothing but a bound and a mark."""
    return Node((Fixing("project", number, 1),), bound, NOWHERE, NOWHERE)


def test_the_node_of_highest_bound_comes_first() -> None:
    """Nodes come by bound; one without a bound before all; the latest of equals first."""
    tree = Tree()
    for number, bound in enumerate((5, 9, None, 9, 1)):
        tree.push(node(bound, number))
    order = []
    while tree:
        order.append(tree.pop().fixings[0].index)
    assert order == [2, 3, 1, 0, 4]


def test_the_tree_knows_its_highest_bounds() -> None:
    """Highest of the open nodes, highest of the leaves; leaves without plans have none."""
    tree = Tree()
    assert (tree.highest, tree.closed) == (None, None)
    tree.push(node(3))
    tree.push(node(7))
    for bound in (None, 2, 4):
        tree.close(Leaf((), bound, NOWHERE))
    assert (tree.highest, tree.closed) == (7, 4)
    tree.push(node(None))
    assert tree.highest == UNBOUNDED


def test_open_nodes_are_among_all_leaves() -> None:
    """What has been closed and what is open, each once."""
    tree = Tree()
    tree.close(Leaf(node(1, 0).fixings, 1, NOWHERE))
    for number in (1, 2, 3):
        tree.push(node(number, number))
    assert sorted(leaf.fixings[0].index for leaf in tree.all_leaves()) == [0, 1, 2, 3]
