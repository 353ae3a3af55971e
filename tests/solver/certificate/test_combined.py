"""Bounds that several prices show together: against all combinations, against all plans, and changed by somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.benders import Cuts
from liftplan.solver.benders.cuts import Cut
from liftplan.solver.certificate import Certificate, Proof, joint_certificate
from liftplan.solver.certificate.blocks import Broken
from liftplan.solver.certificate.bounds import Unsafe
from liftplan.solver.certificate.combined import Choices, Loss, exclude
from liftplan.solver.certificate.combining import excluding
from liftplan.solver.certificate.form import (
    KEPT,
    LEAF,
    NOTHING,
    Branch,
    Combined,
    Prices,
    Weighed,
    packed,
    unpacked,
)
from liftplan.solver.engines.highs import Floats
from liftplan.solver.nodes import Fixing, restricted
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import GRAIN, Problem, reachable

from ...thorough import many, some
from ..sets import NOTHING as NO_COMBINATION
from ..sets import best_of, cut_at, plans_of, random_duals

SEEDS = some(range(60), 3)

ROUNDING = 4 * GRAIN
"""What losses rounded down in two blocks may come to, and again."""


def tied(problem: Problem) -> Problem:
    """The problem with a project of either block that is built like one of the other."""
    last = len(problem.projects.block) - 1
    return replace(problem, twins=((0, last),))


def asked(problem: Problem, seed: int) -> list[Floats]:
    """Some random multipliers."""
    rng = np.random.default_rng(seed)
    return [random_duals(problem, rng) for _ in range(4)]


def joint(problem: Problem, seed: int, limit: int) -> Certificate | None:
    """A certificate of a limit by those."""
    written = joint_certificate(problem, Oracle(problem, 1), asked(problem, seed), limit)
    return None if written is None else written[0]


def most(problem: Problem, seed: int) -> int:
    """What the best of all combinations may be worth at all these prices."""
    return best_of(cut_at(problem, asked(problem, seed)))


def part(certificate: Certificate) -> Combined:
    """The only node."""
    (node,) = certificate.nodes
    assert isinstance(node, Combined)
    return node


@pytest.mark.parametrize("twins", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_prices_together_show_what_the_best_combination_may_be_worth(seed: int, twins: bool) -> None:
    """No less can be written, and just that is proved; twins count."""
    problem = tied(plans_of(seed).problem) if twins else plans_of(seed).problem
    worth = most(problem, seed)
    if worth == NO_COMBINATION:
        return
    written = joint(problem, seed, worth + ROUNDING)
    assert written is not None
    assert worth <= Proof(problem, written).bound() <= worth + ROUNDING  # type: ignore[operator]
    assert joint(problem, seed, worth - ROUNDING) is None


def test_twins_show_less_than_projects_on_their_own() -> None:
    """What is built alike leaves fewer combinations: with some problems the limit is lower for it."""
    problems = [(seed, plans_of(seed).problem) for seed in range(20)]
    assert any(most(tied(problem), seed) < most(problem, seed) - ROUNDING for seed, problem in problems)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_limit_is_proved_that_a_combination_exceeds(seed: int) -> None:
    """A claim of less than was shown is refused."""
    problem = plans_of(seed).problem
    worth = most(problem, seed)
    written = None if worth == NO_COMBINATION else joint(problem, seed, worth + ROUNDING)
    if written is not None:
        for less in (2 * ROUNDING, UNITS_PER_PERSON // 10, UNITS_PER_PERSON):
            lower = part(written).model_copy(update={"limit": worth + ROUNDING - less})
            with pytest.raises(Broken):
                Proof(problem, written.model_copy(update={"nodes": (lower,)})).bound()


@pytest.mark.parametrize("persons", [0.01, 0.33, 0.99])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_limit_above_what_the_first_prices_show_is_proved(seed: int, persons: float) -> None:
    """No choice has to be kept then, and whatever is written holds."""
    problem = plans_of(seed).problem
    worth = best_of(cut_at(problem, asked(problem, seed)[:1]))
    if worth != NO_COMBINATION:
        limit = worth + int(persons * UNITS_PER_PERSON)
        written = joint(problem, seed, limit)
        assert written is not None
        assert Proof(problem, written).bound() == reachable(problem, limit)


@pytest.mark.parametrize("seed", SEEDS)
def test_parts_of_all_plans_have_limits_of_their_own(seed: int) -> None:
    """Below a branch each half may be bounded by prices together; the larger limit is proved."""
    problem, best = plans_of(seed).problem, plans_of(seed).best()
    halves = [restricted(problem, (Fixing("project", 0, value),)) for value in (0, 1)]
    worths = [most(half, seed) for half in halves]
    if best is None or NO_COMBINATION in worths:
        return
    prices: list[Prices] = []
    shares: list[str] = []
    nodes: list[Branch | Combined] = [Branch(kind="project", index=0)]
    for half, worth in zip(halves, worths, strict=True):
        own = joint(half, seed, worth + ROUNDING)
        assert own is not None
        moved = {"prices": part(own).prices + len(prices), "cuts": tuple(c + len(prices) for c in part(own).cuts)}
        moved |= {"shares": tuple(one + len(shares) for one in part(own).shares)}
        nodes.append(part(own).model_copy(update=moved))
        prices += own.prices
        shares += own.shares
    whole = Certificate(prices=tuple(prices), shares=tuple(shares), nodes=tuple(nodes))
    assert Proof(problem, whole).bound() == reachable(problem, max(worths) + ROUNDING)
    assert max(worths) >= best
    swapped = whole.model_copy(update={"nodes": (nodes[0], nodes[2], nodes[1])})
    content = swapped.model_dump(mode="json")
    assert (proved(problem, content) or best) >= best


def test_the_first_version_has_no_combinations() -> None:
    """A certificate that says it is of version 1 and holds some is refused."""
    known = certified(3)
    assert known is not None
    with pytest.raises(Broken):
        Proof(plans_of(3).problem, known[0].model_copy(update={"version": 1}))


@pytest.mark.parametrize("limit", [10**400, -(10**400)])
def test_a_limit_that_nothing_can_hold_is_refused(limit: int) -> None:
    """As any other content that is not of the form."""
    known = certified(3)
    assert known is not None
    content = known[0].model_dump(mode="json")
    content["nodes"][0]["limit"] = limit
    with pytest.raises(ValidationError):
        Certificate.model_validate(content)


Content = dict[str, Any]
Mutation = Callable[[Content, np.random.Generator], None]


def _any(items: list[Any], rng: np.random.Generator) -> int:
    return int(rng.integers(len(items)))


def change_weight(content: Content, rng: np.random.Generator) -> None:
    """One weight of a node, or which cut it is of."""
    node = content["combinations"][_any(content["combinations"], rng)]
    if node["cuts"]:
        at = _any(node["cuts"], rng)
        cut, weight = node["cuts"][at]
        others = [[cut, weight // 2], [cut, weight * 3], [cut, 0], [cut + 1, weight], [10**6, weight], [cut, 2**62]]
        node["cuts"][at] = others[_any(others, rng)]


def tie_twins(content: Content, rng: np.random.Generator) -> None:
    """Weight on twins that there are not, or another weight."""
    node = content["combinations"][_any(content["combinations"], rng)]
    node["twins"] = [[int(rng.integers(2)), int(rng.choice([-(2**62), -(10**6), 10**6, 2**62]))]]


def drop_node(content: Content, rng: np.random.Generator) -> None:
    """A node of the tree over combinations is left out."""
    del content["combinations"][_any(content["combinations"], rng)]


def add_node(content: Content, rng: np.random.Generator) -> None:
    """One is there twice."""
    nodes = content["combinations"]
    nodes.insert(_any(nodes, rng), nodes[_any(nodes, rng)])


def change_project(content: Content, rng: np.random.Generator) -> None:
    """Another project is split, or none."""
    node = content["combinations"][_any(content["combinations"], rng)]
    node["project"] = int(rng.choice([-1, 0, 1, 2, 10**6]))


def change_tree(content: Content, rng: np.random.Generator) -> None:
    """A choice is not kept any more, or a leaf is; or an entry is anything."""
    tree = content["trees"][_any(content["trees"], rng)]
    at = _any(tree, rng)
    swapped = {KEPT: LEAF, LEAF: KEPT}.get(tree[at], LEAF)
    tree[at] = int(rng.choice([swapped, swapped, NOTHING, 0, 1]))


def change_cuts(content: Content, rng: np.random.Generator) -> None:
    """A cut is left out, or is at other prices."""
    if content["cuts"]:
        at = _any(content["cuts"], rng)
        content["cuts"][at : at + 1] = [] if rng.random() < 0.3 else [int(rng.integers(5))]


def change_root(content: Content, rng: np.random.Generator) -> None:
    """The trees are said to be about other prices."""
    content["prices"] = int(rng.integers(5))


def swap_shares(content: Content, rng: np.random.Generator) -> None:
    """A block is given another entry of the shares."""
    content["shares"][_any(content["shares"], rng)] = int(rng.integers(4))


OVER_COMBINATIONS: tuple[Mutation, ...] = (change_weight, tie_twins, drop_node, add_node, change_project)

INSIDE: tuple[Mutation, ...] = (
    *OVER_COMBINATIONS,
    change_tree,
    change_cuts,
    change_root,
    swap_shares,
)


def change_price(content: Content, rng: np.random.Generator) -> None:
    """One multiplier, or its unit."""
    prices = content["prices"][_any(content["prices"], rng)]
    if not prices["rows"] or rng.random() < 0.3:
        prices["shift"] = int(rng.choice([0, 1, 5, 40, 63]))
        return
    at = _any(prices["rows"], rng)
    row, value = prices["rows"][at]
    prices["rows"][at] = [row, int(rng.choice([value + 1, value * 2, value // 3]))]


def change_share(content: Content, rng: np.random.Generator) -> None:
    """One share."""
    at = _any(content["shares"], rng)
    unit, values = unpacked(content["shares"][at], 10**6)
    values = values.copy()
    if len(values):
        values[int(rng.integers(len(values)))] = int(rng.choice([0, -1, 1, 10**5, 2**40]))
    content["shares"][at] = packed(values << unit, unit)


@cache
def certified(seed: int) -> tuple[Certificate, int, int] | None:
    """A certificate that looks at combinations, what it proves, and what the best plan is worth."""
    plans = plans_of(seed)
    worth, best = most(plans.problem, seed), plans.best()
    written = None if best is None or worth == NO_COMBINATION else joint(plans.problem, seed, worth + ROUNDING)
    if written is None or best is None or not part(written).combinations:
        return None
    bound = Proof(plans.problem, written).bound()
    assert bound is not None
    return written, bound, best


def proved(problem: Problem, content: Content) -> int | None:
    """The bound that a certificate's content proves; None where it is refused. No plan at all: far below."""
    try:
        bound = Proof(problem, Certificate.model_validate(content)).bound()
    except (ValidationError, Broken, Unsafe):
        return None
    return -(10**40) if bound is None else bound


