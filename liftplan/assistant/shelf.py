"""Where the server's plans are: the folder that new ones go to, and those read lately, checked once each."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from liftplan.api.checked import checked
from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.plan import Plan
from liftplan.models.planfiles import COUNTY_FILE, LEDGER_FILE
from liftplan.models.planreading import plan_path
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.reports.frames import PlanTables

MOST_OPEN = 4
"""So many plans are kept in memory."""

State = tuple[tuple[str, int, int], ...]
"""Name, time and size of the files of a plan."""


@dataclass(frozen=True)
class Opened:
    """A plan that passed the checker."""

    plan: Plan
    county: County
    tables: PlanTables


@dataclass
class Shelf:
    """Plans of one server."""

    folder: Path
    """Where new plans go."""
    _opened: OrderedDict[State, Opened] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def place(self, name: str) -> Path:
        """The folder of a new plan.

        Raises
        ------
        InputProblems
            If the name leads out of the server's folder.
        """
        if name in {"", ".", ".."} or Path(name).name != name or "\\" in name:
            message = m("The name {name} is no plain name of a folder.", name=name)
            raise InputProblems([Problem("plan-name", Place(), message, m("Choose another name."))])
        return self.folder / name

    def path(self, plan: str) -> Path:
        """The path of a plan: as it is named, or in the server's folder."""
        named, own = Path(plan).expanduser(), self.folder / plan
        return own if own.exists() and not named.is_absolute() else named

    def opened(self, plan: str) -> Opened:
        """A plan, read and checked, unless that was done already and its files are the same.

        Raises
        ------
        InputProblems
            If it cannot be read.
        PlanRejected
            If the checker rejects it.
        """
        path = self.path(plan)
        state = _state(path)
        with self._lock:
            if state in self._opened:
                self._opened.move_to_end(state)
                return self._opened[state]
        read, county = checked(path)
        found = Opened(read, county, PlanTables(read, county))
        with self._lock:
            self._opened[state] = found
            while len(self._opened) > MOST_OPEN:
                self._opened.popitem(last=False)
        return found


def _state(path: Path) -> State:
    """What changes when a plan's files do."""
    file = plan_path(path)
    files = [one for one in (file, file.with_name(LEDGER_FILE), file.with_name(COUNTY_FILE)) if one.is_file()]
    return tuple((str(one.absolute()), one.stat().st_mtime_ns, one.stat().st_size) for one in files)
