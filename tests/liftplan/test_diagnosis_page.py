"""The page of a diagnosis: whole, in both languages, with the diagram of means and needs."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser

import liftplan
from liftplan.models.messages import m, speaking
from liftplan.reports.conflicts.content import Content
from liftplan.reports.conflicts.page import conflict_page
from liftplan.reports.conflicts.page.columns import SEEN, columns
from liftplan.reports.conflicts.page.diagram import sides_of
from liftplan.reports.conflicts.page.rules import rules
from liftplan.reports.conflicts.page.sides import MOST, Block, Sides, other_funds, together, whole
from liftplan.reports.conflicts.page.stacked import WHOLE, stacked
from liftplan.reports.page.html import el
from liftplan.reports.page.shell import asset, body_of, document
from liftplan.scenarios.clashes import CASES
from liftplan.scenarios.clashes.case import county as small
from liftplan.scenarios.clashes.case import fund, minimums, project
from liftplan.scenarios.clashes.large import LARGE
from liftplan.scenarios.counties import load
from liftplan.solver.diagnose.conflicts import Conflict, Member
from liftplan.solver.diagnose.feasible import Refuted

from .pages import Page, visit

SUMS = {
    "minimum-money": [(250_000, 300_000)],
    "minimum-two-funds": [(280_000, 300_000)],
    "minimum-fee": [(297_000, 300_000)],
    "minimum-absorb": [(30_000, 50_000)],
    "minimum-scope": [(0, 50_000)],
    "growth-money": [(655_000, 660_000)],
    "household-money": [(40_000, 60_000)],
    "share-at-most": [(53_333, 60_000)],
    "must-money": [(400_000, 450_000)],
    "committed-money": [(80_000, 120_000)],
    "maximum-must": [(12_000, 15_000)],
    "minimum-maximum": [(9_000, 10_000)],
    "fairness-nobody": [(0, 3)],
    "must-slots": [(1, 2)],
    "must-labour": [(1, 2)],
    "must-two-houses": [(1, 2)],
    "must-alternatives": [(1, 2)],
    "committed-alternatives": [(1, 2)],
    "lump-minimum": [(170_000, 90_000)],
    "two-minimums": [(170_000, 180_000), (250_000, 300_000)],
}
"""Planted conflicts: what there is and what is asked for, by their arguments."""


@cache
def content(name: str) -> Content:
    """The diagnosis of a planted conflict."""
    return liftplan.diagnose(next(case for case in CASES if case.name == name).make(), threads=1).content


def page(name: str) -> str:
    """Its page."""
    return conflict_page(content(name))


def sides(name: str) -> list[Sides | None]:
    """What stands on both sides of its diagrams."""
    return [sides_of(content(name), conflict) for conflict in content(name).conflicts]


def blocks(*amounts: int, kind: str = "plain") -> tuple[Block, ...]:
    """Blocks of some amounts, named by them."""
    return tuple(Block(f"{amount:,}", amount, kind) for amount in amounts)  # type: ignore[arg-type]


def drawn(means: tuple[Block, ...], needs: tuple[Block, ...]) -> Sides:
    """Both sides, with some sentence."""
    return Sides(means, needs, m("{text}", text="sums"))


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
    assert len(re.findall(r'<svg class="choke"', three)) == 4
    assert len(re.findall(r'<div class="stacked">', three)) == 4
    assert len(re.findall(r'<div class="against">', three)) == 2


def test_the_diagram_shows_where_it_chokes() -> None:
    """150,000 yuan against 300,000: what is short has a block of its own."""
    shown = page("minimum-any-two")
    assert 'class="fill-bad"' in shown
    assert "150,000 yuan" in shown
    assert "in any 2 of these 3 villages" in shown


def test_the_best_plan_under_a_repair_says_how_sure_it_is() -> None:
    """A plan that is not proved best is not called so, as on the terminal."""
    found = content("minimum-money")
    mended = replace(found.repairs[0], people=44, bound=45.7)
    told = conflict_page(replace(found, repairs=(mended,)))
    assert "best plan found under it: 44 people; no plan lifts more than 45 people" in told


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
    diagram = shown[shown.index('<svg class="choke"') :].partition("</svg>")[0]
    assert "R13 Monument money" in diagram
    assert "90,000 yuan" in diagram
    assert "100,000 yuan" in diagram


@pytest.mark.parametrize("name", SUMS)
def test_diagrams_have_the_sums_of_the_argument(name: str) -> None:
    """What there is and what is asked for are those of the planted conflict; the sentence beside tells the same."""
    found = [one for one in sides(name) if one is not None]
    assert [(one.there, one.asked) for one in found] == SUMS[name]
    for one in found:
        assert one.short == max(0, one.asked - one.there)
        told = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", str(one.why))]
        assert {one.asked, one.short} - {0} <= set(told)


def test_rules_that_no_sum_is_about_stand_against_each_other() -> None:
    """What must be and what must never be, with the requirement that joins them."""
    shown = page("must-linked-village")
    assert sides("must-linked-village") == [None]
    assert "v1-h1-hens requires v2-road" in shown
    assert '<svg class="choke"' not in shown


def test_money_that_no_sum_forbids_is_crossed_out() -> None:
    """90,000 of 170,000 would do, whole squares do not: a cross, and what the repair gives."""
    shown = page("lump-minimum")
    assert "no whole items fit" in shown
    assert "The smallest repair gives 10,000 yuan here." in shown
    assert 'class="fill-bad"' not in shown


def test_money_outside_the_conflict_is_what_there_is() -> None:
    """The conflict does not need the limit of a fund of 1,000 whose items take up 20,000: 49,000 are short, not 30,000.

    The repair gives as much.
    """
    county = small("outside", fund("special", "poverty", 250_000, "industry", "road"),
                   fund("old", "poverty", 1_000, "bridge"), project("v1-bridge", "bridge", 20_000),
                   R4=minimums(poverty=100_000))  # fmt: skip
    found = liftplan.diagnose(county, threads=1).content
    (conflict,) = found.conflicts
    assert {group.key for group in conflict.groups} == {"poverty", "special"}
    assert conflict.proof.money is not None
    assert conflict.proof.money.short == 30_000
    shown = sides_of(found, conflict)
    assert shown is not None
    assert [(block.name, block.amount, block.kind) for block in shown.means] == [
        ("special", 250_000, "plain"),
        ("old", 1_000, "left"),
    ]
    assert shown.short == 49_000 == found.repairs[0].repair.yuan
    assert "old, 1,000 yuan" in str(shown.note)


def test_what_prices_prove_is_told_with_the_money_of_all_funds() -> None:
    """Where a conflict has fewer funds than the arithmetic, the others' money is no lack."""
    found = content("growth-money")
    (conflict,) = found.conflicts
    kept = tuple(member for member in conflict.members if member.group.key != "roads")
    fewer = Conflict(kept, Refuted(frozenset(), "prices"))
    shown = sides_of(found, fewer)
    assert shown is not None
    assert (shown.there, shown.asked, shown.short) == (655_000, 660_000, 5_000)
    assert [block.amount for block in shown.means if block.kind == "left"] == [240_000]
    assert "at least 5,000 short" in str(shown.why)


