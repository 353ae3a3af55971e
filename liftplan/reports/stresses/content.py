"""What there is to tell of a stressed plan, row by row."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.reports.words import percent, shown
from liftplan.scenarios.stress import Outcome, Spread


@dataclass(frozen=True)
class StressContent:
    """A plan under many draws, and one made with margins under the same."""

    county: County
    scenario: str
    spread: Spread
    seed: int
    margins: tuple[str, ...]
    """Overrides that the second plan was made under."""
    plan: Outcome
    resistant: Outcome | None

    @property
    def name(self) -> str:
        """The county's name, in the current language."""
        return shown(self.county.head.name, self.county.head.name_en)

    @property
    def sides(self) -> list[tuple[Message, Outcome]]:
        """The plans with their names."""
        found = [(m("the plan"), self.plan)]
        return found if self.resistant is None else [*found, (m("with margins"), self.resistant)]

    @property
    def assumed(self) -> Message:
        """The assumptions, in one sentence."""
        return m(
            "Assumed: costs spread by {costs}, incomes by {incomes}, money that arrives by {arrivals}; seed {seed}.",
            costs=percent(self.spread.costs),
            incomes=percent(self.spread.incomes),
            arrivals=percent(self.spread.arrivals),
            seed=self.seed,
        )

    def rows(self) -> list[tuple[Message, list[str]]]:
        """Figures of the whole county: what, and its value for each plan."""
        sides = [one for _, one in self.sides]
        return [
            (m("people lifted as planned"), [f"{one.planned:,}" for one in sides]),
            (m("people who stay lifted, on average"), [f"{one.mean:,.0f}" for one in sides]),
            (m("in one draw of twenty at most"), [f"{one.quantiles['0.05']:,}" for one in sides]),
            (m("in half of the draws at most"), [f"{one.quantiles['0.5']:,}" for one in sides]),
            (m("in nineteen draws of twenty at most"), [f"{one.quantiles['0.95']:,}" for one in sides]),
            (m("lost to costs and missing money alone"), [f"{one.lost_to_money:,.0f}" for one in sides]),
            (m("lost to incomes alone"), [f"{one.lost_to_income:,.0f}" for one in sides]),
            (m("share of planned people who stay lifted"), [percent(one.mean / max(1, one.planned)) for one in sides]),
        ]

    def village(self, name: str) -> str:
        """A village's name, in the current language."""
        return self._named("villages", name)

    def fund(self, name: str) -> str:
        """A fund's name, in the current language."""
        return self._named("funds", name)

    def _named(self, table: str, name: str) -> str:
        rows = self.county[table]
        place = rows["id"].tolist().index(name)
        return shown(str(rows["name"][place]), str(rows["name_en"][place]))
