"""The frontier of people and fairness: exact on `tiny`, proved at every level, told in all forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import liftplan
from liftplan.models.messages import speaking
from liftplan.models.problems import InputProblems
from liftplan.scenarios.frontier import Envelope, Level, Reached
from liftplan.scenarios.frontier.search import next_level, together
from liftplan.solver.verify import verify

from .program import Inside


@pytest.fixture(scope="module")
def found() -> liftplan.Frontier:
    """Of `tiny`, between its villages."""
    return liftplan.frontier("tiny", threads=1)


def level(share: int, status: str, people: int | None, bound: float | None) -> Level:
    """A level that was solved."""
    return Level(share, (), status, None, people, bound, 0.0)


def test_tiny_gives_up_one_person_for_its_worst_village(found: liftplan.Frontier) -> None:
    """49 people with 5 of 7 in the worst village, 48 with 6 of 7; more is impossible."""
    assert [(point.share_bp, point.people) for point in found.points] == [(7142, 49), (8571, 48)]
    assert found.envelope.at(8572).impossible
    assert all(known.impossible or known.least == known.most for _, _, known in found.envelope.steps(0, 10_000))


def test_every_level_is_what_a_single_solve_finds(found: liftplan.Frontier) -> None:
    """Also one between the levels that were solved."""
    for share in (4000, 8000, 9000):
        rule = ["policy.R10.enforce = hard", "policy.R10.by = village", f"policy.R10.share_bp = {share}"]
        alone = liftplan.solve(liftplan.under("tiny", overrides=rule), threads=1)
        known = found.envelope.at(share)
        assert known.least == (alone.people_lifted if alone.has_plan else None)
        assert known.impossible == (alone.status == "infeasible")


def test_plans_of_points_keep_their_shares(found: liftplan.Frontier) -> None:
    """The checker accepts each under the rule at exactly its share."""
    for point in found.points:
        overrides = next(one.overrides for one in found.envelope.levels if one.share_bp == point.level)
        county = liftplan.under("tiny", overrides=overrides).county
        assert verify(found.plan(point), county).accepted
        assert found.plan(point).totals.people_lifted == point.people


def test_what_is_known_between_levels_comes_from_both_sides() -> None:
    """People from a plan that is fairer, the bound from a level that asks for less."""
    levels = (level(0, "feasible", 90, 95.5), level(5000, "feasible", 80, 92.0), level(9000, "infeasible", None, None))
    plans = (Reached(2000, 90, 1, ("v1",), 0), Reached(6000, 80, 1, ("v1",), 5000))
    known = Envelope(levels, plans, tuple(range(10_001)))
    assert (known.at(1000).least, known.at(1000).most) == (90, 95)
    assert (known.at(2001).least, known.at(2001).most) == (80, 95)
    assert (known.at(7000).least, known.at(7000).most) == (None, 92)
    assert known.at(9000).impossible
    assert not known.at(8999).impossible


def test_the_next_level_is_where_most_is_open() -> None:
    """Nothing is open where plans and bounds meet within the gap; only shares that exist are asked for."""
    levels = (level(0, "feasible", 90, 90.0), level(8000, "infeasible", None, None))
    plans = (Reached(2000, 90, 1, ("v1",), 0),)
    assert next_level(Envelope(levels, plans, tuple(range(10_001))), 0.001) == 5000
    assert next_level(Envelope(levels, plans, (0, 2000, 4000, 8000, 10_000)), 0.001) == 4000
    assert next_level(Envelope(levels, plans, (0, 2000, 8000, 10_000)), 0.001) is None


def test_two_solves_of_a_level_prove_together_what_neither_proves_alone() -> None:
    """The first one's bound shows that the second one's plan is the best; where it does not, nothing is claimed."""
    later = level(5000, "feasible", 80, 92.0)
    assert together(level(5000, "unknown", None, 80.5), later) == level(5000, "optimal", 80, 80.5)
    assert together(level(5000, "unknown", None, 81.0), later) == level(5000, "feasible", 80, 81.0)


def test_the_worst_villages_are_named_in_the_current_language(found: liftplan.Frontier) -> None:
    """As everywhere else on the page."""
    table = found.content.county["villages"]
    for language, column in (("en", "name_en"), ("zh", "name")):
        with speaking(language):
            assert found.content.groups([table["id"][0]]) == table[column][0]


def test_the_command_tells_what_python_tells(found: liftplan.Frontier, call: Inside, place: Path) -> None:
    """And writes the same as files."""
    line = ["frontier", "tiny", "--threads", "1", "--out", "here"]
    code, told = call.json(*line)
    assert code == 0
    assert [one["people"] for one in told["points"]] == [one.people for one in found.points]
    assert (
        json.loads((place / "here/frontier.json").read_text(encoding="utf-8"))["impossible_bp"] == told["impossible_bp"]
    )
    assert call.json(*line)[1]["problems"][0]["code"] == "out-exists"


def test_a_county_without_a_plan_says_so(call: Inside, place: Path) -> None:  # noqa: ARG001
    """With the exit code of a proof."""
    Path("poor.yaml").write_text("name: poor\noverrides:\n  - funds[integrable=true].amount x 0.3\n", encoding="utf-8")
    code, told = call.json("frontier", "tiny", "--threads", "1", "--scenario", "poor.yaml")
    assert (code, told["points"], told["problems"][0]["code"]) == (3, [], "infeasible")


def test_the_page_has_a_dot_for_each_plan_and_both_languages(found: liftplan.Frontier) -> None:
    """Nothing from outside."""
    page = found.page()
    body = page[: page.index('lang="zh-CN"', page.index("<main"))]
    assert body.count("<circle") == len(found.points)
    assert body.count('class="never"') > 0
    assert page.count("<main") == 2
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"points": 1}, "frontier-points"),
        ({"by": "county"}, "frontier-by"),
        (
            {"scenario": liftplan.under("tiny", overrides=["policy.R4.enforce = soft", "policy.R4.price = 5"])},
            "frontier",
        ),
    ],
)
def test_what_means_nothing_is_refused(options: dict[str, object], code: str) -> None:
    """Before anything is solved."""
    with pytest.raises(InputProblems) as caught:
        liftplan.frontier("tiny", **options)  # type: ignore[arg-type]
    assert caught.value.problems[0].code == code
