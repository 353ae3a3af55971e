"""Writes the data of `zigui-2015` and `zigui-2011-2015`: `python -m liftplan.scenarios.build_zigui [FOLDER]`.

The counties are the generator's, with Zigui's townships and departments, the article's figures where it gives them, and
a source for every figure. The shipped files are exactly what this writes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from liftplan.models.county import County
from liftplan.models.files import write_county
from liftplan.models.policy import GrowthMin, HouseholdMin, Policy, VillageDepartmentMin, VillageTotalMin
from liftplan.scenarios.counties import FOLDERS
from liftplan.scenarios.counties.five_years import five_years
from liftplan.scenarios.generator import Knobs, generate
from liftplan.scenarios.zigui_sources import ARTICLE, SOURCES

ONE_YEAR = Knobs(
    seed=2015,
    villages=48,
    households_per_village=250,
    linked_sites=0.06,
    names="zigui",
    id="zigui-2015",
    name="秭归县2015年",
)
FIVE_YEARS = ONE_YEAR.model_copy(
    update={"households_per_village": 420.0, "id": "zigui-2011-2015", "name": "秭归县2011—2015年"}
)


def zigui_2015() -> County:
    """The county of 2015 as it ships."""
    return _sourced(ONE_YEAR, "Zigui county, 2015")


def zigui_2011_2015() -> County:
    """The county of the five years as it ships: as many villages, a larger register."""
    return five_years(_sourced(FIVE_YEARS, "Zigui county, 2011-2015"))


BUILT = {"zigui-2015": zigui_2015, "zigui-2011-2015": zigui_2011_2015}
"""Name -> what builds it."""


def _sourced(knobs: Knobs, english: str) -> County:
    county = generate(knobs)
    policy = Policy(
        R3=VillageTotalMin(source=ARTICLE),
        R4=VillageDepartmentMin(source=ARTICLE),
        R5=HouseholdMin(source=ARTICLE),
        R6=GrowthMin(source=ARTICLE),
        R7=county.policy.R7,
    )
    head = county.head.model_copy(update={"name_en": english, "sources": SOURCES})
    return County.build(head, policy, county.tables)


def main() -> None:
    """Write the counties to the package's own folders, or below the one given."""
    parent = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "counties"
    for name, build in BUILT.items():
        write_county(build(), parent / FOLDERS[name], table_format="parquet", overwrite=True)


if __name__ == "__main__":
    main()
