"""`summary.html`: its figures are the plan's, it needs nothing outside itself, and it tells nothing of households."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import numpy as np
import pytest

import liftplan
from liftplan.models.plan import Plan
from liftplan.models.tables import Table
from liftplan.reports.frames import PlanTables
from liftplan.reports.page import facts as facts_module
from liftplan.reports.page import money as money_module
from liftplan.reports.page.amounts import estimate, money
from liftplan.reports.page.people import people as people_section

from .pages import TAGS, Page, page_of


def changed(plan: Plan, **changes: Any) -> Plan:
    """A plan with other fields; its digest is the old one, which the page only shows."""
    return Plan.model_validate({**plan.model_dump(), **changes})


@pytest.fixture(scope="module")
def page(solution: liftplan.Solution) -> Page:
    """The page of `tiny`, in English first."""
    return page_of(solution.plan, solution.county)


def figure(page: Page, language: str, name: str) -> str:
    """One of the key figures."""
    (found,) = [one for one in page.all(data_figure=name) if one.inside("main", lang=TAGS[language])]
    return found.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_key_figures_are_the_plans(page: Page, solution: liftplan.Solution, language: str) -> None:
    """People, money and leverage are those of the plan, in both languages."""
    totals = solution.plan.totals
    unit = {"en": "yuan", "zh": "元"}[language]
    assert figure(page, language, "people_lifted") == f"{totals.people_lifted:,}"
    with liftplan.speaking(language):
        assert figure(page, language, "ledger_yuan") == str(money(totals.ledger_yuan))
        assert figure(page, language, "leveraged_yuan") == str(money(totals.leveraged_yuan))
    assert figure(page, language, "each") == f"{round(totals.ledger_yuan / totals.people_lifted):,} {unit}"


def test_people_of_each_village_are_the_plans(page: Page, solution: liftplan.Solution) -> None:
    """Every village and township has its people."""
    totals = solution.plan.totals.people_by_village
    for village, people in totals.items():
        assert {one.text for one in page.all(data_place=village)} == {f"{people:,}"}
    township = solution.county["villages"]["township"][0]
    assert {one.text for one in page.all(data_place=township)} == {f"{sum(totals.values()):,}"}


def test_bars_of_villages_and_townships_have_one_scale(solution: liftplan.Solution) -> None:
    """At one look: the bars of a township's villages, put together, are as long as its own, part by part."""
    facts = facts_module.Facts(solution.plan, solution.county, PlanTables(solution.plan, solution.county))
    section = str(people_section(facts))
    found = [
        {name: float(width) for name, width in re.findall(r'<rect class="fill-(\w+)"[^>]*? width="([0-9.]+)"', bar)}
        for bar in re.findall(r'<svg class="bar".*?</svg>', section, re.DOTALL)
    ]
    assert len(found) == 1 + len(solution.county["villages"])
    township, *villages = found
    for name, width in township.items():
        assert sum(village.get(name, 0.0) for village in villages) == pytest.approx(width, abs=0.5)


def test_bands_have_every_yuan(page: Page, solution: liftplan.Solution) -> None:
    """Both halves of the chart carry the whole ledger."""
    for tag in TAGS.values():
        bands = [one for one in page.all("path") if one.inside("main", lang=tag)]
        assert sum(int(one.attributes["data-y"]) for one in bands) == 2 * solution.plan.totals.ledger_yuan


def test_money_left_over_has_its_reason(page: Page, solution: liftplan.Solution) -> None:
    """Every fund with money left is in the table with its amount and a reason; ring-fenced money is told apart."""
    text = page.all("section", id="en-left")[0].text
    funds = solution.funds
    free = funds[(funds["left"] > 0) & (funds["reason"] != "ring_fenced")]
    assert len(free)
    for column in ("name", "why"):
        assert all(words in text for words in free[column])
    assert all(f"{left:,}" in text for left in free["left"])
    assert "ring-fenced" in text


def test_certainty_is_told_in_people(solution: liftplan.Solution) -> None:
    """Proved best, or how many more people any plan could lift; with a score, points."""
    plan = solution.plan
    assert "No plan can lift more people than this one." in aside(solution, plan)
    people = plan.totals.people_lifted
    unproved = {"status": "feasible", "stopped_by": "time", "objective_bound": people + 3.7, "gap": 3.7 / people}
    text = aside(solution, changed(plan, **unproved))
    assert f"No plan can lift more than {people + 3} people." in text
    assert "3 more than this plan" in text
    assert "the time limit was reached" in text
    assert "5.50" in aside(solution, changed(plan, objective=5.5))


def aside(solution: liftplan.Solution, plan: Plan) -> str:
    """What the page says of how sure the plan is."""
    return page_of(plan, solution.county).all("aside")[0].text


