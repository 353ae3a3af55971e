"""A county that is read in a moment and soon has a plan, but whose best plan takes minutes to prove."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import liftplan

ENDLESS = {"gap": 0, "time_limit": 600}
"""Settings with which it is solved for longer than any test looks."""


@cache
def unproved() -> bytes:
    """The county as a zip.

    Sites that neighbours share tie its villages together, and spending below the minimum has a small price, so that
    plans differ by fractions of a person: the first plan comes at once, the last hundredth of the gap does not go.
    """
    county = liftplan.generate(
        villages=12, households_per_village=60, seed=5, linked_sites=1.0, interdependence=1.0, tightness=1.0
    )
    priced = ["policy.R3.enforce = soft", "policy.R3.price = 50", "policy.R3.minimum = 9000000"]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "county.zip"
        liftplan.convert(liftplan.under(county, [], overrides=priced).county, path)
        return path.read_bytes()
