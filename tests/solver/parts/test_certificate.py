"""Counties solved part by part: one leaf over all blocks proves the bound again, to the unit."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON, Plan
from liftplan.models.policy import Fairness
from liftplan.scenarios.generator import Knobs, generate
from liftplan.solver.certificate import Proof, reprove, trees
from liftplan.solver.certificate.form import Certificate, Leaf, packed, unpacked
from liftplan.solver.certificate.pieces import Piece, written_piece
from liftplan.solver.check import shown_gap
from liftplan.solver.clock import Clock
from liftplan.solver.compile import compile_county
from liftplan.solver.oracle.oracle import Answer, Oracle
from liftplan.solver.oracle.pricing import Prices
from liftplan.solver.parts import Outcome, bound, search_parts, writing
from liftplan.solver.problem import Problem
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve
from liftplan.solver.verify import verify

from ...thorough import many
from ..certificate.mutations import MUTATIONS, Content, Mutation
from ..certificate.solved import with_changes


@cache
def _county(*, soft: bool) -> County:
    if not soft:
        return generate(Knobs(villages=8, households_per_village=40, seed=3, tightness=1.2))
    county = generate(Knobs(villages=8, households_per_village=110, seed=3))  # money is scarce
    fair = Fairness(enforce="soft", price=123_457, share_bp=9_000)  # so that objectives take any value
    return county.with_policy(county.policy.model_copy(update={"R10": fair}))


@cache
def _solved(*, soft: bool) -> tuple[County, Plan]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("liftplan.solver.solve.MANY", 8)
        patch.setattr(search_parts, "__defaults__", (4,))
        plan = solve(_county(soft=soft), Settings(gap=1e-3, time_limit=60)).plan
    assert plan is not None
    return _county(soft=soft), plan


def _changed(change: Callable[[Content], None]) -> Plan:
    """The plan with its certificate changed."""
    _, plan = _solved(soft=True)
    content = deepcopy(plan.certificate)
    assert content is not None
    change(content)
    return with_changes(plan, certificate=content)


@cache
def _problem() -> Problem:
    """Objectives take any value, and the constant is no multiple of any grid."""
    return replace(compile_county(_county(soft=True)).problem, constant=10**14 + 1)


def _search(*, certified: bool, reproducible: bool = True) -> Outcome:
    settings, clock = Settings(gap=1e-3, reproducible=reproducible), Clock(None, None)
    return search_parts(_problem(), settings, 1, None, clock, lambda *_: None, 4, certified=certified)


_searched = cache(_search)


@pytest.mark.parametrize("soft", [False, True])
def test_the_bound_of_parts_is_proved_again(soft: bool) -> None:
    """The certificate proves the bound and the prices that the plan shows, whether whole persons count or anything."""
    county, plan = _solved(soft=soft)
    assert plan.certificate is not None
    assert verify(plan, county, reprove=reprove).bound_reproved
    assert plan.objective_bound.is_integer() != soft


def test_the_certificate_is_one_leaf_over_all_blocks() -> None:
    """All parts share one list of prices; every block has a tree and shares of its own."""
    certificate = Certificate.model_validate(_solved(soft=True)[1].certificate)
    (leaf,) = certificate.nodes
    assert isinstance(leaf, Leaf)
    assert len(certificate.prices) == 1
    assert len(leaf.trees) == len(set(leaf.shares)) == len(certificate.shares) == 8


def test_bound_and_proof_are_the_same_to_the_unit() -> None:
    """What parts add up to is what the whole is proved to be worth at most, roundings of the constant included."""
    outcome = _searched(certified=True)
    assert outcome.certificate is not None
    assert outcome.certificate.prices[0].shift > 0
    assert Proof(_problem(), outcome.certificate).bound() == outcome.bound


def test_a_certificate_costs_nothing_of_the_bound() -> None:
    """Trees show what the search does, or less; without a certificate it is what the search says."""
    certified, bare = _searched(certified=True), _searched(certified=False)
    assert bare.certificate is None
    assert certified.bound is not None
    assert bare.bound is not None
    assert 0 <= bare.bound - certified.bound <= UNITS_PER_PERSON // 1000


def test_a_point_of_a_curve_has_no_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    """`level_one` leaves it out."""
    monkeypatch.setattr("liftplan.solver.solve.MANY", 8)
    plan = solve(_county(soft=False), Settings(gap=1e-3, time_limit=60), level_one=True).plan
    assert plan is not None
    assert plan.certificate is None


def test_without_time_there_is_a_bound_and_no_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where time ends while the last part is written, plan and bound stay."""
    asked: list[int] = []

    def ends(problem: Problem, oracle: Oracle, prices: Prices, answers: list[Answer], _: object) -> Piece | None:
        asked.append(1)
        return written_piece(problem, oracle, prices, answers, lambda: len(asked) == 2)

    monkeypatch.setattr(bound, "written_piece", ends)
    outcome = _search(certified=True)
    assert len(asked) == 2
    assert outcome.certificate is None
    assert outcome.best is not None
    bounds = [one.bound for one in (_searched(certified=True), outcome, _searched(certified=False))]
    assert bounds == sorted(bounds, key=int)


