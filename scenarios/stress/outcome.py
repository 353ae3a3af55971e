"""What many draws say of a plan: quantiles, fragile villages, funds that run short."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.scenarios.stress.subject import Subject
from liftplan.scenarios.stress.trial import Trials

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Shares of draws that are told."""

BAD = 0.05
"""Share of draws below which lies what a bad draw reaches."""

BINS = 30
"""Columns of the distribution."""


@dataclass(frozen=True)
class VillageStress:
    """What becomes of a village's people."""

    village: str
    planned: int
    """People lifted if all goes as the county says."""
    mean: float
    bad: int
    """In one draw of twenty no more stay lifted."""

    @property
    def kept(self) -> float:
        """Share of its people who stay lifted, on average."""
        return self.mean / self.planned


@dataclass(frozen=True)
class FundStress:
    """How often a fund cannot pay all that it has to."""

    fund: str
    short_share: float
    """Share of draws in which it runs short."""
    short_mean: int
    """Yuan short, on average over all draws."""
    short_bad: int
    """Yuan short that one draw of twenty reaches."""


@dataclass(frozen=True)
class Outcome:
    """A plan under many draws."""

    planned: int
    """People lifted if all goes as the county says."""
    draws: int
    mean: float
    least: int
    most: int
    quantiles: dict[str, int]
    """Share of draws (`0.05`) -> people: at most that share of draws stays below."""
    lost_to_money: float
    """People lost, on average, where incomes are as planned."""
    lost_to_income: float
    """People lost, on average, where everything is paid."""
    columns: tuple[tuple[int, int, int], ...]
    """From, to (people, both included), draws: the distribution."""
    villages: tuple[VillageStress, ...]
    """The most fragile first."""
    funds: tuple[FundStress, ...]
    """The most often short first; those that never are left out."""


def outcome(subject: Subject, found: Trials) -> Outcome:
    """The figures of many draws."""
    planned = int(subject.persons.sum())
    at_home = np.bincount(subject.village, weights=subject.persons, minlength=len(subject.villages))
    bad = np.quantile(found.by_village, BAD, axis=0, method="lower") if len(subject.villages) else np.zeros(0)
    villages = [
        VillageStress(name, int(at_home[row]), round(float(found.by_village[:, row].mean()), 3), int(bad[row]))
        for row, name in enumerate(subject.villages)
    ]
    funds = [
        FundStress(
            name,
            round(float((found.short[:, row] > 0).mean()), 6),
            round(float(found.short[:, row].mean())),
            round(float(np.quantile(found.short[:, row], 1 - BAD, method="higher"))),
        )
        for row, name in enumerate(subject.funds)
        if (found.short[:, row] > 0).any()
    ]
    quantiles = np.quantile(found.people, QUANTILES, method="lower")
    return Outcome(
        planned,
        len(found.people),
        round(float(found.people.mean()), 3),
        int(found.people.min()),
        int(found.people.max()),
        {str(share): int(value) for share, value in zip(QUANTILES, quantiles, strict=True)},
        round(planned - float(found.money_alone.mean()), 3),
        round(planned - float(found.income_alone.mean()), 3),
        _columns(found),
        tuple(sorted(villages, key=lambda one: (one.kept, one.village))),
        tuple(sorted(funds, key=lambda one: (-one.short_share, -one.short_mean, one.fund))),
    )


def _columns(found: Trials) -> tuple[tuple[int, int, int], ...]:
    low, high = int(found.people.min()), int(found.people.max())
    step = -(-(high - low + 1) // BINS)
    counts = np.bincount((found.people - low) // step)
    return tuple((low + row * step, low + (row + 1) * step - 1, int(count)) for row, count in enumerate(counts))
