"""Compiles numerical kernels before anybody waits for it, by using each on one household that needs one project.

numba compiles one kernel at a time in a process. Choosing projects takes about as long as all others, so a second
process compiles those: what it leaves in the cache is only loaded here. What both need, the first one comes to first.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Lock, Thread

import numpy as np

from liftplan.solver.aside import aside
from liftplan.solver.kernels import kept, mark_ready, ready
from liftplan.solver.oracle.data import NONE, Blocks, Homes, Static, Town
from liftplan.solver.oracle.listing import list_choices, values_of
from liftplan.solver.oracle.neighbours import near_choices
from liftplan.solver.oracle.pricing import Priced, Prices
from liftplan.solver.oracle.projects import search_projects
from liftplan.solver.oracle.sums import entries_of, measures_of, package_sums
from liftplan.solver.oracle.view import View
from liftplan.solver.problem import Bools, Ints
from liftplan.solver.settings import cores

LONGEST = 120.0
"""Seconds that are waited for the other process at most."""

_begin = Lock()
_loading: list[Future[None]] = []


def exercise(*, alone: bool = False) -> None:
    """Use every kernel once that nearly all solves use, with the types that they use.

    alone: compile all of them in this process.
    """
    if alone or cores() == 1 or ready() or not kept(search_projects):
        _choose_projects()
    else:
        with _another_process():
            _choose_projects()
    _others()
    if not ready():
        mark_ready()


def load_aside() -> Future[None] | None:
    """Load all kernels on a thread of its own, once for this process; None where they are not compiled yet.

    Whoever reads a county to solve it may begin so before: it takes as long as compiling the county. No process
    ends before it has, as what is being linked cannot be left.
    """
    with _begin:
        if _loading and _loading[0].done() and _loading[0].exception() is not None:
            _loading.clear()  # it failed: once more
        if not _loading and ready():
            _loading.append(aside(partial(exercise, alone=True), "kernels"))
        return _loading[0] if _loading else None


def exercise_rare() -> None:
    """Use the kernel that searches the packages of a household: few have too many to list, or needs that count."""
    prices = _prices(need=1)
    view = View(_ONE, 0)
    view.options(prices, view.terms(prices))


@contextmanager
def _another_process() -> Iterator[None]:
    """Meanwhile a process compiles the others, and ends if this one does. What it fails at is compiled here."""
    interpreter = Path(sys.executable or "")
    if not interpreter.name.startswith("python"):  # part of another program
        yield
        return
    command = [str(interpreter), "-P", "-m", __name__]  # not with whatever lies in this folder
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        yield
        return
    with process:
        try:
            yield
            with suppress(subprocess.TimeoutExpired):
                process.wait(LONGEST)
        finally:
            process.kill()


def _ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def _bools(*values: bool) -> Bools:
    return np.array(values, dtype=np.bool_)


_ONE = Static(
    Blocks(project=_ints(0, 1), household=_ints(0, 1)),
    Homes(
        measure=_ints(0, 1),
        income_gap=_ints(1),
        needs=_ints(1),
        labour=_ints(1),
        minimum=_ints(0),
        maximum=_ints(-1),
        always_assisted=_bools(False),
        project=_ints(0, 1),
        project_index=_ints(0),
        yuan=_ints(1),
        gain=_ints(1),
        meets=_ints(1),
        work=_ints(0),
        automatic=_bools(False),
        conflict=_ints(0),
        uses=_ints(1),
    ),
    (
        Town(
            entry=_ints(0, 1),
            project=_ints(0),
            closure_start=_ints(0, 0),
            closure_index=_ints(),
            dependents_start=_ints(0, 0),
            dependents_index=_ints(),
            group=_ints(-1),
            touch_start=_ints(0, 1),
            touch_household=_ints(0),
            touch_bit=_ints(0),
        ),
    ),
)
"""A household that a measure lifts, which needs a project."""


def _prices(need: int) -> Prices:
    priced = Priced(
        measure=_ints(-1),
        project=_ints(-1),
        lift=_ints(4),
        need=_ints(need),
        touch=_ints(0),
        topup=_ints(0),
        payable=_bools(True),
        minimum=_ints(-1),
        maximum=_ints(-1),
        must=_bools(False),
        may=_bools(True),
        lift_low=_ints(0),
        lift_high=_ints(1),
        project_low=_ints(0),
        project_high=_ints(1),
    )
    return Prices(0, _ints(), _ints(), 0, priced)


_SEEDS = np.zeros((1, 1), dtype=np.int64)


def _choose_projects() -> None:
    """Search and look around without options: that there is no plan is found after everything was compiled."""
    town, priced = _ONE.towns[0], _prices(0).priced
    bounds = priced.project, priced.project_low, priced.project_high
    nothing = _ints(0, 0), np.empty((3, 0), dtype=np.int64)
    search_projects(town, *bounds, *nothing, _SEEDS, _ints(0), 0, 1, 1, 1, NONE)
    near_choices(town, *bounds, *nothing, _SEEDS, 1, 2)
    values_of(town, priced.project, *nothing, _SEEDS)


def _others() -> None:
    """List and price packages, take the best of them and add them up, and list choices of projects."""
    view, prices, built = View(_ONE, 0), _prices(0), _ints(1)
    terms = view.terms(prices)
    view.options(prices, terms, built, 1)
    found = view.options(prices, terms)
    take = view.with_effects(prices, built, view.packages(found, built))
    view.topups(terms, take)
    bounds = terms.project, terms.low, terms.high
    list_choices(view.town, *bounds, found.start, found.options, _ints(0), 1, 2, 1, 1)
    homes, one, first = _ONE.homes, _ints(1), _ints(0)
    measures, owner = measures_of(homes.measure, first, one)
    entries_of(homes.measure, first, one, first)
    of_measures = homes.measure, homes.yuan, homes.gain, homes.meets, one, homes.automatic
    package_sums(1, measures, owner, *of_measures)


def _end_with_whoever_started_this() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    Thread(target=_end_with_whoever_started_this, daemon=True).start()
    _others()
    os._exit(0)  # not waiting for that thread, which holds its input
