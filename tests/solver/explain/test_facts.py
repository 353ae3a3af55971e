"""Explanations of `tiny`, whose figures are worked out by hand in docs/tiny.md."""

from __future__ import annotations

from functools import cache

import pytest

from liftplan.models.rows import Demand
from liftplan.models.tables import Table
from liftplan.scenarios.counties import load
from liftplan.solver.explain.case import Case
from liftplan.solver.explain.fund import Use, explain_fund
from liftplan.solver.explain.hopeless import Blocked
from liftplan.solver.explain.household import Missing, explain_household
from liftplan.solver.explain.project import explain_project
from liftplan.solver.explain.question import asked
from liftplan.solver.explain.rule import explain_rule
from liftplan.solver.explain.village import explain_village
from liftplan.solver.explain.ways import full_sites
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

SETTINGS = Settings(gap=0, threads=1)


@cache
def tiny() -> Case:
    """The best plan of `tiny`."""
    county = load("tiny")
    plan = solve(county, SETTINGS).plan
    assert plan is not None
    return Case(county, plan)


def test_cheapest_way_out_counts_the_top_up() -> None:
    """An orchard of 8,000 yuan lifts v01-h0005; the household minimum makes it 10,000."""
    facts = explain_household(tiny(), "v01-h0005")
    assert facts.outcome == "poor"
    assert facts.cheapest is not None
    assert (facts.cheapest.direct_yuan, facts.cheapest.topup_yuan, facts.cheapest.yuan) == (8_000, 2_000, 10_000)
    assert facts.cheapest.worth == 2.0
    assert "v01-h0005-m01" in facts.cheapest.measures


def without(measures: tuple[str, ...], *more: Demand) -> Case:
    """The best plan of `tiny` where R12 forbids some measures."""
    rows = [Demand(sense="never", target="measure", id=one) for one in measures]
    changed = load("tiny").with_tables(demands=Table.from_rows(Demand, [*rows, *more]))
    plan = solve(changed, SETTINGS).plan
    assert plan is not None
    return Case(changed, plan)


FARMING = ("v01-h0005-m01", "v01-h0005-m02")
"""What v01-h0005 can be lifted by without another road."""


def test_a_road_beside_its_alternative_is_no_way_out() -> None:
    """The narrow road is built: no way with the wide one is favoured, cheap as its money is at the prices."""
    facts = explain_household(tiny(), "v01-h0005")
    assert facts.favoured == facts.cheapest
    assert facts.favoured is not None
    assert facts.favoured.projects == ()


def test_an_alternative_takes_the_effects_of_the_other() -> None:
    """Only the wide road lifts the household: instead of the narrow one, whose income goes with it."""
    case = without(FARMING)
    assert "v01-p01" in case.built
    facts = explain_household(case, "v01-h0005")
    assert facts.cheapest is not None
    assert (facts.cheapest.measures, facts.cheapest.projects) == (("v01-h0005-m04",), ("v01-p02",))
    assert Missing("alternative", "v01-p02", "v01-p01") in facts.missing


def test_what_excludes_a_demanded_project_is_no_way_out() -> None:
    """With a demand for the narrow road nothing lifts the household that needs the wide one."""
    case = without(FARMING, Demand(sense="must", target="project", id="v01-p01"))
    facts = explain_household(case, "v01-h0005")
    assert facts.cheapest is None
    assert facts.hopeless is not None
    assert facts.hopeless.enough == ("money",)


def test_slots_of_others_are_full_and_the_own_one_is_not() -> None:
    """The site has two slots, both used: for whoever is there nothing is missing, for others a slot is."""
    case = tiny()
    users = {option.id: option.household for option in case.options.values() if option.slot == "v02-p02"}
    there = {household: full_sites(case, household, (measure,)) for measure, household in users.items()}
    holders = {users[measure] for measure in users if measure in case.taken}
    assert len(holders) == 2 < len(there)
    assert there == {household: {} if household in holders else {"v02-p02": 2} for household in there}


