"""The world before integration (model.md section 6): departments decide one after the other, each alone.

An algorithm, not an optimum: nothing is proved of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version

from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.plan import Applied, CountyRef, LedgerLine
from liftplan.models.policy import DepartmentMin
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.rows import Demand
from liftplan.scenarios.separate.department import Built, Department
from liftplan.scenarios.separate.items import Register, register
from liftplan.scenarios.separate.order import in_order
from liftplan.scenarios.separate.outcome import Broken, FundMoney, Outcome
from liftplan.solver.check import Findings, Violation, check_decisions


def decide_separately(
    county: County, scenario: str = "separate", applied: tuple[Applied, ...] = ()
) -> tuple[Outcome, tuple[Violation, ...]]:
    """Let every department decide alone, then count who is lifted and which rules are broken.

    Parameters
    ----------
    county
        A validated county of one year.
    scenario, applied
        What made the county what it is, for the record.

    Returns
    -------
    outcome
        What comes of it.
    violations
        The hard rules it breaks, with what is to be said of each.

    Raises
    ------
    InputProblems
        If the county has several years.
    """
    if len(county.head.years) != 1:
        message = m("Several years are not planned yet: {years}.", years=len(county.head.years))
        raise InputProblems([Problem("years", Place(column="years"), message, m("Keep one year."))])
    books, built = register(county), Built()
    order = in_order({books.owners[fund] for fund in books.money})
    wanted = _wanted(county)
    ledger: list[LedgerLine] = []
    given: Counter[tuple[str, str]] = Counter()
    for name in order:
        department = Department(name, books, built, wanted)
        for village, yuan in _own_minimums(county, name, books, given):
            department.fill(village, yuan)
        department.spend()
        ledger += department.ledger
        for village, yuan in department.spent.items():
            given[name, village] += yuan
    effects = {name for name, effect in books.effects.items() if built.projects.issuperset(effect.requires)}
    findings = check_decisions(county, built.projects, built.taken | effects, {}, ledger)
    return _outcome(county, scenario, applied, order, built, effects, ledger, findings), findings.violations


def _own_minimums(
    county: County, department: str, books: Register, given: Counter[tuple[str, str]]
) -> Iterator[tuple[str, int]]:
    """Villages in which rows of R4 that name the department are short, and by how much, as it comes to them.

    A row of several departments is theirs together: what those before have spent in the village counts.
    """
    if county.policy.R4.enforce == "off":
        return
    rows = [row for row in county.policy.R4.rows if department in row.departments]
    own: dict[tuple[str, str], int] = dict(
        zip(
            zip(*(county["minimum_overrides"][name].tolist() for name in ("village", "rule")), strict=True),
            county["minimum_overrides"]["minimum"].tolist(),
            strict=True,
        )
    )
    for village in books.push:
        short = max((_short(row, village, own, given) for row in rows), default=0)
        if short > 0:
            yield village, short


def _short(row: DepartmentMin, village: str, own: dict[tuple[str, str], int], given: Counter[tuple[str, str]]) -> int:
    minimum = own.get((village, row.id), row.minimum)
    return minimum - sum(given[name, village] for name in set(row.departments))


def _wanted(county: County) -> set[str]:
    """Items that commitments (R11) and demands (R12) name."""
    found: set[str] = set()
    if county.policy.R11.enforce != "off":
        found |= set(county["commitments"]["item"].tolist())
    if county.policy.R12.enforce != "off":
        found |= {
            row.id
            for row in county["demands"].rows()
            if isinstance(row, Demand)
            and (row.sense, row.enforce) == ("must", "hard")
            and row.target in {"project", "measure"}
        }
    return found


def _outcome(
    county: County,
    scenario: str,
    applied: tuple[Applied, ...],
    order: list[str],
    built: Built,
    effects: set[str],
    ledger: list[LedgerLine],
    findings: Findings,
) -> Outcome:
    value = findings.evaluation
    return Outcome(
        county=CountyRef(id=county.head.id, name=county.head.name, digest=county.digest),
        scenario=scenario,
        overrides=tuple(one.override for one in applied),
        applied=applied,
        versions={"liftplan": version("liftplan")},
        order=tuple(order),
        projects=tuple(sorted(built.projects)),
        measures=tuple(sorted(built.taken | effects)),
        padding=value.padding,
        lifted=value.lifted,
        already_out=value.already_out,
        ledger=tuple(sorted(ledger)),
        funds=tuple(FundMoney(**money._asdict()) for money in value.funds),
        totals=value.totals,
        broken=tuple(
            sorted(
                (
                    Broken(
                        rule=one.rule,
                        subject=one.subject,
                        value=one.value,
                        limit=one.limit,
                        text=one.message.text("en"),
                    )
                    for one in findings.violations
                ),
                key=lambda one: (
                    int(one.rule.removeprefix("R")) if one.rule.startswith("R") else 0,
                    one.subject,
                    one.text,
                ),
            )
        ),
        shortfalls=value.shortfalls,
    )
