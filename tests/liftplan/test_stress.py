"""Stress: draws do what the documentation says, and plans with margins stand more of them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import liftplan
from liftplan.models.problems import InputProblems
from liftplan.scenarios.stress import Spread, Subject, outcome, trials
from liftplan.solver.check import check_decisions

from .program import Inside


@pytest.fixture(scope="module")
def best() -> liftplan.Solution:
    """The best plan of `tiny`."""
    return liftplan.solve("tiny", threads=1)


@pytest.fixture(scope="module")
def found(best: liftplan.Solution) -> liftplan.Stress:
    """Under draws, with a plan that passes the poverty line by 5 %."""
    return liftplan.stress(best, draws=400, income_margin=0.05, threads=1)


def test_without_spread_all_stay_lifted(best: liftplan.Solution) -> None:
    """And the people are those of the plan, village by village; no fund is short."""
    subject = Subject(best.county, best.plan)
    plain = outcome(subject, trials(subject, Spread(0, 0, 0), 3, 0))
    assert (plain.planned, plain.least, plain.most) == (best.people_lifted,) * 3
    planned = {one.village: one.planned for one in plain.villages}
    assert planned == {name: people for name, people in best.plan.totals.people_by_village.items() if people}
    assert plain.funds == ()


def test_the_same_seed_draws_the_same(best: liftplan.Solution) -> None:
    """Another one does not."""
    first, again, other = (liftplan.stress(best, draws=100, seed=seed).plan for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_draws_have_the_spread_that_is_documented() -> None:
    """Costs have mean 1; arrivals never exceed 1, and half of them fall short; departments arrive together."""
    rng = np.random.Generator(np.random.PCG64(0))
    spread = Spread(0.2, 0.1, 0.3)
    costs = spread.cost_factors(rng, 4000, 30)
    assert costs.mean() == pytest.approx(1, abs=0.01)
    assert np.log(costs).std() == pytest.approx(0.2, abs=0.01)
    arrived = spread.arrived(rng, 4000, np.array([0, 0, 1]))
    assert arrived.max() == 1
    assert (arrived < 1).mean() == pytest.approx(0.5, abs=0.03)
    together = np.corrcoef(arrived.T)
    assert together[0, 1] > together[0, 2] + 0.2


def test_what_stays_lifted_is_what_the_checker_lifts(best: liftplan.Solution) -> None:
    """One draw of money alone, followed line by line, gives the same people as the checker on what is left."""
    subject = Subject(best.county, best.plan)
    for seed in range(6):
        spread = Spread(0, 0, 0.3)
        drawn = trials(subject, spread, 1, seed)
        rng = np.random.Generator(np.random.PCG64(seed))
        spread.cost_factors(rng, 1, subject.items)
        spread.income_factors(rng, 1, subject.village)
        arrived = spread.arrived(rng, 1, subject.department)[0]
        left = dict(zip(subject.funds, (arrived * subject.amount - subject.fee).tolist(), strict=True))
        assert int(drawn.people[0]) == _by_hand(best, subject, left)


def _by_hand(best: liftplan.Solution, subject: Subject, left: dict[str, float]) -> int:
    """People whom the checker finds lifted by what funds can still pay, in their order."""
    plan, county = best.plan, best.county
    items = [*plan.projects, *sorted(plan.measures), *(f"topup:{name}" for name in sorted(plan.topups))]
    failed, closed = set(), set()
    for fund, item, yuan in zip(subject.line_fund, subject.line_item, subject.line_yuan, strict=True):
        name = subject.funds[fund]
        left[name] -= yuan
        if name in closed or left[name] < -0.5:
            closed.add(name)
            failed.add(items[item])
    requires = dict(zip(county["measures"]["id"].tolist(), county["measures"]["requires"].tolist(), strict=True))
    slots = dict(zip(county["measures"]["id"].tolist(), county["measures"]["uses_slot"].tolist(), strict=True))
    needed = dict(zip(county["projects"]["id"].tolist(), county["projects"]["requires"].tolist(), strict=True))
    built = set(plan.projects) - failed
    while lost := {name for name in built if not set(needed[name]) <= built}:
        built -= lost
    taken = [
        name
        for name in plan.measures
        if name not in failed and {*requires[name], *filter(None, [slots[name]])} <= built
    ]
    lifted = check_decisions(county, built, taken, {}, []).evaluation.lifted
    persons = dict(zip(county["households"]["id"].tolist(), county["households"]["persons"].tolist(), strict=True))
    return sum(persons[name] for name in set(lifted) & set(plan.lifted))


def test_a_margin_gives_up_people_and_keeps_more_of_the_rest(found: liftplan.Stress) -> None:
    """The plan that passes the line by more loses fewer to incomes; it lifts no more than the best."""
    assert found.resistant is not None
    assert found.resistant.lost_to_income < found.plan.lost_to_income
    assert found.resistant.mean / found.resistant.planned > found.plan.mean / found.plan.planned


def test_figures_fit_together(found: liftplan.Stress) -> None:
    """Quantiles rise, columns hold every draw, villages add up to the mean."""
    for one in (found.plan, found.resistant):
        assert one is not None
        values = [one.least, *one.quantiles.values(), one.most]
        assert values == sorted(values)
        assert sum(draws for _, _, draws in one.columns) == one.draws
        assert sum(village.mean for village in one.villages) == pytest.approx(one.mean, abs=0.01)
        assert [village.kept for village in one.villages] == sorted(village.kept for village in one.villages)


def test_the_command_tells_what_python_tells(
    best: liftplan.Solution, found: liftplan.Stress, call: Inside, place: Path
) -> None:
    """And writes files and the plan with margins, which `verify` takes."""
    best.save("plan")
    line = ["stress", "plan", "--draws", "400", "--income-margin", "0.05", "--threads", "1", "--out", "here"]
    code, told = call.json(*line)
    assert code == 0
    assert told["stressed"] == json.loads(json.dumps(found.as_json()["stressed"]))
    assert json.loads((place / "here/stress.json").read_text(encoding="utf-8"))["resistant"] == told["resistant"]
    assert call.json("verify", "here/resistant-plan")[0] == 0
    assert call.json(*line)[1]["problems"][0]["code"] == "out-exists"


def test_margins_that_leave_no_plan_are_told(best: liftplan.Solution, call: Inside, place: Path) -> None:  # noqa: ARG001
    """With the exit code of a proof, and the plan's own figures."""
    best.save("plan")
    code, told = call.json("stress", "plan", "--draws", "10", "--reserve", "0.6", "--threads", "1")
    assert (code, told["resistant_status"], told["resistant"]) == (3, "infeasible", None)
    assert told["stressed"]["planned"] == best.people_lifted


def test_the_page_shows_both_plans_in_both_languages(found: liftplan.Stress) -> None:
    """A column for each bin that has draws; nothing from outside."""
    page = found.page()
    assert found.resistant is not None
    columns = sum(draws > 0 for one in (found.plan, found.resistant) for _, _, draws in one.columns)
    chart = page[page.index("stress-chart", page.index("<main")) :]
    assert chart[: chart.index("</svg>")].count("<rect") == columns
    assert page.count("<main") == 2
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")


@pytest.mark.parametrize("options", [{"draws": 0}, {"costs": -0.1}, {"arrivals": 2.0}, {"reserve": 1.0}])
def test_numbers_that_mean_nothing_are_refused(best: liftplan.Solution, options: dict[str, float]) -> None:
    """Before anything is drawn."""
    with pytest.raises(InputProblems) as caught:
        liftplan.stress(best, **options)  # type: ignore[arg-type]
    assert caught.value.problems[0].place.column == next(iter(options))
