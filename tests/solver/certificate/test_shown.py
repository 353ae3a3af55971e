"""Prices that a plan shows are those of its certificate, and no others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.solver.certificate import Certificate, reprove

from .solved import PLACES, small, tiny, with_changes


def priced() -> Iterator[tuple[County, Plan]]:
    """Counties whose certificates have prices of the whole county."""
    for county, plan in (tiny(), *map(small, PLACES[:12])):
        certificate = Certificate.model_validate(plan.certificate)
        if certificate.decided is not None or len(certificate.nodes) == 1:
            yield county, plan


@pytest.mark.parametrize("change", [1e-6, -1e-6, 0.5])
def test_another_price_of_a_fund_is_not_accepted(change: float) -> None:
    """A price a millionth of a person off is named, with the one that the certificate gives."""
    tried = 0
    for county, plan in priced():
        fund, price = max(plan.prices.items(), key=lambda one: one[1])
        if price > 1e-6:
            found = list(reprove(county, with_changes(plan, prices={**plan.prices, fund: price + change})))
            assert [(one.rule, one.subject) for one in found] == [("prices", fund)]
            assert found[0].limit == pytest.approx(price, abs=1e-8)
            tried += 1
    assert tried > 3


def test_a_price_of_a_rule_left_out_is_not_accepted() -> None:
    """What is left out has the price 0; the certificate says otherwise."""
    tried = 0
    for county, plan in priced():
        for name in [name for name, price in plan.rule_prices.items() if price > 1e-6]:
            kept = {other: price for other, price in plan.rule_prices.items() if other != name}
            found = list(reprove(county, with_changes(plan, rule_prices=kept)))
            assert [(one.rule, one.subject) for one in found] == [("prices", name)]
            tried += 1
    assert tried > 3
