"""What a diagnosis says in words: the money of its conflicts, what figures count, kinds of repairs without one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

import liftplan
from liftplan.models.county import County
from liftplan.models.policy import SpendMin, SpendMinRow
from liftplan.reports.conflicts import Content, summary
from liftplan.reports.conflicts.figures import told
from liftplan.reports.conflicts.kinds import best, missing
from liftplan.reports.conflicts.names import RuleNames
from liftplan.scenarios.clashes import CASES
from liftplan.scenarios.clashes.case import county, fund, minimums
from liftplan.service.worker.pieces import repairs_of
from liftplan.solver.diagnose.arithmetic import figures
from liftplan.solver.diagnose.feasible import Refuted
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.repairs import Priorities


def planted(name: str) -> County:
    """The county of a planted conflict."""
    return next(case for case in CASES if case.name == name).make()


def said(content: Content) -> str:
    """The text for the terminal."""
    console = Console(width=400)
    with console.capture() as captured:
        console.print(summary(content))
    return captured.get()


def by_prices(name: str) -> Content:
    """The diagnosis of a planted conflict, as if prices had proved it."""
    content = liftplan.diagnose(planted(name)).content
    conflicts = tuple(replace(one, proof=Refuted(one.proof.kept, "prices")) for one in content.conflicts)
    return replace(content, diagnosis=replace(content.diagnosis, conflicts=conflicts))


def test_a_conflict_that_prices_prove_states_its_money() -> None:
    """Growth to 660,000 against three funds with 355,000 + 60,000 + 60,000: 185,000 are nowhere else."""
    text = said(by_prices("growth-money"))
    assert (
        "needed 660,000 yuan; the funds named have 475,000 after fees, and no plan finds all of the other 185,000 "
        "elsewhere; all funds together can pay 655,000 of it at most: 5,000 short"
    ) in text
    assert "no repair gives less than 5,000 yuan (proved)" in text
    assert "Repairs give" not in text
    assert "proved by the core's price bounds" in text


def test_a_clash_of_whole_items_states_its_money() -> None:
    """90,000 of 100,000 are to be spent, and what there is costs 60,000 or 120,000: nothing is called short."""
    text = said(liftplan.diagnose(planted("lump-spend")).content)
    assert "needed 90,000 yuan; the funds named have 100,000 after fees, yet no plan keeps both" in text
    assert "proved by the exact integer solver: whole items clash" in text
    assert "short" not in text


def test_rules_without_money_state_what_the_funds_have() -> None:
    """People who must be lifted ask for no sum that is known; the fund in the way has 30,000."""
    text = said(liftplan.diagnose(planted("fairness-money")).content)
    assert "the funds named have 30,000 yuan after fees, and no plan makes do with that" in text


def test_a_clash_of_demands_states_no_money() -> None:
    """A must against a never: how it is proved, once, and no yuan."""
    content = liftplan.diagnose(planted("must-needs-never")).content
    text = said(content).partition("Needs against")[0]
    assert text.count("whole items clash") == 1
    assert "needed" not in text


def test_what_is_needed_names_the_villages_that_it_counts() -> None:
    """Any two of three villages are too many; the 300,000 are those of all three, as the repair's 150,000 are."""
    text = said(liftplan.diagnose(planted("minimum-any-two")).content)
    assert "in any 2 of these 3 villages" in text
    assert "needed 300,000 yuan in 3 villages together; there are 150,000: 150,000 short" in text
    assert "Repairs give" not in text
    assert "R4 poverty, all villages" in text


def test_what_the_conflict_leaves_aside_is_told_where_it_makes_a_difference() -> None:
    """Goats could take up 48,000, for which the other fund has 10,000 only: with all funds 150,000 are short."""
    asked = county(
        "more",
        fund("special", "poverty", 140_000, "road"),
        fund("old", "poverty", 10_000, "industry"),
        R4=minimums(poverty=100_000),
    )
    content = liftplan.diagnose(asked).content
    (conflict,) = content.conflicts
    assert [(one.rule, one.key) for one in conflict.groups] == [("R4", "poverty"), ("R1", "special")]
    text = said(content)
    assert (
        "other money can be taken up to 48,000: 112,000 short by these rules alone; "
        "all funds together can pay 150,000 of it at most: 150,000 short"
    ) in text
    assert "Fewest yuan: 150,000 yuan" in text
    assert "Repairs give" not in text


def test_repairs_that_give_more_than_is_short_say_why() -> None:
    """Minimums of 120,000 and a bridge of 100,000 from 90,000: each conflict leaves the other one's rule aside."""
    found = liftplan.diagnose(planted("shared-fund"))
    text = said(found.content)
    told = "Repairs give more than the 40,000 yuan that are short above: those count each conflict's rules alone"
    assert ("30,000 short" in text, "10,000 short" in text, told in text, told in found.page) == (True,) * 4


def test_repairs_of_a_fund_with_a_fee_say_why_they_give_more() -> None:
    """3,000 are short after a fee of 1 %; where only the fund may give, it must get the fee on these, too."""
    content = liftplan.diagnose(planted("minimum-fee")).content
    (mended, *others) = content.repairs
    dearer = replace(mended, repair=replace(mended.repair, least=3_031, yuan=3_031))
    text = said(replace(content, repairs=(dearer, *others)))
    assert "Repairs give more than the 3,000 yuan that are short above: those count the conflict's rules alone" in text