def test_estimates_are_upper_bounds_in_words(page: Page, solution: liftplan.Solution) -> None:
    """One more million: at most about, from the fund's price, and never more people than are left."""
    uses = [one.text for one in page.all("div", class_="use") if one.inside("section", id="en-next")]
    homes = solution.households
    left = int(homes["persons"][~homes["already_out"]].sum()) - solution.people_lifted
    assert "upper estimates" in page.all("section", id="en-next")[0].text
    names = dict(zip(solution.funds["fund"], solution.funds["name"], strict=True))
    for fund, price in solution.plan.prices.items():
        people = estimate(min(left, price * 100))
        told = [text for text in uses if text.startswith(names[fund])]
        assert ["at most about" in text for text in told] == [True] * (people != "0")
        assert all(f"at most about {people} people" in text for text in told)


def test_funds_of_no_use_are_named_apart(page: Page, solution: liftplan.Solution) -> None:
    """Funds in which more money lifts practically nobody are listed without a figure; if all are so, it says so."""
    names = dict(zip(solution.funds["fund"], solution.funds["name"], strict=True))
    idle = [names[fund] for fund, price in solution.plan.prices.items() if estimate(price * 100) == "0"]
    folded = [one.text for one in page.all("details") if one.inside("section", id="en-next")]
    assert idle
    assert all(any(name in text for text in folded) for name in idle)
    none = changed(solution.plan, prices=dict.fromkeys(solution.plan.prices, 0.0), rule_prices={})
    section = page_of(none, solution.county).all("section", id="en-next")[0]
    assert "practically nobody" in section.text
    assert "at most about 0" not in section.text


def test_minimums_tell_how_far_above(page: Page, solution: liftplan.Solution) -> None:
    """Each rule with an amount has its card, and each village its row."""
    text = page.all("section", id="en-minimums")[0].text
    rules = [one.text for one in page.all("span", class_="code") if one.inside("section", id="en-minimums")]
    policy = solution.county.policy
    assert [rules.count(rule) for rule in ("R3", "R4", "R5")] == [1, len(policy.R4.rows), 1]
    assert f"at least {policy.R3.minimum:,} yuan" in text
    for spent in solution.plan.totals.by_village.values():
        assert f"{spent:,} +{spent - policy.R3.minimum:,}" in text


def test_leverage_adds_up(page: Page, solution: liftplan.Solution) -> None:
    """The rows of the table, grants to households included, make the plan's totals."""
    totals = solution.plan.totals
    cells = [one.text for one in page.all("td") if one.inside("section", id="en-leverage")]
    ledger, drawn = ([int(text.replace(",", "")) for text in cells[start::3]] for start in (0, 1))
    assert ledger[-1] == sum(ledger[:-1]) == totals.ledger_yuan
    assert drawn[-1] == sum(drawn[:-1]) == totals.leveraged_yuan


def test_shortfalls_and_padding_are_told(solution: liftplan.Solution) -> None:
    """Soft rules not kept and projects that only fill a minimum have sections; without them there are none."""
    short = [
        {"rule": "R5", "subject": f"v01-h000{number}", "short": yuan, "unit": "yuan", "penalty": 1}
        for number, yuan in ((1, 700), (2, 34))
    ]
    plan = changed(solution.plan, shortfalls=short, padding=[solution.plan.projects[0]])
    page = page_of(plan, solution.county)
    assert "734 yuan" in page.all("section", id="en-short")[0].text
    assert page.all("section", id="en-padding")
    none = page_of(solution.plan, solution.county)
    assert not none.all("section", id="en-short")
    assert not none.all("section", id="en-padding")


def test_no_household_is_on_the_page(solution: liftplan.Solution) -> None:
    """Neither ids of households nor of measures appear, whatever the plan says of them."""
    county = solution.county
    private = [*county["households"]["id"].tolist(), *county["measures"]["id"].tolist()]
    short = [{"rule": "R5", "subject": private[0], "short": 7, "unit": "yuan", "penalty": 1}]
    overrides = [f"must household {private[1]}", "policy.R2.purpose_rule = fixed"]
    source = page_of(changed(solution.plan, shortfalls=short, overrides=overrides), county).source
    assert not [name for name in private if name in source]
    assert "policy.R2.purpose_rule = fixed" in source


def test_page_needs_nothing_outside(page: Page) -> None:
    """No address but those within the page, and a policy that allows nothing but its own style and script."""
    for one in page.elements:
        assert not {"src", "srcset", "action", "data", "style", "onclick"} & set(one.attributes)
        assert one.attributes.get("href", "#").startswith("#")
    assert "@import" not in page.source
    assert "url(" not in page.source
    (policy,) = page.all("meta", http_equiv="Content-Security-Policy")
    assert policy.attributes["content"].startswith("default-src 'none';")
    parts = [page.all(tag)[0].text for tag in ("style", "script")]
    digests = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in parts]
    assert re.findall(r"sha256-([^']+)", policy.attributes["content"]) == digests


