"""Household measures of a generated county: what each household is offered, drawn kind by kind for all at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from liftplan.models.rows import CostLine, Measure
from liftplan.models.tables import Table
from liftplan.scenarios.generator.calibrate import EFFECTS, WAGES
from liftplan.scenarios.generator.columns import Bools, Ints, Objects, objects, same, table

EMPTY = objects([()])


@dataclass
class Offers:
    """Measures offered so far: one entry per kind, each with the households (positions) that get it."""

    ids: Objects
    """Household ids, (households,)."""
    village: Ints
    """(households,) position of the village."""
    entries: list[dict[str, Any]] = field(default_factory=list)

    def offer(
        self,
        mask: Bools,
        name: str,
        name_en: str,
        *,
        gain: npt.NDArray[Any] | int = 0,
        meets: tuple[str, ...] = (),
        requires: Objects | None = None,
        slot: Objects | None = None,
        labour: int = 0,
        main_house: bool = False,
        group: str = "",
        mode: str = "grant",
        leveraged: npt.NDArray[Any] | int = 0,
        lines: tuple[tuple[str, npt.NDArray[Any] | int], ...] = (),
    ) -> None:
        """Offer a measure to the households of `mask`.

        Arrays have shape (households,), but `requires` (tuples of ids) and `slot` (ids) are by village.
        """
        at = np.flatnonzero(mask)
        count = len(at)
        where = self.village[at]
        self.entries.append(
            {
                "at": at,
                "name": same(name, count),
                "name_en": same(name_en, count),
                "income_gain": _gain(_at(gain, at), WAGES if lines else EFFECTS),
                "meets": same(meets, count),
                "requires": same((), count) if requires is None else requires[where],
                "uses_slot": same("", count) if slot is None else slot[where],
                "labour": np.full(count, labour, dtype=np.int64),
                "main_house": np.full(count, main_house, dtype=np.bool_),
                "alternative_group": same(group, count),
                "mode": same(mode, count),
                "leveraged": _at(leveraged, at),
                "lines": [(purpose, _at(yuan, at)) for purpose, yuan in lines],
            }
        )

    def tables(self) -> tuple[Table, Table]:
        """Measures sorted by household, numbered from 01 within it, and their cost lines in the same order."""
        at = np.concatenate([entry["at"] for entry in self.entries])
        order = np.argsort(at, kind="stable")
        home = at[order]
        starts = np.flatnonzero(np.r_[True, home[1:] != home[:-1]]) if len(home) else np.zeros(0, dtype=np.int64)
        number = np.arange(len(home)) - np.repeat(starts, np.diff(np.r_[starts, len(home)])) + 1
        households = self.ids[home]
        ids = objects(
            [f"{name}-m{count:02d}" for name, count in zip(households.tolist(), number.tolist(), strict=True)]
        )
        names = [name for name in self.entries[0] if name not in ("at", "lines")]
        columns = {name: np.concatenate([entry[name] for entry in self.entries])[order] for name in names}
        measures = table(Measure, len(ids), {"id": ids, "household": households, **columns})
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        return measures, self._costs(ids, place)

    def _costs(self, ids: Objects, place: Ints) -> Table:
        rows: list[Ints] = []
        purposes: list[Objects] = []
        yuan: list[Ints] = []
        start = 0
        for entry in self.entries:
            count = len(entry["at"])
            for purpose, amount in entry["lines"]:
                paid = amount > 0
                rows.append(place[start : start + count][paid])
                purposes.append(same(purpose, int(paid.sum())))
                yuan.append(amount[paid])
            start += count
        at = np.concatenate(rows)
        order = np.argsort(at, kind="stable")
        columns = {
            "item": ids[at[order]],
            "purpose": np.concatenate(purposes)[order],
            "yuan": np.concatenate(yuan)[order],
        }
        return table(CostLine, len(at), columns)


def _gain(gain: Ints, factor: float) -> Ints:
    scaled: Ints = np.round(gain * factor / 10).astype(np.int64) * 10
    return scaled


def _at(value: npt.NDArray[Any] | int, at: npt.NDArray[np.int64]) -> Ints:
    if isinstance(value, int):
        return np.full(len(at), value, dtype=np.int64)
    return value[at].astype(np.int64)
