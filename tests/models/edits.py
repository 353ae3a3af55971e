"""The example county, changed in one place."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from liftplan.models.county import County
from liftplan.models.example import example_county
from liftplan.models.policy import Policy
from liftplan.models.problems import Problem
from liftplan.models.rows import TABLES
from liftplan.models.tables import Table
from liftplan.models.validate import validate


def changed(table: str, row: int, county: County | None = None, **cells: Any) -> County:
    """The county with cells of one row changed."""
    county = county or example_county()
    columns = {}
    for name, value in cells.items():
        column = county[table][name].copy()
        column[row] = value
        columns[name] = column
    return county.with_tables(**{table: county[table].replace(**columns)})


def added(table: str, county: County | None = None, **cells: Any) -> County:
    """The county with one more row."""
    county = county or example_county()
    rows = [*county[table].rows(), TABLES[table].model_validate(cells)]
    return county.with_tables(**{table: Table.from_rows(TABLES[table], rows)})


def without(*tables: str) -> County:
    """The county with tables emptied."""
    return example_county().with_tables(**{table: Table.empty(TABLES[table]) for table in tables})


def multiplied(table: str, column: str, factor: float, county: County | None = None) -> County:
    """The county with a column of numbers multiplied."""
    county = county or example_county()
    values = np.maximum(1, county[table][column] * factor).astype(np.int64)
    return county.with_tables(**{table: county[table].replace(**{column: values})})


def ruled(**rules: Any) -> County:
    """The county with fields of its policy changed."""
    county = example_county()
    return county.with_policy(Policy.model_validate({**county.policy.model_dump(), **rules}))


def headed(**fields: Any) -> County:
    """The county with fields of its head changed."""
    county = example_county()
    return dataclasses.replace(county, head=county.head.model_copy(update=fields))


def told(county: County) -> list[tuple[str, str, int, str]]:
    """Code and place of each problem."""
    return [where(problem) for problem in validate(county)]


def where(problem: Problem) -> tuple[str, str, int, str]:
    """Code and place of a problem."""
    return problem.code, problem.place.table, problem.place.row, problem.place.column


def only(county: County) -> Problem:
    """The one problem of a county."""
    (problem,) = validate(county)
    return problem


__all__ = ["added", "changed", "headed", "multiplied", "only", "ruled", "told", "where", "without"]
