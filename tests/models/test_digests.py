"""Digests taken piece by piece are those of the whole content."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from liftplan.models import county as counties
from liftplan.models import plan as plans
from liftplan.models.county import County, canonical, key_of, key_order
from liftplan.models.plan import Plan, PlanBody, content_digest, digest_of
from liftplan.models.rows import TABLES
from liftplan.scenarios.generator import Knobs, generate

from .test_planfiles import PLAN


@pytest.fixture(scope="module")
def county() -> County:
    """A county of two villages."""
    return generate(Knobs(villages=2, households_per_village=12, seed=1, tightness=2.0))


def shuffled(county: County, seed: int) -> County:
    """The county with the rows of all tables in another order; its digest is not known yet."""
    random = np.random.default_rng(seed)
    return county.with_tables(**{name: county[name].take(random.permutation(len(county[name]))) for name in TABLES})


@pytest.mark.parametrize("at_once", [1, 7, 1_000])
def test_a_county_has_its_digest_in_pieces_of_any_size(
    county: County, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large tables, read piece by piece, give the digest that small ones give as a whole, in any order of rows."""
    expected = shuffled(county, 1).digest
    monkeypatch.setattr(counties, "AT_ONCE", at_once)
    monkeypatch.setattr(counties, "SMALL", -1)
    assert shuffled(county, 2).digest == expected


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_put_in_the_order_of_their_keys(county: County, name: str) -> None:
    """Rows come in the order in which their keys are sorted, whatever order they have in the table."""
    table = shuffled(county, 3)[name]
    columns = [table[column].tolist() for column in key_of(name)]
    keys = list(zip(*columns, strict=True))
    assert [keys[row] for row in key_order(table, key_of(name)).tolist()] == sorted(keys)


@pytest.mark.parametrize("at_once", [1, 2, 10_000])
def test_a_plan_has_its_digest_in_pieces_of_any_size(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan and its JSON content have the digest of the canonical JSON of all but the digest itself."""
    monkeypatch.setattr(plans, "AT_ONCE", at_once)
    content = PLAN.model_dump(mode="json")
    text = canonical({name: value for name, value in content.items() if name != "digest"})
    assert PLAN.digest == content_digest(PLAN) == digest_of(content) == hashlib.sha256(text).hexdigest()


def test_a_sealed_plan_is_the_plan_of_its_json() -> None:
    """Sealed once more, and read again from JSON, a plan stays as it is."""
    content = PLAN.model_dump(mode="json")
    sealed = Plan.sealed(PlanBody(**{name: value for name, value in content.items() if name != "digest"}))
    assert sealed == Plan(**content) == PLAN
