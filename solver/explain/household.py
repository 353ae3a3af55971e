"""A household: by what it is lifted and who pays, or its way out and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from liftplan.models.policy import LEDGER_TOPUP
from liftplan.solver.explain.case import Case
from liftplan.solver.explain.enough import Enough, enough
from liftplan.solver.explain.hopeless import Hopeless, hopeless, income_gap
from liftplan.solver.explain.money import Paid, cost, ledger_lines, price, uncovered
from liftplan.solver.explain.values import Value
from liftplan.solver.explain.ways import Way, full_sites, ways_out

YUAN = 10_000
"""Yuan that prices are for."""

SLIGHT = 1e-6
"""Yuan of rounding."""

Outcome = Literal["out", "lifted", "poor"]
"""Passes with nothing done; is lifted by the plan; is not lifted."""


@dataclass(frozen=True)
class Taken(Value):
    """A measure that the plan takes."""

    measure: str
    yuan: int
    income_gain: int
    """Yuan a household a year."""
    meets: tuple[str, ...]
    requires: tuple[str, ...]


@dataclass(frozen=True)
class Missing(Value):
    """Something besides money that stands before a way out."""

    kind: Literal["project", "alternative", "slot", "labour"]
    """A project is not built; another of its alternatives is; its slots are all used; measures taken now tie up the
    workers."""
    subject: str
    """The project; of labour the household."""
    other: str = ""
    """The alternative that is built."""
    used: int = 0
    """Slots that others use, or workers in use."""
    most: int = 0
    """Slots or workers there are."""


@dataclass(frozen=True)
class HouseholdFacts(Value):
    """What is to say of a household."""

    household: str
    village: str
    persons: int
    outcome: Outcome
    income_gap: int
    """Yuan a household a year that its income lacked before the plan."""
    needs: tuple[str, ...]
    measures: tuple[Taken, ...]
    """Taken by the plan."""
    topup_yuan: int
    yuan: int
    """Ledger yuan for it."""
    paid: tuple[Paid, ...]
    projects: tuple[str, ...]
    """Projects built that its measures need."""
    demanded: tuple[str, ...]
    """R12 on it or its village, as `must household`, `never village` ..."""
    forbidden: bool
    """R12 forbids it any measure and top-up."""
    cheapest: Way | None
    """Not lifted: the way out at least yuan, where there is one without an alternative of a built project."""
    favoured: Way | None
    """Not lifted: the way out that the plan's prices favour, of those that alternatives and full sites do not stop."""
    missing: tuple[Missing, ...]
    """What stands before the cheapest way, besides money."""
    unpaid_yuan: int
    """Yuan of the cheapest way's lines that money left over cannot pay."""
    bearable_yuan: int | None
    """The cheapest way would be worth its money if, all costs shrinking alike, it cost at most so much, a top-up to the
    household minimum included; None: at no cost, or it is worth it as it is."""
    enough: tuple[Enough, ...]
    """Checked: with so much more money this household is lifted too and everything else stays as it is."""
    hopeless: Hopeless | None
    """Not lifted, and nothing in the data lifts it."""
    counted: bool
    """Whether all its packages were enumerated."""


def explain_household(case: Case, name: str) -> HouseholdFacts:
    """What is to say of a household of the county."""
    home = case.facts.homes[name]
    outcome: Outcome = "out" if name in case.out else "lifted" if name in case.lifted else "poor"
    taken = [case.options[one] for one in case.measures_of.get(name, ()) if one in case.taken]
    items = [*(one.id for one in taken), LEDGER_TOPUP + name]
    paid = ledger_lines(case, items)
    poor = outcome == "poor"
    forbidden = name in case.facts.banned
    ways = ways_out(case, name) if poor and not forbidden else None
    way = ways.cheapest if ways else None
    nothing = poor and ways is not None and ways.counted and way is None
    return HouseholdFacts(
        name,
        home.village,
        home.persons,
        outcome,
        income_gap(case, name),
        home.needs,
        tuple(Taken(one.id, cost(case, one.id), one.gain, one.meets, one.requires) for one in taken),
        case.plan.topups.get(name, 0),
        sum(one.yuan for one in paid),
        paid,
        tuple(sorted({project for one in taken for project in one.requires})),
        demands(case, name, home.village),
        forbidden,
        way,
        ways.favoured if ways else None,
        missing(case, name, way) if way else (),
        uncovered(case, way.lines) if way else 0,
        bearable(case, name, way) if way else None,
        enough(case, name, way) if way else (),
        hopeless(case, name) if nothing else None,
        ways.counted if ways else True,
    )


def demands(case: Case, name: str, village: str) -> tuple[str, ...]:
    """R12 rows on a household, or on its village."""
    return tuple(
        f"{row.sense} {row.target}"
        for row in case.facts.demands
        if (row.target, row.id) in {("household", name), ("village", village)}
    )


def missing(case: Case, name: str, way: Way) -> tuple[Missing, ...]:
    """What stands before a way out, besides money."""
    found = [Missing("project", project) for project in way.projects]
    for project in way.projects:
        row = case.facts.projects[project]
        rivals = [
            other
            for other in sorted(case.built)
            if row.alternative_group
            and case.facts.projects[other].alternative_group == row.alternative_group
            and case.facts.projects[other].village == row.village
        ]
        found += [Missing("alternative", project, other) for other in rivals]
    for site, used in full_sites(case, name, way.measures).items():
        found.append(Missing("slot", site, used=used, most=case.facts.projects[site].slots))
    now = [case.options[one] for one in case.measures_of.get(name, ()) if one in case.taken]
    work = sum(one.labour for one in now)
    more = sum(case.options[one].labour for one in way.measures if one not in case.taken)
    workers = case.facts.homes[name].labour
    if more and work + more > workers:
        found.append(Missing("labour", name, used=work, most=workers))
    return tuple(found)


def bearable(case: Case, name: str, way: Way) -> int | None:
    """What a way may cost to be worth it, all that is not paid yet shrinking alike; None: at no cost, or it is already.

    The household minimum (R5) does not shrink: a top-up makes up for what measures cost less.
    """
    new = [line for line in way.lines if not line.item.startswith(LEDGER_TOPUP)]
    shrinking = sum(line.yuan for line in new)
    priced = sum(line.yuan * (line.price or 0) for line in new) / YUAN
    if way.net >= 0 or priced <= 0:
        return None
    own = sum(line.yuan for line in new if line.item in case.options)
    paid, rule = way.direct_yuan - own, case.county.policy.R5
    least = rule.minimum if rule.enforce == "hard" else 0
    rate = price(case, LEDGER_TOPUP + name, rule.purpose)

    def topup(share: float) -> float:
        return max(way.topup_yuan, least - paid - share * own)

    def over(share: float) -> float:
        """People by which it costs more than it is worth."""
        more = topup(share) - way.topup_yuan
        return way.cost - (1 - share) * priced + more * (rate or 0) / YUAN - way.worth

    full = min(1.0, max(0.0, (least - paid - way.topup_yuan) / own)) if own else 0.0  # below it top-ups grow
    if over(full) <= 0:
        share = 1 - (way.cost - way.worth) / priced
    elif rate is None or over(0.0) > 0 or full == 0:
        return None
    else:
        share = full * over(0.0) / (over(0.0) - over(full))
    return int(paid + share * shrinking + topup(share) + SLIGHT)
