"""What is wrong with the form of a sheet, in the names that stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from liftplan.models.files.cells import Complaints, shown
from liftplan.models.files.workbook.headers import Headers, header_of
from liftplan.models.files.workbook.words.name import listed
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place


class SheetComplaints(Complaints):
    """Notes what is wrong with the form of one sheet."""

    def __init__(self, table: str, sheet: str, findings: Findings, headers: Headers) -> None:
        super().__init__(table, findings)
        self._sheet, self._headers = sheet, headers

    def column_missing(self, field: str) -> None:
        """A column without default is not there."""
        if field in self._meant:
            self.findings.spoil(self.table, field)
            return
        message = m("The column {column} is missing.", column=header_of(field))
        place = self.findings.at(self.table)
        self.findings.add("column-missing", place, message, m("Add the column; no cell of it may be blank."))
        self.findings.spoil(self.table, field)

    def unknown_at(self, letter: str, column: str, known: Iterable[str]) -> None:
        """A column that the table does not have; the one that was probably meant is not missed any more."""
        place = replace(self.findings.at(self.table, -1, column), letter=letter)
        if not column:
            message = m("A column of the sheet {sheet} has cells, but no name.", sheet=self._sheet)
            self.findings.add("column-unknown", place, message, m("Name it, or empty it."))
            return
        near = self._headers.nearest(column)
        self._meant.add(near)
        names = listed(header_of(field) for field in known)
        self.findings.add(
            "column-unknown",
            place,
            m("The sheet {sheet} has no column {column}.", sheet=self._sheet, column=shown(column)),
            m("Did you mean {name}? Begin it with # if it is your own.", name=header_of(near))
            if near
            else m("It has the columns {names}; begin it with # if it is your own.", names=names),
        )

    def twice_at(self, letter: str, column: str) -> None:
        """A column stands twice, for the second time here."""
        first = self.findings.at(self.table, -1, column)
        place = replace(first, letter=letter)
        message = m(
            "The column {column} is here twice, in {one} and {other}.",
            column=header_of(column),
            one=first.letter,
            other=letter,
        )
        self.findings.add("column-twice", place, message, m("Keep the right one."))

    def unit_unknown(self, field: str, unit: str) -> None:
        """The header states a unit that is not known."""
        place = self.findings.at(self.table, -1, field)
        message = m("The unit {unit} is not read here.", unit=unit or "?")
        self.findings.add("unit-unknown", place, message, m("Write the column as {name}.", name=header_of(field)))
        self.findings.spoil(self.table, field)

    def cell(
        self,
        code: str,
        field: str,
        rows: Iterable[int],
        tell: Callable[[int], Message],
        way_out: Message,
    ) -> None:
        """Cells whose value cannot be told. They hold stand-ins."""
        rows = [int(row) for row in rows]
        self.findings.cells(code, self.table, field, rows, tell, way_out)
        self.findings.spoil(self.table, field, rows)

    def note(
        self, code: str, letter: str, row: int, message: Message, way_out: Message, *, warning: bool = False
    ) -> None:
        """Something at a place of the sheet that is no cell of the table; row from 1, 0 = the whole column."""
        file = self.findings.at(self.table).file
        place = Place(table=self.table, row=row, file=file, sheet=self._sheet, letter=letter)
        self.findings.add(code, place, message, way_out, warning=warning)
