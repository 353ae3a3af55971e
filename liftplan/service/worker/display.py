"""What pages show of the plans of one solve: those on the way, written beside the search, and the one at its end."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

import liftplan
from liftplan.models.county import County
from liftplan.models.messages import speaking
from liftplan.models.placing import file_made
from liftplan.service.details import DETAILS, LINES
from liftplan.service.jobs import OUTLINE, VIEW
from liftplan.service.worker.details import write_details, write_lines
from liftplan.service.worker.outline import outline
from liftplan.service.worker.task import Teller
from liftplan.service.worker.view import view
from liftplan.solver.result import Result

SHOWN = "shown"
"""The step that says: pages can show a plan on the way."""


class Display:
    """Shows checked plans, and no figure of any other."""

    def __init__(self, county: County, teller: Teller) -> None:
        self._county = county
        self._teller = teller
        self._lock = Lock()
        self._last = liftplan.Event(0.0, "", None, None)
        self._best: liftplan.Plan | None = None
        self._writer = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Whatever was begun is written, or fails, here."""
        self._writer.shutdown()
        if error is None and self._writing is not None:
            self._writing.result()

    def listen(self, event: liftplan.Event) -> None:
        """Tell a step, with the figures of the best plan that was checked."""
        best = self._best
        if best is None:
            event = replace(event, objective=None, people=None)
        elif event.objective is not None and event.objective > best.objective:
            event = replace(event, objective=best.objective, people=best.totals.people_lifted)
        with self._lock:
            self._last = event
            self._teller.event(event)

    def found(self, plan: liftplan.Plan) -> None:
        """Show a plan on the way, unless an earlier one is still being written.

        The first one is on the screen before the search goes on; all else is written beside it.
        """
        self._best = plan
        if self._writing is None:
            self._writing = self._writer.submit(write_rest, self._show(plan))
        elif self._writing.done():
            self._writing = self._writer.submit(lambda: write_rest(self._show(plan)))

    def end(self, solution: liftplan.Solution) -> None:
        """Show the plan at the end, in the place of those before."""
        if self._writing is not None:
            self._writing.result()
        write_rest(solution)
        write_first(solution, on_the_way=False)

    def _show(self, plan: liftplan.Plan) -> liftplan.Solution:
        """Write what the first page of a plan needs, and tell so."""
        result = Result(plan.status, plan.stopped_by, plan, plan.objective_bound, self._last.seconds)
        solution = liftplan.Solution(result, self._county)
        write_first(solution, on_the_way=True)
        with self._lock:
            people = plan.totals.people_lifted
            self._teller.tell(replace(self._last, stage=SHOWN, objective=plan.objective, people=people))
        return solution


def write_rest(solution: liftplan.Solution) -> None:
    """Write what pages of villages, projects and households need."""
    with speaking("en"), file_made(Path(DETAILS)) as made:  # every text in it is in both languages
        write_details(solution.tables, solution.county, made)


def write_first(solution: liftplan.Solution, *, on_the_way: bool) -> None:
    """Write the lines and figures of a plan, which every page needs; the view last, as pages look for it."""
    with speaking("en"):
        with file_made(Path(LINES)) as made:
            write_lines(solution.tables, made)
        with file_made(Path(OUTLINE)) as made:
            made.write_text(outline(solution.county).model_dump_json(), encoding="utf-8")
        with file_made(Path(VIEW)) as made:
            made.write_text(view(solution, on_the_way=on_the_way).model_dump_json(), encoding="utf-8")
