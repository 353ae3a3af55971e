"""What comes of departments deciding alone, for the terminal: people, money, and the rules it breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from liftplan.models.county import County
from liftplan.models.messages import Message, joined, labelled, m
from liftplan.models.policy import RULES
from liftplan.reports.counts import homes_leaving, leaving
from liftplan.reports.words import shown, yuan
from liftplan.scenarios.separate import Outcome, Repaired
from liftplan.solver.check import Violation

MONEY_RULES = ("R1", "R3", "R4", "R5", "R6", "R9", "R11", "R13")
"""Rules whose amounts are yuan; those of R10 are persons, others have none to be added up."""


def separate_headline(outcome: Outcome, county: County) -> str:
    """The outcome in one line."""
    name = shown(county.head.name, county.head.name_en)
    people = leaving(outcome.totals.people_lifted)
    broken = m("{count} rules broken", count=f"{len(outcome.broken):,}")
    return str(labelled(name, joined([people, m("each department for itself"), broken])))


def separate_summary(
    outcome: Outcome, violations: Sequence[Violation], county: County, left: Repaired, folder: Path | None = None
) -> RenderableType:
    """The outcome for a rich console; the language is the current one. left: of it; folder: where it lies."""
    totals = outcome.totals
    title = Text(shown(county.head.name, county.head.name_en), style="bold").append(f" · {outcome.scenario}")
    people = m(
        "{lifted} where every department decides alone.",
        lifted=homes_leaving(totals.people_lifted, totals.households_lifted),
    )
    money = m(
        "{yuan} yuan are spent on {projects} projects and {measures} measures.",
        yuan=yuan(totals.ledger_yuan),
        projects=f"{len(outcome.projects):,}",
        measures=f"{len({line[1] for line in outcome.ledger} - set(outcome.projects)):,}",
    )
    parts: list[RenderableType] = [title, Text(str(people), style="bold"), Text(str(money)), Text(str(NO_PLAN))]
    parts += [_departments(outcome, county), _broken(violations)]
    if violations:
        parts += [Text(str(line)) for line in _repaired(left)]
    if folder is not None:
        parts.append(Text(str(m("The outcome is in {folder}", folder=folder)), overflow="fold"))
    return Group(*parts)


NO_PLAN = m("This is no plan: it is what an algorithm does, nothing is proved of it, and it may break rules.")


def _repaired(left: Repaired) -> list[Message]:
    """What is left when measures that break rules are dropped."""
    return [
        m(
            "Without the {yuan} yuan for measures that exclude each other (R8) {people} people leave poverty.",
            yuan=yuan(left.dropped_yuan),
            people=f"{left.people_possible:,}",
        ),
        m(
            "Without households below their minimum (R5) as well {people} do; what villages and funds lack stays.",
            people=f"{left.people_kept:,}",
        ),
    ]


def _departments(outcome: Outcome, county: County) -> Table:
    """Money of each department that has funds, in the order in which they decide."""
    names = dict(
        zip(
            county["departments"]["id"].tolist(),
            zip(county["departments"]["name"].tolist(), county["departments"]["name_en"].tolist(), strict=True),
            strict=True,
        )
    )
    owner = dict(zip(county["funds"]["id"].tolist(), county["funds"]["department"].tolist(), strict=True))
    table = _table(m("Departments, in the order in which they decide"))
    table.add_column(str(m("name")), overflow="fold")
    for head in (m("amount, yuan"), m("spent"), m("left over")):
        table.add_column(str(head), justify="right", no_wrap=True)
    ring_fenced = set(county["funds"]["id"][~county["funds"]["integrable"]].tolist())
    open_funds = [fund for fund in outcome.funds if fund.fund not in ring_fenced]
    for department in outcome.order:
        funds = [fund for fund in open_funds if owner.get(fund.fund) == department]
        amounts = (sum(fund.amount for fund in funds), sum(fund.allocated for fund in funds))
        left = sum(fund.left for fund in funds)
        table.add_row(shown(*names[department]), *map(yuan, amounts), yuan(left))
    return table


def _broken(violations: Sequence[Violation]) -> RenderableType:
    """How often each rule is broken, by how much in all, and one example."""
    if not violations:
        return Text(str(m("It breaks no rule.")))
    table = _table(m("Rules it breaks"))
    for head, left in ((m("rule"), True), (m("times"), False), (m("yuan short"), False), (m("for example"), True)):
        if left:
            table.add_column(str(head), overflow="fold")
        else:
            table.add_column(str(head), justify="right", no_wrap=True)
    for rule in sorted({one.rule for one in violations}, key=list(RULES).index):
        found = [one for one in violations if one.rule == rule]
        short = yuan(sum(_short(one) for one in found)) if rule in MONEY_RULES else ""
        table.add_row(f"{rule} {RULES[rule]}", f"{len(found):,}", short, str(found[0].message))
    return table


def times_broken(violations: Sequence[Violation]) -> dict[str, int]:
    """Rule -> how often it is broken."""
    return dict(sorted(Counter(one.rule for one in violations).items()))


def _short(one: Violation) -> int:
    return abs(one.limit - one.value) if isinstance(one.limit, int) and isinstance(one.value, int) else 0


def _table(title: Message) -> Table:
    return Table(title=str(title), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
