"""`liftplan explain` and `liftplan sensitivity`: exit codes, the JSON object, the text in both languages."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import pytest

import liftplan
from liftplan.models.policy import Policy, SpendMin, SpendMinRow
from liftplan.models.rows import FundShare
from liftplan.models.tables import Table
from liftplan.reports.explanations.fund import fund
from liftplan.reports.explanations.household import household
from liftplan.reports.explanations.names import Names
from liftplan.reports.explanations.proof import forced
from liftplan.solver.explain.fund import FundFacts
from liftplan.solver.explain.household import HouseholdFacts, Missing
from liftplan.solver.explain.opposite import Forced
from liftplan.solver.explain.proved import Proved

from .program import Inside

QUESTIONS = [
    ("--household", "v01-h0001"),
    ("--household", "v01-h0005"),
    ("--household", "v02-h0008"),
    ("--project", "v01-p01"),
    ("--project", "v01-p02"),
    ("--village", "v03"),
    ("--fund", "special_poverty"),
    ("--fund", "flood_relief"),
    *(("--rule", rule) for rule in ("R2", "R4", "R5", "R8", "R12")),
]


@pytest.fixture
def plan(saved: Path, place: Path) -> str:
    """A plan folder of `tiny`."""
    return str(shutil.copytree(saved, place / "plan"))


@pytest.mark.parametrize("option, name", QUESTIONS)
def test_every_kind_of_thing_is_explained(call: Inside, plan: str, option: str, name: str) -> None:
    """One JSON object with the question and its facts; as text the first line names it."""
    code, found = call.json("explain", plan, option, name)
    assert (code, found["status"], found["problems"]) == (0, "feasible", [])
    assert found["question"] == {"kind": option.removeprefix("--"), "id": name}
    assert found["facts"][option.removeprefix("--")] == name
    code, out, _ = call("explain", plan, option, name)
    assert code == 0
    assert name in out.splitlines()[0]


def test_what_rests_on_prices_says_so(call: Inside, plan: str) -> None:
    """Worth and cost of a way out hold at the margin, at the plan's prices, and the text says it."""
    out = call("explain", plan, "--household", "v03-h0005")[1]
    assert "At the margin, at the plan's prices: lifting it counts 1 person" in out


def test_uses_of_a_fund_show_what_sorts_them(call: Inside, plan: str) -> None:
    """Cost over worth of each, in both languages."""
    out = call("explain", plan, "--fund", "special_poverty", "--lang", "en")[1]
    assert "30,000 of 30,000 yuan, cost over worth 250.0 %, net -1.5 people" in out
    assert "20,000 of 20,000 yuan, worth nothing, net -1.67 people" in out
    assert "成本为价值的250.0 %" in call("explain", plan, "--fund", "special_poverty", "--lang", "zh")[1]


def test_opposite_is_forced_on_request(call: Inside, plan: str) -> None:
    """The guest house instead of what its money does: 5 people, proved; and the narrow road cannot be left out."""
    code, found = call.json("explain", plan, "--household", "v03-h0005", "--prove", "--gap", "0")
    forced = found["forced"]
    assert code == 0
    assert (forced["sense"], forced["loss_least"], forced["loss_most"]) == ("must", 5.0, 5.0)
    out = call("explain", plan, "--household", "v03-h0005", "--force", "--gap", "0")[1]
    assert "So it costs exactly 5 people. This is proved." in out


def test_a_measure_is_explained_and_forced(call: Inside, plan: str) -> None:
    """Oranges that are not taken: what stands before them, and that they cost one person, proved; in both languages."""
    out = call("explain", plan, "--measure", "v01-h0005-m01", "--prove", "--gap", "0", "--lang", "en")[1]
    assert "The plan does not take it, and does not lift its household." in out
    assert "Industry: 8,000 yuan; of the funds that may pay it none has more than 2,000 left over" in out
    assert "(measure Oranges (v01-h0005-m01) must be taken) and solved again: exactly 48 people." in out
    assert "方案未采用该措施" in call("explain", plan, "--measure", "v01-h0005-m01", "--lang", "zh")[1]


def test_a_measure_that_is_taken_says_who_pays(call: Inside, plan: str) -> None:
    """And whether its household is lifted."""
    _, found = call.json("explain", plan, "--measure", "v01-h0001-m01")
    facts = found["facts"]
    assert (facts["taken"], facts["lifted"], facts["lines"]) == (True, True, [])
    assert sum(one["yuan"] for one in facts["paid"]) == facts["yuan"] > 0


def test_unknown_ids_are_bad_input(call: Inside, plan: str) -> None:
    """Exit code 2, and the nearest id."""
    code, found = call.json("explain", plan, "--household", "v01-h05")
    assert (code, found["status"]) == (2, "invalid")
    assert "v01-h0005" in found["problems"][0]["way_out"]


