"""The JSON Schema and the reference page say what the code does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from liftplan.models.constraints import constraints
from liftplan.models.example import example_county
from liftplan.models.files import write_county
from liftplan.models.policy import RULES
from liftplan.models.reference import reference
from liftplan.models.rows import TABLES
from liftplan.models.schema import document_schema, json_schema

ROOT = Path(__file__).parents[2]


def fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of every object of a schema."""
    for owner in (schema, *schema["$defs"].values()):
        for name, field in owner.get("properties", {}).items():
            yield f"{owner['title']}.{name}", field


def test_schema_is_json() -> None:
    """The schema can be written as strict JSON: nothing in it is infinite or not a number."""
    assert json.loads(json.dumps(json_schema(), allow_nan=False)) == json_schema()


def test_every_field_says_what_it_means() -> None:
    """No field of the schema is without a description."""
    assert [name for name, field in fields(json_schema()) if not field.get("description")] == []


def test_schema_has_every_table_rule_and_range() -> None:
    """Tables, rules and ranges are in the schema."""
    definitions = json_schema()["$defs"]
    assert list(definitions["Tables"]["properties"]) == list(TABLES)
    assert set(RULES) <= set(definitions["Policy"]["properties"])
    amount = definitions["Fund"]["properties"]["amount"]
    assert (amount["type"], amount["minimum"], amount["maximum"]) == ("integer", 0, 10**12)
    assert definitions["Fund"]["additionalProperties"] is False
    assert "channel" in definitions["Fund"]["required"]


def test_documents_fit_the_schema(tmp_path: Path) -> None:
    """What is written as a document is what the schema describes; a field too many is not."""
    write_county(example_county(), tmp_path / "county.json")
    content = json.loads((tmp_path / "county.json").read_text(encoding="utf-8"))
    document_schema().model_validate_json(json.dumps(content), strict=True)
    content["tables"]["funds"][0]["colour"] = "red"
    with pytest.raises(ValidationError):
        document_schema().model_validate_json(json.dumps(content), strict=True)


def test_reference_page_is_what_the_code_renders() -> None:
    """After a change of a schema run `python -m liftplan.models.reference docs/reference.md`."""
    assert (ROOT / "docs" / "reference.md").read_text(encoding="utf-8") == reference()


def test_reference_page_has_every_field() -> None:
    """Each table has its section, each column its line with what it holds."""
    sections = dict(part.split("\n", 1) for part in reference().split("### ")[1:])
    for table, schema in TABLES.items():
        lines = [line for line in sections[f"`{table}`"].splitlines() if line.startswith("| `")]
        assert [line.split("`")[1] for line in lines] == list(schema.model_fields)
        for line, constraint in zip(lines, constraints(schema).values(), strict=True):
            assert ("| required |" in line) == constraint.required
    assert {f"`{rule}`" for rule in RULES} <= set(sections)
