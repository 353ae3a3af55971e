"""Counties that lack something."""

from __future__ import annotations

import numpy as np

from liftplan.models.county import County


def without_village(county: County, village: str) -> County:
    """The county as if a village had never been registered."""
    keep = {name: county[name]["village"] != village for name in ("projects", "households")}
    homes = set(county["households"]["id"][keep["households"]])
    measures = np.isin(county["measures"]["household"].astype(str), sorted(homes))
    items = {*county["projects"]["id"][keep["projects"]], *county["measures"]["id"][measures]}
    return county.with_tables(
        villages=county["villages"].take(county["villages"]["id"] != village),
        measures=county["measures"].take(measures),
        costs=county["costs"].take(np.isin(county["costs"]["item"].astype(str), sorted(items))),
        **{name: county[name].take(mask) for name, mask in keep.items()},
    )