def test_exactly_one_thing_is_explained(call: Inside, plan: str) -> None:
    """No question, or two, are bad input."""
    assert call.json("explain", plan)[0] == 2
    assert call.json("explain", plan, "--fund", "renovation", "--rule", "R4")[0] == 2


def test_nothing_is_said_of_a_rejected_plan(call: Inside, plan: str) -> None:
    """The plan is verified first: an edited one is rejected by both commands."""
    file = Path(plan) / "plan.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**content, "objective": 50.0}), encoding="utf-8")
    for line in (("explain", plan, "--village", "v01"), ("sensitivity", plan)):
        code, found = call.json(*line)
        assert (code, found["status"]) == (5, "rejected")
        assert "facts" not in found


def test_a_plan_of_another_county_is_told_as_verify_tells_it(call: Inside, plan: str) -> None:
    """The same problem and way out, its field by name; that it is rejected is said once."""
    liftplan.new("other")
    _, out, err = call("explain", plan, "--fund", "renovation", "--county", "other", "--lang", "en")
    assert out == "The plan is rejected; violations: 1\n"
    assert err == call("verify", plan, "--county", "other", "--lang", "en")[2]
    assert err.startswith("problem: plan.json, field county: The plan was made for another county")
    assert err.endswith("Take a copy of the folder that nobody changed, or solve again.\n")


def test_sensitivity_is_an_interval_for_each_fund_and_rule(call: Inside, plan: str) -> None:
    """20,000 yuan more of the special poverty fund lift two more; a lower household minimum does, too."""
    code, found = call.json("sensitivity", plan, "--gap", "0", "--fund", "special_poverty", "--rule", "R5")
    assert (code, found["asked"], found["open"]) == (0, 2, 0)
    fund, rule = found["worths"]
    assert (fund["step"], fund["trials"][-1]["low"], fund["trials"][-1]["high"]) == (20_000, 2.0, 2.0)
    assert (fund["per"], fund["per_unit"]) == (10_000, [1.0, 1.0])
    assert (rule["target"]["id"], rule["verdict"]) == ("R5", "clear")
    code, out, _ = call("sensitivity", plan, "--gap", "0", "--fund", "special_poverty")
    assert code == 0
    assert "Questions: 1; still open: 0." in out


def test_sensitivity_of_what_cannot_grow_is_bad_input(call: Inside, plan: str) -> None:
    """Ring-fenced money, rules that are off or fixed, and ids that do not exist: all problems at once."""
    code, found = call.json("sensitivity", plan, "--fund", "flood_relief", "--rule", "R8", "--rule", "R99")
    assert code == 2
    assert {problem["code"] for problem in found["problems"]} == {"fund-ring-fenced", "rule-fixed", "rule-unknown"}


def test_python_answers_are_frozen_values(solution: liftplan.Solution) -> None:
    """`liftplan.explain` returns a frozen value with text and JSON, for a solution as for a folder."""
    found = liftplan.explain(solution, household="v01-h0005")
    assert json.loads(json.dumps(found.as_json()))["facts"]["household"] == "v01-h0005"
    assert str(found) == found.text
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.plan = solution.plan  # type: ignore[misc]


def test_cancelling_tells_what_was_proved_by_then(solution: liftplan.Solution) -> None:
    """A sensitivity that is cancelled at its second question has the first."""
    cancel, begun = liftplan.Cancel(), []

    def watch(step: liftplan.Step) -> None:
        if step.event is None:
            begun.append(step.what)
            if step.what == "renovation":
                cancel.set()

    found = liftplan.sensitivity(
        solution, funds=["drinking_water", "renovation", "relocation"], watcher=watch, cancel=cancel, gap=0
    )
    assert found.cancelled
    assert begun[0] == ""
    assert "relocation" not in begun
    assert found.worths[0].verdict == "nothing"


@pytest.mark.parametrize("option, name", QUESTIONS)
def test_explanations_are_told_in_chinese(solution: liftplan.Solution, option: str, name: str) -> None:
    """Every sentence has a Chinese text: no English word of the templates is left."""
    found = liftplan.explain(solution, **{option.removeprefix("--"): name})
    with liftplan.speaking("zh"):
        text = found.text
    assert not [word for word in (" the ", " plan ", " yuan", " people") if word in text]


def proved(least: float, most: float) -> Proved:
    """What a county reaches."""
    return Proved("feasible", "time", least, most, round(least), 1.0)