def test_page_is_well_formed(page: Page) -> None:
    """Elements nest, ids are unique, and every address within the page exists."""
    assert not page.faults
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    for one in page.elements:
        assert one.attributes.get("href", f"#{ids[0]}")[1:] in ids
        assert one.attributes.get("aria-labelledby", ids[0]) in ids


def test_charts_say_what_they_show(page: Page) -> None:
    """Every chart has a name for those who do not see it."""
    titled = {id(one.around[-1]) for one in page.all("title")}
    for chart in page.all("svg"):
        assert chart.attributes.get("aria-label") or id(chart) in titled


@pytest.mark.parametrize("language", ["en", "zh"])
def test_language_of_the_reader_comes_first(solution: liftplan.Solution, language: str) -> None:
    """Both languages are on the page; the current one is shown, and named in `lang`."""
    with liftplan.speaking(language):
        page = page_of(solution.plan, solution.county)
    assert page.all("html")[0].attributes["lang"] == TAGS[language]
    hidden = {one.attributes["lang"]: "hidden" in one.attributes for one in page.all("main")}
    assert hidden == {tag: tag != TAGS[language] for tag in TAGS.values()}


def test_names_are_escaped(solution: liftplan.Solution) -> None:
    """Names that are markup appear as text, in names, titles and attributes alike."""
    wicked = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"
    county = solution.county
    changes = {}
    for name in ("villages", "funds", "departments", "purposes"):
        table = county[name]
        names = np.array([f"{wicked}{number}" for number in range(len(table))], dtype=object)
        columns = {**table.columns, "name": names, "name_en": names}
        changes[name] = Table(table.schema, {**columns, "township": names} if name == "villages" else columns)
    page = page_of(solution.plan, county.with_tables(**changes))
    assert not page.faults
    assert len(page.all("script")) == 1
    assert not page.all("img")
    assert any(wicked in one.text for one in page.all("main"))


def test_many_villages_are_shown_by_township(solution: liftplan.Solution, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number of villages the chart ends at townships, each with a chart of its own that is closed."""
    monkeypatch.setattr(facts_module, "FEW_VILLAGES", 2)
    page = page_of(solution.plan, solution.county)
    assert not page.faults
    (own,) = page.all("details", id="en-township-0")
    assert "open" not in own.attributes
    links = [one.attributes["href"] for one in page.all("a") if one.inside("svg", class_="sankey")]
    assert links == ["#en-township-0", "#zh-township-0"]
    bands = [int(one.attributes["data-y"]) for one in page.all("path") if own in one.around]
    assert sum(bands) == 2 * solution.plan.totals.ledger_yuan


def test_page_of_a_huge_county_leaves_villages_out(
    solution: liftplan.Solution, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond what a page can bear, villages are left to plan.xlsx and small townships are taken together."""
    for name, value in (("FEW_VILLAGES", 0), ("MOST_VILLAGES", 2)):
        monkeypatch.setattr(facts_module, name, value)
    for module in (facts_module, money_module):
        monkeypatch.setattr(module, "MOST_TOWNSHIPS", 0)
    page = page_of(solution.plan, solution.county)
    totals = solution.plan.totals
    assert not page.faults
    assert not [village for village in totals.by_village if page.all(data_place=village)]
    assert "plan.xlsx has them all" in page.all("section", id="en-people")[0].text
    assert [one.text for one in page.all(data_place=facts_module.OTHERS)] == [f"{totals.people_lifted:,}"] * 2
    bands = [one for one in page.all("path") if one.inside("main", lang="en")]
    assert sum(int(one.attributes["data-y"]) for one in bands) == 2 * totals.ledger_yuan


def test_same_plan_gives_the_same_page(page: Page, solution: liftplan.Solution) -> None:
    """Nothing on the page depends on time or machine."""
    assert page_of(solution.plan, solution.county).source == page.source


def test_plan_that_spends_nothing_has_a_page(solution: liftplan.Solution) -> None:
    """Empty charts and zero sums are no trouble."""
    totals = solution.plan.totals.model_dump()
    zero = {name: dict.fromkeys(value, 0) if isinstance(value, dict) else 0 for name, value in totals.items()}
    nothing = {"ledger": [], "measures": [], "projects": [], "padding": [], "topups": {}, "lifted": [], "prices": {}}
    page = page_of(changed(solution.plan, **nothing, totals=zero, objective=0.0), solution.county)
    assert not page.faults
    assert not page.all("section", id="en-next")