def test_limits_of_many_funds_are_listed_on_demand() -> None:
    """Two dozen of them are one line, with the names and amounts behind it."""
    found = content("growth-money")
    (conflict,) = found.conflicts
    funds = [member for member in conflict.members if member.group.rule == "R1"]
    many = Conflict((conflict.members[0], *(Member(one.group, False) for one in funds * 4)), conflict.proof)
    shown = "".join(rules(found, many.members))
    assert "none of 12 funds" in shown
    assert shown.count("355,000 yuan") == 4
    assert shown.count("not shown that it is needed") == 12


def test_columns_are_in_proportion_to_money() -> None:
    """Blocks are as tall as their amounts say, and the needs as tall as means and lack together."""
    one = Page(columns(drawn(blocks(300, 200, 100), blocks(500, 250, kind="exact"))))
    tall = {look: [float(rect.attributes["height"]) + 1 for rect in one.all("rect", class_=f"fill-{look}")]
            for look in ("plain", "exact", "bad")}  # fmt: skip
    unit = tall["plain"][2]
    assert tall["plain"] == pytest.approx([3 * unit, 2 * unit, unit], abs=0.2)
    assert tall["bad"] == pytest.approx([1.5 * unit], abs=0.2)
    assert tall["exact"] == pytest.approx([5 * unit, 2.5 * unit], abs=0.2)


