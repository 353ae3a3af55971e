"""The county plan: its tables, charts and sentences are the ledger's."""

from __future__ import annotations

import io
from collections import Counter, defaultdict

import pytest
from docx import Document
from matplotlib.font_manager import fontManager

import liftplan
from liftplan.reports.documents.charts import money_bars, money_figure, people_bars, people_figure
from liftplan.reports.documents.facts import Facts
from liftplan.reports.documents.fonts import PLAIN, chart_font
from liftplan.reports.frames import PlanTables

from .conftest import Written
from .reading import numbers, paragraphs, tables
from .truth import money

CHANNELS, DEPARTMENTS, PURPOSES, VILLAGES = range(4)


def test_channels_and_departments_add_up(written: Written) -> None:
    """Amount, fee, to be paid and left over of each channel and department, and of all, without ring-fenced money."""
    truth = written.truth
    found = tables(written.only("county-plan"))
    paid = truth.sums("fund")
    free = [use for use in truth.plan.funds if use.reason != "ring_fenced"]
    for table, column in ((CHANNELS, "channel"), (DEPARTMENTS, "department")):
        keys = truth.column("funds", column)
        sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        for use in free:
            for place, value in enumerate((use.amount, use.fee, paid[use.fund], use.left)):
                sums[keys[use.fund]][place] += value
        rows = found[table][1:]
        assert Counter(tuple(row[1:]) for row in rows[:-1]) == Counter(
            tuple(map(money, values)) for values in sums.values() if values[0]
        )
        assert rows[-1][1:] == [money(sum(column)) for column in zip(*sums.values(), strict=True)]
    names = truth.names["departments"]
    yuan = truth.sums("department")
    assert {row[0]: row[3] for row in found[DEPARTMENTS][1:-1] if row[3] != "0"} == {
        names[one]: money(value) for one, value in yuan.items()
    }


def test_purposes_add_up(written: Written) -> None:
    """Lines and yuan of each purpose that is paid for."""
    truth = written.truth
    lines, yuan = Counter(line.purpose for line in truth.lines), truth.sums("purpose")
    rows = tables(written.only("county-plan"))[PURPOSES][1:]
    assert {row[0]: (row[1], row[2]) for row in rows[:-1]} == {
        truth.names["purposes"][one]: (money(lines[one]), money(yuan[one])) for one in yuan
    }
    assert rows[-1][1:] == [money(len(truth.lines)), money(truth.plan.totals.ledger_yuan)]


def test_villages_add_up(written: Written) -> None:
    """Projects, people and yuan of each village, and their sums."""
    truth = written.truth
    homes, yuan = truth.county["households"], truth.sums("village")
    rows = tables(written.only("county-plan"))[VILLAGES][1:]
    expected = [
        (
            truth.names["villages"][one],
            sum(truth.sites[project] == one for project in truth.plan.projects),
            int(homes["persons"][homes["village"] == one].sum()),
            *truth.people(one),
            yuan[one],
        )
        for one in truth.county["villages"]["id"].tolist()
    ]
    assert [tuple(row[1:]) for row in rows[:-1]] == [(name, *map(money, values)) for name, *values in expected]
    assert rows[-1][2:] == [money(sum(column)) for column in list(zip(*expected, strict=True))[1:]]


def test_minimums_are_kept_as_told(written: Written) -> None:
    """The lowest and highest yuan of a rule's departments over the villages in push are the ledger's."""
    truth = written.truth
    pushed = truth.county["villages"]["id"][truth.county["villages"]["in_push"]].tolist()
    rows = [table for table in tables(written.only("county-plan")) if len(table[0]) == 5][2][1:]
    expected = []
    for row in truth.county.policy.R4.rows:
        paid = truth.sums("village", [line for line in truth.lines if line.department in row.departments])
        expected.append((money(row.minimum), *(money(end([paid[one] for one in pushed])) for end in (min, max))))
    assert [tuple(row[2:]) for row in rows[1:]] == expected


def test_money_left_is_told(written: Written) -> None:
    """Each fund with money left, and the sum."""
    truth = written.truth
    left = {use.fund: use.left for use in truth.plan.funds if use.left and use.reason != "ring_fenced"}
    found = [table for table in tables(written.only("county-plan")) if len(table[0]) == 4]
    if not left:
        assert not found
        return
    rows = found[0][1:]
    assert {row[0]: row[2] for row in rows[:-1]} == {
        truth.names["funds"][one]: money(yuan) for one, yuan in left.items()
    }
    assert rows[-1][2] == money(sum(left.values()))


