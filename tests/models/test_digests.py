"""Digests taken piece by piece are those of the whole content."""

from __future__ import annotations

import hashlib
import json
from itertools import permutations
from typing import Any

import numpy as np
import pytest

from liftplan.models import county as counties
from liftplan.models import plan as plans
from liftplan.models.county import County, canonical, key_of, key_order
from liftplan.models.plan import Plan, PlanBody, content_digest, digest_of
from liftplan.models.rows import TABLES, Budget
from liftplan.models.tables import Table
from liftplan.scenarios.small import random_small

from .test_planfiles import PLAN


@pytest.fixture(scope="module")
def county() -> County:
    """A county with commitments, demands, minimums of villages, and budgets of two years."""
    county = random_small(2, hard=["R11", "R12"])
    funds = county["funds"]["id"].tolist()
    budgets = [Budget(fund=fund, year=year, amount=year) for fund in funds for year in (2015, 2016)]
    return county.with_tables(budgets=Table.from_rows(Budget, budgets))


def shuffled(county: County, seed: int) -> County:
    """The county with the rows of all tables in another order; its digest is not known yet."""
    random = np.random.default_rng(seed)
    return county.with_tables(**{name: county[name].take(random.permutation(len(county[name]))) for name in TABLES})


def digest_at_once(county: County) -> str:
    """SHA-256 of the county's content as one text: head, policy, and each table by its keys, column after column."""
    parts = [
        json.dumps(part.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        for part in (county.head, county.policy)
    ]
    for name, schema in TABLES.items():
        rows = sorted(county[name].rows(), key=lambda row: tuple(getattr(row, column) for column in key_of(name)))
        parts.append(f"\n{name} {len(rows)}")
        parts += (
            f"\n{field}\n" + "\x1e".join(written(getattr(row, field)) for row in rows) for field in schema.model_fields
        )
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def written(value: Any) -> str:
    """A cell as the digest of a county takes it."""
    return "\x1f".join(value) if isinstance(value, tuple) else str(value)


def test_a_county_has_the_digest_of_its_content(county: County) -> None:
    """Digests stay what they are: plans and certificates name their county by them."""
    assert shuffled(county, 1).digest == digest_at_once(county)


@pytest.mark.parametrize("at_once", [1, 7, 1_000])
def test_a_county_has_its_digest_in_pieces_of_any_size(
    county: County, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large tables, read piece by piece, give the digest that small ones give as a whole, in any order of rows."""
    monkeypatch.setattr(counties, "AT_ONCE", at_once)
    monkeypatch.setattr(counties, "SMALL", -1)
    assert shuffled(county, 2).digest == digest_at_once(county)


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_put_in_the_order_of_their_keys(county: County, name: str) -> None:
    """Rows come in the order in which their keys are sorted, whatever order they have in the table."""
    table = shuffled(county, 3)[name]
    columns = [table[column].tolist() for column in key_of(name)]
    keys = list(zip(*columns, strict=True))
    assert [keys[row] for row in key_order(table, key_of(name)).tolist()] == sorted(keys)
    _, *others = permutations(range(len(columns)))
    for places in others:  # with the columns of the key in another order, the rows of this county would be, too
        assert sorted(keys, key=lambda key, places=places: [key[place] for place in places]) != sorted(keys)


@pytest.mark.parametrize("at_once", [1, 2, 10_000])
def test_a_plan_has_its_digest_in_pieces_of_any_size(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan and its JSON content have the digest of the canonical JSON of all but the digest itself."""
    monkeypatch.setattr(plans, "AT_ONCE", at_once)
    content = PLAN.model_dump(mode="json")
    text = canonical({name: value for name, value in content.items() if name != "digest"})
    assert PLAN.digest == content_digest(PLAN) == digest_of(content) == hashlib.sha256(text).hexdigest()


@pytest.mark.parametrize("content", [{}, {"digest": "0" * 64}])
def test_content_with_nothing_in_it_has_the_digest_of_its_json(content: dict[str, Any]) -> None:
    """Without any field it is that of empty braces."""
    assert digest_of(content) == hashlib.sha256(b"{}").hexdigest()


def test_a_sealed_plan_is_the_plan_of_its_json() -> None:
    """Sealed once more, and read again from JSON, a plan stays as it is."""
    content = PLAN.model_dump(mode="json")
    sealed = Plan.sealed(PlanBody(**{name: value for name, value in content.items() if name != "digest"}))
    assert sealed == Plan(**content) == PLAN
