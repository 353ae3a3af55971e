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


def _policy() -> Policy:
    """The rules, with their names in the current language."""
    rows = (
        ("poverty", m("Poverty office"), ("poverty",), 100_000),
        ("ndrc", m("Development and reform"), ("ndrc",), 40_000),
        ("finance", m("Finance"), ("finance",), 10_000),
        ("line", m("Line departments"), ("transport", "agriculture", "water"), 150_000),
    )
    return Policy(
        R3=VillageTotalMin(minimum=300_000, source=str(m("The county's village programme (an example)"))),
        R4=VillageDepartmentMin(
            rows=tuple(
                DepartmentMin(id=key, name=str(name), departments=departments, minimum=minimum)
                for key, name, departments, minimum in rows
            )
        ),
        R6=GrowthMin(growth_bp=11_000),
    )


def example_county() -> County:
    """The example county; the same each time, but what has only one name is named in the current language."""
    head = HEAD.model_copy(update={"sources": _sources()})
    rows = {**places.rows(), **money.ROWS, **items.rows()}
    tables = {name: Table.from_rows(TABLES[name], listed) for name, listed in rows.items()}
    return County.build(head, _policy(), tables)
