"""Findings: problems as they are collected, each with a place that a person can go to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from liftplan.models.messages import Message, m
from liftplan.models.problems import POLICY, Place, Problem
from liftplan.models.wording import Wording

SHOWN = 50
"""At most so many problems of one kind in one column are listed; one more says how many are not."""

MORE = m("There are {count} more problems of this kind in this column.", count=0).template
"""What that one says."""

T = TypeVar("T")

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Origin:
    """Where the rows of a table come from, so that a person finds them there."""

    file: str = ""
    first: int = 1
    """Number of the first row."""
    numbers: Rows | None = None
    """(rows,) number of each row, where they do not simply follow each other."""
    sheet: str = ""
    """Sheet of a workbook."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """Letter of each column in that sheet."""

    def row(self, index: int) -> int:
        """Number of a row of the table, as its file counts."""
        return self.first + index if self.numbers is None else int(self.numbers[index])


@dataclass
class Findings:
    """Problems collected so far. A cell that could not be read is not complained of again."""

    origins: Mapping[str, Origin] = field(default_factory=dict)
    """By table; of a table that is not here `other` is the origin."""
    other: Origin = Origin()
    head_file: str = ""
    """Where head and policy come from."""
    head_lines: Mapping[str, int] = field(default_factory=dict)
    """Line of each field of head and policy in that file (`years`, `policy.R3.minimum`), where lines count."""
    head_cells: Mapping[str, tuple[str, str, int]] = field(default_factory=dict)
    """Sheet, letter and row of each of these fields in a workbook."""
    head_keys: dict[str, str] = field(default_factory=dict)
    """Letter of the column that names the fields, by sheet of settings."""
    wording: Wording = field(default_factory=Wording)
    """What problems call tables, columns and values."""
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Tables that could not be read: whatever is said to be in them may be."""
    read_rows: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Rule -> places, as they were written, of its rows that could be read, where some could not."""
    misnamed: dict[int, str] = field(default_factory=dict)
    """Problem of the policy, by `id`, -> the text that stands where an identifier belongs."""
    _lost: dict[str, set[str]] = field(default_factory=dict)
    """Table -> keys (the first column of them) of rows that could not be read: they are there all the same."""
    _nameless: Counter[str] = field(default_factory=Counter)
    """Table -> how many rows could not be read, not even their keys."""
    _spoiled: dict[tuple[str, str], set[int] | None] = field(default_factory=dict)
    """Table and column -> rows whose cell holds a stand-in; None: all of them do."""

    def row(self, table: str, index: int) -> int:
        """Number of a row, as people count it."""
        return self.origins.get(table, self.other).row(index)

    def at(self, table: str, index: int = -1, column: str = "") -> Place:
        """The place of a cell, a row (column "") or a table (index -1)."""
        origin = self.origins.get(table, self.other)
        row = 0 if index < 0 else origin.row(index)
        return Place(table, row, column, origin.file, origin.sheet, origin.letters.get(column, ""))

    def in_head(self, column: str) -> Place:
        """The place of a field of the county's head."""
        return self._in_head("", column, column)

    def in_policy(self, column: str) -> Place:
        """The place of a field of the policy."""
        return self._in_head(POLICY, column, f"{POLICY}.{column}")

    def add(self, code: str, place: Place, message: Message, way_out: Message, *, warning: bool = False) -> None:
        """One more problem."""
        self.problems.append(Problem(code, place, message, way_out, warning))

    def cells(
        self,
        code: str,
        table: str,
        column: str,
        rows: Iterable[int],
        tell: Callable[[int], Message],
        way_out: Message | Callable[[int], Message],
        *,
        warning: bool = False,
    ) -> None:
        """One problem for each of the rows (positions in the table), at most `SHOWN` and one that counts the rest."""
        self.entries(code, table, column, [(row, row) for row in rows], tell, way_out, warning=warning)

    def entries(
        self,
        code: str,
        table: str,
        column: str,
        entries: Iterable[tuple[int, T]],
        tell: Callable[[T], Message],
        way_out: Message | Callable[[T], Message],
        *,
        warning: bool = False,
    ) -> None:
        """The same for pairs of a row and what is to be told of it."""
        spoiled = self._spoiled.get((table, column), _NOTHING)
        if spoiled is None:
            return
        found = [(row, what) for row, what in entries if row not in spoiled]
        for row, what in found[:SHOWN]:
            out = way_out if isinstance(way_out, Message) else way_out(what)
            self.add(code, self.at(table, row, column), tell(what), out, warning=warning)
        more = len(found) - SHOWN
        if more > 0:
            message = m("There are {count} more problems of this kind in this column.", count=more)
            self.add(code, self.at(table, -1, column), message, m("Correct them in the same way."), warning=warning)

    def spoil(self, table: str, column: str, rows: Iterable[int] | None = None) -> None:
        """Note that cells hold stand-ins (None: the whole column): what they say is not judged."""
        if rows is None:
            self._spoiled[table, column] = None
            return
        known = self._spoiled.setdefault((table, column), set())
        if known is not None:
            known.update(int(row) for row in rows)

    def spoiled(self, table: str, column: str) -> bool:
        """Whether a whole column (of the head: table "", of the policy: table "policy") holds stand-ins."""
        return self._spoiled.get((table, column), _NOTHING) is None

    def lose(self, table: str, names: Iterable[str]) -> None:
        """Note a row that could not be read, with what its key may be; nothing: it may be anything."""
        found = {name for name in names if name}
        self._lost.setdefault(table, set()).update(found)
        self._nameless[table] += not found

    def missing(self, target: str, names: Iterable[str], known: Sequence[str]) -> set[str]:
        """Those of the names that are in none of the tables, as far as that can be told.

        A row that could not be read explains its key, or any one name if that is unknown too.

        target: tables, separated by commas. known: identifiers of their rows.
        """
        tables = target.split(", ")
        if any(table in self.unread or self.spoiled(table, "id") for table in tables):
            return set()
        found = set(names).difference(known, *(self._lost.get(table, ()) for table in tables))
        explained = known.count("") + sum(self._nameless[table] for table in tables)
        return found if len(found) > explained else set()

    def lost(self, table: str, name: str) -> bool:
        """Whether a row with this key, or any row of the table, may be among those that could not be read."""
        return table in self.unread or bool(self._nameless[table]) or name in self._lost.get(table, ())

    def incomplete(self, table: str, *columns: str) -> bool:
        """Whether anything that stands in these columns of a table could not be read."""
        unsure = any(self.spoiled(table, column) or self._spoiled.get((table, column)) for column in columns)
        return unsure or table in self.unread or table in self._lost

    def judged(self, table: str, rows: Iterable[int], *columns: str) -> list[int]:
        """Those of the rows in which none of these cells holds a stand-in."""
        if any(self.spoiled(table, column) for column in columns):
            return []
        spoiled = frozenset[int]().union(*(self._spoiled.get((table, column)) or () for column in columns))
        return [row for row in rows if row not in spoiled]

    def _in_head(self, table: str, column: str, path: str) -> Place:
        """The place of the field at a path, or of what is around it."""
        while path and path not in self.head_lines and path not in self.head_cells:
            path = path.rpartition(".")[0]
        sheet, letter, row = self.head_cells.get(path, ("", "", self.head_lines.get(path, 0)))
        return Place(table, row, column, self.head_file, sheet, letter)


_NOTHING: frozenset[int] = frozenset()
