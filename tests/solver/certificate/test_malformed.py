"""Certificates that are none: whatever stands there, the answer is a violation."""

from __future__ import annotations

import base64
import zlib
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftplan.models.plan import Plan
from liftplan.solver.certificate import reprove

from .solved import small, tiny

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.integers(-3, 5)
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["project", "lift", "measure", "", "\ud800", "c$", "1", "9" * 5000])
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
"""What JSON may hold, and a little more."""

FIELDS = ("version", "prices", "shares", "decided", "nodes")


def holding(plan: Plan, certificate: dict[str, Any]) -> Plan:
    """The plan with anything in its certificate's place."""
    return plan.model_copy(update={"certificate": certificate})


@settings(max_examples=150)
@given(st.dictionaries(st.text(max_size=8), JUNK, max_size=4) | st.fixed_dictionaries(dict.fromkeys(FIELDS, JUNK)))
def test_junk_is_a_violation(junk: dict[str, Any]) -> None:
    """Dictionaries of anything, with the right names or not."""
    county, plan = tiny()
    (violation,) = reprove(county, holding(plan, junk))
    assert violation.subject == "certificate"


def places(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside a certificate."""
    pairs = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [path, *(one for key, value in pairs for one in places(value, (*path, key)))]


@settings(max_examples=200)
@given(st.data())
def test_junk_in_one_place_is_no_error(data: st.DataObject) -> None:
    """A sound certificate with one value replaced by anything is answered, not stumbled over."""
    county, plan = small(data.draw(st.sampled_from((13, 23, 42))))
    content = deepcopy(plan.certificate)
    assert content is not None
    path = data.draw(st.sampled_from(places(content)[1:]))
    at: Any = content
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = data.draw(JUNK)
    found = list(reprove(county, holding(plan, content)))
    assert all(str(violation.message) for violation in found)
    assert len(found) <= 1


SWELLING = base64.b85encode(zlib.compress(bytes(10**8), 9)).decode()
"""A hundred million zeros."""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"version": 3}, "its version is unknown"),
        ({"nodes": []}, "its tree ends before it covers every case"),
        ({"shares": []}, "it refers to an entry that it does not have"),
        ({"prices": []}, "it refers to an entry that it does not have"),
        ({"shares": ["c$@#^"] * 9}, "its shares are not a packed list of numbers"),
        ({"nodes": [{"kind": "project", "index": 10**6}]}, "it decides something that does not exist"),
        ({"nodes": [{"kind": "measure", "index": 10**6}]}, "it decides a measure that does not exist"),
        ({"nodes": [{"prices": 0, "trees": [], "shares": []}]}, "a leaf leaves blocks out"),
        ({"prices": [{"shift": 0, "rows": [[10**6, 1]]}] * 9}, "its prices are of rows that do not exist"),
        ({"prices": [{"shift": 0, "rows": [[0, 1], [0, 2]]}] * 9}, "its prices are of rows that do not exist"),
    ],
)
def test_what_does_not_hold_together_is_named(change: dict[str, Any], reason: str) -> None:
    """The violation says what is wrong with the certificate."""
    county, plan = tiny()
    (violation,) = reprove(county, holding(plan, {**(plan.certificate or {}), **change}))
    assert reason in str(violation.message)


def test_prices_beyond_64_bits_are_named() -> None:
    """Numbers that cannot be added up exactly prove nothing."""
    county, plan = tiny()
    large = {"shift": 0, "rows": [[row, 2**62] for row in range(3)]}
    (violation,) = reprove(county, holding(plan, {**(plan.certificate or {}), "prices": [large] * 9}))
    assert str(violation.message) == "The certificate's prices are too large to be added up exactly."


def test_a_list_that_swells_is_not_unpacked() -> None:
    """A share string that stands for far more numbers than the block has is refused before it fills the memory."""
    county, plan = tiny()
    (violation,) = reprove(county, holding(plan, {**(plan.certificate or {}), "shares": [SWELLING] * 9}))
    assert "its shares are not a packed list of numbers" in str(violation.message)
