"""Problems of an input: collected, translatable, raised together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from liftplan.models.messages import Message, joined, labelled, m

POLICY = "policy"
"""What places in the policy have as their table."""


@dataclass(frozen=True)
class Place:
    """Where in the input: table, row, column; in a workbook sheet and cell as well.

    Rows count from 1, 0 is the whole table. With a CSV `file` they are those that a spreadsheet shows, the header being
    row 1; with a `county.yaml` its lines.
    """

    table: str = ""
    row: int = 0
    column: str = ""
    file: str = ""
    sheet: str = ""
    """Sheet of a workbook."""
    letter: str = ""
    """Letter of the column in that sheet; "" = unknown, or all of them."""

    @property
    def cell(self) -> str:
        """Cell of a workbook, as in `D7`; "" if the place is none."""
        return f"{self.letter}{self.row}" if self.letter and self.row else ""

    @property
    def named(self) -> str:
        """The table, unless the file or the sheet is called so."""
        return "" if self.sheet or PurePath(self.file).stem == self.table or self.table == POLICY else self.table

    @property
    def field(self) -> str:
        """Path of a field of head, policy or settings, in which there are lines and no columns; "" of a table."""
        if self.table == POLICY and not self.sheet:
            return f"{POLICY}.{self.column}" if self.column else POLICY
        return "" if self.table or self.letter else self.column

    def __str__(self) -> str:
        """The place, in the current language."""
        parts: list[Message | str] = [self.file] if self.file else []
        if self.sheet:
            parts.append(m("sheet {sheet}", sheet=self.sheet))
        elif self.named:
            parts.append(self.named)
        if self.cell:
            parts.append(m("cell {cell}", cell=self.cell))
            return str(joined(parts))
        if self.row:
            in_table = self.table and not self.field
            parts.append(m("row {row}", row=self.row) if in_table else m("line {row}", row=self.row))
        if self.field:
            parts.append(m("field {field}", field=self.field))
        elif self.letter or self.column:
            parts.append(m("column {column}", column=self.letter or self.column))
        return str(joined(parts)) if parts else ""


@dataclass(frozen=True)
class Problem:
    """One problem: a stable code, the place, what is wrong (rule and both values), the way out."""

    code: str
    place: Place
    message: Message
    way_out: Message
    warning: bool = False

    def __str__(self) -> str:
        """Place and message, in the current language."""
        place = str(self.place)
        return str(labelled(place, self.message) if place else self.message)


class LiftplanError(Exception):
    """Base of every error that liftplan raises on purpose."""


class InputProblems(LiftplanError):
    """The input has problems; all of them are in `problems`. Mend them and try again."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems[:20])))


class InternalError(LiftplanError):
    """liftplan contradicted itself (a bound below a plan, a plan that its checker rejects): a bug, never a result."""
