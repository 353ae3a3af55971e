"""Villages of a generated county: where they lie, how remote they are, what they need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.models.rows import Village
from liftplan.models.tables import Table
from liftplan.scenarios.generator.calibrate import REMOTENESS
from liftplan.scenarios.generator.columns import Ints, objects, table
from liftplan.scenarios.generator.funds import ECOLOGICAL, ETHNIC, RESERVOIR
from liftplan.scenarios.generator.knobs import Knobs
from liftplan.scenarios.generator.names import townships, village_names

LOW, MIDDLE, HIGH = 0, 1, 2
"""Altitude: citrus below, tea in the middle, vegetables and tobacco on top."""

_UNITS = (
    "县财政局", "县农业局", "县水利局", "县交通运输局", "县国土资源局", "县林业局", "县住建局", "县民政局",
    "县教育局", "县卫生和计划生育局", "县人社局", "县文体局", "县供销社", "县科技局", "县残联",
)  # fmt: skip


@dataclass(frozen=True)
class Villages:
    """Villages by position; every array has shape (villages,)."""

    ids: tuple[str, ...]
    altitude: Ints
    """LOW, MIDDLE or HIGH."""
    remoteness: np.ndarray[tuple[int], np.dtype[np.float64]]
    """Factor on building costs and road lengths, 0.55 to 2.0, median 1."""
    households: Ints
    """Registered households."""
    ecological: np.ndarray[tuple[int], np.dtype[np.bool_]]
    """In the ecological migration area."""
    table: Table
    """The table of the county."""


def villages(rng: np.random.Generator, knobs: Knobs) -> Villages:
    """Altitude 40/35/25 %, remoteness lognormal, households normal (a fifth) around the mean."""
    n = knobs.villages
    width = max(2, len(str(n)))
    ids = tuple(f"v{place:0{width}d}" for place in range(1, n + 1))
    altitude = rng.choice(3, size=n, p=[0.40, 0.35, 0.25]).astype(np.int64)
    remoteness = np.clip(np.exp(rng.normal(0.0, REMOTENESS, n)) * (0.9 + 0.1 * altitude), 0.55, 2.0)
    counts = np.clip(rng.normal(1.0, 0.2, n), 0.5, 1.6)
    # Scaled so that the county's total is what the knob asks for.
    counts = np.round(counts * (knobs.households_per_village * n / counts.sum()))
    households = np.maximum(1, counts).astype(np.int64)
    ecological = rng.random(n) < 0.35
    ethnic = rng.random(n) < 0.15
    marks = ((ECOLOGICAL, ecological), (RESERVOIR, altitude == LOW), (ETHNIC, ethnic))
    tags = [tuple(tag for tag, on in marks if on[place]) for place in range(n)]
    names, readings = village_names(rng, n)
    incidence = rng.uniform(0.30, 0.60, n)
    rows = {
        "id": objects(list(ids)),
        "name": objects(names),
        "name_en": objects(readings),
        "township": objects(townships(n, knobs.names == "zigui")),
        "tags": objects(tags),
        "population": np.round(households * 3.0 / incidence).astype(np.int64),
        "in_push": np.ones(n, dtype=np.bool_),
        "leader": objects([f"县领导{place % 33 + 1}" for place in range(n)]),
        "lead_unit": objects([_UNITS[place % len(_UNITS)] for place in range(n)]),
        "enterprise": objects([f"共建企业{place + 1}" for place in range(n)]),
        "member_units": objects(
            [tuple(_UNITS[(place + step) % len(_UNITS)] for step in range(1, 10)) for place in range(n)]
        ),
    }
    return Villages(ids, altitude, remoteness, households, ecological, table(Village, n, rows))