@pytest.mark.parametrize("mutation", [*INSIDE, change_price, change_share], ids=lambda mutation: mutation.__name__)
def test_a_changed_certificate_proves_nothing_below_a_plan(mutation: Mutation) -> None:
    """It is refused, or what it proves is still true; some changes are refused, if they matter at all here."""
    refused = 0
    for seed in SEEDS:
        known = certified(seed)
        for time in range(many(12, 6)):
            if known is None:
                continue
            certificate, _, best = known
            content = certificate.model_dump(mode="json")
            rng = np.random.default_rng((seed, time))
            mutation(content["nodes"][0] if mutation in INSIDE else content, rng)
            bound = proved(plans_of(seed).problem, content)
            refused += bound is None
            assert bound is None or bound >= best, (seed, time)
    assert refused or mutation in (change_weight, tie_twins)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_tree_over_combinations_that_covers_too_little_or_too_much_is_refused(seed: int) -> None:
    """A node left out, or one more at the end."""
    known = certified(seed)
    if known is not None:
        certificate = known[0]
        nodes = part(certificate).combinations
        for other in (nodes[:-1], (*nodes, *nodes[-1:])):
            if other != nodes:
                changed = part(certificate).model_copy(update={"combinations": other})
                with pytest.raises(Broken):
                    Proof(plans_of(seed).problem, certificate.model_copy(update={"nodes": (changed,)})).bound()


