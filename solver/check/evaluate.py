"""Decisions in, violations and value out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import gcd
from typing import get_args

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON, LedgerLine, Plan, Shortfall, Totals
from liftplan.models.rows import Channel
from liftplan.solver.check.decided import Decided
from liftplan.solver.check.facts import Facts
from liftplan.solver.check.findings import Breach, Evaluation, Findings, FundMoney, Violation
from liftplan.solver.check.ledger import known, ledger
from liftplan.solver.check.rules import CHECKS


def check_decisions(
    county: County,
    projects: Iterable[str],
    measures: Iterable[str],
    topups: Mapping[str, int],
    ledger: Iterable[LedgerLine],
) -> Findings:
    """Every rule that decisions break, and what they are worth.

    Parameters
    ----------
    county
        A validated county of one year.
    projects, measures
        Ids of the projects built and measures taken, direct effects included.
    topups
        Household -> whole yuan > 0.
    ledger
        fund, item, purpose, whole yuan > 0.

    Raises
    ------
    TypeError
        If an amount is not a whole number.
    """
    return examine(Facts(county), projects, measures, topups, ledger)


def examine(
    facts: Facts,
    projects: Iterable[str],
    measures: Iterable[str],
    topups: Mapping[str, int],
    lines: Iterable[LedgerLine],
) -> Findings:
    """`check_decisions` for a county already indexed, to check many plans of it."""
    return judged(facts, projects, measures, topups, lines).findings


@dataclass(frozen=True)
class Judgement:
    """Decisions with what was found about them, so that a plan of just these need not be judged once more."""

    decided: Decided
    findings: Findings

    def fits(self, plan: Plan) -> bool:
        """Whether the plan decides exactly this, line by line."""
        decided = self.decided
        return (
            decided.project_list == list(plan.projects)
            and decided.measure_list == list(plan.measures)
            and decided.topup_entries == plan.topups
            and decided.ledger == list(plan.ledger)
        )


def judged(
    facts: Facts,
    projects: Iterable[str],
    measures: Iterable[str],
    topups: Mapping[str, int],
    lines: Iterable[LedgerLine],
) -> Judgement:
    """`examine`, the decisions kept."""
    decided = Decided(facts, projects, measures, topups, lines)
    return Judgement(decided, judge(decided))


def judge(decided: Decided) -> Findings:
    """Every rule that decisions break, and what they are worth."""
    breaches = _breaches(decided)
    soft = sorted(
        (breach.shortfall for breach in breaches if breach.enforce == "soft"), key=lambda one: (one.rule, one.subject)
    )
    return Findings(_hard(breaches), _value(decided.facts, decided, tuple(soft)))


def broken(decided: Decided) -> tuple[Violation, ...]:
    """The violations of `judge` alone, where nobody asks what decisions are worth."""
    return _hard(_breaches(decided))


def _breaches(decided: Decided) -> list[Breach]:
    facts = decided.facts
    breaches = [*known(decided), *ledger(facts, decided)]
    for check in CHECKS.values():
        breaches += check(facts, decided)
    return breaches


def _hard(breaches: Iterable[Breach]) -> tuple[Violation, ...]:
    return tuple(
        Violation(breach.rule, breach.subject, breach.message, breach.value, breach.limit)
        for breach in breaches
        if breach.enforce == "hard"
    )


def _value(facts: Facts, decided: Decided, shortfalls: tuple[Shortfall, ...]) -> Evaluation:
    penalty = sum(shortfall.penalty for shortfall in shortfalls)
    worth = sum(facts.worth(facts.homes[name]) for name in decided.lifted)
    return Evaluation(
        lifted=tuple(sorted(decided.lifted)),
        already_out=tuple(sorted(decided.already_out)),
        padding=tuple(sorted(_padding(facts, decided))),
        totals=_totals(facts, decided),
        funds=tuple(
            FundMoney(
                fund,
                purse.amount,
                purse.fee,
                decided.by_fund[fund],
                purse.amount - purse.fee - decided.by_fund[fund],
            )
            for fund, purse in sorted(facts.purses.items())
        ),
        shortfalls=shortfalls,
        penalty_units=penalty,
        objective_units=worth * UNITS_PER_PERSON - penalty,
        person_needs_met=_person_needs_met(facts, decided),
        granularity=_granularity(facts, decided),
    )


def _person_needs_met(facts: Facts, decided: Decided) -> int:
    """Persons times needs met, of households that are not lifted."""
    found = 0
    for name, taken in decided.taken.by_household("meets"):
        if name not in decided.lifted:
            home = facts.homes[name]
            found += home.persons * len({need for (meets,) in taken for need in meets}.intersection(home.needs))
    return found


def _totals(facts: Facts, decided: Decided) -> Totals:
    departments = dict.fromkeys(facts.departments, 0)
    channels: dict[str, int] = dict.fromkeys(get_args(Channel), 0)
    for fund, purse in facts.purses.items():
        departments[purse.row.department] = departments.get(purse.row.department, 0) + decided.by_fund[fund]
        channels[purse.row.channel] += decided.by_fund[fund]
    people = dict.fromkeys(facts.villages, 0)
    for name in decided.lifted:
        people[facts.homes[name].village] += facts.homes[name].persons
    leveraged = sum(facts.projects[name].leveraged for name in decided.built)
    return Totals(
        people_lifted=sum(people.values()),
        households_lifted=len(decided.lifted),
        ledger_yuan=sum(decided.by_fund.values()),
        leveraged_yuan=leveraged + sum(decided.taken.column("leveraged")),
        ledger_lines=len(decided.ledger),
        by_fund={fund: decided.by_fund[fund] for fund in facts.purses},
        by_department=departments,
        by_channel=channels,
        by_village={village: decided.by_village[village] for village in facts.villages},
        by_purpose={purpose: decided.by_purpose[purpose] for purpose in facts.purposes},
        people_by_village=people,
    )


def _padding(facts: Facts, decided: Decided) -> set[str]:
    """Built projects out of reach of everything wanted: measures taken, R12 musts and R11 commitments."""
    wanted = list({project for projects in set(decided.taken.column("requires")) for project in projects})
    wanted += [row.id for row in facts.demands if (row.sense, row.target) == ("must", "project")]
    wanted += [row.item for row in facts.commitments]
    used: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in decided.built and name not in used:
            used.add(name)
            wanted += facts.projects[name].requires
    return decided.built - used


def _granularity(facts: Facts, decided: Decided) -> int:
    """Greatest common divisor of what households are worth; 0 where a soft rule has a price."""
    policy = facts.policy
    yields = (
        policy.R1,
        policy.R3,
        policy.R4,
        policy.R5,
        policy.R6,
        policy.R7,
        policy.R9,
        policy.R10,
        policy.R11,
        policy.R13,
    )
    if any(rule.enforce == "soft" and rule.price for rule in yields):
        return 0
    if any(row.enforce == "soft" and row.price for row in facts.demands):
        return 0
    return gcd(*(facts.worth(home) for home in facts.homes.values() if home.id not in decided.already_out)) or 1
