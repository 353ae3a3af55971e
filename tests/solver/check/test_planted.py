"""Plans by construction are accepted, and between them put every rule to work."""

from __future__ import annotations

from collections import Counter

from .planted import Planter

SEEDS = range(40)


def test_planted_plans_are_accepted_and_break_every_soft_rule_somewhere(bench):
    """No violation in any of them; each rule is hard somewhere, and each that can be soft is short somewhere."""
    short: Counter[str] = Counter()
    hard: Counter[str] = Counter()
    for seed in SEEDS:
        planter = Planter(seed)
        county = planter.result()
        plan = bench.plan(county, bench.made(planter))
        assert bench.verdict(county, plan) == set(), seed
        short.update({one.rule for one in plan.shortfalls})
        hard.update(name for name, rule in county.policy if name.startswith("R") and rule.enforce == "hard")
    assert set(short) == {"R1", "R3", "R4", "R5", "R6", "R7", "R9", "R10", "R11", "R12", "R13"}
    assert len(hard) == 13