@pytest.mark.parametrize(
    ("scored", "lines"),
    [
        (
            False,
            [
                "between 40 people and 44 people",
                "exactly 49 people",
                "So it costs at least 5 people and at most 9 people.",
            ],
        ),
        (
            True,
            [
                "between 40 points and 44.6 points",
                "between 49 points and 49.9 points",
                "at least 4.4 points and at most 9.9",
            ],
        ),
    ],
)
def test_people_of_proved_bounds_are_whole(solution: liftplan.Solution, scored: bool, lines: list[str]) -> None:
    """A bound of 44.6 people is one of 44, and so a cost of 4.4 is one of 5; points of a score stay as they are."""
    found = Forced("must", "household", "v01-h0005", proved(49, 49.9), proved(40, 44.6), False)
    text = "\n".join(map(str, forced(found, Names(solution.county), scored)))
    assert all(line in text for line in lines)


@pytest.mark.parametrize(
    ("most", "line"),
    [
        (49.9, "not decided; it costs at most 9 people, which is proved. A longer time limit (--time-limit)"),
        (None, "Whether it costs anything is not decided. A longer time limit (--time-limit) may decide it."),
    ],
)
def test_a_cost_of_at_least_nothing_is_not_decided(solution: liftplan.Solution, most: float | None, line: str) -> None:
    """That nobody may lose is no proof that it costs somebody."""
    base = dataclasses.replace(proved(49, 49.9), most=most)
    found = Forced("must", "household", "v01-h0005", base, proved(40, 49.9), False)
    text = "\n".join(map(str, forced(found, Names(solution.county), False)))
    assert line in text
    assert "at least 0" not in text


def test_a_way_instead_of_an_alternative_is_not_laid_to_budgets(solution: liftplan.Solution) -> None:
    """What others have of the road that is built stands against it, and the text says that it is not counted."""
    facts = liftplan.explain(solution, household="v01-h0005").found.facts
    assert isinstance(facts, HouseholdFacts)
    assert facts.cheapest is not None
    way = dataclasses.replace(facts.cheapest, cost=0.0)
    missing = (Missing("alternative", "v01-p02", "v01-p01"),)
    changed = dataclasses.replace(facts, cheapest=way, favoured=way, missing=missing)
    text = "\n".join(map(str, household(changed, Names(solution.county), False, True)))
    assert "what others lose with the alternative is not counted" in text
    assert "do not fit into budgets" not in text


def test_nothing_left_over_needs_no_reason(solution: liftplan.Solution) -> None:
    """A fund that is spent but for its fee says so, not why 0 yuan are left."""
    found = liftplan.explain(solution, fund="renovation").found
    assert isinstance(found.facts, FundFacts)
    facts = dataclasses.replace(found.facts, left=0, fee=300, reason="reserved")
    text = "\n".join(map(str, fund(facts, Names(solution.county), False)))
    assert "300 yuan are reserved as fee, nothing is left over." in text


def test_one_line_is_no_lines(solution: liftplan.Solution) -> None:
    """A fund that may pay one cost line more says so."""
    found = liftplan.explain(solution, fund="renovation").found
    assert isinstance(found.facts, FundFacts)
    text = "\n".join(map(str, fund(dataclasses.replace(found.facts, open_lines=1), Names(solution.county), False)))
    assert "it may pay 1 cost line, " in text
    assert "11 cost lines" in liftplan.explain(solution, fund="special_poverty").text


def test_a_county_without_demands_says_so(solution: liftplan.Solution) -> None:
    """R12 alone says nothing about `tiny`, whose table of demands is empty."""
    assert solution.county["demands"].empty
    assert liftplan.explain(solution, rule="R12").text.endswith("The county has no demands in force.")


def test_rules_have_plain_names(solution: liftplan.Solution) -> None:
    """No name of model.md or of a file's comments stands where people read."""
    text = liftplan.explain(solution, rule="R4").text
    assert text.startswith("Rule R4 minimum for each village by department.")
    assert not any(f"{rule} {Policy.model_fields[rule].description}" in text for rule in ("R3", "R4"))


def test_rows_of_rules_go_by_what_they_are_about(solution: liftplan.Solution) -> None:
    """Shares by their purposes, spending by who spends, projects by name; growth holds in the whole county."""
    county = solution.county
    share = FundShare(fund="relocation", id="s-1", sense="at_most", share_bp=5_000, purposes=("industry",))
    spending = SpendMin(rows=(SpendMinRow(id="r-1", fund="renovation", share_bp=1),))
    changed = county.with_tables(fund_shares=Table.from_rows(FundShare, [share])).with_policy(
        county.policy.model_copy(update={"R13": spending})
    )
    names = Names(changed)
    assert str(names.subject("R7", "relocation/s-1")) == "Relocation fund / Industry"
    assert str(names.subject("R13", "r-1")) == "House renovation fund"
    assert str(names.subject("R8", "v02-p02")) == "Resettlement site for two"
    assert str(names.subject("R6", "county")) == "the whole county"
