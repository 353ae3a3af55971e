"""The page of a diagnosis: whole, in both languages, with the diagram of means and needs."""

from __future__ import annotations

import re

import numpy as np
import pytest

import liftplan
from liftplan.reports.conflicts.page.diagram import lacking
from liftplan.scenarios.clashes import CASES
from liftplan.scenarios.clashes.large import LARGE
from liftplan.scenarios.counties import load
from liftplan.solver.diagnose.conflicts import Conflict, Member
from liftplan.solver.diagnose.feasible import Refuted
from liftplan.solver.diagnose.rules import Group


def page(name: str) -> str:
    """The page of a planted conflict."""
    return liftplan.diagnose(next(case for case in CASES if case.name == name).make()).page


@pytest.fixture(scope="module")
def three() -> str:
    """The page of a county with three conflicts: of money, of what can be taken up, of demands."""
    return page("three-at-once")


def test_a_page_needs_nothing_outside_itself(three: str) -> None:
    """No address but those within the page, and a policy that forbids all others."""
    assert "default-src &#x27;none&#x27;" in three
    assert not re.search(r"\s(?:src|href)=\"(?!#)", three)


def test_a_page_has_every_conflict_in_both_languages(three: str) -> None:
    """Two bodies, each with a diagram and a part for each of three conflicts."""
    assert len(re.findall(r"<main ", three)) == 2
    assert len(re.findall(r'<article class="clash">', three)) == 6
    assert len(re.findall(r'<svg class="choke wide"', three)) == 6
    assert len(re.findall(r'<svg class="choke narrow" viewBox="0 0 340 ', three)) == 6


def test_the_diagram_shows_where_it_chokes() -> None:
    """150,000 yuan against 300,000: what is short has a block of its own."""
    shown = page("minimum-any-two")
    assert "fill-bad" in shown
    assert "150,000 yuan" in shown
    assert "in any 2 of these 3 villages" in shown


def test_a_county_with_a_plan_has_a_page_without_conflicts() -> None:
    """Room and figures, nothing else."""
    shown = liftplan.diagnose("tiny").page
    assert "There is a plan" in shown
    assert 'class="clash"' not in shown


def test_a_clash_of_whole_items_shows_names_and_yuan() -> None:
    """Rules that no sum refutes stand in the diagram by their funds' names, with what they have and ask for."""
    county = next(case for case in LARGE if case.name == "monuments").make(load("tiny"))
    named = county["funds"]
    called = named.replace(name=np.where(named["id"] == "monument", "Monument money", named["name"]))
    shown = liftplan.diagnose(county.with_tables(funds=called)).page
    diagram = shown[shown.index('<svg class="choke wide"') :].partition("</svg>")[0]
    assert "R13 Monument money" in diagram
    assert "90,000 yuan" in diagram
    assert "100,000 yuan" in diagram


def test_what_no_plan_finds_elsewhere_has_a_block() -> None:
    """Where prices prove that funds and all other money do not do, what the funds leave over is told."""
    asking, fund = Group("R6", "county", ()), Group("R1", "relief", ())
    conflict = Conflict((Member(asking, True), Member(fund, True)), Refuted(frozenset(), "prices"))
    block = lacking(conflict, {asking: 500_000, fund: 480_000})
    assert block is not None
    assert (block.amount, block.kind) == (20_000, "bad")
    assert lacking(conflict, {asking: 500_000, fund: 500_000}) is None
    assert lacking(conflict, {asking: 500_000}) is None
