"""Scenario files: YAML to what it says, with all its problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from liftplan.models.files.texts import Unreadable
from liftplan.models.files.yamlfile import fields_of
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m
from liftplan.models.problems import InputProblems, Place
from liftplan.models.reasons import system_reason
from liftplan.scenarios.definition.matrix import Axis, Value
from liftplan.scenarios.overrides import Line
from liftplan.scenarios.overrides.fault import near

FIELDS = ("name", "note", "extends", "method", "overrides", "matrix")
"""Fields of a scenario file."""

METHODS = ("best", "separate")
"""How it is decided what to fund: the best plan for all, or each department alone."""

MOST = 10_000
"""Most scenarios of one matrix."""

NAME = re.compile(r"(?!\.)[\w.+\-]{1,100}")
"""Names of scenarios; they become names of folders."""

AXIS = re.compile(r"\w{1,40}")


@dataclass(frozen=True)
class ScenarioFile:
    """What a scenario file says."""

    file: str
    name: str
    note: str = ""
    separate: bool = False
    extends: tuple[Line, ...] = ()
    overrides: tuple[Line, ...] = ()
    axes: tuple[Axis, ...] = ()


def read_scenario_file(path: Path, taken: Callable[[str], bool]) -> ScenarioFile:
    """Read one scenario file.

    taken: whether a name is that of a built-in scenario. Raises `InputProblems` with all problems of the file.
    """
    findings, file = Findings(), str(path)
    try:
        values, lines = fields_of(path.read_bytes(), file, findings, _WAY_OUT, _LEAST)
    except OSError as error:
        message = m("Cannot be read: {reason}.", reason=system_reason(error))
        findings.add("unreadable", Place(file=file), message, m("Check the name, and that you may read it."))
    except Unreadable as error:
        findings.add(*error.problem)
    else:
        found = _Reading(file, values, lines, findings).result(path.stem, taken)
        if not findings.problems:
            return found
    raise InputProblems(findings.problems)


_WAY_OUT = m("Correct the file; docs/scenarios.md shows examples.")
_LEAST = m("Write at least name and overrides.")


@dataclass
class _Reading:
    """The values of one file on their way to a `ScenarioFile`."""

    file: str
    values: Mapping[str, Any]
    lines: Mapping[str, int]
    findings: Findings
    named: set[str] = field(default_factory=set)

    def result(self, stem: str, taken: Callable[[str], bool]) -> ScenarioFile:
        """What the file says; problems are noted."""
        for name in self.values:
            if name not in FIELDS:
                self._add("field-unknown", name, m("There is no field {field} here.", field=name), near(name, FIELDS))
        name = self._text("name", stem)
        if not NAME.fullmatch(name):
            message = m("{value} is no name of a scenario: letters, digits, _ . + and -, at most 100.", value=name)
            self._add("value", "name", message, m("Choose another name."))
        elif taken(name):
            message = m("The name {name} belongs to a built-in scenario.", name=name)
            self._add("scenario-name", "name", message, m("Choose another name."))
        method = self._text("method", METHODS[0])
        if method not in METHODS:
            message = m("There is no method {name}.", name=method)
            self._add("value", "method", message, near(method, METHODS))
        overrides = self._lines("overrides", self.values.get("overrides"))
        axes = self._axes(overrides)
        return ScenarioFile(
            self.file,
            name,
            self._text("note", ""),
            method == METHODS[1],
            self._lines("extends", self.values.get("extends")),
            overrides,
            axes,
        )

    def _text(self, name: str, default: str) -> str:
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return str(value)
        self._add("value", name, m("This is no text."), m("Write one text."))
        return default

    def _lines(self, path: str, values: Any) -> tuple[Line, ...]:
        """Texts with their places; one text alone is a list of one."""
        if values is None:
            return ()
        listed = values if isinstance(values, list) else [values]
        found = []
        for place, value in enumerate(listed):
            where = f"{path}.{place}" if isinstance(values, list) else path
            if isinstance(value, str) and value.strip():
                found.append(Line(value.strip(), self._place(where, "")))
            else:
                message = m("An entry of {field} is no text.", field=path)
                way_out = m(
                    "Write one text a line, behind a dash; with {sign} in it, between quotation marks.", sign="': '"
                )
                self._add("value", where, message, way_out)
        return tuple(found)

    def _axes(self, overrides: tuple[Line, ...]) -> tuple[Axis, ...]:
        matrix = self.values.get("matrix")
        if matrix is None:
            return ()
        if not isinstance(matrix, dict) or not matrix:
            self._add("value", "matrix", m("A matrix is a list of axes with values."), _MATRIX)
            return ()
        axes = []
        size = 1
        for name, values in matrix.items():
            path = f"matrix.{name}"
            if not AXIS.fullmatch(name):
                self._add("value", path, m("{value} is no name of an axis.", value=name), m("Use letters and digits."))
            found = self._values(path, values)
            if isinstance(values, list) and found and not any(f"{{{name}}}" in line.text for line in overrides):
                message = m("No override has {axis}, so the axis changes nothing.", axis=f"{{{name}}}")
                self._add("matrix-idle", path, message, m("Write it where the value belongs."))
            size *= max(1, len(found))
            axes.append(Axis(name, found))
        if size > MOST:
            message = m("The matrix makes {value} scenarios, more than {limit}.", value=size, limit=MOST)
            self._add("matrix-size", "matrix", message, m("Leave values out."))
        return tuple(axes) if size <= MOST else ()

    def _values(self, path: str, values: Any) -> tuple[Value, ...]:
        if isinstance(values, dict) and values:
            return tuple(Value(label, self._lines(f"{path}.{label}", lines)) for label, lines in values.items())
        if isinstance(values, list) and values and all(isinstance(one, str | int | float) for one in values):
            labels = [str(one).lower() if isinstance(one, bool) else str(one) for one in values]
            for place, label in enumerate(labels):
                if label in labels[:place]:
                    self._add("value", f"{path}.{place}", m("The value {value} is here twice.", value=label), _ONCE)
            return tuple(Value(label) for label in labels)
        self._add("value", path, m("An axis is a list of values, or of labels with overrides."), _MATRIX)
        return ()

    def _add(self, code: str, path: str, message: Message, way_out: Message) -> None:
        self.findings.add(code, self._place(path, path), message, way_out)

    def _place(self, path: str, column: str) -> Place:
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return Place(row=self.lines.get(path, 0), column=column, file=self.file)


_MATRIX = m("Write it as in {example}.", example="matrix: {share: [0.8, 0.9]}")
_ONCE = m("Keep it once.")
