"""The built-in counties: valid, exactly what their sources build, and sourced."""

from __future__ import annotations

import pickle
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from liftplan.models.county import County
from liftplan.models.problems import InputProblems
from liftplan.models.validate import validate
from liftplan.scenarios import counties
from liftplan.scenarios.build_zigui import BUILT
from liftplan.scenarios.generator.names import ZIGUI_TOWNSHIPS
from liftplan.solver.solve import solve

LARGEST = 2_500_000
"""Bytes that one county may ship."""

CONTRACT = {
    *("poverty", "ndrc", "finance", "transport", "agriculture", "forestry", "water", "land"),
    *("housing", "civil_affairs", "disabled", "health", "education", "society"),
}


loaded = cache(counties.load)
"""Built-in counties, read once."""


@pytest.fixture(scope="module")
def zigui() -> County:
    """`zigui-2015`."""
    return loaded("zigui-2015")


@pytest.fixture(scope="module")
def years() -> County:
    """`zigui-2011-2015`."""
    return loaded("zigui-2011-2015")


@pytest.mark.parametrize("name", counties.names())
def test_built_in_county_is_valid_without_warnings(name: str) -> None:
    """Every built-in county keeps every content rule."""
    assert validate(loaded(name)) == []


@pytest.mark.parametrize("name", counties.names())
def test_built_in_county_carries_its_name(name: str) -> None:
    """The county of a name has that name as its id, and names in both languages."""
    head = loaded(name).head
    assert head.id == name
    assert head.name
    assert head.name_en


@pytest.mark.parametrize("name", sorted(BUILT))
def test_shipped_data_are_what_the_sources_build(name: str) -> None:
    """Building again gives the digest that ships: nothing was edited by hand."""
    assert BUILT[name]().digest == loaded(name).digest


@pytest.mark.parametrize("name", counties.names())
def test_shipped_data_stay_small(name: str) -> None:
    """A county does not swell the package."""
    folder = Path(counties.__file__).parent / counties.FOLDERS[name]
    assert sum(path.stat().st_size for path in folder.iterdir()) < LARGEST


def test_unknown_name_is_refused_with_the_names_there_are() -> None:
    """A name that is not built in is bad input, and the message lists the names."""
    with pytest.raises(InputProblems) as caught:
        counties.load("atlantis")
    assert "zigui-2015" in str(caught.value.problems[0].way_out)


def test_zigui_has_the_size_of_the_model(zigui: County) -> None:
    """48 villages in push, about 12,000 households and 36,000 people."""
    assert len(zigui["villages"]) == int(zigui["villages"]["in_push"].sum()) == 48
    assert 11_900 <= len(zigui["households"]) <= 12_100
    assert 35_500 <= int(zigui["households"]["persons"].sum()) <= 37_000


def test_zigui_has_the_real_townships_and_the_departments_of_the_contract(zigui: County) -> None:
    """Twelve real townships; every department id that scripts rely on."""
    assert set(zigui["villages"]["township"].tolist()) == set(ZIGUI_TOWNSHIPS)
    assert set(zigui["departments"]["id"].tolist()) >= CONTRACT


def test_zigui_money_is_the_articles(zigui: County) -> None:
    """8.36 million yuan a village, channels 2.3 : 4.5 : 2.35 : 0.35, ring-fenced money beside it."""
    funds = zigui["funds"]
    money: Counter[str] = Counter()
    for channel, amount, integrable in zip(
        *(funds[name].tolist() for name in ("channel", "amount", "integrable")), strict=True
    ):
        money[channel if integrable else "ring-fenced"] += amount
    total = 48 * 8_360_000
    assert sum(money.values()) - money["ring-fenced"] == total
    for channel, weight in (("fiscal", 230), ("sector", 450), ("household", 235), ("social", 35)):
        assert money[channel] == pytest.approx(total * weight / 950, abs=100)
    assert money["ring-fenced"] > 0


