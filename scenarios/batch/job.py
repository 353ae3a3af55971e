"""One line of a batch: what a job may say."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from liftplan.models.base import Frozen
from liftplan.models.messages import Message, listed, m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import json_reason


class BatchJob(Frozen):
    """A job: a county, what is changed in it, how to solve it."""

    county: str | dict[str, Any]
    """Name of a built-in county, path of a county in any format, or a county document itself."""
    scenario: str | tuple[str, ...] = ()
    """Built-in scenario, scenario file, or several, applied in order."""
    overrides: tuple[str, ...] = ()
    """Single overrides, applied after the scenarios."""
    settings: dict[str, Any] = {}
    """Settings of the solve; those of the batch hold where nothing is said."""
    id: str | int | None = None
    """What the caller calls the job; the result says it again."""
    plan: bool = False
    """Whether the result holds the whole plan."""


def read_job(line: bytes, number: int) -> BatchJob:
    """The job of a line.

    Raises
    ------
    InputProblems
        With all problems of the line; their places are in line `number`.
    """
    try:
        values = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError:
        raise InputProblems([_problem("job-form", number, "", m("This is no text in UTF-8."), Message(""))]) from None
    except (ValueError, RecursionError) as error:
        message = m("This is no JSON: {reason}.", reason=json_reason(error))
        raise InputProblems([_problem("job-form", number, "", message, _EXAMPLE)]) from None
    if not isinstance(values, dict):
        message = m("A job is a JSON object.")
        raise InputProblems([_problem("job-form", number, "", message, _EXAMPLE)])
    try:
        return BatchJob.model_validate(values)
    except ValidationError as error:
        fields: dict[str, Problem] = {}
        for one in error.errors(include_url=False):
            field = str(one["loc"][0])
            fields.setdefault(field, _of_field(number, field, values.get(field)))
        raise InputProblems(list(fields.values())) from None


_EXAMPLE = m("Write one job a line, as in {example}.", example='{"county": "tiny", "scenario": "pooled"}')


def _of_field(number: int, field: str, value: Any) -> Problem:
    if field not in BatchJob.model_fields:
        way_out = m("Fields of a job: {names}.", names=listed(BatchJob.model_fields))
        return _problem("job-field", number, field, m("A job has no such field."), way_out)
    if value is None:
        message, way_out = m("The field {field} is missing.", field=field), m("Add it.")
        return _problem("job-field", number, field, message, way_out)
    shown = json.dumps(value, ensure_ascii=False)
    message = m("The field cannot be {value}.", value=shown if len(shown) <= 80 else shown[:79] + "…")
    return _problem("job-field", number, field, message, _EXAMPLE)


def _problem(code: str, number: int, field: str, message: Message, way_out: Message) -> Problem:
    return Problem(code, Place(row=number, column=field), message, way_out)


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
