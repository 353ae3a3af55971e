"""Head and policy: plain values to schemas, with all their problems."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from liftplan.models.base import SCHEMA_VERSION
from liftplan.models.county import Head
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m
from liftplan.models.nearest import Nearest
from liftplan.models.policy import Policy
from liftplan.models.problems import Place

M = TypeVar("M", bound=BaseModel)


def read_head(values: Mapping[str, Any], findings: Findings) -> Head | None:
    """The head, or None with its problems noted."""
    version = values.get("schema_version", SCHEMA_VERSION)
    if isinstance(version, int) and version != SCHEMA_VERSION:
        findings.add(
            "version",
            findings.in_head("schema_version"),
            m("The county is in format {version}; this liftplan reads {known}.", version=version, known=SCHEMA_VERSION),
            m("Install the version of liftplan that wrote it."),
        )
        return None
    return _read(Head, values, findings, policy=False)


def read_policy(values: Any, findings: Findings) -> Policy | None:
    """The policy, or None with its problems noted."""
    return _read(Policy, {} if values is None else values, findings, policy=True)


def _read(schema: type[M], values: Any, findings: Findings, *, policy: bool) -> M | None:
    try:
        return schema.model_validate_json(json.dumps(values, default=str), strict=True)
    except (ValidationError, RecursionError, ValueError) as error:
        if not isinstance(error, ValidationError):
            findings.add("value", findings.in_policy("") if policy else findings.in_head(""),
                m("This cannot be read: {reason}.", reason=error), m("Correct the file."))
            return None
        for one in error.errors(include_url=False):
            column = ".".join(str(part) for part in one["loc"])
            place = findings.in_policy(column) if policy else findings.in_head(column)
            code, message, way_out = _told(schema, one)
            findings.add(code, place, message, way_out)
    return None


def _told(schema: type[BaseModel], one: Any) -> tuple[str, Message, Message]:
    kind, field = one["type"], str(one["loc"][-1]) if one["loc"] else ""
    if kind == "missing":
        return "field-missing", m("{field} is missing.", field=field), m("Add it.")
    if kind == "extra_forbidden":
        known = _fields(schema, one["loc"][:-1])
        near = Nearest(known)(field)
        way_out = m("Did you mean {name}?", name=near) if near else m("Use one of {names}.", names=", ".join(known))
        return "field-unknown", m("There is no field {field} here.", field=field), way_out
    message = m("{value} cannot stand here: {reason}.", value=str(one["input"])[:60], reason=one["msg"])
    return "value", message, m("Correct the value.")


def _fields(schema: type[BaseModel], path: tuple[Any, ...]) -> list[str]:
    """Fields of the schema at a path."""
    found: Any = schema
    for part in path:
        if isinstance(part, str) and isinstance(found, type) and issubclass(found, BaseModel):
            hint = found.model_fields[part].annotation if part in found.model_fields else None
            inner = [one for one in getattr(hint, "__args__", ()) if isinstance(one, type) and issubclass(one, BaseModel)]
            found = inner[0] if inner else hint
    return list(found.model_fields) if isinstance(found, type) and issubclass(found, BaseModel) else []


def placed(file: str) -> Place:
    """The place of the file with head and policy."""
    return Place(file=file)
