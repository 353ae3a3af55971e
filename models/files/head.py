"""Head and policy: plain values to schemas, with all their problems."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from liftplan.models.base import SCHEMA_VERSION
from liftplan.models.county import Head
from liftplan.models.files.headfaults import code_of, told
from liftplan.models.findings import Findings
from liftplan.models.messages import m
from liftplan.models.policy import Policy
from liftplan.models.problems import POLICY

M = TypeVar("M", bound=BaseModel)

_STAND_IN = {"id": "county", "name": "-", "years": [2015], "poverty_line": {"2015": 1}}
"""What a head gets where it cannot be read, so that the rest can be checked."""


def read_head(values: Any, findings: Findings) -> Head:
    """The head; fields that cannot be read are noted and get stand-ins."""
    version = values.get("schema_version") if isinstance(values, dict) else None
    if isinstance(version, int) and version != SCHEMA_VERSION:
        known = SCHEMA_VERSION
        message = m("The county is in format {version}; this liftplan reads {known}.", version=version, known=known)
        findings.add("version", findings.in_head("schema_version"), message, m("Use a liftplan that reads it."))
        values = {name: value for name, value in values.items() if name != "schema_version"}
    return _read(Head, values, _STAND_IN, findings, "")


def read_policy(values: Any, findings: Findings) -> Policy:
    """The policy; rules that cannot be read are noted and get their defaults."""
    return _read(Policy, {} if values is None else values, {}, findings, POLICY)


def no_head(findings: Findings) -> Head:
    """A stand-in for a head that is not there at all."""
    for field in Head.model_fields:
        findings.spoil("", field)
    return Head.model_validate_json(json.dumps(_STAND_IN))


def no_policy(findings: Findings) -> Policy:
    """A stand-in for a policy that is not there at all."""
    for field in Policy.model_fields:
        findings.spoil(POLICY, field)
    return Policy()


def _read(schema: type[M], values: Any, stand_in: Mapping[str, Any], findings: Findings, table: str) -> M:
    if not isinstance(values, dict):
        place = findings.in_policy("") if table else findings.in_head("")
        findings.add("value", place, m("This is no list of fields with values."), m("Correct the file."))
        return schema.model_validate_json(_text(stand_in))
    try:
        return schema.model_validate_json(_text(values), strict=True)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        failed = {str(one["loc"][0]) for one in errors if one["loc"]}
        inside = {one["loc"][:-1] for one in errors}
        for one in errors:
            if one["type"] == "too_short" and one["loc"] in inside:
                continue  # it has entries: what is wrong with them is told
            if one["type"] == "missing" and len(one["loc"]) == 1 and findings.spoiled(table, str(one["loc"][0])):
                continue  # it is there, and what is wrong with it has been told
            column = ".".join(str(part) for part in one["loc"])
            place = findings.in_policy(column) if table else findings.in_head(column)
            if one["type"] == "extra_forbidden":  # it is the name that is wrong
                place = replace(place, letter=findings.head_keys.get(place.sheet, place.letter))
            findings.add(code_of(one["type"]), place, *told(schema, one["loc"], one))
            if table and one["type"] == "string_pattern_mismatch":
                findings.misnamed[id(findings.problems[-1])] = one["input"]
    if not failed:  # it is not even JSON: halves of characters
        values, failed = {}, set(schema.model_fields)
    partly = _partly(values, errors, findings) if table == POLICY else {}
    failed -= partly.keys()
    for field in failed:
        findings.spoil(table, field)
    kept = {**{field: value for field, value in values.items() if field not in failed}, **partly}
    return schema.model_validate_json(_text({**kept, **{f: v for f, v in stand_in.items() if f in failed}}))


def _partly(values: Any, errors: Sequence[Any], findings: Findings) -> dict[str, Any]:
    """Rules in which nothing but rows could not be read: their values without these."""
    wrong: dict[str, set[int]] = {}
    for one in errors:
        match one["loc"]:
            case (str(rule), "rows", int(place), *_):
                wrong.setdefault(rule, set()).add(place)
    for one in errors:
        match one["loc"]:
            case (str(_), "rows", int(_), *_):
                pass
            case (str(rule), *_):
                wrong.pop(rule, None)
    found = {}
    for rule, places in wrong.items():
        rows = values[rule]["rows"]
        for place in places:
            name = rows[place].get("id") if isinstance(rows[place], dict) else None
            findings.lose(f"{POLICY}.{rule}", [name] if isinstance(name, str) else [])
        findings.read_rows[rule] = tuple(place for place in range(len(rows)) if place not in places)
        found[rule] = {**values[rule], "rows": [rows[place] for place in findings.read_rows[rule]]}
    return found


def _text(values: Any) -> str:
    return json.dumps(_whole(values), default=str)


def _whole(value: Any) -> Any:
    """Values with 2855.0 as 2855: JSON does not tell them apart."""
    if isinstance(value, dict):
        return {str(key): _whole(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
