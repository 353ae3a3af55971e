"""Comparing plans: inputs that differ, results side by side, how sure their order is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import RenderableType

from liftplan.api.kept import kept_in
from liftplan.api.outputs import write_files
from liftplan.api.resolving import RESOLVERS, expanded, opened
from liftplan.api.sides import Asked, Given, Opened, Resolver
from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.reports.comparison import (
    Content,
    as_json,
    comparison_page,
    comparison_workbook,
    frame,
    pairs_frame,
    summary,
)
from liftplan.reports.comparison.grids import Grid
from liftplan.scenarios.compare import MOST_SIDES, Compared, Side
from liftplan.scenarios.compare.money import By as MoneyBy
from liftplan.scenarios.compare.people import By as PeopleBy
from liftplan.scenarios.store import RunStore
from liftplan.solver.progress import Listener

WORKBOOK_FILE, PAGE_FILE = "comparison.xlsx", "comparison.html"
"""Files of a folder."""


def _page(content: Content) -> bytes:
    return comparison_page(content).encode()


WRITERS: dict[str, Callable[[Content], bytes]] = {".xlsx": comparison_workbook, ".html": _page}
"""What writes files, by the end of their name."""


def targets(path: str | Path) -> list[Path]:
    """The files that `Comparison.save` writes: one, if the path's name ends as they do; otherwise both, in a folder."""
    target = Path(path).absolute()
    if target.suffix.lower() in WRITERS:
        return [target]
    return [target / name for name in (WORKBOOK_FILE, PAGE_FILE)]


@dataclass(frozen=True)
class Comparison:
    """Two to six checked plans side by side.

    Frames have a column for each plan, named as in `names`; what a plan's county does not have is missing (`<NA>`),
    which is not 0. Names in frames are in the current language.
    """

    compared: Compared
    """The plans, their counties, and every figure without words."""
    only_differences: bool = False
    """True: rows in which all plans agree are left out of tables."""

    @property
    def names(self) -> list[str]:
        """Names of the plans."""
        return [side.name for side in self.compared.sides]

    @property
    def differing(self) -> Comparison:
        """The same comparison without the rows in which all plans agree."""
        return replace(self, only_differences=True)

    @property
    def pairs(self) -> pd.DataFrame:
        """How sure the order of every two plans is.

        first, second, unit, people (lifted, first - second), lowest, highest, order, verdict. The best plans of the two
        differ by first - second in [lowest, highest] = [LB(first) - UB(second), UB(first) - LB(second)]; `order` is
        `first`, `second` or `equal` where that decides it, else `open`.
        """
        return pairs_frame(self._content)

    @property
    def inputs(self) -> pd.DataFrame:
        """Inputs that differ: fields of county and policy, rows and cells of tables."""
        return self._frame(self._content.inputs)

    @property
    def totals(self) -> pd.DataFrame:
        """Figures of whole plans."""
        return self._frame(self._content.totals)

    def people(self, by: PeopleBy = "village") -> pd.DataFrame:
        """People lifted, by `village`, `township` or household `group`."""
        return self._frame(self._content.people(by))

    def households(self, by: PeopleBy = "village") -> pd.DataFrame:
        """Households lifted, likewise."""
        return self._frame(self._content.households(by))

    def money(self, by: MoneyBy = "department") -> pd.DataFrame:
        """Ledger yuan, by `channel`, `department`, `purpose`, `fund`, `township` or `village`."""
        return self._frame(self._content.money(by))

    @property
    def left_over(self) -> pd.DataFrame:
        """Yuan left in each fund that has any; ring-fenced money is missing."""
        return self._frame(self._content.unspent)

    @property
    def prices(self) -> pd.DataFrame:
        """People for 10,000 yuan more of a fund, or less of a minimum; missing where there is no price above 0."""
        return self._frame(self._content.prices)

    @property
    def projects(self) -> pd.DataFrame:
        """Projects that changed hands: `built`, `not_built`, or missing where a county does not have it."""
        return self._frame(self._content.projects)

    @property
    def households_changed(self) -> pd.DataFrame:
        """Households that changed hands: `lifted`, `poor`, `out` (already), or missing."""
        return self._frame(self._content.households_changed)

    def summary(self) -> RenderableType:
        """What the command line shows, for `rich.print`; the language is the current one."""
        return summary(self._content)

    def as_json(self) -> dict[str, Any]:
        """What `--json` says of it."""
        return as_json(self._content)

    def save(self, path: str | Path, *, overwrite: bool = False) -> list[Path]:
        """Write `comparison.xlsx` and `comparison.html` into a folder, or one of them to a file.

        Parameters
        ----------
        path
            A folder, or a file whose name ends in `.xlsx` or `.html`.
        overwrite
            Replace files that are there.

        Returns
        -------
        list[Path]
            The files written, absolute.

        Raises
        ------
        InputProblems
            If a file is in the way, or cannot be written.
        """
        content = self._content
        files = {file: partial(WRITERS[file.suffix.lower()], content) for file in targets(path)}
        return write_files(files, overwrite)

    @property
    def _content(self) -> Content:
        return Content(self.compared, only_differences=self.only_differences)

    def _frame(self, grid: Grid) -> pd.DataFrame:
        return frame(self._content.shown(grid), self.names)


