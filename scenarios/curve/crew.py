"""Who solves the points of a curve: this process, one after another, or several processes at once."""

from __future__ import annotations

import pickle
from base64 import b64decode, b64encode
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from liftplan.models.county import County
from liftplan.models.files import read_county, write_county
from liftplan.models.messages import m
from liftplan.models.plan import Plan
from liftplan.models.problems import InputProblems, InternalError
from liftplan.scenarios.batch import LocalProcesses
from liftplan.scenarios.curve.axis import Axis
from liftplan.scenarios.curve.point import Solved, solve_at
from liftplan.scenarios.ready import get_ready
from liftplan.solver.prepared import Prepared
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import Settings

LOOK_SECONDS = 0.2
"""How often it is looked whether somebody has cancelled."""


class Crew(Protocol):
    """Solves points; what it is doing is asked for now and then."""

    count: int
    """Points solved at the same time."""

    def begin(self, value: int, start: Plan | None) -> None:
        """Begin with a value, and with a plan if there is one."""

    def finished(self) -> Sequence[Solved]:
        """Points done since the last call; waits a moment for them."""

    def close(self) -> None:
        """End it; what is under way is given up."""


class Alone:
    """The process that asks: a point is done when it was begun."""

    count = 1

    def __init__(self, county: County, axis: Axis, settings: Settings, valid: bool, cancel: Cancel | None) -> None:
        self._given = county, axis, settings, valid, cancel
        self._prepared = Prepared()
        self._done: list[Solved] = []

    def begin(self, value: int, start: Plan | None) -> None:
        """Solve it."""
        county, axis, settings, valid, cancel = self._given
        self._done.append(solve_at(county, axis, value, settings, start, cancel, prepared=self._prepared, valid=valid))

    def finished(self) -> Sequence[Solved]:
        """What was solved."""
        done, self._done = self._done, []
        return done

    def close(self) -> None:
        """Nothing goes on; what solves left is forgotten."""
        self._prepared.close()


class Processes:
    """Several processes, which share the cores between them."""

    def __init__(self, county: County, axis: Axis, settings: Settings, valid: bool, count: int) -> None:
        self.count = count
        self._folder = TemporaryDirectory(prefix="liftplan-")
        file = Path(self._folder.name) / "county.zip"
        write_county(county, file, table_format="parquet")
        self._hands = LocalProcesses(
            partial(_work, county=file, axis=axis, settings=settings, valid=valid), get_ready, count
        )

    def begin(self, value: int, start: Plan | None) -> None:
        """Hand it to a process."""
        self._hands.submit(value, pickle.dumps(start))

    def finished(self) -> Sequence[Solved]:
        """Points done since the last call; raises what was raised in a process."""
        found = []
        for one in self._hands.finished(LOOK_SECONDS):
            if one.answer is None:
                times, code = one.tries, one.exit_code
                raise InternalError(
                    str(m("Its process ended {times} times (exit code {code}).", times=times, code=code))
                )
            said = pickle.loads(b64decode(one.answer))  # noqa: S301 - from a process of ours
            if not isinstance(said, Solved):
                raise InputProblems(said) if isinstance(said, list) else InternalError(said)
            found.append(said)
        return found

    def close(self) -> None:
        """End them."""
        self._hands.close()
        self._folder.cleanup()


@lru_cache(maxsize=1)
def _read(county: Path) -> County:
    """The county of all points, read once in each process."""
    return read_county(county)


@lru_cache(maxsize=1)
def _left() -> Prepared:
    """What solves of earlier points have left in this process."""
    return Prepared()


def _work(value: int, job: bytes, county: Path, axis: Axis, settings: Settings, valid: bool) -> str:
    """Solve a point in a process; it must not raise."""
    said: Solved | list[object] | str
    try:
        start = pickle.loads(job)  # noqa: S301 - from the process that started this one
        said = solve_at(_read(county), axis, value, settings, start, None, prepared=_left(), valid=valid)
    except InputProblems as error:
        said = list(error.problems)
    except Exception as error:  # noqa: BLE001 - raised again by whoever asked
        said = f"{type(error).__name__}: {error}"
    return b64encode(pickle.dumps(said)).decode("ascii")
