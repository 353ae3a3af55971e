"""What changed hands: projects by name, households by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from liftplan.models.messages import Message, labelled, m
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.names import LETTERS
from liftplan.reports.comparison.page.tables import grid_table
from liftplan.reports.page.amounts import count
from liftplan.reports.page.facts import folded, section, table
from liftplan.reports.page.html import Child, Html
from liftplan.scenarios.compare import Line


def hands(content: Content) -> Html | None:
    """How many projects and households fare differently, by village; projects by name on demand."""
    projects, households = content.projects, content.households_changed
    if not projects.rows and not households.rows:
        return None
    return section(
        "hands",
        m("What changed hands"),
        _counts(content),
        folded(m("By village"), _by_village(content)),
        folded(m("{count} projects by name", count=count(len(projects.rows))), grid_table(content, projects))
        if projects.rows
        else None,
        lead=m(
            "Projects built and households lifted in one plan and not in the other. "
            "Equally good plans may choose differently."
        ),
    )


def _counts(content: Content) -> Html:
    compared = content.compared
    rows: list[list[Child]] = []
    for place in range(1, len(compared.sides)):
        for words, lines, mark in _kinds(content):
            there, first = _moved(lines, place, mark)
            both = sum(line.values[0] == line.values[place] == mark for line in lines)
            what = labelled(LETTERS[place], words)
            rows.append([what, count(both), count(sum(there.values())), count(sum(first.values()))])
    heads = [m("what"), m("in both plans"), m("only in this plan"), m("only in {name}", name=LETTERS[0])]
    return table(heads, rows, caption=m("Compared with {name}", name=content.names.sides[0]))


def _by_village(content: Content) -> Html:
    """Villages in which anything changed hands."""
    heads: list[Child] = [m("village"), m("township")]
    columns: list[Counter[str]] = []
    for place in range(1, len(content.compared.sides)):
        for words, lines, mark in _kinds(content):
            there, first = _moved(lines, place, mark)
            heads += [m("{what}: only in {name}", what=words, name=LETTERS[at]) for at in (place, 0)]
            columns += [there, first]
    names = content.names
    rows: list[list[Child]] = [
        [names.villages[village], names.townships[village], *(count(column[village]) for column in columns)]
        for village in names.villages
        if any(column[village] for column in columns)
    ]
    return table(heads, rows, texts=2, caption=m("By village"))


def _kinds(content: Content) -> tuple[tuple[Message, Sequence[Line], str], ...]:
    compared = content.compared
    return (
        (m("projects built"), compared.project_states, "built"),
        (m("households lifted"), compared.household_states, "lifted"),
    )


def _moved(lines: Sequence[Line], place: int, mark: str) -> tuple[Counter[str], Counter[str]]:
    """Village -> how many only a side has, how many only the first."""
    there = Counter(line.key[0] for line in lines if line.values[place] == mark != line.values[0])
    first = Counter(line.key[0] for line in lines if line.values[0] == mark != line.values[place])
    return there, first