def test_annex_has_every_project(written: Written) -> None:
    """Village, name and yuan of each project built."""
    truth = written.truth
    yuan = truth.sums("item")
    rows = tables(written.only("county-plan"))[-1][1:]
    assert Counter((row[0], row[1], row[3]) for row in rows[:-1]) == Counter(
        (truth.names["villages"][truth.sites[one]], truth.names["projects"][one], money(yuan[one]))
        for one in truth.plan.projects
    )
    assert rows[-1][3] == money(sum(yuan[one] for one in truth.plan.projects))


def test_sentences_of_the_plan_have_no_other_numbers(written: Written) -> None:
    """Every number in a sentence is a total of the plan, the year, or numbers a heading, table or paragraph."""
    truth, totals = written.truth, written.truth.plan.totals
    free = [use for use in truth.plan.funds if use.reason != "ring_fenced"]
    ring = [use for use in truth.plan.funds if use.reason == "ring_fenced"]
    known = {
        2015,
        *range(1, 7),
        int(truth.county["households"]["persons"].sum()),
        totals.people_lifted,
        totals.households_lifted,
        totals.ledger_yuan,
        totals.leveraged_yuan,
        len(truth.plan.projects),
        len({line.village for line in truth.lines}),
        len({line.household for line in truth.lines} - {""}),
        len(free),
        len(ring),
        *(sum(getattr(use, name) for use in free) for name in ("amount", "fee", "allocated", "left")),
        sum(use.amount for use in ring),
    }
    assert numbers(paragraphs(written.only("county-plan"))[1:]) <= known


def test_charts_are_the_ledgers(written: Written) -> None:
    """Bars of departments add up to the ledger, bars of villages to the people lifted; both are in the document."""
    truth = written.truth
    with liftplan.speaking(written.language):
        facts = Facts(truth.plan, truth.county, PlanTables(truth.plan, truth.county))
        departments, places = money_bars(facts), people_bars(facts)
    names = truth.names["departments"]
    assert {bar.name: bar.value for bar in departments if bar.value} == {
        names[one]: yuan for one, yuan in truth.sums("department").items()
    }
    assert sum(bar.value for bar in places) == truth.plan.totals.people_lifted
    assert len(Document(io.BytesIO(written.only("county-plan"))).inline_shapes) == 2


def test_labels_of_charts_are_the_ledgers(written: Written) -> None:
    """What stands beside each bar is its department's yuan, or its place's people; bars are as long as that."""
    truth = written.truth
    scale = 10_000 if written.language == "zh" else 1_000_000
    with liftplan.speaking(written.language):
        facts = Facts(truth.plan, truth.county, PlanTables(truth.plan, truth.county))
        money_axes, people_axes = (draw(facts).axes[0] for draw in (money_figure, people_figure))
    owner = truth.owner
    free = {use.fund: use.amount for use in truth.plan.funds if use.reason != "ring_fenced"}
    amounts = Counter({owner[fund]: 0 for fund in free})
    for fund, amount in free.items():
        amounts[owner[fund]] += amount
    paid = truth.sums("department")
    told = {one: f"{paid[one] / scale:,.1f} / {amounts[one] / scale:,.1f}" for one in amounts if amounts[one]}
    names = [label.get_text() for label in money_axes.get_yticklabels()]
    assert dict(zip(names, [text.get_text() for text in money_axes.texts], strict=True)) == {
        truth.names["departments"][one]: text for one, text in told.items()
    }
    homes = truth.county["households"]
    registered = {one: int(homes["persons"][homes["village"] == one].sum()) for one in truth.names["villages"]}
    names = [label.get_text() for label in people_axes.get_yticklabels()]
    assert dict(zip(names, [text.get_text() for text in people_axes.texts], strict=True)) == {
        name: f"{truth.people(one)[1]:,} / {registered[one]:,}" for one, name in truth.names["villages"].items()
    }
    whole, part = money_axes.containers
    assert sum(bar.get_width() for bar in part) * scale == pytest.approx(truth.plan.totals.ledger_yuan)
    assert sum(bar.get_width() for bar in whole) * scale == pytest.approx(sum(free.values()))


def test_a_machine_without_chinese_fonts_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts with Chinese names need a font that has them; those in English do not."""
    monkeypatch.setattr(fontManager, "ttflist", [])
    assert chart_font(["Songping", "people"]) == PLAIN
    with pytest.raises(liftplan.InputProblems, match="no font with Chinese characters"):
        chart_font(["松坪村"])
