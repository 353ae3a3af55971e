"""The guard: every rule has its function, and tests that would fail if it accepted, or rejected, whatever there is."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

from liftplan.models.messages import m
from liftplan.models.policy import RULES
from liftplan.solver.check.evaluate import judge
from liftplan.solver.check.findings import Breach
from liftplan.solver.check.rules import CHECKS

from . import test_demand_rules, test_fund_rules, test_household_rules, test_structure_rules, test_village_rules

MODULES = (test_demand_rules, test_fund_rules, test_household_rules, test_structure_rules, test_village_rules)
"""Where the tests of the rules are; `test_r3_accepts_...` is one of R3."""

JUDGE = sys.modules[judge.__module__]
"""The module that asks the functions."""

NEVER_SOFT = {"R2", "R8"}


def cases_of(rule: str, kind: str) -> list[Callable[..., None]]:
    """The tests of a rule that accept, reject or price."""
    prefix = f"test_{rule.lower()}_{kind}_"
    return [test for module in MODULES for name, test in vars(module).items() if name.startswith(prefix)]


def arguments(test: Callable[..., None]) -> Iterator[dict[str, Any]]:
    """Arguments of each run of a test, from its `parametrize` marks."""
    listed = []
    for mark in getattr(test, "pytestmark", ()):
        names, values = mark.args
        names = [names] if isinstance(names, str) else list(names)
        listed.append([dict(zip(names, one if len(names) > 1 else [one], strict=True)) for one in values])
    for parts in product(*listed):
        yield {name: value for part in parts for name, value in part.items()}


def all_fail(bench, rule, kind):
    """Each test of a kind that the rule has fails; there is one at least."""
    assert cases_of(rule, kind)
    for test in cases_of(rule, kind):
        for given in arguments(test):
            with pytest.raises(AssertionError):
                test(bench, **given)


def test_every_rule_has_its_function() -> None:
    """One function a rule, which names it first and belongs to no other."""
    assert list(CHECKS) == list(RULES)
    assert len(set(CHECKS.values())) == len(RULES)
    for rule, check in CHECKS.items():
        assert (inspect.getdoc(check) or "").startswith(f"{rule}:")


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_rejected_by_itself(bench, monkeypatch, rule):
    """Without its function each rejecting test of the rule fails: nothing else would have named the breach."""
    monkeypatch.setattr(JUDGE, "CHECKS", {name: check for name, check in CHECKS.items() if name != rule})
    all_fail(bench, rule, "rejects")


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_accepted_by_itself(bench, monkeypatch, rule):
    """With a function that always names the rule each accepting test of it fails."""
    always = [Breach(rule, "all", m("no"), 0, 1)]
    monkeypatch.setattr(JUDGE, "CHECKS", {**CHECKS, rule: lambda *_: iter(always)})
    all_fail(bench, rule, "accepts")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in NEVER_SOFT])
def test_every_soft_rule_is_priced(bench, monkeypatch, rule):
    """Without its function each test of the rule's price fails."""
    monkeypatch.setattr(JUDGE, "CHECKS", {name: check for name, check in CHECKS.items() if name != rule})
    all_fail(bench, rule, "soft")
