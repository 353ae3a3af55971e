"""`county.yaml`: head and policy, to values with their lines, and back to text."""

from __future__ import annotations

from typing import Any

from liftplan.models.county import County
from liftplan.models.files.yamlfile import fields_of
from liftplan.models.files.yamltext import flow
from liftplan.models.findings import Findings
from liftplan.models.messages import m
from liftplan.models.policy import RULES, Policy

HEAD_FILE = "county.yaml"
"""The file that makes a folder a county."""


def parse(content: bytes, findings: Findings) -> dict[str, Any]:
    """Values of a `county.yaml`; the lines of its fields are noted.

    Raises
    ------
    Unreadable
        If it is no YAML, or no list of fields.
    """
    values, findings.head_lines = fields_of(content, findings.head_file, findings, _WAY_OUT, _LEAST)
    return values


_WAY_OUT = m("Correct the file; `liftplan new` writes an example.")

_LEAST = m("Write at least id, name, years and poverty_line.")


def render(county: County) -> bytes:
    """The text of a `county.yaml`: one field, rule, minimum or source a line."""
    head, policy = county.head.model_dump(mode="json"), county.policy.model_dump(mode="json")
    head["poverty_line"] = dict(county.head.poverty_line)
    lines = [f"{field}: {flow(value)}" for field, value in head.items() if field != "sources"]
    lines.append("policy:")
    for field, value in policy.items():
        name = f"  # {Policy.model_fields[field].description}" if field in RULES else ""
        rows = value.get("rows", [])
        if not rows:
            lines.append(f"  {field}: {flow(value)}{name}")
            continue
        lines.append(f"  {field}:{name}")
        lines += [f"    {part}: {flow(one)}" for part, one in value.items() if part != "rows"]
        lines += ["    rows:", *(f"      - {flow(row)}" for row in rows)]
    if head["sources"]:
        lines += ["sources:", *(f"  - {flow(source)}" for source in head["sources"])]
    return ("\n".join(lines) + "\n").encode()
