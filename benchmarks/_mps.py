"""A program as free MPS, minimised, for engines that read files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from _forms import Scaled


def column_name(place: int) -> str:
    """Name of a column."""
    return f"x{place}"


def write_mps(data: Scaled, path: Path, *, relaxed: bool = False) -> None:
    """Write the program. relaxed: all columns continuous."""
    with path.open("w", encoding="ascii") as file:
        file.writelines(f"{line}\n" for line in _lines(data, relaxed))


def _lines(data: Scaled, relaxed: bool) -> Iterator[str]:
    least, most = data.least.tolist(), data.most.tolist()
    yield from ("NAME form", "ROWS", " N cost")
    kinds = [
        "E" if low == high else "G" if high == np.inf else "L" if low == -np.inf else "R"
        for low, high in zip(least, most, strict=True)
    ]
    yield from (f" {'G' if kind == 'R' else kind} r{row}" for row, kind in enumerate(kinds))
    yield "COLUMNS"
    owner = np.repeat(np.arange(len(least)), np.diff(data.start))
    order = np.argsort(data.index, kind="stable")
    starts = np.searchsorted(data.index[order], np.arange(len(data.cost) + 1)).tolist()
    rows, values, costs = owner[order].tolist(), data.value[order].tolist(), data.cost.tolist()
    whole = np.zeros(len(costs), dtype=np.bool_) if relaxed else data.integer
    inside = False
    for column, cost in enumerate(costs):
        if whole[column] != inside:
            inside = not inside
            yield f" M{column} 'MARKER' '{'INTORG' if inside else 'INTEND'}'"
        yield f" {column_name(column)} cost {cost!r}"
        for entry in range(starts[column], starts[column + 1]):
            yield f" {column_name(column)} r{rows[entry]} {values[entry]!r}"
    if inside:
        yield " MEND 'MARKER' 'INTEND'"
    yield "RHS"
    for row, kind in enumerate(kinds):
        side = most[row] if kind == "L" else least[row]
        if side:
            yield f" rhs r{row} {side!r}"
    if "R" in kinds:
        yield "RANGES"
        yield from (f" rng r{row} {most[row] - least[row]!r}" for row, kind in enumerate(kinds) if kind == "R")
    yield "BOUNDS"
    for column, upper in enumerate(data.upper.tolist()):
        if upper != np.inf:
            yield f" UP bnd {column_name(column)} {upper!r}"
        elif whole[column]:
            yield f" PL bnd {column_name(column)}"
    yield "ENDATA"