def made_up(seed: int) -> Cuts:
    """Four blocks of four choices of three projects, two of them twins, and cuts that nobody's prices gave."""
    rng = np.random.default_rng(seed)
    every = np.array(list(product((0, 1), repeat=3)), dtype=np.int64)
    sets = [every[np.sort(rng.choice(8, 4, replace=False))] for _ in range(4)]
    cuts = Cuts(sets, ((0, 5),) if seed % 2 else ())
    for _ in range(4):
        loss = rng.integers(0, 4 * UNITS_PER_PERSON // GRAIN, cuts.count)
        cuts.cuts.append(Cut(10 * UNITS_PER_PERSON + int(rng.integers(UNITS_PER_PERSON)), loss))
    return cuts


def follow(cuts: Cuts, used: list[int], limit: int, tree: list[Weighed]) -> None:
    """The prover's walk over a tree."""
    losses = [Loss(cuts.cuts[one].peak, cuts.cuts[one].loss) for one in used]
    exclude(Choices(cuts.sets, cuts.project), losses, cuts.twins, limit, tree)


MADE_UP = range(40)


@pytest.mark.parametrize("seed", some(MADE_UP, 2))
def test_a_tree_excludes_all_combinations_and_none_that_is_worth_more(seed: int) -> None:
    """At what the best of all combinations is worth; changed at random it never proves less."""
    cuts, rng = made_up(seed), np.random.default_rng(seed)
    worth = best_of(cuts)
    if worth == NO_COMBINATION:
        return
    written = excluding(cuts, worth + GRAIN)
    assert written is not None
    follow(cuts, written[0], worth + GRAIN, written[1])
    assert excluding(cuts, worth - GRAIN) is None
    for _ in range(60):
        content = {"combinations": [node.model_dump(mode="json") for node in written[1]]}
        OVER_COMBINATIONS[_any(list(OVER_COMBINATIONS), rng)](content, rng)
        try:
            tree = [Weighed.model_validate(node) for node in content["combinations"]]
            with pytest.raises((Broken, Unsafe)):
                follow(cuts, written[0], worth - 1 - int(rng.integers(GRAIN)), tree)
        except ValidationError:
            continue


def test_trees_split_projects_and_add_up_several_cuts_and_twins() -> None:
    """The trees of these tests have every part of the form."""
    trees = [found[1] for seed in MADE_UP if (found := excluding(made_up(seed), best_of(made_up(seed)) + GRAIN))]
    nodes = [node for tree in trees for node in tree]
    assert any(node.project >= 0 for node in nodes)
    assert any(len(node.cuts) > 1 for node in nodes)
    assert any(node.twins for node in nodes)
    assert any(len(tree) > 4 for tree in trees)


def test_the_stored_form_of_cuts_reads_back_as_written() -> None:
    """Writing it as JSON and reading it changes nothing."""
    known = certified(3)
    assert known is not None
    assert Certificate.model_validate_json(known[0].model_dump_json()) == known[0]
