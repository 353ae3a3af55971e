"""The figures of a county that its scenario editor has a slider for, besides budgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from liftplan.models.messages import Message, listed, m
from liftplan.models.policy import Policy
from liftplan.service.outlines import Outline
from liftplan.service.texts import Text
from liftplan.web.showing import spoken

BASIS = 100
"""Basis points of one per cent."""


@dataclass(frozen=True)
class Knob:
    """One figure."""

    field: str
    """Name of its field in the form."""
    label: Message
    selector: str
    """What an override sets."""
    present: int
    """In the county as it is: yuan, or basis points."""
    unit: Literal["yuan", "percent"] = "yuan"
    rule: str = ""
    """Rule it belongs to."""

    @property
    def most(self) -> int:
        """How far the slider goes."""
        if self.unit == "percent":
            return 20_000 if self.present > 10_000 else 10_000
        return max(2 * self.present, 10_000)

    @property
    def step(self) -> int:
        """How fine the slider is: about a hundredth, a round number."""
        if self.unit == "percent":
            return BASIS
        return int(10 ** max(0, len(str(self.most)) - 3))

    def shown(self, value: int) -> str:
        """A value as the field shows it."""
        return str(value) if self.unit == "yuan" else f"{Decimal(value) / BASIS:f}"

    def value_of(self, text: str) -> int:
        """What a field says. Raises `ValueError` or `ArithmeticError`."""
        number = Decimal(text.replace(",", "").removesuffix("%").strip())
        whole = number * (BASIS if self.unit == "percent" else 1)
        if not 0 <= whole <= 10**12:  # before it becomes an integer: one of a million digits takes very long
            raise ValueError(text)
        return int(whole.to_integral_value(ROUND_HALF_UP))


def knobs(outline: Outline) -> list[Knob]:
    """The poverty line, minimums and shares of a county."""
    policy = Policy.model_validate(outline.policy)
    names = {one.id: one.name for one in outline.departments}
    line = outline.poverty_line[outline.years[0]]
    return [
        Knob("line", m("Poverty line, yuan a person a year"), "poverty_line", line),
        Knob(
            "R3", m("Least money for each village in the programme"), "policy.R3.minimum", policy.R3.minimum, rule="R3",
        ),
        *(
            Knob(
                f"R4.{row.id}",
                m("Of it from {departments}", departments=row.name or _departments(row.departments, names)),
                f"policy.R4.rows[{row.id}].minimum",
                row.minimum,
                rule="R4",
            )
            for row in policy.R4.rows
        ),
        Knob("R5", m("Least money for each assisted household"), "policy.R5.minimum", policy.R5.minimum, rule="R5"),
        Knob(
            "R6", m("Integrated money as a share of last year's"), "policy.R6.growth_bp", policy.R6.growth_bp,
            "percent", "R6",
        ),
        Knob("R9", m("Most money for a household"), "policy.R9.maximum", policy.R9.maximum, rule="R9"),
        Knob(
            "R10", m("Share of people that each place lifts at least"), "policy.R10.share_bp", policy.R10.share_bp,
            "percent", "R10",
        ),
    ]  # fmt: skip


def _departments(ids: tuple[str, ...], names: Mapping[str, Text]) -> str:
    return str(listed(spoken(names[one]) if one in names else one for one in ids))
