"""Draws, and what of a plan's ledger is paid and who stays lifted in each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from liftplan.scenarios.stress.spread import Floats, Spread
from liftplan.scenarios.stress.subject import Ints, Subject

Bools = npt.NDArray[np.bool_]

BLOCK = 50
"""Draws worked on at once, so that memory stays small."""


@dataclass(frozen=True)
class Trials:
    """What came of each draw."""

    people: Ints
    """(draws,) people who stay lifted."""
    money_alone: Ints
    """(draws,) those who would if incomes were as planned."""
    income_alone: Ints
    """(draws,) those who would if everything were paid."""
    by_village: Ints
    """(draws, villages) people who stay lifted."""
    short: Floats
    """(draws, funds) yuan that what the fund has to pay exceeds what it has; 0: it is enough."""


def trials(subject: Subject, spread: Spread, draws: int, seed: int) -> Trials:
    """Draw so many times; the same for the same arguments.

    In a draw each fund has what arrives of its amount, less its fee. It pays the lines of the plan's ledger at their
    drawn costs in its order (`Subject`) until the first that it can no longer pay; that and all after it are not paid.
    No fund pays for another, and nothing new is decided. An item of which any line is not paid is not done; what
    requires it is not done either. A household stays lifted if what is still done for it lifts it at its drawn income.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    parts = []
    for first in range(0, draws, BLOCK):
        count = min(BLOCK, draws - first)
        parts.append(_block(subject, spread, rng, count))
    people, money, income, villages, short = zip(*parts, strict=True)
    return Trials(
        np.concatenate(people),
        np.concatenate(money),
        np.concatenate(income),
        np.concatenate(villages),
        np.concatenate(short),
    )


def _block(
    subject: Subject, spread: Spread, rng: np.random.Generator, count: int
) -> tuple[Ints, Ints, Ints, Ints, Floats]:
    costs = spread.cost_factors(rng, count, subject.items)
    incomes = spread.income_factors(rng, count, subject.village)
    has = spread.arrived(rng, count, subject.department) * subject.amount - subject.fee
    done, short = _paid(subject, costs, has)
    usual = np.ones_like(incomes)
    lifted = _lifted(subject, done, incomes)
    villages = np.zeros((count, len(subject.villages)), dtype=np.int64)
    np.add.at(villages.T, subject.village, (lifted * subject.persons).T)
    return (
        lifted @ subject.persons,
        _lifted(subject, done, usual) @ subject.persons,
        _lifted(subject, np.ones_like(done), incomes) @ subject.persons,
        villages,
        short,
    )


def _paid(subject: Subject, costs: Floats, has: Floats) -> tuple[Bools, Floats]:
    """(draws, items) what is done, and (draws, funds) yuan short."""
    factor = np.where(subject.line_varies, costs[:, subject.line_item], 1.0)
    due = factor * subject.line_yuan
    done = np.ones((len(costs), subject.items), dtype=np.bool_)
    short = np.zeros_like(has)
    for fund in range(len(subject.funds)):
        lines = np.flatnonzero(subject.line_fund == fund)
        if not len(lines):
            continue
        total = np.cumsum(due[:, lines], axis=1)
        room = has[:, [fund]] + 0.5  # money is whole yuan
        short[:, fund] = np.maximum(0.0, total[:, -1] - room[:, 0])
        np.logical_and.at(done.T, subject.line_item[lines], (total <= room).T)
    built = done[:, : subject.projects]
    for _ in range(subject.projects):
        before = built.sum()
        np.logical_and.at(built.T, subject.requires[:, 0], built.T[subject.requires[:, 1]])
        if built.sum() == before:
            break
    measures = done[:, subject.projects : subject.projects + subject.measures]
    np.logical_and.at(measures.T, subject.needs_project[:, 0], built.T[subject.needs_project[:, 1]])
    return done, short


def _lifted(subject: Subject, done: Bools, incomes: Floats) -> Bools:
    """(draws, households) whether what is done lifts them."""
    measures = done[:, subject.projects : subject.projects + subject.measures].T
    gains = np.zeros((len(subject.households), len(done)))
    row, measure = subject.helped[:, 0], subject.helped[:, 1]
    np.add.at(gains, row, measures[measure] * subject.gain[measure, None])
    lifted = incomes.T * (subject.income[:, None] + gains) >= subject.asked[:, None] - 1e-6
    needs = subject.needs
    met = np.zeros((len(needs), len(done)), dtype=np.bool_)
    np.logical_or.at(met, subject.met[:, 0], measures[subject.met[:, 1]])
    np.logical_and.at(lifted, needs, met)
    return lifted.T
