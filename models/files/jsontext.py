"""JSON text to values, strictly: no key twice, no NaN, no half characters."""

from __future__ import annotations

import json
from typing import Any

from liftplan.models.files.cells import shown
from liftplan.models.files.texts import Unreadable
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place
from liftplan.models.reasons import json_reason


def parse(text: str, file: str, findings: Findings) -> dict[str, Any]:
    """Fields of the object that a text is; keys that stand twice are noted.

    Raises
    ------
    Unreadable
        If it is no JSON, or no object.
    """
    twice: list[tuple[Any, list[str]]] = []

    def pairs(entries: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(entries)
        if len(found) < len(entries):
            keys = [key for key, _ in entries]
            twice.append((found, sorted({key for key in keys if keys.count(key) > 1})))
        return found

    if not text.strip():
        raise Unreadable("empty-file", Place(file=file), m("The file is empty."), _WAY_OUT)
    try:
        values = json.loads(text, object_pairs_hook=pairs, parse_constant=_refuse)
        if "\\u" in text:
            json.dumps(values, ensure_ascii=False).encode()  # halves of characters cannot be written
    except json.JSONDecodeError as error:
        raise _no_json(file, error.lineno, json_reason(error)) from None
    except (ValueError, RecursionError) as error:
        raise _no_json(file, 0, json_reason(error)) from None
    if not isinstance(values, dict):
        raise Unreadable("json", Place(file=file), m("This is no list of fields with values."), _WAY_OUT)
    if twice:
        _note_twice(values, twice, file, findings)
    return values


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _no_json(file: str, line: int, reason: Message) -> Unreadable:
    return Unreadable("json", Place(row=line, file=file), m("This is not JSON: {reason}.", reason=reason), _WAY_OUT)


def _note_twice(values: dict[str, Any], twice: list[tuple[Any, list[str]]], file: str, findings: Findings) -> None:
    """Name the place of each object that has a key twice."""
    places: dict[int, Place] = {}
    _find_places(values, "", file, places)
    for found, keys in twice:
        place = places.get(id(found), Place(file=file))  # it may itself be the value of a key that stands twice
        for key in keys:
            column = f"{place.column}.{key}" if place.column else key
            at = Place(place.table, place.row, shown(column), file)
            message = m("The field {field} is here twice.", field=shown(key))
            findings.add("field-twice", at, message, m("Keep the right one."))


def _find_places(value: Any, path: str, file: str, places: dict[int, Place]) -> None:
    table = path.removeprefix("tables.")
    if isinstance(value, list):
        for index, one in enumerate(value):
            if table != path and "." not in table and isinstance(one, dict):
                places[id(one)] = Place(table=table, row=index + 1, file=file)
            else:
                _find_places(one, f"{path}.{index}", file, places)
    elif isinstance(value, dict):
        places[id(value)] = Place(column=path, file=file)
        for key, one in value.items():
            _find_places(one, f"{path}.{key}" if path else key, file, places)


_WAY_OUT: Message = m("Correct the file; `liftplan new county.json` writes an example.")
