"""R5 and R9: the least and the most that a household gets."""

from __future__ import annotations

from collections.abc import Iterator

from liftplan.models.messages import m
from liftplan.solver.check.decided import Decided
from liftplan.solver.check.facts import Facts
from liftplan.solver.check.findings import Breach


def household_min(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """R5: top-up = max(0, minimum - direct cost) for each household concerned, 0 for all others.

    Soft: the top-up may be less, down to 0; what is missing is short.
    """
    rule = facts.policy.R5
    concerned: set[str] = set()
    if rule.enforce != "off":
        concerned = _concerned(facts, decided)
    for household in sorted(concerned | set(decided.topups)):
        value = decided.topups.get(household, 0)
        exact = max(0, rule.minimum - decided.direct[household]) if household in concerned else 0
        if value > exact or (value != exact and rule.enforce != "soft"):
            message = m(
                "The top-up of household {household} is {value} yuan instead of {limit} yuan.",
                household=household,
                value=value,
                limit=exact,
            )
            yield Breach("R5", household, message, value, exact)
        elif value < exact:
            got, limit = decided.direct[household] + value, rule.minimum
            message = m(
                "Household {household} gets {value} yuan, less than {limit} yuan.",
                household=household,
                value=got,
                limit=limit,
            )
            yield Breach("R5", household, message, got, limit, limit - got, "yuan", rule.enforce, rule.price)


def household_max(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """R9: direct cost + top-up <= maximum."""
    rule = facts.policy.R9
    if rule.enforce == "off":
        return
    for household in sorted(set(decided.direct) | set(decided.topups)):
        value, limit = decided.direct[household] + decided.topups.get(household, 0), rule.maximum
        if value > limit:
            message = m(
                "Household {household} gets {value} yuan, more than {limit} yuan.",
                household=household,
                value=value,
                limit=limit,
            )
            yield Breach("R9", household, message, value, limit, value - limit, "yuan", rule.enforce, rule.price)


def _concerned(facts: Facts, decided: Decided) -> set[str]:
    """Households that R5 is about: assisted ones; under `every` also all others that are not already out."""
    if facts.policy.R5.applies_to == "assisted":
        return decided.assisted
    others = (home for home in facts.homes.values() if home.id not in decided.already_out)
    return decided.assisted | {home.id for home in others if not facts.shut_out(home)}
