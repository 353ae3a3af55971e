"""A small county to overwrite."""

from __future__ import annotations

from liftplan.models.county import County, Head
from liftplan.models.policy import Policy


def example_county() -> County:
    """A small, filled, valid county."""
    head = Head(id="example", name="示范县", name_en="Example County", years=(2015,), poverty_line={2015: 2855})
    return County.build(head, Policy(), {})
