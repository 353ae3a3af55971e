"""A folder's files, packed or not, to a county and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from liftplan.models.county import County, Head
from liftplan.models.files import csvtables, headfile, parquettables
from liftplan.models.files.cells import Complaints
from liftplan.models.files.columns import table_of
from liftplan.models.files.head import no_head, no_policy, read_head, read_policy
from liftplan.models.files.headfile import HEAD_FILE
from liftplan.models.files.texts import Unreadable
from liftplan.models.findings import Findings, Origin
from liftplan.models.messages import listed, m
from liftplan.models.nearest import Nearest
from liftplan.models.policy import Policy
from liftplan.models.problems import Place
from liftplan.models.rows import TABLES
from liftplan.models.tables import Table

TableFormat = Literal["csv", "parquet"]

ENDINGS = ("csv", "parquet")
"""Endings of the names of tables."""

Files = Mapping[str, Callable[[], bytes]]
"""Name of each file of the folder, and how to read it. Reading raises `Unreadable`."""


def pack(county: County, table_format: TableFormat) -> dict[str, bytes]:
    """The files of a county's folder; tables without rows are left out."""
    render = parquettables.render if table_format == "parquet" else csvtables.render
    tables = {f"{name}.{table_format}": render(county[name]) for name in TABLES if len(county[name])}
    return {HEAD_FILE: headfile.render(county), **tables}


def unpack(files: Files, where: str, findings: Findings) -> County:
    """The county of a folder's files. Whatever is wrong is noted, and gets a stand-in.

    where: the folder, as problems name it.
    """
    findings.head_file, findings.other = f"{where}/{HEAD_FILE}", Origin(where)
    head, policy = _head(files, findings)
    found = _table_files(files, where, findings)
    return County.build(
        head, policy, {name: _table(name, file, files, where, findings) for name, file in found.items()}
    )


def _head(files: Files, findings: Findings) -> tuple[Head, Policy]:
    if HEAD_FILE not in files:
        message, way_out = (
            m("The file {file} is missing.", file=HEAD_FILE),
            m("Add it; `liftplan new` writes an example."),
        )
        findings.add("file-missing", Place(file=findings.head_file), message, way_out)
        return no_head(findings), no_policy(findings)
    try:
        values = headfile.parse(files[HEAD_FILE](), findings)
    except Unreadable as error:
        findings.add(*error.problem)
        return no_head(findings), no_policy(findings)
    policy = values.pop("policy", None)
    return read_head(values, findings), read_policy(policy, findings)


def _table_files(files: Files, where: str, findings: Findings) -> dict[str, str]:
    """The file of each table there is; other files than CSV and Parquet are no concern unless called like a table."""
    found: dict[str, str] = {}
    for file in sorted(files):
        name, _, ending = file.rpartition(".")
        if file.startswith((".", "~")) or "/" in file:
            continue
        place = Place(file=f"{where}/{file}")
        if ending.lower() not in ENDINGS:
            if name.casefold() in TABLES:
                message = m("The file {file} is not read; tables are .csv or .parquet.", file=file)
                way_out = m("Save it as CSV UTF-8, or move it elsewhere.")
                findings.add("file-unread", place, message, way_out, warning=True)
            continue
        if name not in TABLES:
            near, names = Nearest(TABLES)(name), listed(TABLES)
            way_out = m("Did you mean {name}?", name=near) if near else m("The tables are {names}.", names=names)
            findings.add("table-unknown", place, m("There is no table {name}.", name=name), way_out)
            findings.unread.add(near)
        elif name in found:
            message = m("The table is here twice: {one} and {other}.", one=found[name], other=file)
            findings.add("table-twice", place, message, m("Keep the right one."))
        else:
            found[name] = file
    return found


def _table(name: str, file: str, files: Files, where: str, findings: Findings) -> Table:
    schema, place, complaints = TABLES[name], f"{where}/{file}", Complaints(name, findings)
    try:
        content = files[file]()
        if file.lower().endswith(".csv"):
            header, columns, origin = csvtables.parse(name, content, findings, place)
        else:
            header, columns, origin = parquettables.parse(name, content, place)
    except Unreadable as error:
        findings.add(*error.problem)
        findings.unread.add(name)
        return Table.empty(schema)
    findings.origins = {**findings.origins, name: origin}
    known: dict[str, object] = {}
    for column, values in zip(header, columns, strict=True):
        if column in known:
            complaints.column_twice(column)
        elif column in schema.model_fields:
            known[column] = values
        elif column or any(str(value).strip() for value in values.to_pylist()):
            complaints.column_unknown(column, list(schema.model_fields))
    return table_of(schema, known, len(columns[0]) if columns else 0, complaints)
