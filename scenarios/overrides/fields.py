"""Overrides of the policy and of the poverty line."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from liftplan.models.constraints import limits
from liftplan.models.county import County, Head
from liftplan.models.files.head import read_policy
from liftplan.models.files.lists import split
from liftplan.models.files.numbers import truth
from liftplan.models.files.yamltext import Reader, YamlFault
from liftplan.models.findings import Findings
from liftplan.models.messages import listed, m
from liftplan.models.plan import Applied
from liftplan.models.policy import Policy
from liftplan.scenarios.overrides.arithmetic import Range, step, stepped
from liftplan.scenarios.overrides.cells import EMPTY, edited
from liftplan.scenarios.overrides.fault import Fault, near
from liftplan.scenarios.overrides.grammar import Change, Filter, Part

POVERTY_LINE = "poverty_line"


@dataclass(frozen=True)
class _Field:
    """A field that a selector leads to, inside the policy's plain values."""

    owner: Any
    """The dictionary that holds it."""
    key: str
    hint: Any
    """Its type."""
    metadata: Sequence[Any]
    """Constraints of the type."""
    path: str

    @property
    def value(self) -> Any:
        return self.owner.get(self.key)


def change_policy(county: County, change: Change) -> tuple[County, Applied]:
    """The county with fields of the policy changed, and what was done. Raises `Fault`."""
    values = county.policy.model_dump(mode="json")
    fields = _walk(values, Policy, change.selector[1:], change.selector[0].name)
    applied = _whole(change, fields) if _is_whole(fields[0]) else _other(change, fields)
    findings = Findings()
    policy = read_policy(values, findings)
    for problem in findings.problems:
        raise Fault(problem.code, problem.message, problem.way_out)
    return county.with_policy(policy), applied


def change_line(county: County, change: Change) -> tuple[County, Applied]:
    """The county with another poverty line, and what was done. Raises `Fault`."""
    head, *rest = change.selector
    if rest:
        raise Fault("override-form", m("{path} has no fields", path=head.name), m("Write {path}.", path=head.name))
    lines = county.head.poverty_line
    years = [year for year in lines if _means(head.filters, str(year), {"year": year}, list(map(str, lines)))]
    low, high = limits(typing.get_args(typing.get_args(Head.model_fields[POVERTY_LINE].annotation)[1])[1:])
    allowed = Range(low, high)
    does = step(change.operator, change.value, allowed)
    old = [lines[year] for year in years]
    new = stepped(does, old, allowed, [f"{POVERTY_LINE}[{year}]" for year in years])
    changed = replace(
        county,
        head=county.head.model_copy(update={POVERTY_LINE: {**lines, **dict(zip(years, new, strict=True))}}),
    )
    return changed, _counted(change, old, new, sum(map(does.rounds, old)))


def _walk(values: Any, hint: Any, parts: Sequence[Part], path: str) -> list[_Field]:
    """The fields that a path leads to from here."""
    if not parts:
        message = m("{path} is no single field", path=path)
        raise Fault("override-field", message, near("", _fields(hint)))
    part, *rest = parts
    if typing.get_origin(hint) is dict:  # its keys may have dots
        key = ".".join(map(str, parts))
        entry, inside = _plain(typing.get_args(hint)[1], ())
        return [_Field(values, key, entry, inside, f"{path}.{key}")]
    known = _fields(hint)
    if part.name not in known:
        message = m("{path} has no field {field}", path=path, field=part.name)
        raise Fault("override-field", message, near(part.name, known))
    info = hint.model_fields[part.name]
    inner, inside = _plain(info.annotation, info.metadata)
    here = f"{path}.{part.name}"
    row = _row_type(inner)
    if row is not None and (rest or part.filters):
        return [
            field
            for entry in _rows(values[part.name], part.filters, here)
            for field in _walk(entry, row, rest, f"{here}[{entry['id']}]")
        ]
    if part.filters:
        raise Fault("override-filter", m("{path} has no rows", path=here), m("Leave the brackets out."))
    if rest:
        if not _fields(inner) and typing.get_origin(inner) is not dict:
            raise Fault("override-field", m("{path} has no fields", path=here), m("Write {path}.", path=here))
        return _walk(values[part.name], inner, rest, here)
    if _fields(inner) or typing.get_origin(inner) is dict:
        message = m("{path} is no single field", path=here)
        raise Fault("override-field", message, near("", _fields(inner) or values[part.name]))
    return [_Field(values, part.name, inner, inside, here)]


def _fields(hint: Any) -> list[str]:
    return list(hint.model_fields) if isinstance(hint, type) and issubclass(hint, BaseModel) else []


