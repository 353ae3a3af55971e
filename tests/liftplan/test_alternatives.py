"""Alternatives: checked plans of the county itself, within the people given up, and as different as was asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

import liftplan
from liftplan.models.problems import InputProblems
from liftplan.scenarios.alternatives import distance
from liftplan.solver.certificate import reprove
from liftplan.solver.verify import verify

from .program import Inside

WITHIN = 5


@pytest.fixture(scope="module")
def best() -> liftplan.Solution:
    """The best plan of `tiny`."""
    return liftplan.solve("tiny", threads=1)


@pytest.fixture(scope="module")
def found(best: liftplan.Solution) -> liftplan.Alternatives:
    """Plans that lift up to five people fewer."""
    return liftplan.alternatives(best, within=WITHIN, count=2, threads=1)


def test_alternatives_lift_nearly_as_many(best: liftplan.Solution, found: liftplan.Alternatives) -> None:
    """And how far from the best they are at most follows from the plan's bound."""
    assert found.found
    for one in found.found:
        assert one.plan.totals.people_lifted >= best.people_lifted - WITHIN
        assert one.from_best == best.plan.objective_bound - one.plan.objective


def test_alternatives_are_apart_from_the_plan_and_each_other(found: liftplan.Alternatives) -> None:
    """By the share of money that was asked for."""
    persons = dict(zip(*(found.content.county["households"][name].tolist() for name in ("id", "persons")), strict=True))
    for one, other in combinations([found.plan, *(one.plan for one in found.found)], 2):
        assert distance(one, other, persons).share >= found.content.apart


def test_alternatives_are_plans_of_the_county_itself(best: liftplan.Solution, found: liftplan.Alternatives) -> None:
    """Without what was forbidden; their bound is proved again from the certificate they carry."""
    for one in found.found:
        assert one.plan.county == best.plan.county
        assert verify(one.plan, best.county, reprove=reprove).bound_reproved


def test_what_was_forbidden_is_not_done(found: liftplan.Alternatives) -> None:
    """Neither projects are built nor is money spent on households."""
    measures = found.content.county["measures"]
    owner = dict(zip(measures["id"].tolist(), measures["household"].tolist(), strict=True))
    assert any(one.spared for one in found.found)
    for one in found.found:
        helped = {owner.get(item, item.removeprefix("topup:")) for _, item, _, _ in one.plan.ledger}
        assert not {part.id for part in one.spared if part.kind == "project"} & set(one.plan.projects)
        assert not {part.id for part in one.spared if part.kind == "household"} & helped


def test_what_is_done_again_at_a_price_counts_in_full(found: liftplan.Alternatives) -> None:
    """An alternative found where repeating costs people is told with the people it lifts, nothing taken off."""
    persons = dict(zip(*(found.content.county["households"][name].tolist() for name in ("id", "persons")), strict=True))
    at_a_price = [one.plan for one in found.found if not one.spared]
    assert at_a_price
    assert all(plan.objective == sum(persons[name] for name in plan.lifted) for plan in at_a_price)


def test_a_plan_is_no_distance_from_itself(best: liftplan.Solution) -> None:
    """And all of it from one that does nothing of the same."""
    persons = dict.fromkeys(best.plan.lifted, 1)
    assert distance(best.plan, best.plan, persons).share == 0
    nothing = best.plan.model_copy(update={"ledger": (), "projects": (), "lifted": ()})
    apart = distance(best.plan, nothing, persons)
    assert (apart.share, apart.projects_dropped, apart.people_dropped) == (1, len(best.plan.projects), len(persons))


def test_the_command_writes_plan_folders(best: liftplan.Solution, call: Inside, place: Path) -> None:
    """Which `verify` and `compare` take; a second call refuses to replace them."""
    best.save("plan")
    line = ["alternatives", "plan", "--within", "5", "--count", "1", "--threads", "1"]
    code, told = call.json(*line)
    assert code == 0
    assert told["plans"] == [str(place / "plan-alternatives/alternative-1")]
    assert call.json("verify", told["plans"][0])[0] == 0
    stored = json.loads((place / "plan-alternatives/alternatives.json").read_text(encoding="utf-8"))
    assert stored["alternatives"] == told["alternatives"]
    assert (place / "plan-alternatives/comparison.html").exists()
    assert call.json(*line)[1]["problems"][0]["code"] == "out-exists"


def test_a_later_search_leaves_nothing_of_an_earlier_one(found: liftplan.Alternatives, place: Path) -> None:
    """Folders of alternatives that are no more go when all is replaced; what is no plan folder stays."""
    found.save(place / "kept")
    (place / "kept" / "alternative-9").mkdir()
    one = replace(found.content.found, alternatives=found.found[:1])
    liftplan.Alternatives(replace(found.content, found=one)).save(place / "kept", overwrite=True)
    folders = sorted(path.name for path in (place / "kept").iterdir() if path.is_dir())
    assert folders == ["alternative-1", "alternative-9"]


def test_none_found_has_its_own_exit_code(best: liftplan.Solution, call: Inside, place: Path) -> None:
    """And nothing is written."""
    best.save("plan")
    code, told = call.json("alternatives", "plan", "--within", "0", "--apart", "1", "--threads", "1")
    assert (code, told["alternatives"], told["folder"]) == (4, [], None)
    assert not (place / "plan-alternatives").exists()


def test_the_page_tells_each_in_both_languages(found: liftplan.Alternatives) -> None:
    """Nothing from outside."""
    page = found.page()
    assert page.count('class="turn"') == 2 * len(found.found)
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")


@pytest.mark.parametrize("options", [{"count": 0}, {"apart": 0.0}, {"within": -1}])
def test_numbers_that_mean_nothing_are_refused(best: liftplan.Solution, options: dict[str, float]) -> None:
    """Before anything is solved."""
    with pytest.raises(InputProblems) as caught:
        liftplan.alternatives(best, **options)  # type: ignore[arg-type]
    assert caught.value.problems[0].place.column == next(iter(options))
