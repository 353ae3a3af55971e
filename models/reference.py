"""The reference page, made from the schemas: `python -m liftplan.models.reference docs/reference.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from liftplan.models.constraints import Constraint, constraints
from liftplan.models.county import Head, Source, key_of
from liftplan.models.policy import DepartmentMin, Policy, SpendMinRow
from liftplan.models.rows import TABLES

BEGINNING = """\
# Reference: every field of a county

Made from the schemas by `python -m liftplan.models.reference docs/reference.md`; do not edit it by hand. The forms of a
county, and how cells are written, are in [files](files.md); what the rules mean is in [the model](model.md).

Money is whole yuan, shares are basis points (10,000 = 100 %). What is "required" has no default and is not blank; a
required list may be empty.

This page has the fields of a county alone. Elsewhere: [`plan.json`](files.md#planjson) field by field,
[scenario files](scenarios.md), [calls in Python](python.md), [commands](cli.md), [the service](service.md).
"""


def reference() -> str:
    """The page, as Markdown."""
    parts = [BEGINNING, "## Head: `county.yaml`, field `county` of a document\n", *_of_schema(Head)]
    parts += ["### `sources`\n", *_of_schema(Source), "## Policy: `policy`\n", *_policy(), "## Tables\n"]
    for name, schema in TABLES.items():
        key = ", ".join(f"`{column}`" for column in key_of(name))
        parts += [f"### `{name}`\n", f"{_meaning(schema)} Key: {key}.\n"]
        rows = (
            (field, _typed(one), _default(one.default, required=one.required), schema.model_fields[field].description)
            for field, one in constraints(schema).items()
        )
        parts.append(_table(("column", "holds", "default", "meaning"), rows))
    return "\n".join(parts)


def main() -> None:
    """Write the page to the file named on the command line."""
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")


def _policy() -> Iterator[str]:
    for name, field in Policy.model_fields.items():
        schema = field.annotation
        if isinstance(schema, type) and issubclass(schema, BaseModel):
            yield f"### `{name}`\n"
            yield from _of_schema(schema)
    for name, schema in (("R4.rows", DepartmentMin), ("R13.rows", SpendMinRow)):
        yield f"### `{name}`\n"
        yield from _of_schema(schema)


def _of_schema(schema: type[BaseModel]) -> Iterator[str]:
    """What a schema of head or policy is for, and its fields."""
    yield f"{_meaning(schema)}\n"
    kinds = schema.model_json_schema()["properties"]
    rows = (
        (name, _json_type(kinds[name]), _default(field.default, required=field.is_required()), field.description)
        for name, field in schema.model_fields.items()
    )
    yield _table(("field", "holds", "default", "meaning"), rows)


def _table(header: tuple[str, ...], rows: Iterator[tuple[str, str, str, str | None]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    for name, holds, default, meaning in rows:
        cells = (f"`{name}`", holds, default, " ".join((meaning or "").split()))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _typed(constraint: Constraint) -> str:
    return constraint.rule().text("en")


def _json_type(schema: dict[str, Any]) -> str:
    """A JSON type in words."""
    if "const" in schema or "enum" in schema:
        return "one of " + " | ".join(str(one) for one in schema.get("enum", [schema.get("const")]))
    bounds = [schema.get("minimum"), schema.get("maximum")]
    if schema.get("type") == "integer":
        low, high = (f"{bound:,}" if bound is not None and bound >= 10_000 else str(bound) for bound in bounds)
        return "a whole number" if None in bounds else f"a whole number from {low} to {high}"
    names = {"string": "a text", "boolean": "true or false", "array": "a list", "object": "fields with values"}
    return names.get(schema.get("type", ""), "fields with values")


def _default(value: Any, *, required: bool) -> str:
    if required:
        return "required"
    if isinstance(value, BaseModel):
        return "see there"
    if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        return "; ".join(f"{one.id}: {one.minimum:,}" for one in value if isinstance(one, DepartmentMin))
    if isinstance(value, tuple):
        return "; ".join(value) or "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}" if value >= 10_000 else str(value)
    return "blank" if value in ("", {}) or isinstance(value, float) else str(value)


def _meaning(schema: type[BaseModel]) -> str:
    return " ".join((schema.__doc__ or "").split())


if __name__ == "__main__":
    main()
