"""A workbook in, a county out."""

from __future__ import annotations

from typing import Any

from liftplan.models.base import Row
from liftplan.models.county import County, Head, Source
from liftplan.models.files.head import no_head, read_head, read_policy
from liftplan.models.files.workbook.grid import Grid, grids
from liftplan.models.files.workbook.package import opened
from liftplan.models.files.workbook.settings import read_settings
from liftplan.models.files.workbook.tables import rows_of_sheet, table_of_sheet
from liftplan.models.files.workbook.tabs import chosen
from liftplan.models.files.workbook.wording import wording_of
from liftplan.models.files.workbook.words.sheets import COUNTY, MINIMUMS, RULES, SOURCES, SPENDING
from liftplan.models.findings import Findings, Origin
from liftplan.models.policy import DepartmentMin, Policy, SpendMinRow
from liftplan.models.problems import POLICY
from liftplan.models.rows import TABLES

_LISTS: dict[str, Any] = {MINIMUMS: DepartmentMin, SPENDING: SpendMinRow, SOURCES: Source}
"""Lists of head and policy that have a sheet of their own."""


def parse(content: bytes, file: str, findings: Findings) -> County:
    """The county of a workbook, whatever is wrong noted. Raises `Unreadable` if it is none at all."""
    findings.head_file, findings.other = file, Origin(file)
    package = opened(content, file)
    parts = chosen(package, file, findings)
    findings.wording = wording_of({table: part.name for table, part in parts.items()})
    sheets = dict(zip(parts, grids(package, list(parts.values()), file), strict=True))
    head = _head(sheets, file, findings)
    policy = _policy(sheets, file, findings)
    tables = {
        name: table_of_sheet(name, schema, sheets[name], file, findings)[0]
        for name, schema in TABLES.items()
        if name in sheets
    }
    return County.build(head, policy, tables)


def _head(sheets: dict[str, Grid], file: str, findings: Findings) -> Head:
    if COUNTY not in sheets:
        return no_head(findings)
    values = read_settings(COUNTY, "", sheets[COUNTY], file, findings)
    years = values.get("years")
    if "years" in values and not isinstance(years, list):
        values["years"] = [years]
    if (sources := _rows(SOURCES, "sources", sheets, file, findings)) is not None:
        values["sources"] = sources
    if not values:  # its columns are not there, which has been told
        return no_head(findings)
    return read_head(values, findings)


def _policy(sheets: dict[str, Grid], file: str, findings: Findings) -> Policy:
    values = read_settings(RULES, f"{POLICY}.", sheets[RULES], file, findings) if RULES in sheets else {}
    for name in (MINIMUMS, SPENDING):
        rule = name.partition(".")[0]
        rows = _rows(name, f"{POLICY}.{name}", sheets, file, findings)
        if rows is not None and isinstance(values.setdefault(rule, {}), dict):
            values[rule]["rows"] = rows
        elif name in sheets or name in findings.unread:
            findings.spoil(POLICY, rule)
    return read_policy(values, findings)


def _rows(name: str, path: str, sheets: dict[str, Grid], file: str, findings: Findings) -> list[dict[str, Any]] | None:
    """Rows of a list, or None if it has no sheet, or one that cannot be read."""
    if name not in sheets:
        return None
    schema: type[Row] = _LISTS[name]
    return rows_of_sheet(name, path, schema, sheets[name], file, findings)