def test_zigui_minimums_are_the_defaults_of_2015(zigui: County) -> None:
    """R3 3.0 million; R4 1.0, 0.4, 0.1 and 1.5 million; R5 10,000; R6 a growth of 10 %."""
    policy = zigui.policy
    assert policy.R3.minimum == 3_000_000 == sum(row.minimum for row in policy.R4.rows)
    assert [row.minimum for row in policy.R4.rows] == [1_000_000, 400_000, 100_000, 1_500_000]
    assert (policy.R5.minimum, policy.R6.growth_bp) == (10_000, 11_000)
    assert len(zigui["baseline"]) == 1


@pytest.mark.parametrize("name", counties.names())
def test_every_source_is_labelled(name: str) -> None:
    """A source says whether a figure is stated, derived, assumed or synthetic, and why."""
    sources = loaded(name).head.sources
    assert {source.kind for source in sources} <= {"stated", "derived", "assumption", "synthetic"}
    assert all(source.note for source in sources)
    assert len({source.subject for source in sources}) == len(sources)


def test_standards_are_lines_of_their_own(zigui: County) -> None:
    """The central share of water and of a rebuilt house is one line, the local share another."""
    costs = zigui["costs"]
    lines: dict[str, dict[str, int]] = {}
    for item, purpose, yuan in zip(*(costs[name].tolist() for name in ("item", "purpose", "yuan")), strict=True):
        lines.setdefault(item, {})[purpose] = yuan
    names = dict(zip(zigui["projects"]["id"].tolist(), zigui["projects"]["name_en"].tolist(), strict=True))
    names |= dict(zip(zigui["measures"]["id"].tolist(), zigui["measures"]["name_en"].tolist(), strict=True))
    mains = [lines[item] for item, name in names.items() if name == "Water main"]
    rebuilt = [lines[item] for item, name in names.items() if name == "House rebuilding (grade D)"]
    assert all(main["drinking_water"] / sum(main.values()) == pytest.approx(68 / 90, abs=0.01) for main in mains)
    assert all(house["renovation"] == 8_500 and house["local_share"] > 0 for house in rebuilt)


def test_five_years_have_the_articles_money(years: County) -> None:
    """950 million yuan by channel; every year brings 10 % more."""
    funds, budgets = years["funds"], years["budgets"]
    channel = dict(zip(funds["id"].tolist(), funds["channel"].tolist(), strict=True))
    inside = dict(zip(funds["id"].tolist(), funds["integrable"].tolist(), strict=True))
    by_channel: Counter[str] = Counter()
    by_year: Counter[int] = Counter()
    for fund, year, amount in zip(*(budgets[name].tolist() for name in ("fund", "year", "amount")), strict=True):
        if inside[fund]:
            by_channel[channel[fund]] += amount
            by_year[year] += amount
    assert by_channel == {
        "fiscal": 230_000_000, "sector": 450_000_000, "household": 235_000_000, "social": 35_000_000
    }  # fmt: skip
    assert all(by_year[year + 1] == pytest.approx(1.1 * by_year[year], rel=1e-6) for year in range(2011, 2015))


def test_five_years_start_about_ten_villages_a_year(years: County) -> None:
    """Every village has its push year, nine or ten villages in each."""
    assert sorted(Counter(years["villages"]["push_year"].tolist()).values()) == [9, 9, 10, 10, 10]


def test_solve_over_several_years_is_refused(years: County) -> None:
    """A solve says that five years are not offered yet, and what to do."""
    with pytest.raises(InputProblems) as caught:
        solve(years)
    problem = caught.value.problems[0]
    assert problem.code == "several-years"
    assert "5 years" in str(problem.message)
    assert str(problem.way_out)


@pytest.mark.parametrize("known", [False, True])
def test_a_county_goes_to_another_process_as_it_is(known: bool) -> None:
    """A pickled county is the same county, read-only and of the same digest, whether that was known before or not."""
    county = counties.load("tiny")
    digest = county.digest if known else loaded("tiny").digest
    there = pickle.loads(pickle.dumps(county))  # noqa: S301 - made right here
    assert there == county
    assert there.digest == digest
    with pytest.raises(ValueError, match="read-only"):
        there["funds"]["amount"][0] = 1
