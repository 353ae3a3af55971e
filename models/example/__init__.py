"""A small county to start from: filled, valid and solvable; people overwrite it with their own.

Three villages, nine households; every figure is made up. Minimums are a tenth of those of 2015, as the county is small.
"""

from __future__ import annotations

from liftplan.models.county import County, Head, Source
from liftplan.models.example import items, money, places
from liftplan.models.messages import m
from liftplan.models.policy import (
    DepartmentMin,
    GrowthMin,
    Policy,
    VillageDepartmentMin,
    VillageTotalMin,
)
from liftplan.models.rows import TABLES
from liftplan.models.tables import Table

HEAD = Head(
    id="example",
    name="示范县",
    name_en="Example County",
    years=(2015,),
    poverty_line={2015: 2855},
)


def _sources() -> tuple[Source, ...]:
    """Where the figures come from, in the current language: people read and overwrite these texts."""
    told = (
        (m("poverty line"), "stated", m("National poverty line of 2015 at current prices.")),
        (m("all other figures"), "synthetic", m("Made up; overwrite them with your own.")),
    )
    return tuple(Source(subject=str(subject), kind=kind, note=str(note)) for subject, kind, note in told)


POLICY = Policy(
    R3=VillageTotalMin(minimum=300_000, source="示范县整村推进方案（示例）"),
    R4=VillageDepartmentMin(
        rows=(
            DepartmentMin(id="poverty", name="扶贫部门", departments=("poverty",), minimum=100_000),
            DepartmentMin(id="ndrc", name="发改部门", departments=("ndrc",), minimum=40_000),
            DepartmentMin(id="finance", name="财政部门", departments=("finance",), minimum=10_000),
            DepartmentMin(
                id="line", name="行业部门", departments=("transport", "agriculture", "water"), minimum=150_000
            ),
        ),
    ),
    R6=GrowthMin(growth_bp=11_000),
)


def example_county() -> County:
    """The example county; the same each time but for its sources, which are told in the current language."""
    head = HEAD.model_copy(update={"sources": _sources()})
    rows = {**places.ROWS, **money.ROWS, **items.rows()}
    return County.build(head, POLICY, {name: Table.from_rows(TABLES[name], listed) for name, listed in rows.items()})
