"""Problems of an input: collected, translatable, raised together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from liftplan.models.messages import Message

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
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if self.cell:
            return ", ".join([*parts, f"cell {self.cell}"])
        if self.named:
            parts.append(self.named)
        if self.row:
            parts.append(f"{'row' if self.table and not self.field else 'line'} {self.row}")
        if self.field:
            parts.append(f"field {self.field}")
        elif self.letter or self.column:
            parts.append(f"column {self.letter or self.column}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Problem:
    """One problem: a stable code, the place, what is wrong (rule and both values), the way out."""

    code: str
    place: Place
    message: Message
    way_out: Message
    warning: bool = False


class LiftplanError(Exception):
    """Base of every error that liftplan raises on purpose."""


class InputProblems(LiftplanError):
    """The input has problems; all of them are in `problems`. Mend them and try again."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.place}: {p.message}".removeprefix(": ") for p in self.problems[:20]))


class InternalError(LiftplanError):
    """liftplan contradicted itself (a bound below a plan, a plan that its checker rejects): a bug, never a result."""
