"""No change of a plan that breaks a rule gets past the checker, and it names what is broken."""

from __future__ import annotations

import json
import random
from collections import Counter
from functools import cache
from typing import Any

import pytest

from liftplan.models.county import County
from liftplan.models.plan import Plan, digest_of
from liftplan.models.planreading import plan_from_text
from liftplan.models.policy import RULES
from liftplan.models.problems import InputProblems
from liftplan.solver.check.facts import Facts

from ...thorough import many
from .conftest import Choice
from .desk import Desk
from .edits import DOUBLE, SINGLE
from .forgeries import FORGERIES, Forger
from .planted import Planter

SEEDS = 20
PER_SEED = many(250)
"""Changes of each plan, in each of the first three tests: 5,000 in all in `make thorough`, a share in `make test`."""


class Case:
    """A planted plan with all that tests of its changes need."""

    def __init__(self, bench: Any, seed: int) -> None:
        self.planter = Planter(seed)
        self.county: County = self.planter.result()
        self.facts = Facts(self.county)
        self.plan: Plan = bench.plan(self.county, bench.made(self.planter), room=seed % 3 * 0.7)
        self.content = self.plan.model_dump(mode="json")
        self.text = json.dumps(self.content)
        self.desk = Desk(self.facts, cache(self.planter.payers), random.Random(seed))


@pytest.fixture(scope="module")
def cases(bench: Any) -> list[Case]:
    """Accepted plans."""
    made = [Case(bench, seed) for seed in range(SEEDS)]
    assert not any(bench.verdict(case.county, case.plan, case.facts) for case in made)
    return made


def test_every_edit_is_rejected_and_named(bench, cases):
    """Single changes and changes of two lines that keep sums right, digest recomputed: each names what it breaks."""
    used: Counter[str] = Counter()
    for case in cases:
        for _ in range(PER_SEED):
            expected = None
            while expected is None:
                content = json.loads(case.text)
                edit = case.desk.random.choice([*SINGLE, *DOUBLE, *DOUBLE])
                expected = edit(case.desk, content)
            used[edit.__name__] += 1
            plan = Plan(**{**content, "digest": digest_of(content)})
            assert expected <= bench.verdict(case.county, plan, case.facts), (case.county.head.id, edit.__name__)
    assert set(used) == {edit.__name__ for edit in (*SINGLE, *DOUBLE)}
    assert used.total() == SEEDS * PER_SEED


def test_every_change_is_rejected_when_the_digest_is_left_alone(bench, cases):
    """Any leaf of the file, whatever it means: another value, or gone."""
    for case in cases:
        for _ in range(PER_SEED):
            content = json.loads(case.text)
            _change_a_leaf(content, case.desk.random)
            try:
                plan = plan_from_text(json.dumps(content))
            except InputProblems:
                continue
            assert "digest" in bench.verdict(case.county, plan, case.facts)


def test_every_forgery_is_rejected_and_named(bench, cases):
    """Decisions that break a rule, with totals, counts, digest and all derived anew: the rule is named.

    Every rule is named by itself somewhere, so that none hides behind another.
    """
    named: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for case in cases:
        forger = Forger(case.planter, case.desk)
        for _ in range(PER_SEED):
            forged = None
            while forged is None:
                forgery = case.desk.random.choice(FORGERIES)
                forged = forgery(forger)
            projects, measures, topups, pays, expected = forged
            choice = Choice(tuple(sorted(projects)), tuple(sorted(measures)), topups, dict(pays))
            verdict = bench.verdict(case.county, bench.plan(case.county, choice, facts=case.facts), case.facts)
            assert expected <= verdict, (case.county.head.id, forgery.__name__, expected, verdict)
            named.update(expected)
            alone.update(verdict if len(verdict) == 1 else ())
    assert set(named) == set(alone) == {*RULES, "ledger"}


def test_another_valid_plan_is_accepted_and_its_stale_totals_are_not(bench, cases):
    """Two funds that change places for as many yuan make another valid plan - with the right number of lines."""
    tried = 0
    for case in cases:
        forger = Forger(case.planter, case.desk)
        for _ in range(20):
            forged = forger.harmless()
            if forged is None:
                break
            projects, measures, topups, pays, _ = forged
            choice = Choice(tuple(sorted(projects)), tuple(sorted(measures)), topups, dict(pays))
            assert not bench.verdict(case.county, bench.plan(case.county, choice, facts=case.facts), case.facts)
            if len(pays) != len(case.planter.pays):
                content = {**case.content, "ledger": sorted([*line, yuan] for line, yuan in pays.items())}
                stale = Plan(**{**content, "digest": digest_of(content)})
                assert bench.verdict(case.county, stale, case.facts) == {"totals"}
            tried += 1
    assert tried > 100


def _change_a_leaf(content: dict[str, Any], chance: random.Random) -> None:
    """Walk down to any entry of the content but the digest, and change or remove it."""
    place: Any = content
    key: Any = chance.choice(sorted(set(content) - {"digest"}))
    while isinstance(place[key], dict | list) and place[key]:
        place = place[key]
        key = chance.choice(sorted(place)) if isinstance(place, dict) else chance.randrange(len(place))
    value = place[key]
    if chance.random() < 0.1:
        del place[key]
    elif isinstance(value, bool) or value is None:
        place[key] = 1
    elif isinstance(value, str):
        place[key] = value + chance.choice(["x", " "])
    elif isinstance(value, int):
        place[key] = value + chance.choice([-1, 1])
    elif isinstance(value, float):
        place[key] = value + chance.choice([-1.0, 1e-9, float("inf"), float("nan")])
    else:
        place[key] = {"x": 1} if isinstance(value, dict) else ["x"]