def compare(
    *plans: Given,
    county: County | str | Path | None = None,
    certificate: bool = False,
    only_differences: bool = False,
    listener: Listener | None = None,
    store: RunStore | str | Path | None = None,
    resolvers: Sequence[Resolver] | None = None,
    **options: Any,
) -> Comparison:
    """Compare two to six plans. Every plan is checked before it is compared.

    Parameters
    ----------
    plans
        Solutions, plan folders or `plan.json`s, counties under scenarios (`under`); with `county` also names and files
        of scenarios (each of a matrix), which are solved. Differences are told against the first.
    county
        The county of scenarios given by name: a county, or what `load` takes.
    certificate
        Prove the bounds of plans read from files again; otherwise they are only stated by those plans.
    only_differences
        Leave rows out in which all plans agree.
    listener
        Called with an `Event` after each step of a solve.
    store
        A store of runs, or its address: a folder, or `postgresql://...`. Runs can then be named by their identifiers; a
        scenario that was solved before is not solved again, and one that is solved now is kept. A script that names
        scenarios and a store needs `if __name__ == "__main__":` around the call, as processes are started fresh.
    resolvers
        What opens each plan, tried in order; otherwise what is named above.
    options
        Settings of solves, as for `solve`.

    Raises
    ------
    InputProblems
        If there are too few or too many, or one of them cannot be opened.
    Rejected
        If a plan does not pass the checker.
    Unsolved
        If a scenario has no plan.
    """
    asked = Asked(county, certificate, listener, options)
    several = expanded(plans, asked)
    if not 2 <= len(several) <= MOST_SIDES:
        message = m(
            "{value} plans are named; {low} to {high} can be compared.", value=len(several), low=2, high=MOST_SIDES
        )
        raise InputProblems([Problem("compare-count", Place(), message, m("Name two plans, or a few more."))])
    ways = resolvers or (RESOLVERS if store is None else _kept(store, several, asked))
    found = [opened(one, asked, ways) for one in several]
    sides = [
        Side(name, one.county, one.decided, one.proof, one.broken)
        for name, one in zip(_names(found), found, strict=True)
    ]
    return Comparison(Compared(tuple(sides)), only_differences)


def _kept(store: RunStore | str | Path, plans: Sequence[Given], asked: Asked) -> Sequence[Resolver]:
    return kept_in(store if isinstance(store, RunStore) else RunStore(store), plans, asked)


def _names(sides: Sequence[Opened]) -> list[str]:
    """The shortest names that tell the sides apart; numbered where nothing does."""
    for names in zip(*(side.names for side in sides), strict=True):
        if len(set(names)) == len(sides):
            return list(names)
    return [f"{side.names[0]} {number}" for number, side in enumerate(sides, start=1)]
