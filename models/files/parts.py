"""A folder's files, packed or not, to a county and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from liftplan.models.county import County, Head
from liftplan.models.files import csvtables, headtext, parquettables
from liftplan.models.files.columns import ColumnReader
from liftplan.models.files.head import read_head, read_policy
from liftplan.models.files.texts import Unreadable
from liftplan.models.findings import Findings
from liftplan.models.messages import m
from liftplan.models.nearest import Nearest
from liftplan.models.policy import Policy
from liftplan.models.problems import Place
from liftplan.models.rows import TABLES
from liftplan.models.tables import Table

HEAD_FILE = "county.yaml"
"""The file that makes a folder a county."""

TableFormat = Literal["csv", "parquet"]
_FORMS = (".csv", ".parquet")

Files = Mapping[str, Callable[[], bytes]]
"""Name of each file in the folder, and how to read it. Reading raises `Unreadable`."""


def pack(county: County, table_format: TableFormat) -> dict[str, bytes]:
    """The files of a county's folder; tables without rows are left out."""
    render = parquettables.render if table_format == "parquet" else csvtables.render
    head, policy = county.head.model_dump(mode="json"), county.policy.model_dump(mode="json")
    head["poverty_line"] = dict(county.head.poverty_line)
    files = {HEAD_FILE: headtext.render(head, policy)}
    for name in TABLES:
        if len(county[name]):
            files[f"{name}.{table_format}"] = render(county[name])
    return files


def unpack(files: Files, where: str, findings: Findings) -> County | None:
    """The county of a folder's files; None if it cannot even be looked at. Whatever is wrong is noted.

    where: the folder, as problems name it.
    """
    findings.head_file = f"{where}/{HEAD_FILE}"
    head, policy = _head(files, findings)
    tables: dict[str, Table] = {}
    for name, form in _tables(files, where, findings).items():
        tables[name] = _table(name, form, files, where, findings)
    return County.build(head, policy, tables) if head is not None and policy is not None else None


def _head(files: Files, findings: Findings) -> tuple[Head | None, Policy | None]:
    if HEAD_FILE not in files:
        findings.add(
            "file-missing", Place(file=findings.head_file), m("{file} is missing.", file=HEAD_FILE), m("Add it.")
        )
        return None, None
    try:
        values = headtext.parse(files[HEAD_FILE](), findings.head_file)
    except Unreadable as error:
        findings.add(*error.problem)
        return None, None
    policy = values.pop("policy", None)
    return read_head(values, findings), read_policy(policy, findings)


def _tables(files: Files, where: str, findings: Findings) -> dict[str, str]:
    """Name and ending of each table there is."""
    found: dict[str, str] = {}
    near = Nearest(TABLES)
    for file in sorted(files):
        name, dot, ending = file.rpartition(".")
        if dot + ending.lower() not in _FORMS or name.startswith((".", "~")):
            continue
        place = Place(file=f"{where}/{file}")
        if name not in TABLES:
            meant = near(name)
            way_out = (
                m("Did you mean {name}?", name=f"{meant}.{ending}") if meant else m("Move the file elsewhere.")
            )
            findings.add("table-unknown", place, m("There is no table {name}.", name=name), way_out)
            findings.unread.add(meant)
        elif name in found:
            message = m("The table is here twice, as CSV and as Parquet.")
            findings.add("table-twice", place, message, m("Keep the one that is right."))
        else:
            found[name] = ending
    return found


def _table(name: str, ending: str, files: Files, where: str, findings: Findings) -> Table:
    file, schema = f"{name}.{ending}", TABLES[name]
    place = f"{where}/{file}"
    try:
        content = files[file]()
        if ending.lower() == "csv":
            header, columns, origin = csvtables.parse(name, content, findings, place)
        else:
            header, columns, origin = parquettables.parse(name, content, place)
    except Unreadable as error:
        findings.add(*error.problem)
        findings.unread.add(name)
        return Table.empty(schema)
    findings.origins = {**findings.origins, name: origin}
    length = len(columns[0]) if columns else 0
    known: dict[str, object] = {}
    near = Nearest(schema.model_fields)
    for column, values in zip(header, columns, strict=True):
        if column in known:
            findings.add(
                "column-twice",
                findings.at(name, -1, column),
                m("The column {column} is here twice.", column=column),
                m("Keep the one that is right."),
            )
        elif column in schema.model_fields:
            known[column] = values
        elif column or any(str(value).strip() for value in values.to_pylist()):
            meant = near(column)
            names = ", ".join(schema.model_fields)
            findings.add(
                "column-unknown",
                findings.at(name, -1, column),
                m("There is no column {column} in {table}.", column=column, table=name),
                m("Did you mean {name}?", name=meant) if meant else m("Use one of {names}.", names=names),
            )
    return ColumnReader(name, schema, findings).table(known, length)