def test_a_small_lack_is_seen() -> None:
    """One yuan of a million has its least height; all others stay in proportion to each other."""
    one = Page(columns(drawn(blocks(600_000, 399_999), blocks(1_000_000, kind="exact"))))
    (lack,) = one.all("rect", class_="fill-bad")
    assert float(lack.attributes["height"]) == pytest.approx(SEEN - 1, abs=0.1)
    first, second = (float(rect.attributes["height"]) + 1 for rect in one.all("rect", class_="fill-plain"))
    assert first / second == pytest.approx(1.5, abs=0.02)


def test_rows_begin_where_the_last_ended() -> None:
    """On phones the means are bars one after the other, up to what is short; needs beyond them are red."""
    one = Page(stacked(drawn(blocks(300, 100), blocks(500, kind="exact"))))
    bars = [rect.attributes for rect in one.all("rect") if rect.attributes["class"] != "track"]
    assert [bar["class"] for bar in bars] == ["fill-plain", "fill-plain", "fill-bad", "fill-exact", "fill-over"]
    assert [float(bar["x"]) / WHOLE for bar in bars] == pytest.approx([0, 0.6, 0.8, 0, 0.8])
    assert [float(bar["width"]) / WHOLE for bar in bars] == pytest.approx([0.6, 0.2, 0.2, 0.8, 0.2])


def test_small_blocks_of_many_are_told_together() -> None:
    """The largest have their names, the sum stays."""
    found = together(blocks(*range(1, 21)), other_funds)
    assert len(found) == MOST
    assert sum(block.amount for block in found) == 210
    assert found[-1].name == "14 other funds"
    assert [block.amount for block in found[:2]] == [20, 19]


def test_whole_parts_have_the_whole_of_the_sum() -> None:
    """Thirds are told as 0, 0 and 1."""
    assert whole([Fraction(1, 3)] * 3) == [0, 0, 1]


OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.choke text:not(:has(tspan)), .choke tspan, .stacked span, .stacked b')]
    .map(one => [one.textContent, one.getBoundingClientRect()]).filter(([, box]) => box.width);
  const inside = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3;
  const wrong = boxes.filter(([, box]) => box.left < 0 || box.right > innerWidth).map(([text]) => text);
  boxes.forEach(([text, box], at) => boxes.slice(at + 1).forEach(([other, beside]) => {
    if (inside(box, beside)) wrong.push(text + ' | ' + other);
  }));
  const bars = [...document.querySelectorAll('.choke rect')].map(one => one.getBoundingClientRect());
  wrong.push(...boxes.filter(([, box]) => bars.some(bar => inside(box, bar))).map(([text]) => 'on a bar: ' + text));
  return [boxes.length, wrong];
}"""
"""How many texts are seen, and which of them lie over others or over bars."""


@pytest.mark.browser
@pytest.mark.parametrize("across", [390, 800, 1280])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_label_lies_over_another_or_over_a_band(
    browser: Browser, tmp_path: Path, across: int, language: str
) -> None:
    """Seven blocks with long names, most of them thin, and a slight lack, in a wide and in a narrow window."""
    name = (
        "Agricultural comprehensive development of counties"
        if language == "en"
        else "农业综合开发与现代农业生产发展专项资金"
    )
    means = tuple(Block(f"{name} {size}", size, "plain") for size in (900_000, 500, 400, 300, 200, 100))
    needs = tuple(Block(f"{name} {size}", size, "exact") for size in (1_500, 1_400, 900_000))
    with speaking(language):
        shown = el("article", el("div", columns(drawn(means, needs)), stacked(drawn(means, needs)), class_="choking"))
        style = asset("page.css") + asset("conflicts.css", "liftplan.reports.conflicts.page")
        text = document("page", [body_of([shown], {"en": "", "zh": ""}, language)], style, asset("page.js"))
    path = tmp_path / "page.html"
    path.write_text(text, encoding="utf-8")
    tab, wrong = visit(browser, path, across)
    seen, over = tab.evaluate(OVERLAPS)
    tab.close()
    assert not wrong
    assert seen > 20
    assert over == []


def test_the_page_of_a_county_with_a_plan_speaks_of_no_conflict() -> None:
    """Its foot tells what backs a plan; that of a county without one tells what backs conflicts and repairs."""
    plain = liftplan.diagnose("tiny").page
    assert "The plan that was found keeps every hard rule" in plain
    assert "Conflicts are proved" not in plain
    assert "Conflicts are proved" in page("minimum-money")
