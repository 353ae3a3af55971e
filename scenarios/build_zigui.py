"""Writes the data of `zigui-2015`: `python -m liftplan.scenarios.build_zigui [FOLDER]`.

The county is the generator's, with Zigui's townships and departments, the article's figures where it gives them, and a
source for every figure. The shipped files are exactly what this writes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from liftplan.models.county import County
from liftplan.models.files import write_county
from liftplan.models.policy import GrowthMin, HouseholdMin, Policy, VillageDepartmentMin, VillageTotalMin
from liftplan.scenarios.generator import Knobs, generate
from liftplan.scenarios.zigui_sources import ARTICLE, SOURCES

KNOBS = Knobs(
    seed=2015,
    villages=48,
    households_per_village=250,
    linked_sites=0.06,
    names="zigui",
    id="zigui-2015",
    name="秭归县2015年",
)


def build() -> County:
    """The county as it ships."""
    county = generate(KNOBS)
    policy = Policy(
        R3=VillageTotalMin(source=ARTICLE),
        R4=VillageDepartmentMin(source=ARTICLE),
        R5=HouseholdMin(source=ARTICLE),
        R6=GrowthMin(source=ARTICLE),
        R7=county.policy.R7,
    )
    head = county.head.model_copy(update={"name_en": "Zigui county, 2015", "sources": SOURCES})
    return County.build(head, policy, county.tables)


def main() -> None:
    """Write the county to the package's own folder, or to the one given."""
    here = Path(__file__).parent / "counties" / "zigui_2015"
    write_county(build(), Path(sys.argv[1]) if len(sys.argv) > 1 else here, table_format="parquet", overwrite=True)


if __name__ == "__main__":
    main()