def _plain(hint: Any, metadata: Sequence[Any]) -> tuple[Any, Sequence[Any]]:
    """A type without its constraints, and the constraints."""
    if typing.get_origin(hint) is typing.Annotated:
        return hint.__origin__, hint.__metadata__
    return hint, metadata


def _row_type(hint: Any) -> Any:
    """The type of the rows of a list of rows, or None."""
    entry = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else None
    return entry if _fields(entry) else None


def _rows(rows: list[dict[str, Any]], filters: Sequence[Filter], path: str) -> list[dict[str, Any]]:
    """The rows that pass all filters. Raises `Fault` if there is none."""
    if not rows:
        raise Fault("override-none", m("{path} has no rows", path=path), m("Override something else."))
    names = [str(row["id"]) for row in rows]
    found = [row for row in rows if _means(filters, str(row["id"]), row, names)]
    if not found:
        message = m("no row of {table} passes all of {filters}", table=path, filters=" AND ".join(map(str, filters)))
        raise Fault("override-none", message, m("Its rows are {names}.", names=listed(names)))
    return found


def _means(filters: Sequence[Filter], name: str, row: dict[str, Any], names: Sequence[str]) -> bool:
    """Whether filters mean a row. Raises `Fault` for a name that no row has, and for a column that rows have not."""
    for one in filters:
        if not one.column:
            for value in one.values:
                if value not in names:
                    raise Fault("override-none", m("there is no row {name}", name=value), near(value, names))
            if name not in one.values:
                return False
            continue
        if one.column not in row:
            message = m("there is no column {column}", column=one.column)
            raise Fault("override-column", message, near(one.column, row))
        value = row[one.column]
        texts = list(map(str, value)) if isinstance(value, list) else [str(value)]
        if not set(one.values).intersection(texts):
            return False
    return True


def _is_whole(field: _Field) -> bool:
    return field.hint is int


def _whole(change: Change, fields: Sequence[_Field]) -> Applied:
    """Whole numbers: arithmetic."""
    low, high = limits(fields[0].metadata)
    allowed = Range(low, high, fields[0].key.endswith("_bp"))
    does = step(change.operator, change.value, allowed)
    missing = [field.path for field in fields if field.value is None]
    if missing and change.operator != "=":
        raise Fault("override-none", m("{path} has no value yet", path=missing[0]), m("Set it with =."))
    old = [field.value or 0 for field in fields]
    new = stepped(does, old, allowed, [field.path for field in fields])
    for field, value in zip(fields, new, strict=True):
        field.owner[field.key] = value
    plain = replace(change, value=str(new[0])) if change.operator == "=" else change
    return _counted(plain, old, new, sum(map(does.rounds, old)))


def _other(change: Change, fields: Sequence[_Field]) -> Applied:
    """Texts, truth values and lists."""
    plain = change
    for field in fields:
        if typing.get_origin(field.hint) is tuple:
            field.owner[field.key] = _list(change, field)
            continue
        if change.operator != "=":
            message = m("{column} can only be set", column=field.path)
            raise Fault("override-operator", message, m("Write {path} = VALUE.", path=change.path))
        value: Any = EMPTY.get(change.value, change.value)
        if field.hint is bool:
            flag = truth(change.value)
            value = change.value if flag is None else flag
            plain = replace(change, value=str(value).lower())
        field.owner[field.key] = value
    return Applied(override=str(plain), cells=len(fields))


def _list(change: Change, field: _Field) -> list[Any]:
    """A new list; rows are written as in YAML: `{id: a, fund: b, share_bp: 9000}`."""
    old: list[Any] = field.value
    if change.operator == "x":
        raise Fault("override-operator", m("a list cannot be multiplied"), m("Use =, + or -."))
    if _row_type(field.hint) is None or change.operator == "-":
        entries = split(EMPTY.get(change.value, change.value))
        names = [row["id"] if isinstance(row, dict) else row for row in old]
        (kept,) = edited(change.operator, entries, [tuple(names)])
        rows = dict(zip(names, old, strict=True))
        return [rows.get(name, name) for name in kept]
    try:
        written = Reader(change.value).value()
    except YamlFault:
        written = None
    new = written if isinstance(written, list) else [written]
    if not all(isinstance(row, dict) for row in new):
        example = "{id: a, fund: b, share_bp: 9000}"
        raise Fault(
            "override-value", m("rows are written between braces"), m("Write it as in {example}.", example=example)
        )
    return new if change.operator == "=" else [*old, *new]


def _counted(change: Change, old: Sequence[int], new: Sequence[int], rounded: int) -> Applied:
    return Applied(override=str(change), cells=len(old), before=sum(old), after=sum(new), rounded=rounded)
