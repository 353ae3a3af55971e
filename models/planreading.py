"""Reading a plan back: `plan.json`, strictly, with all its problems at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from liftplan.models.files.headfaults import code_of, told
from liftplan.models.messages import Message, m
from liftplan.models.plan import PLAN_VERSION, Plan
from liftplan.models.planfiles import COUNTY_FILE, PLAN_FILE
from liftplan.models.presence import is_there
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import json_reason, quoted, system_reason

SHOWN_PROBLEMS = 100
"""At most so many problems of one file are listed; the last one says how many more there are."""

CODES = {"field-missing": "plan-field-missing", "field-unknown": "plan-field-unknown", "value": "plan-field-value"}
"""Codes of problems of fields, by those of a county's."""


def plan_path(path: Path) -> Path:
    """The `plan.json` of a plan folder, or the file itself. Raises `InputProblems` if the system does not even look."""
    return path / PLAN_FILE if is_there(path) and path.is_dir() else path


def county_path(path: Path) -> Path:
    """Where the county of a plan (folder or `plan.json`) lies, if it is a plan folder."""
    return plan_path(path).with_name(COUNTY_FILE)


def read_plan(path: Path) -> Plan:
    """A plan from its folder or its `plan.json`; nothing is checked but the form.

    Raises
    ------
    InputProblems
        With every problem of the file: missing, not JSON, a key twice, fields missing, unknown or of a wrong type.
    """
    file = plan_path(path)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputProblems([_problem("plan-missing", file, m("There is no plan here."))]) from None
    except OSError as error:
        message = m("Cannot be read: {reason}.", reason=system_reason(error))
        raise InputProblems([_problem("plan-unreadable", file, message)]) from None
    except UnicodeDecodeError:
        raise InputProblems([_problem("plan-not-json", file, m("This is not UTF-8 text."))]) from None
    return plan_from_text(text, file)


def plan_from_text(text: str, file: Path = Path(PLAN_FILE)) -> Plan:
    """A plan from the text of a `plan.json`; `file` is named in problems. Raises `InputProblems`."""
    twice: list[str] = []

    def pairs(entries: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(entries)
        if len(found) < len(entries):
            keys = [key for key, _ in entries]
            twice.extend(sorted({key for key in keys if keys.count(key) > 1}))
        return found

    try:
        content = json.loads(text, object_pairs_hook=pairs, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        place = Place(file=str(file), row=getattr(error, "lineno", 0))
        message = m("This is not JSON: {reason}.", reason=json_reason(error))
        raise InputProblems([_problem("plan-not-json", file, message, place)]) from None
    problems = [
        _problem(
            "plan-key-twice", file, m("The field {field} is here twice.", field=key), Place(file=str(file), column=key)
        )
        for key in twice
    ]
    if not isinstance(content, dict):
        raise InputProblems([*problems, _problem("plan-not-json", file, m("This is not a plan."))])
    version = content.get("plan_version")
    if type(version) is int and version != PLAN_VERSION:
        message = m(
            "The plan is in format {version}; this liftplan reads {known}.", version=version, known=PLAN_VERSION
        )
        raise InputProblems([*problems, _problem("plan-version", file, message)])
    try:
        plan = Plan.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise InputProblems(_shortened(problems + _form_problems(error, file), file)) from None
    problems += [
        _problem(
            "plan-field-missing",
            file,
            m("The field {field} is missing.", field=field),
            Place(file=str(file), column=field),
        )
        for field in sorted(Plan.model_fields.keys() - content.keys())  # those that have a default
    ]
    if problems:
        raise InputProblems(problems)
    return plan


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _form_problems(error: ValidationError, file: Path) -> list[Problem]:
    problems = []
    for one in error.errors(include_url=False):
        place = Place(file=str(file), column=".".join(str(part) for part in one["loc"]))
        if one["type"] == "json_invalid":
            code, message = "plan-not-json", m("This is not JSON: {reason}.", reason=_json_fault(one["msg"]))
        else:
            code, message = CODES[code_of(one["type"])], told(Plan, one["loc"], one)[0]
        problems.append(_problem(code, file, message, place))
    return problems


def _json_fault(text: str) -> Message:
    """Why the strict reader refuses a text that the usual one has read."""
    if "recursion" in text:
        return m("it is nested too deep")
    if "surrogate" in text or "escape" in text:
        return m("a text in it holds half a character")
    return quoted(text)


def _shortened(problems: list[Problem], file: Path) -> list[Problem]:
    more = len(problems) - SHOWN_PROBLEMS
    if more <= 0:
        return problems
    return [*problems[:SHOWN_PROBLEMS], _problem("plan-more", file, m("{count} more problems.", count=more))]


def _problem(code: str, file: Path, message: Message, place: Place | None = None) -> Problem:
    way_out = m("Give a plan folder, or its plan.json, as liftplan wrote it.")
    return Problem(code, place or Place(file=str(file)), message, way_out)