def test_money_that_lacks_is_what_left_over_money_cannot_pay() -> None:
    """The special poverty fund has 2,000 yuan left: 8,000 of the 10,000 lack, and 8,000 more are checked to do."""
    facts = explain_household(tiny(), "v01-h0005")
    assert facts.unpaid_yuan == 8_000
    (enough,) = facts.enough
    assert (enough.more, enough.from_left, enough.people) == ((("special_poverty", 8_000),), 2_000, 51)


def test_a_dear_way_out_tells_what_it_might_cost() -> None:
    """The guest house of 30,000 yuan does 1 person; a yuan does that from its price on."""
    facts = explain_household(tiny(), "v03-h0005")
    assert facts.cheapest is not None
    price = facts.cheapest.lines[0].price
    assert price is not None
    assert facts.cheapest.net < 0
    assert facts.bearable_yuan == int(10_000 / price + 1e-6)


def test_lifted_household_is_told_with_its_ledger_lines() -> None:
    """What v01-h0001 gets adds up to its ledger lines."""
    case = tiny()
    facts = explain_household(case, "v01-h0001")
    assert facts.outcome == "lifted"
    assert facts.yuan == sum(line.yuan for line in facts.paid) == 10_000
    assert set(facts.projects) <= case.built
    assert facts.cheapest is None


def test_household_already_out_is_told_so() -> None:
    """A household that passes with nothing done has no way out to tell."""
    assert explain_household(tiny(), "v02-h0008").outcome == "out"


def test_built_project_tells_who_is_lifted_thanks_to_it() -> None:
    """Without the road the oranges and its own effect are gone: five households."""
    facts = explain_project(tiny(), "v01-p01")
    assert facts.built
    assert facts.thanks_to_it == ("v01-h0001", "v01-h0002", "v01-h0003", "v01-h0004", "v01-h0006")
    assert facts.yuan == sum(line.yuan for line in facts.paid)


def test_project_not_built_names_its_alternative() -> None:
    """The wider road is not built because the narrow one is."""
    facts = explain_project(tiny(), "v01-p02")
    assert not facts.built
    assert facts.alternatives == ("v01-p01",)
    assert facts.uncovered_yuan == 75_000


def test_village_accounts_for_every_household() -> None:
    """Lifted, already out, and a reason for each of the others."""
    case = tiny()
    for village in case.facts.villages:
        facts = explain_village(case, village)
        others = sum(one.households for one in facts.why)
        assert facts.households_lifted + others == facts.households
        assert sum(facts.by_fund.values()) == facts.yuan == case.plan.totals.by_village[village]


def test_village_leaves_out_those_who_are_out_already() -> None:
    """Bailing has 8 households of 24 people; one of 2 people passes with nothing done."""
    facts = explain_village(tiny(), "v02")
    assert (facts.persons, facts.households, facts.already_out) == (22, 7, 1)


def test_fund_without_eligible_use_has_no_open_line() -> None:
    """Drinking water is left over because every line that it may pay is paid."""
    facts = explain_fund(tiny(), "drinking_water")
    assert (facts.reason, facts.left, facts.open_lines, facts.uses) == ("no_eligible_use", 10_000, 0, ())
    assert set(facts.barred) == {"purpose"}


def test_uses_of_a_fund_are_sorted_by_cost_over_worth() -> None:
    """The last grower is just worth its money, the guest house does two and a half times as much elsewhere."""
    uses = explain_fund(tiny(), "special_poverty").uses
    assert [(one.id, one.cost_share) for one in uses] == [
        ("v01-h0005", pytest.approx(1.0)),
        ("v03-h0005", pytest.approx(2.5)),
        ("v03-p02", None),
    ]


