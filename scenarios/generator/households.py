"""Registered households of a generated county: types, causes, sizes, incomes, needs, labour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from liftplan.models.rows import Household
from liftplan.models.tables import Table
from liftplan.scenarios.generator.calibrate import DEFICIT, DEPTH, HOUSING_NEED, WATER_NEED
from liftplan.scenarios.generator.columns import Bools, Ints, Objects, objects, table
from liftplan.scenarios.generator.villages import Villages

POVERTY_LINE = 2_855
"""Yuan a person a year, 2015."""

TYPES = ("poverty", "five_guarantees", "allowance", "poverty_allowance")
"""Household types of the register: poverty, five guarantees, low-income allowance, poverty and allowance."""
TYPE_SHARES = (0.5906, 0.0355, 0.1948, 0.1791)
TYPE_PERSONS = (3.24, 1.25, 2.63, 3.13)
"""Shares and mean sizes by type: Hubei register, 2014."""

CAUSES = (
    "illness",
    "disability",
    "schooling",
    "disaster",
    "skill",
    "money",
    "labour",
    "transport",
    "land",
    "water",
    "drive",
)
CAUSE_SHARES = (0.36, 0.06, 0.08, 0.04, 0.14, 0.13, 0.09, 0.05, 0.02, 0.02, 0.01)
"""Main cause of poverty: a constructed mix around the register's figures."""

NEEDS = ("housing", "water", "education", "medical")


@dataclass(frozen=True)
class Households:
    """Households by position, sorted by village; every array has shape (households,)."""

    ids: Objects
    village: Ints
    """Position of the village."""
    persons: Ints
    gap: Ints
    """Yuan a year that the household lacks to the poverty line; <= 0 above it."""
    labour: Ints
    kind: Ints
    """Position in TYPES."""
    cause: Ints
    """Position in CAUSES."""
    disabled: Bools
    disaster: Bools
    needs: Bools
    """(households, needs) not yet met."""
    table: Table
    """The table of the county."""

    def __len__(self) -> int:
        return len(self.ids)


def households(rng: np.random.Generator, villages: Villages) -> Households:
    """Draw all households at once.

    Persons: 1 + Poisson by type, at most 8. Income: 2,855 less a gamma (shape 2) that is deeper in some villages, at
    least 600; one household in twelve lies above the line by up to 400 and only lacks a guarantee. Labour: binomial
    over persons, none for five guarantees, fewer with illness, disability or lack of labour as cause.
    """
    village = np.repeat(np.arange(len(villages.ids), dtype=np.int64), villages.households)
    n = len(village)
    kind = rng.choice(len(TYPES), size=n, p=np.array(TYPE_SHARES) / sum(TYPE_SHARES)).astype(np.int64)
    cause = rng.choice(len(CAUSES), size=n, p=CAUSE_SHARES).astype(np.int64)
    persons = np.clip(1 + rng.poisson(np.array(TYPE_PERSONS)[kind] - 1), 1, 8).astype(np.int64)
    depth = np.exp(rng.normal(0.0, DEPTH, len(villages.ids)))[village]
    below = np.clip(POVERTY_LINE - rng.gamma(2.0, DEFICIT / 2, n) * depth, 600, POVERTY_LINE - 1).astype(np.int64)
    above = rng.random(n) < 1 / 12
    income = np.where(above, POVERTY_LINE + rng.integers(0, 400, n), below)
    labour = _labour(rng, persons, kind, cause)
    disabled = (cause == CAUSES.index("disability")) | (rng.random(n) < 0.04)
    disaster = cause == CAUSES.index("disaster")
    needs = _needs(rng, villages, village, persons, cause, disaster)
    number = np.arange(n) - np.repeat(np.cumsum(villages.households) - villages.households, villages.households)
    prefixes = [f"{name}-h" for name in villages.ids]
    ids = objects([f"{prefixes[v]}{k:04d}" for v, k in zip(village.tolist(), (number + 1).tolist(), strict=True)])
    names = objects(list(villages.ids))
    columns = {
        "id": ids,
        "village": names[village],
        "persons": persons,
        "income": income,
        "needs": _lists(NEEDS, needs),
        "groups": _groups(kind, cause, disabled, disaster),
        "labour": labour,
    }
    rows = table(Household, n, dict(columns))
    gap = (POVERTY_LINE - income) * persons
    return Households(ids, village, persons, gap, labour, kind, cause, disabled, disaster, needs, rows)


def _labour(rng: np.random.Generator, persons: Ints, kind: Ints, cause: Ints) -> Ints:
    share = np.full(len(persons), 0.6)
    share[cause == CAUSES.index("illness")] = 0.45
    share[np.isin(cause, (CAUSES.index("disability"), CAUSES.index("labour")))] = 0.25
    labour = np.minimum(rng.binomial(persons, share), 3)
    return np.where(kind == TYPES.index("five_guarantees"), 0, labour).astype(np.int64)


def _needs(
    rng: np.random.Generator, villages: Villages, village: Ints, persons: Ints, cause: Ints, disaster: Bools
) -> Bools:
    n, places = len(village), len(villages.ids)
    housing = rng.random(n) < np.clip(rng.normal(HOUSING_NEED, 0.08, places), 0.1, 0.8)[village]
    water = rng.random(n) < np.clip(rng.normal(WATER_NEED, 0.12, places), 0.1, 0.9)[village]
    schooling = np.where(cause == CAUSES.index("schooling"), 0.7, 0.06)
    medical = np.where(cause == CAUSES.index("illness"), 0.55, 0.08)
    education = (rng.random(n) < schooling) & (persons >= 3)
    ill = rng.random(n) < medical
    return np.stack([housing | disaster, water | (cause == CAUSES.index("water")), education, ill], axis=1)


def _lists(names: tuple[str, ...], flags: Bools) -> Objects:
    """Per row the names whose flag is set; rows share the tuples."""
    code = flags @ (1 << np.arange(len(names)))
    choices = [tuple(name for bit, name in enumerate(names) if value >> bit & 1) for value in range(1 << len(names))]
    return _indexed(choices, code)


def _groups(kind: Ints, cause: Ints, disabled: Bools, disaster: Bools) -> Objects:
    choices = [
        (TYPES[a], f"cause_{CAUSES[b]}", *(("disabled",) if c else ()), *(("disaster",) if d else ()))
        for a in range(len(TYPES))
        for b in range(len(CAUSES))
        for c in (0, 1)
        for d in (0, 1)
    ]
    return _indexed(choices, ((kind * len(CAUSES) + cause) * 2 + disabled) * 2 + disaster)


def _indexed(choices: list[tuple[str, ...]], index: npt.NDArray[np.int64]) -> Objects:
    column = np.empty(len(choices), dtype=object)
    for place, choice in enumerate(choices):
        column[place] = choice
    taken: Objects = column[index]
    return taken