@pytest.mark.parametrize("reproducible", [False, True])
def test_writing_that_takes_its_share_of_the_time_stops(monkeypatch: pytest.MonkeyPatch, reproducible: bool) -> None:
    """Plan and bound stay, without a certificate; where work is counted, writing takes none and goes on."""
    monkeypatch.setattr(writing, "SHARE", 0.0)
    outcome = _search(certified=True, reproducible=reproducible)
    assert outcome.best is not None
    assert outcome.bound is not None
    assert (outcome.certificate is not None) == reproducible


def test_once_a_part_is_not_shown_no_other_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate that misses a part would prove nothing."""
    asked: list[int] = []
    monkeypatch.setattr(bound, "written_piece", lambda *_: asked.append(1))
    assert _search(certified=True).certificate is None
    assert len(asked) == 1


def test_a_block_that_no_tree_of_sensible_size_shows_leaves_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there is no certificate, and the bound is what the search says."""
    monkeypatch.setattr(trees, "MOST_ONCE", (1,))
    outcome = _search(certified=True)
    assert outcome.certificate is None
    assert outcome.bound == _searched(certified=False).bound


@pytest.mark.parametrize("change", [-1.0, 1.0, -1e-9, 1e-9])
def test_another_bound_is_never_accepted(change: float) -> None:
    """The shown bound is what the certificate proves, to its last digit."""
    county, plan = _solved(soft=True)
    changed = round(plan.objective_bound + change, 9)
    other = with_changes(plan, objective_bound=changed, gap=shown_gap(plan.objective, changed))
    assert [violation.subject for violation in reprove(county, other)] == ["bound"]


def _dearer(content: Content) -> None:
    for prices in content["prices"]:
        prices["rows"] = [[row, value + value // 10] for row, value in prices["rows"]]


def _cheaper(content: Content) -> None:
    for prices in content["prices"]:
        prices["rows"] = [[row, value - value // 10] for row, value in prices["rows"]]


def _without_shares(content: Content) -> None:
    for place, text in enumerate(content["shares"]):
        unit, values = unpacked(text, 10**6)
        content["shares"][place] = packed(np.zeros_like(values), unit)


def _of_another_block(content: Content) -> None:
    content["nodes"][0]["shares"].reverse()


def _without_trees(content: Content) -> None:
    content["nodes"][0]["trees"] = [[-1] for _ in content["nodes"][0]["trees"]]


def _without_a_block(content: Content) -> None:
    del content["nodes"][0]["trees"][-1], content["nodes"][0]["shares"][-1]


@pytest.mark.parametrize(
    "change", [_dearer, _cheaper, _without_shares, _of_another_block, _without_trees, _without_a_block]
)
def test_other_prices_shares_and_trees_are_refused(change: Callable[[Content], None]) -> None:
    """They prove another bound than the plan shows, or do not hold together."""
    (violation,) = reprove(_county(soft=True), _changed(change))
    assert violation.rule == "certificate"


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_a_changed_certificate_proves_no_bound_below_the_plan(mutation: Mutation) -> None:
    """Every change gives the same bound, another true one that the plan does not show, or a violation that says why."""
    county, plan = _solved(soft=True)
    for time in range(many(4)):
        rng = np.random.default_rng(time)
        found = reprove(county, _changed(lambda content, rng=rng: mutation(content, rng)))
        for violation in found:
            if violation.subject == "bound":
                assert float(str(violation.limit)) >= plan.objective
            else:
                assert violation.rule in ("certificate", "prices")