def test_what_costs_least_for_its_worth_is_first() -> None:
    """Not what has the highest net worth: many people at a small loss come before few at a smaller one. Ties: yuan."""

    def use(name: str, yuan: int, worth: float, cost: float) -> Use:
        return Use("household", name, "v01", 1, yuan, yuan, worth, cost)

    uses = [use("none", 1, 0.0, 0.5), use("few", 2, 1.0, 1.5), use("many", 3, 10.0, 11.0), use("dear", 4, 1.0, 1.5),
            use("nothing", 1, 0.0, 0.2)]  # fmt: skip
    assert [one.id for one in sorted(uses, key=lambda one: one.rank)] == ["many", "few", "dear", "nothing", "none"]
    assert uses[2].as_json()["cost_share"] == pytest.approx(1.1)


def test_ring_fenced_fund_has_no_price() -> None:
    """Flood relief is never allocated."""
    facts = explain_fund(tiny(), "flood_relief")
    assert (facts.reason, facts.price) == ("ring_fenced", None)


def test_rule_rows_say_what_plan_and_limit_are() -> None:
    """R4 has a row for each village and minimum; R3 is implied by it everywhere."""
    case = tiny()
    rows = explain_rule(case, asked(case.county, "rule", "R4")).rows
    assert {row.subject for row in rows} == {f"v0{n}/{row}" for n in (1, 2, 3) for row in ("poverty", "line")}
    assert all(row.room == row.value - row.limit >= 0 for row in rows)
    total = explain_rule(case, asked(case.county, "rule", "R3"))
    assert total.implied == len(total.rows) == 3
    (one,) = explain_rule(case, asked(case.county, "rule", "R4/v03/line")).rows
    assert one.value == case.plan.totals.by_fund["drinking_water"]


def test_nothing_in_the_data_lifts_a_household_whose_need_nobody_meets() -> None:
    """Without its house a household with the need of housing cannot be lifted, and the need is named."""
    county = load("tiny")
    measures = county["measures"]
    meets = measures["meets"].copy()
    for row in (measures["household"] == "v03-h0003").nonzero()[0].tolist():
        meets[row] = ()
    changed = county.with_tables(measures=measures.replace(meets=meets))
    plan = solve(changed, SETTINGS).plan
    assert plan is not None
    facts = explain_household(Case(changed, plan), "v03-h0003")
    assert facts.hopeless is not None
    assert facts.hopeless.needs == ("housing",)


def test_what_a_demand_forbids_is_not_laid_to_the_data() -> None:
    """A household, or its only measure, that R12 shuts out is told so."""
    county = load("tiny")
    never = Demand(sense="never", target="household", id="v03-h0003")
    single = Demand(sense="never", target="measure", id="v03-h0005-m01")
    changed = county.with_tables(demands=Table.from_rows(Demand, [never, single]))
    plan = solve(changed, SETTINGS).plan
    assert plan is not None
    case = Case(changed, plan)
    shut = explain_household(case, "v03-h0003")
    assert shut.forbidden
    assert shut.hopeless is None
    barred = explain_household(case, "v03-h0005").hopeless
    assert barred is not None
    assert Blocked("v03-h0005-m01", "never", "") in barred.blocked
    assert barred.enough == ("blocked",)


def test_a_soft_demand_on_a_village_is_paid_once() -> None:
    """A village that softly is to get nothing and gets money anyway: one more way there costs its money alone."""
    county = load("tiny")
    soft = Demand(sense="never", target="village", id="v01", enforce="soft", price=1_000_000)
    changed = county.with_tables(demands=Table.from_rows(Demand, [soft]))
    plan = solve(changed, SETTINGS).plan
    assert plan is not None
    assert plan.totals.by_village["v01"] > 0
    way = explain_household(Case(changed, plan), "v01-h0005").cheapest
    assert way is not None
    assert way.projects == ()
    assert abs(way.cost - sum(line.yuan * (line.price or 0.0) / 10_000 for line in way.lines)) < 1e-6
