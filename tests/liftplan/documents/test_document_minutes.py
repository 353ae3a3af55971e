"""Village minutes: every figure is the ledger's, and what the county did not give is left blank."""

from __future__ import annotations

import io
import zipfile
from collections import Counter, defaultdict

import liftplan
from liftplan.reports.documents.amounts import BLANK
from liftplan.reports.documents.facts import Facts
from liftplan.reports.documents.minutes import minutes as write

from .conftest import Written
from .reading import numbers, paragraphs, tables, texts
from .truth import Paid, money

TEAM, DEPARTMENTS = 0, 1


def minutes(written: Written) -> dict[str, tuple[bytes, list[list[list[str]]], list[Paid]]]:
    """Village -> its minutes, their tables, its ledger lines."""
    lines: defaultdict[str, list[Paid]] = defaultdict(list)
    for line in written.truth.lines:
        lines[line.village].append(line)
    return {village: (content, tables(content), lines[village]) for village, content in written.of("minutes").items()}


def test_every_village_has_minutes(written: Written) -> None:
    """One document for each village of the county, in its order."""
    assert [*written.of("minutes")] == written.truth.county["villages"]["id"].tolist()


def test_departments_have_their_tasks_and_amounts(written: Written) -> None:
    """Each row is what one department pays from one fund for one task; sums are those of the departments."""
    names = written.truth.names
    for _, found, lines in minutes(written).values():
        _, *rows = found[DEPARTMENTS]
        expected = Counter(
            (names["departments"][line.department], task, names["funds"][line.fund], money(yuan))
            for line, task, yuan in written.truth.told(lines)
        )
        single = [row for row in rows if row[0] != row[1]]
        assert Counter((row[0], row[1], row[2], row[3]) for row in single) == expected
        sums = [row[3] for row in rows if row[0] == row[1]]
        by_department = written.truth.sums("department", lines)
        order = [one for one in written.truth.county["departments"]["id"].tolist() if one in by_department]
        total = sum(by_department.values())
        assert sums == [*(money(by_department[one]) for one in order), money(total)]


def test_projects_have_their_money(written: Written) -> None:
    """Each project built stands with its ledger yuan and the other money it draws."""
    truth = written.truth
    leveraged = truth.column("projects", "leveraged")
    for village, (_, found, lines) in minutes(written).items():
        built = [one for one in truth.plan.projects if truth.sites[one] == village]
        if not built:
            continue
        yuan = truth.sums("item", lines)
        rows = found[DEPARTMENTS + 1][1:]
        assert Counter((row[1], row[3], row[4]) for row in rows[:-1]) == Counter(
            (truth.names["projects"][one], money(yuan[one]), money(int(leveraged[one]))) for one in built
        )
        totals = (sum(yuan[one] for one in built), sum(int(leveraged[one]) for one in built))
        assert tuple(rows[-1][3:5]) == tuple(map(money, totals))


def test_measures_have_their_households_and_money(written: Written) -> None:
    """Each measure stands with the households that get it and its yuan; a household counts once in the sum."""
    for _, found, lines in minutes(written).values():
        homes = [line for line in lines if line.household]
        if not homes:
            continue
        (rows,) = [table for table in found if len(table[0]) == 5 and table[1][0] == "1" and table is not found[1]]
        households: defaultdict[str, set[str]] = defaultdict(set)
        for line in homes:
            households[line.name].add(line.household)
        yuan = written.truth.sums("name", homes)
        assert {row[1]: (row[3], row[4]) for row in rows[1:-1]} == {
            name: (money(len(own)), money(yuan[name])) for name, own in households.items()
        }
        assert rows[-1][3:] == [money(len({line.household for line in homes})), money(sum(yuan.values()))]


def test_annex_has_every_household_with_money(written: Written) -> None:
    """The annex tells each household's yuan and the measures that are paid, and sums people who leave poverty."""
    for village, (_, found, lines) in minutes(written).items():
        yuan = written.truth.sums("household", [line for line in lines if line.household])
        if not yuan:
            continue
        rows = found[-1][1:]
        told = {row[0]: row[3] for row in rows[:-1]}
        assert {home: amount for home, amount in told.items() if amount != "0"} == {
            home: money(amount) for home, amount in yuan.items()
        }
        for line in lines:
            if line.household:
                assert line.name in next(row[2] for row in rows if row[0] == line.household)
        assert rows[-1][3:] == [money(sum(yuan.values())), money(written.truth.people(village)[1])]


def test_annex_tells_persons_and_results(written: Written) -> None:
    """Each household stands with its persons and whether the plan lifts it; the sum counts the persons named."""
    truth = written.truth
    homes = truth.county["households"]
    persons = dict(zip(homes["id"].tolist(), homes["persons"].tolist(), strict=True))
    lifted = set(truth.plan.lifted)
    for _, found, lines in minutes(written).values():
        if not any(line.household for line in lines):
            continue
        rows = found[-1][1:]
        results = {home in lifted: row[4] for row in rows[:-1] if (home := row[0])}
        assert {row[0]: (row[1], row[4]) for row in rows[:-1]} == {
            row[0]: (money(persons[row[0]]), results[row[0] in lifted]) for row in rows[:-1]
        }
        assert len(set(results.values())) == len(results)
        assert rows[-1][1] == money(sum(persons[row[0]] for row in rows[:-1]))


def test_sentences_have_no_other_numbers(written: Written) -> None:
    """Every number in a sentence is a sum of the ledger, a count of the plan, the year, or numbers a paragraph."""
    truth = written.truth
    homes = truth.county["households"]
    for village, (content, _, lines) in minutes(written).items():
        own = homes["village"] == village
        known = {
            2015,
            *range(1, 8),
            int(own.sum()),
            int(homes["persons"][own].sum()),
            *truth.people(village),
            sum(line.yuan for line in lines),
            sum(truth.sites[one] == village for one in truth.plan.projects),
            len({line.household for line in lines if line.household}),
        }
        assert numbers(paragraphs(content)[1:]) <= known


def test_archive_holds_the_same_minutes(written: Written) -> None:
    """The zip has every village's document, byte for byte."""
    with zipfile.ZipFile(io.BytesIO(written.only("minutes-all"))) as archive:
        packed = [archive.read(name) for name in archive.namelist()]
    assert packed == [*written.of("minutes").values()]


def test_what_is_not_given_is_blank(solutions: dict[str, liftplan.Solution]) -> None:
    """Without a support team and deadlines the minutes have blanks, never invented names or dates."""
    found = tables(next(iter(documents(solutions["tiny"]).values())))
    assert [row[1] for row in found[TEAM][1:]] == [BLANK] * 4
    assert {row[4] for row in found[DEPARTMENTS][1:]} <= {BLANK, ""}


def test_what_is_given_is_told(solutions: dict[str, liftplan.Solution]) -> None:
    """Team and deadlines of the county stand in the minutes."""
    content = documents(solutions["example"])["v01"]
    found = tables(content)
    assert found[TEAM][1][1] == "县委常委、宣传部长"
    assert "2015-10-31" in {row[4] for row in found[DEPARTMENTS]}
    assert "县水利局" in texts(content)


def documents(solution: liftplan.Solution) -> dict[str, bytes]:
    """The minutes of a plan in English."""
    facts = Facts(solution.plan, solution.county, solution.tables)
    return {village: write(facts, village) for village in facts.villages}
