"""What every schema shares: the frozen base, whole yuan, basis points and identifiers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = 1
"""Version of the county and plan formats; raised when a reader of the old one would misread the new one."""

BP = 10_000
"""Basis points in one: shares are integers in 1/100 %."""


class Frozen(BaseModel):
    """Base of every schema: immutable, unknown fields rejected, attribute docstrings are the schema's text."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Row(Frozen):
    """One row of a county table. Absent is 0 for integers, "" for texts, () for lists: tables hold no nulls."""


Id = Annotated[str, Field(pattern=r"^[\w.\-]{1,64}$")]
"""Identifier: letters of any script, digits, `_`, `-`, `.`; 1 to 64 characters."""

MaybeId = Annotated[str, Field(pattern=r"^[\w.\-]{0,64}$")]
"""Identifier or "" for none."""

Ids = tuple[Id, ...]
"""List of identifiers; in CSV and workbooks one cell, separated by `;`."""

Yuan = Annotated[int, Field(ge=0, le=10**12)]
"""Whole yuan, 0 to 10^12."""

PositiveYuan = Annotated[int, Field(gt=0, le=10**12)]
"""Whole yuan, 1 to 10^12."""

BasisPoints = Annotated[int, Field(ge=0, le=BP)]
"""Share in basis points, 0 to 10,000 (100 %)."""

Count = Annotated[int, Field(ge=0, le=10**9)]
"""Whole number of things or people."""

Price = Annotated[int, Field(ge=0, le=10**12)]
"""Price of breaking a soft rule: millionths of a person per 10,000 yuan short, per person short or per named item."""

Year = Annotated[int, Field(ge=1949, le=2100)]
"""Calendar year."""

MaybeYear = Annotated[int, Field(ge=0, le=2100)]
"""Calendar year, or 0 for none."""
