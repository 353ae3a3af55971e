"""Scenario files and built-in scenarios: names, overrides in order, matrices."""

from __future__ import annotations

from liftplan.scenarios.definition.definition import Definition
from liftplan.scenarios.definition.resolve import definition, definitions, library_names

__all__ = ["Definition", "definition", "definitions", "library_names"]
