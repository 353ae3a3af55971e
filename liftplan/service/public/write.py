"""The public files of a plan: `public-villages.csv` and `public-villages.xlsx`."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path
from typing import Any

import xlsxwriter

from liftplan.models.messages import m
from liftplan.reports.frames import PlanTables
from liftplan.service.public.cells import plain
from liftplan.service.public.names import PUBLIC_CSV, PUBLIC_WORKBOOK
from liftplan.service.public.suppress import SMALLEST, Group, suppressed

Row = tuple[str, str, int | None, int | None, int | None, int | None, int | None]


def write_public(tables: PlanTables, folder: Path) -> None:
    """Write both files of a plan, in the current language, which is that of its tables."""
    columns = (
        m("township"),
        m("village"),
        m("people registered"),
        m("people lifted"),
        m("people not lifted"),
        m("people already out"),
        m("yuan"),
    )
    blank = m(
        "Blank: a group of fewer than {limit} people, or one from which such a group could be worked out.",
        limit=SMALLEST,
    )
    heads, rows, note = [str(column) for column in columns], public_rows(tables), str(blank)
    (folder / PUBLIC_CSV).write_bytes(_csv(heads, rows, note))
    (folder / PUBLIC_WORKBOOK).write_bytes(_workbook(heads, rows, note))


def public_rows(tables: PlanTables) -> list[Row]:
    """Villages by township, each township's sum after them, the county's at the end; None is left out."""
    homes, villages = tables.households, tables.villages
    out = homes[homes["already_out"]].groupby("village")["persons"].sum().to_dict()
    townships: dict[str, list[Group]] = defaultdict(list)
    names, money = {}, {}
    columns = ("village", "name", "township", "persons", "lifted_people", "yuan")
    for village, name, township, persons, lifted, yuan in zip(
        *(villages[key].tolist() for key in columns), strict=True
    ):
        outside = int(out.get(village, 0))
        townships[township].append(Group(village, (lifted, persons - lifted - outside, outside)))
        names[village], money[village] = name, yuan
    may = suppressed(townships)
    whole, rows = str(m("all villages")), []
    for township, groups in townships.items():
        rows += [_row(township, names[one.key], [one], money, shown=one.key in may.groups) for one in groups]
        rows.append(_row(township, whole, groups, money, shown=township in may.sums))
    everybody = [group for groups in townships.values() for group in groups]
    return [*rows, _row(str(m("whole county")), whole, everybody, money, shown=may.total)]


def _row(township: str, village: str, groups: list[Group], money: dict[str, int], *, shown: bool) -> Row:
    if not shown:
        return township, village, None, None, None, None, None
    lifted, poor, out = (sum(group.parts[at] for group in groups) for at in range(3))
    return township, village, lifted + poor + out, lifted, poor, out, sum(money[group.key] for group in groups)


def _csv(heads: list[str], rows: list[Row], note: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([heads, *([plain(cell) for cell in row] for row in rows), [plain(note)]])
    return text.getvalue().encode("utf-8-sig")


def _workbook(heads: list[str], rows: list[Row], note: str) -> bytes:
    made = io.BytesIO()
    options: dict[str, Any] = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet()
        bold, number = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
        sheet.write_row(0, 0, heads, bold)
        for at, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif cell is not None:
                    sheet.write_number(at, column, cell, number)
        sheet.write_string(len(rows) + 2, 0, note)
        sheet.set_column(0, 1, 18)
        sheet.set_column(2, 6, 16)
        sheet.freeze_panes(1, 0)
    return made.getvalue()
