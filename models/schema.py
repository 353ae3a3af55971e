"""The JSON Schema of a county document, made from the row schemas."""

from __future__ import annotations

from typing import Any

from pydantic import Field, create_model

from liftplan.models.base import Frozen
from liftplan.models.county import Head
from liftplan.models.policy import Policy
from liftplan.models.rows import TABLES


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a county document: meaning and unit of every field."""
    fields: dict[str, Any] = {
        name: (tuple[schema, ...], Field(default=(), description=(schema.__doc__ or "").strip()))  # type: ignore[valid-type]
        for name, schema in TABLES.items()
    }
    tables = create_model("Tables", __base__=Frozen, __doc__="The tables; one without rows may be left out.", **fields)
    document = create_model(
        "CountyDocument",
        __base__=Frozen,
        __doc__="A county in one JSON document.",
        county=(Head, Field(description="What the county is.")),
        policy=(Policy, Field(default=Policy(), description="The rules; what is left out has its default.")),
        tables=(tables, Field(description="The tables.")),
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **document.model_json_schema()}
