"""The share of its people that each village (township, household group) of a plan lifts."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Literal

from liftplan.models.base import BP
from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.solver.check.facts import Facts

By = Literal["village", "township", "group"]
"""What R10 counts by."""

BY: tuple[By, ...] = ("village", "township", "group")


class Shares:
    """The people that R10 counts, by group: those not already out, outside villages that must get nothing."""

    def __init__(self, county: County, by: By) -> None:
        facts = Facts(county)
        self._homes: dict[str, tuple[int, tuple[str, ...]]] = {}
        self._people: Counter[str] = Counter()
        for home in facts.homes.values():
            if home.village in facts.closed or facts.passes(home, 0, set()):
                continue
            named = {"village": (home.village,), "group": tuple(dict.fromkeys(home.groups))}
            groups = named.get(by, (facts.villages[home.village].township,))
            self._homes[home.id] = home.persons, groups
            self._people.update(dict.fromkeys(groups, home.persons))

    @cached_property
    def possible(self) -> tuple[int, ...]:
        """Basis points that the worst share may be, ascending: so many of a group's people, rounded down."""
        found = {BP * lifted // count for count in set(self._people.values()) for lifted in range(count + 1)}
        return tuple(sorted({0, BP} | found))

    def of(self, plan: Plan) -> dict[str, int]:
        """Group -> basis points of its people that the plan lifts, rounded down: R10 holds up to exactly this."""
        reached: Counter[str] = Counter()
        for name in plan.lifted:
            persons, groups = self._homes.get(name, (0, ()))
            reached.update(dict.fromkeys(groups, persons))
        return {group: BP * reached[group] // count for group, count in sorted(self._people.items())}

    def fewest(self, share_bp: int) -> int:
        """No plan with so large a share in every group lifts fewer people; 0 where groups overlap."""
        if any(len(groups) > 1 for _, groups in self._homes.values()):
            return 0
        return sum(-(-share_bp * count // BP) for count in self._people.values())
