"""The JSON Schema of a county document, made from the row schemas."""

from __future__ import annotations

from functools import cache
from math import isnan
from typing import Any

from pydantic import BaseModel, Field, create_model

from liftplan.models.base import Frozen
from liftplan.models.county import Head
from liftplan.models.policy import Policy
from liftplan.models.rows import TABLES

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def document_schema() -> type[BaseModel]:
    """The schema of a whole document: `county`, `policy`, `tables`."""
    fields: dict[str, Any] = {
        name: (tuple[schema, ...], Field(default=(), description=_meaning(schema)))  # type: ignore[valid-type]
        for name, schema in TABLES.items()
    }
    tables = create_model("Tables", __base__=Frozen, __doc__="Tables; one without rows may be left out.", **fields)
    return create_model(
        "CountyDocument",
        __base__=Frozen,
        __doc__="A county in one JSON document.",
        county=(Head, Field(description="The head: name, years, poverty line, sources.")),
        policy=(Policy, Field(default=Policy(), description="The rules; what is left out has its default.")),
        tables=(tables, Field(default=tables(), description="The tables.")),
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a county document: meaning, unit, range and default of every field."""
    found: dict[str, Any] = _without_nan(document_schema().model_json_schema())
    return {"$schema": DIALECT, **found}


def _meaning(schema: type[BaseModel]) -> str:
    return (schema.__doc__ or "").strip()


def _without_nan(value: Any) -> Any:
    """The same without defaults that JSON cannot write: an absent coordinate is left out of a document."""
    if isinstance(value, dict):
        return {
            key: _without_nan(one)
            for key, one in value.items()
            if not (key == "default" and isinstance(one, float) and isnan(one))
        }
    return [_without_nan(one) for one in value] if isinstance(value, list) else value