def test_repairs_that_give_less_than_is_short_say_why() -> None:
    """Half of the fund is for industry: each yuan by which that gives way lets two flow."""
    text = said(liftplan.diagnose(planted("share-minimum")).content)
    assert "24,000 short" in text
    assert "Fewest yuan: 12,000 yuan" in text
    assert "Repairs give less than the 24,000 yuan that are short above: a yuan by which a share gives way" in text


def test_kinds_of_repairs_that_there_are_not_are_told() -> None:
    """A must against a never: no money mends it, and demands stand unless priorities say otherwise."""
    found = liftplan.diagnose(planted("must-needs-never"))
    why = (
        "Fewest yuan: none; no rule of conflict 1 is about money.",
        (
            "Without more money: none; conflict 1 is between funds, commitments and demands, which stay as they are "
            "unless priorities let them give."
        ),
    )
    assert [line for line in said(found.content).splitlines() if "none;" in line] == list(why)
    assert all(line in found.page for line in why)


def test_the_service_tells_kinds_of_repairs_that_there_are_not() -> None:
    """Its pages show them below the buttons, in the reader's language."""
    told = repairs_of(liftplan.diagnose(planted("must-needs-never")))
    assert [one.kind for one in told.repairs] == ["rules"]
    assert next((line.en, line.zh) for line in told.none) == (
        "Fewest yuan: none; no rule of conflict 1 is about money.",
        "金额最少：无；冲突1中没有涉及资金的规则。",
    )
    assert repairs_of(liftplan.diagnose("tiny")).none == ()


def test_priorities_that_let_nothing_give_are_told() -> None:
    """Nothing but people has a price where money clashes."""
    found = liftplan.diagnose(planted("minimum-money"), priorities=Priorities({"R10": 1}))
    assert [one.repair.kind for one in found.repairs] == ["yuan", "rules"]
    assert "By your priorities: none; your priorities let no rule of conflict 1 give." in said(found.content)


def test_what_was_not_found_is_not_said_to_be_impossible() -> None:
    """Repairs that time did not suffice for are not known; a county with a plan needs none."""
    content = liftplan.diagnose(planted("minimum-money")).content
    assert content.diagnosis.found is not None
    late = replace(
        content, repairs=(), diagnosis=replace(content.diagnosis, found=replace(content.diagnosis.found, fewest=None))
    )
    assert [str(missing(late, kind)) for kind in ("yuan", "rules")] == [
        "Fewest yuan: none; whether there is one is not known.",
        "Fewest rules: none; which rules are the fewest that suffice was not found out.",
    ]
    assert missing(liftplan.diagnose("tiny").content, "yuan") is None


def test_people_of_a_bound_are_whole() -> None:
    """At most 45.7 people are at most 45; that is proved best if a plan lifts them."""
    (mended, *_) = liftplan.diagnose(planted("minimum-money")).repairs
    assert str(best(replace(mended, people=44, bound=45.7))) == (
        "best plan found under it: 44 people; no plan lifts more than 45 people"
    )
    assert str(best(replace(mended, people=45, bound=45.7))) == "best plan under it: 45 people (proved)"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("share-spend", "change the least share of special for industry from 50.00 % to 16.00 %"),
        ("share-committed", "change the largest share of special for road from 10.00 % to 55.56 %"),
        ("committed-money", "R11 squares: v1-square, R11 squares: v2-square"),
    ],
)
def test_rows_of_rules_go_by_what_they_are_about(name: str, text: str) -> None:
    """Not by ids that only the county's files know."""
    assert text in said(liftplan.diagnose(planted(name)).content)


def test_places_of_a_site_name_the_site() -> None:
    """Needs of several sites are told apart."""
    made = planted("must-slots")
    assert "R8 places of a site, v1-site" in [str(told(one, RuleNames(made))) for one in figures(Ground(made))]


def test_who_must_spend_is_named_in_a_repair() -> None:
    """A row of R13 goes by its fund."""
    rule = SpendMin(enforce="hard", rows=(SpendMinRow(id="row-7", fund="squares", share_bp=10_000),))
    text = said(liftplan.diagnose(county("spend", R13=rule)).content)
    assert "lower what squares must spend from 100.00 % to 60.00 % of its money" in text
    assert "row-7" not in text


def test_a_repair_file_says_what_it_is_for(tmp_path: Path) -> None:
    """County, scenario and command stand in it; without a scenario none is named."""
    cut = tmp_path / "cut.yaml"
    cut.write_text("name: cut\noverrides:\n  - funds[department=poverty].amount x 0.5\n", encoding="utf-8")
    liftplan.diagnose("tiny", scenario=cut).save(tmp_path / "out")
    first, *rest = (tmp_path / "out" / "repair-yuan.yaml").read_text(encoding="utf-8").splitlines()
    assert first == f"# liftplan solve tiny --scenario {cut} --scenario {tmp_path / 'out' / 'repair-yuan.yaml'}"
    assert "note: 'A repair of tiny under cut, which comes before it: 10,000 yuan.'" in rest
    liftplan.diagnose(planted("minimum-money")).save(tmp_path / "plain")
    first, second, *_ = (tmp_path / "plain" / "repair-yuan.yaml").read_text(encoding="utf-8").splitlines()
    assert (first, second) == ("name: repair-yuan", "note: 'A repair of minimum-money as it stands: 50,000 yuan.'")
