"""What a workbook cannot hold, told before one is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from liftplan.models.county import County
from liftplan.models.files.cells import shown
from liftplan.models.files.lists import join
from liftplan.models.files.workbook.cells import LONGEST_TEXT, MOST_ROWS
from liftplan.models.files.workbook.words.sheets import SHEETS, SOURCES
from liftplan.models.messages import m
from liftplan.models.problems import Place, Problem
from liftplan.models.rows import TABLES
from liftplan.models.tables import kinds

_UNWRITABLE = re.compile("[\ufffe\uffff\ud800-\udfff]")
"""What XML has no way to say."""


def beyond(county: County, file: str) -> list[Problem]:
    """All that keeps a county from being a workbook; nothing, for nearly all of them."""
    way_out = m("Write it as a folder: give a name without .xlsx.")
    problems: list[Problem] = []
    for name in TABLES:
        if (count := len(county[name])) >= MOST_ROWS:
            message = m(
                "The table {table} has {count} rows; a sheet of Excel holds {most}, its header included.",
                table=SHEETS[name],
                count=f"{count:,}",
                most=f"{MOST_ROWS:,}",
            )
            problems.append(Problem("workbook-rows", Place(table=name, file=file), message, way_out))
    for name, column, texts in _texts(county):
        place = Place(table=name, column=column, file=file)
        for text in texts:
            if len(text) > LONGEST_TEXT:
                message = m("A text has {count} characters; a cell holds {most}.", count=len(text), most=LONGEST_TEXT)
                problems.append(Problem("workbook-text", place, message, way_out))
                break
            if _UNWRITABLE.search(text):
                visible = shown(text.encode("ascii", "backslashreplace").decode())
                message = m("The text {text} has characters that a workbook cannot hold.", text=visible)
                problems.append(Problem("workbook-text", place, message, way_out))
                break
    return problems


def _texts(county: County) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Distinct texts of each column, and those of head and policy."""
    for name, schema in TABLES.items():
        for column, kind in kinds(schema).items():
            if kind in {"text", "list"}:
                distinct = set(county[name][column].tolist())
                yield name, column, distinct if kind == "text" else map(join, distinct)
    head, policy = county.head, county.policy
    yield "", "", (head.name, head.name_en, "; ".join(map(str, head.years)))
    yield SOURCES, "", (text for source in head.sources for text in (source.subject, source.kind, source.note))
    rules = (getattr(policy, name) for name in type(policy).model_fields)
    yield "policy", "", (rule.source for rule in rules if hasattr(rule, "source"))
    yield "policy", "R4.rows", (text for row in policy.R4.rows for text in (row.name, join(row.departments)))
    yield "policy", "R13.rows", (text for row in policy.R13.rows for text in (row.fund, row.department))
