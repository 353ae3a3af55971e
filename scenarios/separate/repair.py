"""What is left of an outcome when what breaks rules is dropped: who is lifted then.

Only households are looked at: dropping measures repairs too many houses, alternatives, workers and places (R8), and
households that get less than their minimum (R5), for nobody tops up. What villages and funds lack (R3, R4, R6, R7)
cannot be repaired by dropping anything, and stays broken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from liftplan.models.county import County
from liftplan.scenarios.separate.outcome import Outcome
from liftplan.solver.check.facts import Facts, Home, Option

MOST_OPTIONS = 12
"""Measures that exclude others of which every choice is tried in a household; of more, these that cost most."""


@dataclass(frozen=True)
class Repaired:
    """People lifted, and yuan of measures dropped, after each step."""

    people_possible: int
    """Lifted with what is possible at all: R8 kept."""
    people_kept: int
    """Of these, in households that get their minimum too: R5 kept."""
    dropped_yuan: int
    """Money of measures dropped for R8."""


def repaired(county: County, outcome: Outcome) -> Repaired:
    """Drop what breaks R8, the least of each household, then whole households below R5's minimum."""
    facts = Facts(county)
    costs = {item: sum(lines.values()) for item, lines in facts.lines.items()}
    options: dict[str, list[Option]] = {}
    for option in facts.options(outcome.measures).values():
        options.setdefault(option.household, []).append(option)
    places = _places(facts, outcome)
    rule = county.policy.R5
    minimum = rule.minimum if rule.enforce != "off" else 0
    possible = kept = dropped = 0
    for name, taken in sorted(options.items()):
        home = facts.homes[name]
        chosen = _best(facts, home, [one for one in taken if not one.slot or one.id in places], costs)
        dropped += sum(costs.get(one.id, 0) for one in taken) - sum(costs.get(one.id, 0) for one in chosen)
        direct = sum(costs.get(one.id, 0) for one in chosen)
        lifted = home.persons * _lifted(facts, home, chosen)
        possible += lifted
        if direct == 0 or direct >= minimum:
            kept += lifted
        else:
            free = [one for one in chosen if not costs.get(one.id)]
            kept += home.persons * _lifted(facts, home, free)
    return Repaired(possible, kept, dropped)


def _places(facts: Facts, outcome: Outcome) -> set[str]:
    """Measures that have a place of a site, first come by identifier."""
    used: Counter[str] = Counter()
    found = set()
    for option in sorted(facts.options(outcome.measures).values(), key=lambda one: one.id):
        if option.slot and used[option.slot] < facts.projects[option.slot].slots:
            used[option.slot] += 1
            found.add(option.id)
    return found


def _best(facts: Facts, home: Home, taken: Sequence[Option], costs: dict[str, int]) -> tuple[Option, ...]:
    """The measures that a household can keep under R8: that it is lifted first, then the most money."""
    if _possible(home, taken):
        return tuple(taken)
    free = [one for one in taken if not (one.labour or one.main_house or one.group)]
    bound = sorted((one for one in taken if one not in free), key=lambda one: (-costs.get(one.id, 0), one.id))
    tried = bound[:MOST_OPTIONS]
    choices = (choice for count in range(len(tried), -1, -1) for choice in combinations(tried, count))
    best = max(
        (choice for choice in choices if _possible(home, choice)),
        key=lambda choice: (_lifted(facts, home, (*free, *choice)), sum(costs.get(one.id, 0) for one in choice)),
    )
    return (*free, *best)


def _possible(home: Home, taken: Iterable[Option]) -> bool:
    """R8 within a household."""
    chosen = list(taken)
    groups = [one.group for one in chosen if one.group]
    return (
        sum(one.labour for one in chosen) <= home.labour
        and sum(one.main_house for one in chosen) <= 1
        and len(set(groups)) == len(groups)
    )


def _lifted(facts: Facts, home: Home, taken: Iterable[Option]) -> bool:
    chosen = list(taken)
    met = {need for one in chosen for need in one.meets}
    return not facts.passes(home, 0, set()) and facts.passes(home, sum(one.gain for one in chosen), met)
