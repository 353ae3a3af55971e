"""What can be turned when a county is generated."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from liftplan.models.base import Frozen, Id


class Knobs(Frozen):
    """Settings of the generator; the same settings give the same county, byte for byte."""

    seed: Annotated[int, Field(ge=0, lt=2**31)] = 1
    """Seed of every random draw."""
    villages: Annotated[int, Field(ge=1, le=200_000)] = 48
    """Villages, all in push."""
    households_per_village: Annotated[float, Field(ge=1, le=5_000)] = 250.0
    """Mean number of registered households a village; villages differ by about a fifth."""
    tightness: Annotated[float, Field(gt=0, le=100)] = 1.0
    """Multiplies every fund's amount: below 1 money is scarcer, above 1 more plentiful."""
    ring_fenced_share: Annotated[float, Field(ge=0, lt=1)] = 0.06
    """Share of all money in funds that may not be integrated (flood relief, low-income allowance)."""
    interdependence: Annotated[float, Field(ge=0, le=1)] = 0.5
    """Share of household measures that need a village project first, of those that can do with or without."""
    linked_sites: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Share of resettlement sites that also take households of a neighbouring village, which links the two."""
    names: Literal["synthetic", "zigui"] = "synthetic"
    """Township names: invented ones, or the twelve of Zigui. Village names are invented in both."""
    id: Id = "generated"
    """Identifier of the county."""
    name: str = ""
    """Name of the county; "" gives one that says that it is generated."""
